//! The bodies of England's and Wales's health service in May 2017, by public counts; none of it is an outcome.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal};
use rand_pcg::Pcg64Mcg;
use serde::Serialize;

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An acute trust that is not specialist.
    Acute,
    /// An acute specialist trust.
    Specialist,
    /// A mental health trust.
    MentalHealth,
    /// A community trust.
    Community,
    /// An ambulance trust.
    Ambulance,
    /// A clinical commissioning group with its general practices, whose IT is bought together.
    SurgeryGroup,
    /// The boards and trusts of Wales, which one body runs together.
    Wales,
}

impl Kind {
    /// Whether it is one of England's 236 trusts.
    #[must_use]
    pub const fn is_trust(self) -> bool {
        !matches!(self, Self::SurgeryGroup | Self::Wales)
    }
}

/// The regions of NHS England in 2017, and Wales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// North.
    North,
    /// Midlands and East.
    MidlandsEast,
    /// London.
    London,
    /// South.
    South,
    /// Wales.
    Wales,
}

impl Region {
    /// England's four.
    pub const ENGLAND: [Self; 4] = [Self::North, Self::MidlandsEast, Self::London, Self::South];

    /// The name that outputs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::MidlandsEast => "midlands_east",
            Self::London => "london",
            Self::South => "south",
            Self::Wales => "wales",
        }
    }
}

/// One body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub region: Region,
    /// Who patches: bodies with one number share how well.
    pub administrator: u32,
    /// Its machines, its practices' apart.
    pub machines: u32,
    /// The machines of each of its practices.
    pub practices: Vec<u32>,
    /// Its sites with an accident and emergency department.
    pub ae_sites: u32,
}

impl Body {
    /// Whether it is one of England's.
    pub(super) fn is_of_england(&self) -> bool {
        self.region != Region::Wales
    }

    /// All its machines.
    #[must_use]
    pub fn all_machines(&self) -> u32 {
        self.machines + self.practices.iter().sum::<u32>()
    }
}

/// How many trusts of each kind, and the mean of their machines. Counts: NHS Confederation, key statistics, July 2017; the
/// three that the National Audit Office's 236 has beyond them are taken as acute. Machines: trusts bought some 85,000 PCs a
/// year, so at a life of five to six years some 500,000 to 640,000 stood in 236 trusts (Crucial's enquiry of 2017), in which these
/// means, 613,500 in all, keep; big acute trusts that told their number had 6,000 to 8,000 (Birmingham, Barts, York); the proportions between kinds are assumed.
const TRUSTS: [(Kind, u32, f64); 5] = [
    (Kind::Acute, 138, 3_400.0),
    (Kind::Specialist, 17, 1_000.0),
    (Kind::MentalHealth, 54, 1_700.0),
    (Kind::Community, 17, 1_500.0),
    (Kind::Ambulance, 10, 1_000.0),
];
/// How far sizes of one kind spread: the standard deviation of their logarithm. Assumed.
const SIZE_SPREAD: f64 = 0.45;
/// Practices and the groups that buy for them (the same source).
const PRACTICES: u32 = 7_454;
const GROUPS: u32 = 207;
/// Machines of a practice, of the group itself: assumed.
pub(super) const PRACTICE_MACHINES: (u32, u32) = (8, 32);
const GROUP_MACHINES: u32 = 250;
/// Millions of people in each region in the order of [`Region::ENGLAND`] (mid-year estimates of 2016, rounded): that trusts and
/// groups are spread as people are is assumed, for no count of trusts by region is at hand.
const REGIONS: [f64; 4] = [15.3, 16.6, 8.8, 14.5];
/// Wales: 55,000 PCs (BBC, 2017) in seven boards and three trusts, whose networks one body runs: it has one border, none between
/// its boards, and notices and acts as one.
const WALES_MACHINES: u32 = 55_000;
/// Acute trusts larger than this have two sites with an accident and emergency department, others one: assumed.
const TWO_SITES_FROM: u32 = 4_500;

/// The seed of what is made up about them: their sizes.
const SEED: u64 = 2017;

/// All bodies, in a fixed order: trusts by kind, groups, Wales.
#[must_use]
pub fn bodies() -> Vec<Body> {
    let mut random = Pcg64Mcg::seed_from_u64(SEED);
    let mut bodies = Vec::new();
    for (kind, count, mean) in TRUSTS {
        // The mean of such a law is its middle times exp(σ² / 2).
        let middle = mean / (SIZE_SPREAD * SIZE_SPREAD / 2.0).exp();
        let size = LogNormal::new(middle.ln(), SIZE_SPREAD).expect("the spread is positive");
        for region in regions(count) {
            let machines = size.sample(&mut random).clamp(middle / 4.0, middle * 3.0) as u32;
            bodies.push(Body {
                kind,
                region,
                administrator: bodies.len() as u32,
                machines,
                practices: Vec::new(),
                ae_sites: match kind {
                    Kind::Acute if machines >= TWO_SITES_FROM => 2,
                    Kind::Acute => 1,
                    _ => 0,
                },
            });
        }
    }
    for (number, region) in regions(GROUPS).into_iter().enumerate() {
        let share = |group: u32| PRACTICES * group / GROUPS;
        let practices = share(number as u32 + 1) - share(number as u32);
        let (least, most) = PRACTICE_MACHINES;
        bodies.push(Body {
            kind: Kind::SurgeryGroup,
            region,
            administrator: bodies.len() as u32,
            machines: GROUP_MACHINES,
            practices: (0..practices)
                .map(|_| random.random_range(least..=most))
                .collect(),
            ae_sites: 0,
        });
    }
    let administrator = bodies.len() as u32;
    bodies.push(Body {
        kind: Kind::Wales,
        region: Region::Wales,
        administrator,
        machines: WALES_MACHINES,
        practices: Vec::new(),
        ae_sites: 0,
    });
    bodies
}

/// The region of each of so many bodies: counts in proportion to people, rounded so that they add up.
fn regions(count: u32) -> Vec<Region> {
    let mut begun = 0.0;
    let mut regions = Vec::with_capacity(count as usize);
    let people: f64 = REGIONS.iter().sum();
    for (region, share) in Region::ENGLAND.into_iter().zip(REGIONS) {
        begun += share / people * f64::from(count);
        regions.resize(begun.round() as usize, region);
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::{Kind, Region, bodies};

    #[test]
    fn there_are_as_many_bodies_as_were_counted() {
        let bodies = bodies();
        let trusts = bodies.iter().filter(|body| body.kind.is_trust());
        assert_eq!(trusts.clone().count(), 236);
        let practices: usize = bodies.iter().map(|body| body.practices.len()).sum();
        assert_eq!(practices, 7_454);
        let machines: u32 = trusts.clone().map(|body| body.machines).sum();
        assert!((500_000..640_000).contains(&machines), "{machines}");
        let in_london = trusts.filter(|body| body.region == Region::London).count();
        // 236 times 8.8 of 55.2 million.
        assert!(in_london.abs_diff(38) <= 2, "{in_london}");
        let wales = bodies.iter().filter(|body| body.kind == Kind::Wales);
        let wales: Vec<u32> = wales.map(|body| body.machines).collect();
        assert_eq!(wales, [55_000]);
    }
}
