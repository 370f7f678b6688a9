//! Small estates and a quick worm, made by hand.

#![expect(clippy::unwrap_used, reason = "what is written by hand here reads")]

use std::collections::BTreeMap;

use wardround_estate::{Estate, HostId, NetworkId, Options, OrganisationId};
use wardround_evidence::{
    Claim, ClaimStatus, Declaration, DeclaredService, Digest, Fact, HostName, Identifier, Link,
    LinkEnd, LogOn, Method, Network, NetworkKind, NetworkName, Organisation, OrganisationKind,
    OrganisationName, Port, Position, Reading, RuleState, ServiceName, Source, SourceExtent,
    SourcePath, Statement, System, When,
};
use wardround_outbreak::{Ensemble, Entry, Population, Profile, Scenario, Settle, run};

/// What evidence says of a machine under the quick worm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Open, and no agent stops anything.
    Open,
    /// Open but for an agent that stops what it sees.
    Guarded,
    Closed,
    Nothing,
}

/// An estate in the making. Machines are numbered from 0 in the order in which they are added.
pub(crate) struct Sketch {
    rows: Vec<Declaration>,
    statements: Vec<Statement>,
    networks: BTreeMap<String, u32>,
}

impl Sketch {
    pub(crate) const fn new() -> Self {
        Self {
            rows: Vec::new(),
            statements: Vec::new(),
            networks: BTreeMap::new(),
        }
    }

    /// Open machines of two organisations, each in its own network; the first's may speak to the second's.
    pub(crate) fn harbour_and_mill(harbour: u8, mill: u8) -> Self {
        Self::new()
            .organisation("harbour", None)
            .organisation("mill", None)
            .network("harbour-lan", "harbour")
            .network("mill-lan", "mill")
            .link("harbour-lan", "mill-lan")
            .machines("harbour", 0, harbour, Known::Open)
            .machines("mill", 1, mill, Known::Open)
    }

    /// An organisation, patched by another one or by itself.
    pub(crate) fn organisation(mut self, id: &str, administrator: Option<&str>) -> Self {
        self.rows.push(Declaration::Organisation(Organisation {
            id: OrganisationName::new(id),
            name: None,
            kind: OrganisationKind::Other,
            administrator: administrator.map(OrganisationName::new),
            domains: vec![HostName::new(format!("{id}.example"))],
            region: None,
        }));
        self
    }

    /// What the last organisation is.
    pub(crate) fn of_kind(mut self, kind: OrganisationKind) -> Self {
        if let Some(Declaration::Organisation(row)) = self.rows.last_mut() {
            row.kind = kind;
        }
        self
    }

    /// A service that depends on networks and other services.
    pub(crate) fn service(self, id: &str, owner: &str, networks: &[&str], needs: &[&str]) -> Self {
        self.service_of(DeclaredService {
            id: ServiceName::new(id),
            organisation: OrganisationName::new(owner),
            name: None,
            networks: networks.iter().map(|id| NetworkName::new(*id)).collect(),
            hosts: Vec::new(),
            services: needs.iter().map(|id| ServiceName::new(*id)).collect(),
            activity_per_weekday: None,
            kept_on_paper_percent: None,
            postponed_percent: None,
            activity: None,
        })
    }

    pub(crate) fn service_of(mut self, row: DeclaredService) -> Self {
        self.rows.push(Declaration::Service(row));
        self
    }

    /// A network of 254 addresses, `10.0.N.0/24`, in the national realm.
    pub(crate) fn network(self, id: &str, owner: &str) -> Self {
        let number = self.networks.len();
        self.network_of(id, owner, &[&format!("10.0.{number}.0/24")])
    }

    pub(crate) fn network_of(mut self, id: &str, owner: &str, blocks: &[&str]) -> Self {
        self.networks.insert(id.to_owned(), 0);
        self.rows.push(Declaration::Network(Network {
            id: NetworkName::new(id),
            organisation: OrganisationName::new(owner),
            blocks: blocks.iter().map(|block| block.parse().unwrap()).collect(),
            realm: Some("national".to_owned()),
            site: None,
            name: None,
            kind: NetworkKind::User,
        }));
        self
    }

    pub(crate) fn link(mut self, from: &str, to: &str) -> Self {
        let end = |name| LinkEnd::Named(NetworkName::new(name));
        self.rows.push(Declaration::Link(Link {
            from: end(from),
            to: end(to),
            port: Port::tcp(445),
            state: RuleState::Allowed,
        }));
        self
    }

    /// Rights to log on, between machines, networks or organisations.
    pub(crate) fn log_on(mut self, from: &str, to: &str) -> Self {
        self.rows.push(Declaration::LogOn(LogOn {
            from: HostName::new(from),
            to: HostName::new(to),
        }));
        self
    }

    /// A claim that a control is in place, on this share of machines; all where none is given.
    pub(crate) fn claim(
        mut self,
        owner: &str,
        control: &str,
        threshold_percent: Option<f64>,
    ) -> Self {
        self.rows.push(Declaration::Claim(Claim {
            id: format!("claim-{}", self.rows.len()),
            organisation: OrganisationName::new(owner),
            control: control.to_owned(),
            status: ClaimStatus::InPlace,
            claimed_on: "2017-03-31T00:00:00Z".parse().unwrap(),
            signed_by_role: None,
            threshold_percent,
        }));
        self
    }

    /// A machine of an organisation, at these addresses.
    pub(crate) fn machine(self, owner: &str, addresses: &[&str], known: Known) -> Self {
        self.machine_with("Microsoft Windows 7 Enterprise", owner, addresses, known)
    }

    /// The same, with another system.
    pub(crate) fn machine_with(
        mut self,
        system: &str,
        owner: &str,
        addresses: &[&str],
        known: Known,
    ) -> Self {
        let number = self.statements.len();
        let name = format!("pc-{number:05}.{owner}.example");
        let mut subject: Vec<Identifier> = Identifier::name(&name).into_iter().collect();
        subject.extend(
            addresses
                .iter()
                .map(|text| Identifier::Address(text.parse().unwrap())),
        );
        let when = When::At("2017-05-12T09:00:00Z".parse().unwrap());
        let mut statement = Statement::new(subject, Position::new(0, number as u64 + 1), when);
        statement.observe(
            Method::Inventoried,
            Fact::System(System {
                name: system.to_owned(),
                ..System::default()
            }),
        );
        if known != Known::Nothing {
            statement.observe(Method::Tested, Fact::Smb1(known != Known::Closed));
            let blocks = Fact::AgentBlocks(known == Known::Guarded);
            statement.observe(Method::Inventoried, blocks);
        }
        self.statements.push(statement);
        self
    }

    /// One thing more that was seen of the last machine.
    pub(crate) fn seen(self, fact: Fact) -> Self {
        self.seen_by(Method::Inventoried, fact)
    }

    /// The same, by a method.
    pub(crate) fn seen_by(mut self, method: Method, fact: Fact) -> Self {
        if let Some(statement) = self.statements.last_mut() {
            statement.observe(method, fact);
        }
        self
    }

    /// Machines of an organisation in the network `10.0.N.0/24`.
    pub(crate) fn machines(self, owner: &str, network: u8, count: u8, known: Known) -> Self {
        let first = self.statements.len();
        (0..count).fold(self, |sketch, number| {
            let last = (first + usize::from(number)) % 250 + 1;
            sketch.machine(owner, &[&format!("10.0.{network}.{last}")], known)
        })
    }

    pub(crate) fn estate(self) -> Estate {
        let reading = |path: &str, statements, rows: Vec<Declaration>| Reading {
            source: Source {
                path: SourcePath::new(path),
                digest: Digest::of(path.as_bytes()),
                reader: "by_hand".into(),
                title: "made by hand".into(),
                family: "by hand".into(),
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
        };
        let mut rows = self.rows;
        rows.push(Declaration::Authority(SourcePath::new("."), Vec::new()));
        let readings = vec![
            reading("a.csv", self.statements, Vec::new()),
            reading("estate.toml", Vec::new(), rows),
        ];
        Estate::resolve(readings, Options::default())
    }
}

/// The host that was added as the nth machine.
pub(crate) fn host(estate: &Estate, number: usize) -> HostId {
    let found = estate.find(&format!("pc-{number:05}"));
    assert_eq!(found.len(), 1);
    found[0]
}

pub(crate) fn network(estate: &Estate, id: &str) -> NetworkId {
    let index = estate
        .networks
        .iter()
        .position(|network| network.name.as_key() == id);
    NetworkId(u32::try_from(index.unwrap()).unwrap())
}

pub(crate) fn organisation(estate: &Estate, id: &str) -> OrganisationId {
    let named = |name: &OrganisationName| name.as_key() == id;
    let mut all = estate.organisations.iter();
    let index = all.position(|organisation| organisation.id.as_ref().is_some_and(named));
    OrganisationId(u32::try_from(index.unwrap()).unwrap())
}

/// A number that is what it is.
pub(crate) fn exactly(value: f64) -> String {
    format!("{{ low = {value:?}, high = {value:?}, basis = \"assumed\", source = \"a test\" }}")
}

/// A worm that takes every open machine that it can reach well within a day; SMB version 1 being off keeps it out.
pub(crate) fn quick_worm() -> Profile {
    worm(&format!("probes_per_hour = {}", exactly(36000.0)))
}

/// The quick worm at another pace.
pub(crate) fn worm(pace: &str) -> Profile {
    let streams = format!(
        "[kill_switch]\nabout = \"A name.\"\n[[stream]]\nkind = \"sweep\"\n{pace}\n[[stream]]\nkind = \"uniform\"\nscope = \"realm\"\n{pace}\n"
    );
    worm_of("", "", &streams)
}

/// The families of systems by which a profile tells chances apart.
pub(crate) const FAMILIES: [&str; 7] = [
    "xp_2003",
    "vista_2008",
    "seven_2008r2",
    "eight_2012",
    "ten_2016",
    "later",
    "unknown",
];

/// A worm that takes whatever it reaches: what stands at the head of its profile, what is said of its one vector, and
/// the tables that follow, its streams among them.
pub(crate) fn worm_of(head: &str, of_vector: &str, tables: &str) -> Profile {
    let sure = exactly(1.0);
    let success: String = FAMILIES
        .iter()
        .map(|family| format!("{family} = {sure}\n"))
        .collect();
    let patch_closes = if of_vector.contains("patch_closes") {
        ""
    } else {
        "patch_closes = true"
    };
    let latency = if head.contains("latency_hours") {
        String::new()
    } else {
        format!("latency_hours = {}", exactly(0.01))
    };
    let text = format!(
        r#"
id = "quick-worm"
title = "A worm for tests"
hypothetical = true
about = "It is quick."
port = "445/tcp"
{latency}
{head}
[entry]
kind = "workstation"
about = "Anywhere."
[[vector]]
id = "flaw"
title = "A flaw"
about = "It is open."
closed_by = ["smb1_off"]
{patch_closes}
{of_vector}
[vector.success]
{success}
{tables}
"#
    );
    Profile::parse(&text).unwrap()
}

pub(crate) fn scenario(worlds: u32, repeats: u32) -> Scenario {
    Scenario {
        worlds,
        repeats,
        ..Scenario::default()
    }
}

pub(crate) fn from_host(host: HostId, scenario: Scenario) -> Scenario {
    Scenario {
        entry: Entry::OneOf(vec![host]),
        ..scenario
    }
}

/// An ensemble, nothing being told of progress.
pub(crate) fn sample(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[wardround_outbreak::Effect],
) -> Ensemble {
    run(population, scenario, settle, effects, &|_| {}).unwrap()
}

/// In what share of outbreaks a machine fell.
pub(crate) fn falls(ensemble: &Ensemble, host: HostId) -> f64 {
    ensemble.hosts[host.0 as usize].falls
}
