//! A made-up estate as large as England's health service in May 2017.
//!
//! Counts of organisations and the order of sizes are public facts about the estate (named where they are used); everything
//! else is *assumed*, and nothing here was chosen by what happened to it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rand::RngExt;
use rand::SeedableRng;
use rand_distr::{Beta, Distribution};
use rand_pcg::Pcg64Mcg;
use wardround_evidence::{
    Address, Border, Cve, Declaration, Digest, Direction, Fact, FlawState, HostName, Identifier,
    Method, Network, NetworkKind, NetworkName, Organisation, OrganisationKind, OrganisationName,
    Port, PortState, Position, Reading, Role, RuleState, Source, SourceExtent, SourcePath,
    Statement, System, When,
};

/// Kinds of trust, how many there were and how many machines one has in proportion to the others'. Counts: NHS Confederation,
/// key statistics, July 2017; the three that the National Audit Office's 236 has beyond them are taken as acute. Sizes:
/// trusts that told theirs had 6,000 to 8,000 (York, Birmingham, Barts); the rest in proportion, assumed.
const TRUSTS: [(&str, OrganisationKind, u32, f64); 5] = [
    ("acute", OrganisationKind::Acute, 138, 6_000.0),
    ("specialist", OrganisationKind::Acute, 17, 1_500.0),
    ("mental", OrganisationKind::MentalHealth, 54, 3_500.0),
    ("community", OrganisationKind::Community, 17, 3_000.0),
    ("ambulance", OrganisationKind::Ambulance, 10, 2_000.0),
];
/// General practices, and the groups that buy their IT (the same source). Machines of each: assumed.
const PRACTICES: u32 = 7_454;
const PRACTICE_MACHINES: (u32, u32) = (10, 45);
const GROUPS: u32 = 207;
const GROUP_MACHINES: u32 = 300;
/// Windows machines in all: 1.37 million PCs (Department of Health and Social Care, written answer, July 2019).
const MACHINES: u32 = 1_370_000;
/// Windows XP: 4.7 % of devices (NHS Digital). Windows 7: more than the 76 % of June 2019. The rest: assumed.
const SYSTEMS: [(f64, &str, bool); 5] = [
    (0.047, "Microsoft Windows XP Professional", false),
    (0.860, "Microsoft Windows 7 Enterprise", false),
    (0.040, "Microsoft Windows 10 Enterprise", false),
    (0.040, "Microsoft Windows Server 2008 R2 Standard", true),
    (0.013, "Microsoft Windows Server 2012 R2 Standard", true),
];
/// The share of machines that lack the update, for each administrator: Beta with mean one half. Two months after other fixes
/// between a third and four fifths of machines still lacked them (MS08-067 after three months, BlueKeep after one).
const LACKS_UPDATE: (f64, f64) = (2.0, 2.0);
/// The share of machines that evidence settles, for each administrator: assumed.
const SETTLED: (f64, f64) = (3.0, 3.0);
/// The share of machines with SMB version 1 off, and of those with a firewall of their own before the port: assumed.
const SMB1_OFF: f64 = 0.02;
const PORT_CLOSED: f64 = 0.15;
/// Of borders on the worm's port: denied, allowed; the rest nobody knows. Each body ran its own perimeter. Assumed.
const BORDER: (f64, f64) = (0.3, 0.1);
/// The realm that all share: the national network, N3.
const REALM: &str = "n3";

/// The evidence, as readers would have read it.
pub(super) fn readings(seed: u64, share: f64) -> Vec<Reading> {
    let mut maker = Maker {
        random: Pcg64Mcg::seed_from_u64(seed),
        rows: vec![Declaration::Authority(SourcePath::new("."), Vec::new())],
        statements: Vec::new(),
        networks: 0,
    };
    let few = |count: u32| ((f64::from(count) * share).ceil() as u32).max(1);
    let mut trusts = Vec::new();
    for (kind, class, count, size) in TRUSTS {
        for number in 0..few(count) {
            // From half the usual size to one and a half.
            let size = size * maker.random.random_range(0.5..1.5);
            trusts.push((format!("{kind}-{number:03}"), class, size));
        }
    }
    let groups = few(GROUPS);
    let practices: Vec<u32> = (0..few(PRACTICES))
        .map(|_| {
            maker
                .random
                .random_range(PRACTICE_MACHINES.0..=PRACTICE_MACHINES.1)
        })
        .collect();
    let beside = practices.iter().sum::<u32>() + groups * GROUP_MACHINES;
    let left = f64::from(few(MACHINES).saturating_sub(beside));
    let scale = left / trusts.iter().map(|(_, _, size)| size).sum::<f64>();
    for (name, kind, size) in trusts {
        let habits = maker.habits();
        maker.organisation(&name, kind, None, &habits, (size * scale) as u32);
    }
    let buyers: Vec<(String, Habits)> = (0..groups)
        .map(|number| (format!("group-{number:03}"), maker.habits()))
        .collect();
    for (name, habits) in &buyers {
        maker.organisation(
            name,
            OrganisationKind::Provider,
            None,
            habits,
            GROUP_MACHINES,
        );
    }
    for (number, machines) in practices.into_iter().enumerate() {
        let (buyer, habits) = &buyers[number % buyers.len()];
        maker.organisation(
            &format!("practice-{number:04}"),
            OrganisationKind::Surgery,
            Some(buyer),
            habits,
            machines,
        );
    }
    vec![
        reading("inventory.csv", maker.statements, Vec::new()),
        reading("estate.toml", Vec::new(), maker.rows),
    ]
}

/// How an administrator keeps its machines, and how well anyone knows.
struct Habits {
    lacks_update: f64,
    settled: f64,
}

struct Maker {
    random: Pcg64Mcg,
    rows: Vec<Declaration>,
    statements: Vec<Statement>,
    networks: u32,
}

impl Maker {
    fn habits(&mut self) -> Habits {
        let mut beta = |(a, b): (f64, f64)| {
            let beta = Beta::new(a, b).expect("both are positive");
            beta.sample(&mut self.random)
        };
        Habits {
            lacks_update: beta(LACKS_UPDATE),
            settled: beta(SETTLED),
        }
    }

    fn organisation(
        &mut self,
        name: &str,
        kind: OrganisationKind,
        administrator: Option<&str>,
        habits: &Habits,
        machines: u32,
    ) {
        self.rows.push(Declaration::Organisation(Organisation {
            id: OrganisationName::new(name),
            name: None,
            kind,
            administrator: administrator.map(OrganisationName::new),
            domains: vec![HostName::new(format!("{name}.example"))],
            region: None,
        }));
        for direction in [Direction::In, Direction::Out] {
            let at = self.random.random::<f64>();
            let state = if at < BORDER.0 {
                RuleState::Denied
            } else if at < BORDER.0 + BORDER.1 {
                RuleState::Allowed
            } else {
                continue;
            };
            self.rows.push(Declaration::Border(Border {
                organisation: OrganisationName::new(name),
                realm: None,
                direction,
                port: Port::tcp(445),
                state,
                checked_on: None,
            }));
        }
        let mut left = machines;
        while left > 0 {
            let some = self.random.random_range(10..=250).min(left);
            left -= some;
            let number = self.networks;
            self.networks += 1;
            let (high, low) = (number / 256, number % 256);
            self.rows.push(Declaration::Network(Network {
                id: NetworkName::new(format!("{name}-lan-{number:05}")),
                organisation: OrganisationName::new(name),
                blocks: vec![
                    format!("10.{high}.{low}.0/24")
                        .parse()
                        .expect("it is a block"),
                ],
                realm: Some(REALM.to_owned()),
                site: None,
                name: None,
                kind: NetworkKind::User,
            }));
            for host in 0..some {
                let address = [10, high as u8, low as u8, host as u8 + 1];
                self.machine(name, address, habits);
            }
        }
    }

    fn machine(&mut self, owner: &str, address: [u8; 4], habits: &Habits) {
        let number = self.statements.len();
        let mut subject: Vec<Identifier> =
            Identifier::name(&format!("pc-{number:07}.{owner}.example"))
                .into_iter()
                .collect();
        let [a, b, c, d] = address;
        let address: Address = format!("{a}.{b}.{c}.{d}")
            .parse()
            .expect("it is an address");
        subject.push(Identifier::Address(address));
        let is_settled = self.random.random_bool(habits.settled);
        let gap = self.random.random_range(0..4);
        let at: Timestamp = if !is_settled && gap == 0 {
            // Too old to go on speaking of what is missing.
            "2017-01-10T09:00:00Z"
        } else {
            "2017-05-10T09:00:00Z"
        }
        .parse()
        .expect("it is a moment");
        let position = Position::new(0, number as u64 + 1);
        let mut statement = Statement::new(subject, position, When::At(at));
        let mut drawn = self.random.random::<f64>();
        let system = SYSTEMS.iter().find(|(share, ..)| {
            drawn -= share;
            drawn < 0.0
        });
        let (_, system, is_server) = system.unwrap_or(&SYSTEMS[1]);
        // One in twenty of those that nothing settles is a machine of which nobody knows what it runs.
        if is_settled || gap != 1 || !self.random.random_bool(0.2) {
            statement.observe(
                Method::Inventoried,
                Fact::System(System {
                    name: (*system).to_owned(),
                    ..System::default()
                }),
            );
        }
        if *is_server {
            statement.observe(Method::Inventoried, Fact::Role(Role::Server));
        }
        let lacks = self.random.random_bool(habits.lacks_update);
        let flaw = Cve::new(2017, 144);
        if is_settled {
            let state = if lacks {
                FlawState::Present
            } else {
                FlawState::Absent
            };
            statement.observe(Method::Tested, Fact::Flaw(flaw, state));
            // The same scan says whether it speaks the old protocol and whether the port is open.
            let speaks = !self.random.random_bool(SMB1_OFF);
            statement.observe(Method::Tested, Fact::Smb1(speaks));
            let port = if self.random.random_bool(PORT_CLOSED) {
                PortState::Closed
            } else {
                PortState::Open
            };
            statement.observe(Method::Tested, Fact::Port(Port::tcp(445), port));
        } else {
            match gap {
                0 => statement.observe(Method::Tested, Fact::Flaw(flaw, FlawState::Present)),
                2 => statement.observe(Method::Tested, Fact::LogInFailed),
                _ => {}
            }
        }
        self.statements.push(statement);
    }
}

fn reading(path: &str, statements: Vec<Statement>, rows: Vec<Declaration>) -> Reading {
    Reading {
        source: Source {
            path: SourcePath::new(path),
            digest: Digest::of(path.as_bytes()),
            reader: "made_up".into(),
            title: "made up".into(),
            family: "made up".into(),
            tool: None,
            bytes: 0,
            taken_at: None,
            extent: SourceExtent::Whole,
        },
        statements,
        declarations: rows.into_iter().map(|row| (Position::WHOLE, row)).collect(),
        skipped: Vec::new(),
        skipped_unlisted: 0,
        notes: Vec::new(),
        counts: BTreeMap::new(),
    }
}
