//! Evidence made by hand: exports with statements, dates and descriptions in a few words.

#![expect(clippy::unwrap_used, reason = "what is written by hand here reads")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_estate::{Estate, Finding, HostId, Options, Question};
use wardround_evidence::{
    Border, Boundary, Build, Claim, ClaimStatus, Conversation, Cve, Declaration, Digest, Direction,
    Fact, FlawState, HostName, Identifier, InstalledUpdate, Kb, Link, LinkEnd, ListExtent, Method,
    Network, NetworkKind, NetworkName, Organisation, OrganisationKind, OrganisationName, Port,
    PortState, Position, Reading, RuleState, Side, Source, SourceExtent, SourcePath, Statement,
    System, Truth, UpdateList, When,
};

/// `2025-06-01` is nine in the morning of that day; anything longer is a whole moment.
pub(crate) fn moment(text: &str) -> Timestamp {
    let text = if text.len() == 10 {
        format!("{text}T09:00:00Z")
    } else {
        text.to_owned()
    };
    text.parse().unwrap()
}

/// A file with what it says.
pub(crate) fn export(path: &str, statements: impl IntoIterator<Item = Statement>) -> Reading {
    let statements = (1..)
        .zip(statements)
        .map(|(record, statement)| Statement {
            position: Position::new(0, record),
            ..statement
        })
        .collect();
    Reading {
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
        declarations: Vec::new(),
        skipped: Vec::new(),
        skipped_unlisted: 0,
        notes: Vec::new(),
        counts: BTreeMap::new(),
    }
}

/// The same file as one of a family of sources.
pub(crate) fn of_family(family: &'static str, mut reading: Reading) -> Reading {
    reading.source.family = family.into();
    reading
}

/// A description with these rows.
pub(crate) fn description(rows: impl IntoIterator<Item = Declaration>) -> Reading {
    let mut reading = export("estate.toml", []);
    reading.declarations = (1..)
        .zip(rows)
        .map(|(record, row)| (Position::new(record, record), row))
        .collect();
    reading
}

/// What one source said of one machine: identifiers as `kind=value`, kinds `uuid`, `serial`, `agent` (`scheme:id`), `mac`,
/// `name` and `ip`; a date, `from` a date where it can only be later, `unknown` where only other rows have one, or nothing where
/// its source has none.
pub(crate) fn said<const N: usize>(
    subject: &str,
    when: &str,
    observed: [(Method, Fact); N],
) -> Statement {
    let when = match (when.strip_prefix("from "), when) {
        (Some(date), _) => When::NoEarlierThan(moment(date)),
        (None, "") => When::Undated,
        (None, "unknown") => When::Unknown,
        (None, date) => When::At(moment(date)),
    };
    let subject = subject.split_whitespace().map(identifier).collect();
    let mut statement = Statement::new(subject, Position::WHOLE, when);
    for (method, fact) in observed {
        statement.observe(method, fact);
    }
    statement
}

#[expect(clippy::panic, reason = "it fails the test")]
fn identifier(text: &str) -> Identifier {
    let (kind, value) = text.split_once('=').unwrap();
    match kind {
        "uuid" => Identifier::bios_uuid(value),
        "serial" => Identifier::serial(value),
        "agent" => value
            .split_once(':')
            .and_then(|(scheme, id)| Identifier::agent(scheme, id)),
        "mac" => value.parse().ok().map(Identifier::Mac),
        "name" => Identifier::name(value),
        "ip" => value.parse().ok().and_then(Identifier::address),
        _ => None,
    }
    .unwrap_or_else(|| panic!("`{text}` is no identifier"))
}

pub(crate) const TESTED: Method = Method::Tested;
pub(crate) const INVENTORIED: Method = Method::Inventoried;
pub(crate) const INFERRED: Method = Method::Inferred;

/// A system by its words and build; an empty build is none.
pub(crate) fn system(name: &str, build: &str) -> Fact {
    Fact::System(System {
        name: name.to_owned(),
        build: (!build.is_empty()).then(|| build.parse::<Build>().unwrap()),
        ..System::default()
    })
}

/// A system that a scanner guessed.
pub(crate) fn guessed(name: &str, confidence_percent: u8) -> Fact {
    Fact::System(System {
        name: name.to_owned(),
        confidence_percent: Some(confidence_percent),
        ..System::default()
    })
}

/// A system that a scanner guessed without saying how sure it was.
pub(crate) fn guess_of_unstated_worth(name: &str) -> Fact {
    Fact::System(System {
        name: name.to_owned(),
        is_guess: true,
        ..System::default()
    })
}

/// A list of updates; `4012212@2017-04-02` has the day it was put on.
pub(crate) fn updates(extent: ListExtent, text: &str) -> Fact {
    let mut updates: Vec<InstalledUpdate> = text
        .split_whitespace()
        .map(|word| {
            let (kb, day) = word.split_once('@').unwrap_or((word, ""));
            InstalledUpdate {
                kb: kb.parse().unwrap(),
                installed_on: day.parse().ok(),
            }
        })
        .collect();
    updates.sort_unstable();
    Fact::Updates(UpdateList { updates, extent })
}

/// A whole list of updates.
pub(crate) fn whole(text: &str) -> Fact {
    updates(ListExtent::Whole, text)
}

pub(crate) fn flaw(state: FlawState) -> Fact {
    Fact::Flaw(Cve::new(2017, 144), state)
}

pub(crate) fn missing(kb: u32) -> Fact {
    Fact::UpdateMissing(Kb(kb))
}

/// All that is asked of a machine in laws.
pub(crate) const QUESTIONS: [Question; 5] = [
    Question::Ms17010Closed,
    Question::Smb1Off,
    Question::NotListening(SMB),
    Question::UpdatedSince(jiff::civil::date(2017, 5, 9)),
    Question::AgentBlocks,
];

pub(crate) const SMB: Port = Port::tcp(445);

/// A conversation as one side lists it.
pub(crate) fn spoke(side: Side, port: Port, peer: &str) -> Fact {
    let peer = peer.parse().unwrap();
    Fact::Conversation(Conversation { side, port, peer })
}

pub(crate) fn smb_port(state: PortState) -> Fact {
    Fact::Port(SMB, state)
}

/// An organisation with its domains.
pub(crate) fn organisation(id: &str, domains: &[&str]) -> Declaration {
    Declaration::Organisation(Organisation {
        id: OrganisationName::new(id),
        name: None,
        kind: OrganisationKind::Other,
        administrator: None,
        domains: domains
            .iter()
            .map(|domain| HostName::new(*domain))
            .collect(),
        region: None,
    })
}

/// A network of an organisation; an empty realm is none.
pub(crate) fn network(id: &str, owner: &str, blocks: &[&str], realm: &str) -> Declaration {
    Declaration::Network(Network {
        id: NetworkName::new(id),
        organisation: OrganisationName::new(owner),
        blocks: blocks.iter().map(|block| block.parse().unwrap()).collect(),
        realm: (!realm.is_empty()).then(|| realm.to_owned()),
        site: None,
        name: None,
        kind: NetworkKind::User,
    })
}

pub(crate) fn authority(path: &str, organisations: &[&str]) -> Declaration {
    Declaration::Authority(
        SourcePath::new(path),
        organisations
            .iter()
            .map(|id| OrganisationName::new(*id))
            .collect(),
    )
}

pub(crate) fn collected(path: &str, on: &str) -> Declaration {
    Declaration::Collected(SourcePath::new(path), moment(on))
}

pub(crate) fn vantage(path: &str, network: &str) -> Declaration {
    Declaration::Vantage(SourcePath::new(path), NetworkName::new(network))
}

pub(crate) fn border(
    owner: &str,
    realm: Option<&str>,
    direction: Direction,
    state: RuleState,
) -> Declaration {
    Declaration::Border(Border {
        organisation: OrganisationName::new(owner),
        realm: realm.map(str::to_owned),
        direction,
        port: SMB,
        state,
        checked_on: None,
    })
}

pub(crate) fn boundary(network: &str, direction: Direction, state: RuleState) -> Declaration {
    Declaration::Boundary(Boundary {
        network: NetworkName::new(network),
        direction,
        port: SMB,
        state,
        checked_on: None,
    })
}

pub(crate) fn link(from: &str, to: &str, state: RuleState) -> Declaration {
    let end = |name| LinkEnd::Named(NetworkName::new(name));
    Declaration::Link(Link {
        from: end(from),
        to: end(to),
        port: SMB,
        state,
    })
}

/// A claim that a control is in place; without a threshold it is of every subject.
pub(crate) fn claim(owner: &str, control: &str, threshold_percent: Option<f64>) -> Declaration {
    Declaration::Claim(Claim {
        id: format!("{owner}-{control}"),
        organisation: OrganisationName::new(owner),
        control: control.to_owned(),
        status: ClaimStatus::InPlace,
        claimed_on: moment("2025-05-01"),
        signed_by_role: None,
        threshold_percent,
    })
}

/// The estate of these files.
pub(crate) fn resolve(readings: impl IntoIterator<Item = Reading>) -> Estate {
    Estate::resolve(readings.into_iter().collect(), Options::default())
}

/// The estate of these files as of a moment.
pub(crate) fn resolve_as_of(as_of: &str, readings: impl IntoIterator<Item = Reading>) -> Estate {
    let options = Options {
        as_of: Some(moment(as_of)),
        ..Options::default()
    };
    Estate::resolve(readings.into_iter().collect(), options)
}

/// The finding about the only machine that there is.
pub(crate) fn finding(estate: &Estate, question: Question) -> Finding {
    assert_eq!(estate.hosts.len(), 1, "one machine is expected");
    estate.assess(HostId(0), question)
}

/// The truth about the only machine that one export speaks of, as of a day.
pub(crate) fn truth_of<const N: usize>(
    question: Question,
    as_of: &str,
    statements: [Statement; N],
) -> Truth {
    let estate = resolve_as_of(as_of, [export("a.xml", statements)]);
    finding(&estate, question).verdict.truth
}
