//! Sums by replicate, for one service, activity or organisation.

use std::collections::BTreeMap;

use wardround_estate::OrganisationId;

use super::distribution::Distribution;
use super::rows::{DayCount, HUNDREDTHS};
use super::summary::{DayIfAny, DayLosses, OrganisationLosses, UnitLosses};

/// Sums by replicate, for one thing.
#[derive(Default)]
pub(super) struct Sums {
    /// Planned, on paper, postponed and lost, in hundredths.
    pub(super) units: BTreeMap<u32, [u64; 4]>,
    pub(super) worth: BTreeMap<u32, f64>,
}

impl Sums {
    /// Adds what a service lost in one replicate, by day.
    pub(super) fn add(&mut self, replicate: u32, days: &[DayCount]) {
        let sums = self.units.entry(replicate).or_default();
        for day in days {
            let parts = [day.planned, day.on_paper, day.postponed, day.lost];
            sums.iter_mut()
                .zip(parts)
                .for_each(|(sum, part)| *sum += part);
        }
    }

    pub(super) fn units(&self, outbreaks: usize) -> UnitLosses {
        let of = |of: &dyn Fn(&[u64; 4]) -> u64| {
            let values = self.units.values().map(|sums| of(sums) as f64 / HUNDREDTHS);
            Distribution::of(values.collect(), outbreaks)
        };
        let planned: f64 = self.units.values().map(|sums| sums[0] as f64).sum();
        UnitLosses {
            planned: planned / HUNDREDTHS / self.units.len().max(1) as f64,
            on_paper: of(&|sums| sums[1]),
            postponed: of(&|sums| sums[2]),
            lost: of(&|sums| sums[3]),
            not_done: of(&|sums| sums[2] + sums[3]),
        }
    }

    /// Units not done in each replicate.
    pub(super) fn not_done(&self) -> BTreeMap<u32, f64> {
        let of = |sums: &[u64; 4]| (sums[2] + sums[3]) as f64 / HUNDREDTHS;
        let units = self.units.iter();
        units
            .map(|(replicate, sums)| (*replicate, of(sums)))
            .collect()
    }

    pub(super) fn worth(&self, outbreaks: usize) -> Distribution {
        Distribution::of(self.worth.values().copied().collect(), outbreaks)
    }
}

/// One activity's sums by replicate and day.
pub(super) struct ActivitySums {
    pub(super) whole: Sums,
    /// For each replicate and day, on paper, postponed and lost, in hundredths.
    by_day: BTreeMap<u32, Vec<[u64; 3]>>,
    /// What one unit is worth in each replicate's world; none where it is not priced.
    prices: BTreeMap<u32, f64>,
    days: usize,
    /// By replicate, hundredths not done by organisations that only cut themselves off.
    pub(super) by_precaution: BTreeMap<u32, u64>,
    /// Hundredths not done in all; of these at organisations never infected; of these where another service was lacking.
    pub(super) fell_to: [u64; 3],
}

impl ActivitySums {
    pub(super) fn new(days: usize) -> Self {
        Self {
            whole: Sums::default(),
            by_day: BTreeMap::new(),
            prices: BTreeMap::new(),
            days,
            by_precaution: BTreeMap::new(),
            fell_to: [0; 3],
        }
    }

    /// Adds what a service lost in one replicate, by day.
    pub(super) fn add(&mut self, replicate: u32, days: &[DayCount]) {
        self.whole.add(replicate, days);
        let sums = self.by_day.entry(replicate);
        let sums = sums.or_insert_with(|| vec![[0; 3]; self.days]);
        for (sums, day) in sums.iter_mut().zip(days) {
            let parts = [day.on_paper, day.postponed, day.lost];
            sums.iter_mut()
                .zip(parts)
                .for_each(|(sum, part)| *sum += part);
        }
    }

    pub(super) fn price(&mut self, replicate: u32, price: f64) {
        self.prices.insert(replicate, price);
    }

    /// Hundredths of units not done in one replicate, by day.
    pub(super) fn days_of(&self, replicate: u32) -> Vec<u64> {
        let days = self.by_day.get(&replicate);
        days.map_or_else(
            || vec![0; self.days],
            |days| days.iter().map(not_done).collect(),
        )
    }

    /// The days in their order, over all outbreaks and over those that cost anything; what they are worth is added to
    /// `worth`, by day and replicate.
    pub(super) fn by_day(
        &self,
        [outbreaks, costly]: [usize; 2],
        is_priced: bool,
        worth: &mut [BTreeMap<u32, f64>],
    ) -> Vec<DayLosses> {
        let units = |of: &dyn Fn(&[[u64; 3]]) -> u64| -> Vec<f64> {
            let days = self.by_day.values();
            days.map(|days| of(days) as f64 / HUNDREDTHS).collect()
        };
        let told = |of: &dyn Fn(&[[u64; 3]]) -> u64| Distribution::of(units(of), outbreaks);
        let pounds = |of: &dyn Fn(&[[u64; 3]]) -> u64| -> Vec<(u32, f64)> {
            let priced = self.prices.iter().filter_map(|(replicate, price)| {
                let units = of(self.by_day.get(replicate)?) as f64 / HUNDREDTHS;
                Some((*replicate, units * price))
            });
            priced.collect()
        };
        let worth_of = |pounds: &[(u32, f64)], outbreaks| {
            let values = pounds.iter().map(|(_, pounds)| *pounds).collect();
            is_priced.then(|| Distribution::of(values, outbreaks))
        };
        (0..self.days)
            .map(|day| {
                let on_day = |days: &[[u64; 3]]| not_done(&days[day]);
                let from_here_on =
                    |days: &[[u64; 3]]| -> u64 { days[day..].iter().map(not_done).sum() };
                let (today, ahead) = (pounds(&on_day), pounds(&from_here_on));
                for (replicate, pounds) in &today {
                    *worth[day].entry(*replicate).or_default() += pounds;
                }
                DayLosses {
                    on_paper: told(&|days| days[day][0]),
                    postponed: told(&|days| days[day][1]),
                    lost: told(&|days| days[day][2]),
                    not_done: told(&on_day),
                    worth: worth_of(&today, outbreaks),
                    if_any: DayIfAny {
                        not_done: Distribution::of(units(&on_day), costly),
                        from_here_on: Distribution::of(units(&from_here_on), costly),
                        worth: worth_of(&today, costly),
                        worth_from_here_on: worth_of(&ahead, costly),
                    },
                }
            })
            .collect()
    }
}

const fn not_done(sums: &[u64; 3]) -> u64 {
    sums[1] + sums[2]
}

/// What befell one organisation.
pub(super) struct Befallen {
    pub(super) sums: Sums,
    /// The replicates in which anything did: whether a machine was taken, and the place of their shares.
    replicates: BTreeMap<u32, (bool, usize)>,
    /// For each of them, the shares of what its services planned that are not done, added over its services: of all days, and
    /// of each.
    shares: Vec<f64>,
    days: usize,
}

impl Befallen {
    pub(super) fn new(days: usize) -> Self {
        Self {
            sums: Sums::default(),
            replicates: BTreeMap::new(),
            shares: Vec::new(),
            days,
        }
    }

    /// Adds what a service lost in one replicate, by day.
    pub(super) fn add(&mut self, replicate: u32, is_infected: bool, days: &[DayCount]) {
        let next = self.shares.len();
        let (_, place) = *(self.replicates.entry(replicate)).or_insert((is_infected, next));
        if place == next {
            self.shares.resize(next + 1 + self.days, 0.0);
        }
        let share = |not_done: u64, planned: u64| not_done as f64 / planned.max(1) as f64;
        let (mut not_done, mut planned) = (0, 0);
        let (of_all, of_days) = (place, place + 1);
        for (of_day, day) in self.shares[of_days..].iter_mut().zip(days) {
            *of_day += share(day.not_done(), day.planned);
            not_done += day.not_done();
            planned += day.planned;
        }
        self.shares[of_all] += share(not_done, planned);
    }

    pub(super) fn sum(
        self,
        organisation: OrganisationId,
        services: usize,
        outbreaks: usize,
    ) -> OrganisationLosses {
        let share = |count: usize| count as f64 / outbreaks.max(1) as f64;
        let uninfected = self.replicates.values().filter(|(infected, _)| !infected);
        let services = services.max(1) as f64;
        let shares = |from: usize| {
            let shares = self.shares.iter().skip(from).step_by(1 + self.days);
            Distribution::of(shares.map(|sum| sum / services).collect(), outbreaks)
        };
        OrganisationLosses {
            organisation,
            befallen: share(self.replicates.len()),
            befallen_uninfected: share(uninfected.count()),
            not_done_share: shares(0),
            not_done_share_by_day: (1..=self.days).map(shares).collect(),
            worth: self.sums.worth(outbreaks),
        }
    }
}
