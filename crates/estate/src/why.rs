//! From a verdict back to files and lines.

use jiff::Timestamp;
use wardround_evidence::{
    Conversation, Digest, Fact, FlawState, Kb, ListExtent, ObservationId, PortState, Position,
    Side, SourcePath, Truth,
};

use crate::Catalogue;
use crate::estate::{Estate, HostId, StatementId};
use crate::questions::{Finding, Question, observations};
use crate::resolve::authorised;

/// How many updates are named.
const NAMED: usize = 6;

/// One observation behind a verdict.
#[derive(Clone, Debug)]
pub struct ChainLink<'a> {
    /// What was seen, in words that hold no name; they may quote what a file says, so they are not safe to print as they are.
    pub what: String,
    /// The same in our own words alone, where `what` quotes: a machine may call its system anything.
    pub what_unquoted: Option<String>,
    /// Which way it speaks.
    pub speaks_for: Truth,
    /// How the source knows.
    pub method: wardround_evidence::Method,
    /// When.
    pub when: Option<Timestamp>,
    /// The file.
    pub path: &'a SourcePath,
    /// The place in it.
    pub position: Position,
    /// The file's digest.
    pub digest: Digest,
    /// Whether the file may speak for the machine's organisation.
    pub authorised: bool,
}

/// The observations behind a finding about `host`, the deciding side first; then what was said on the question and is on
/// neither side, such as an update whose state is unknown.
#[must_use]
pub fn chain<'a>(
    estate: &'a Estate,
    host: HostId,
    question: Question,
    finding: &Finding,
) -> Vec<ChainLink<'a>> {
    let verdict = &finding.verdict;
    let holds = verdict.supporting.iter().map(|id| (*id, Truth::Holds));
    let fails = verdict.opposing.iter().map(|id| (*id, Truth::Fails));
    let sides: Vec<_> = if verdict.truth == Truth::Fails {
        fails.chain(holds).collect()
    } else {
        holds.chain(fails).collect()
    };
    let sides = sides
        .into_iter()
        .map(|(id, side)| link(estate, host, id, side));
    sides.chain(beside(estate, host, question)).collect()
}

/// What bears on a question and speaks for neither side: a state that is unknown, or that is said not to apply, and that the
/// machine waits for a restart.
fn beside<'a>(
    estate: &'a Estate,
    host: HostId,
    question: Question,
) -> impl Iterator<Item = ChainLink<'a>> {
    let product = estate.host(host).product;
    let catalogue = Catalogue::built_in();
    let bears = move |kb: &Kb| match question {
        Question::Ms17010Closed => catalogue.closes_ms17_010(*kb, product),
        Question::UpdatedSince(day) => catalogue.released(*kb).is_some_and(|on| on >= day),
        _ => false,
    };
    observations(estate, host).filter_map(move |(id, _, observed)| {
        let of = |updates: &[Kb]| -> Option<Vec<Kb>> {
            let bearing: Vec<Kb> = updates.iter().copied().filter(bears).collect();
            (!bearing.is_empty()).then_some(bearing)
        };
        let said = match &observed.fact {
            Fact::UpdatesUnknown(updates) => Fact::UpdatesUnknown(of(updates)?),
            Fact::UpdatesNotApplicable(updates) => Fact::UpdatesNotApplicable(of(updates)?),
            Fact::Flaw(cve, FlawState::NotApplicable | FlawState::Unknown)
                if question == Question::Ms17010Closed && Catalogue::is_ms17_010(*cve) =>
            {
                observed.fact.clone()
            }
            Fact::RestartPending(true)
                if matches!(
                    question,
                    Question::Ms17010Closed | Question::UpdatedSince(_)
                ) =>
            {
                observed.fact.clone()
            }
            _ => return None,
        };
        let what = fact_words(&said);
        Some(ChainLink {
            what,
            ..link(estate, host, id, Truth::Unknown)
        })
    })
}

fn link(estate: &Estate, host: HostId, id: ObservationId, speaks_for: Truth) -> ChainLink<'_> {
    let statement_id = StatementId::from(id);
    let source = &estate.readings[id.reading as usize].source;
    let statement = estate.statement(statement_id);
    let observed = &statement.observed[id.fact as usize];
    ChainLink {
        what: fact_words(&observed.fact),
        what_unquoted: unquoted(&observed.fact),
        speaks_for,
        method: observed.method,
        when: estate.moment(statement_id),
        path: &source.path,
        position: statement.position,
        digest: source.digest,
        authorised: authorised(
            &estate.authorities,
            &estate.organisations,
            statement_id,
            estate.host(host).organisation,
        ),
    }
}

/// A fact in words that hold no name of a machine or person.
#[must_use]
pub fn fact_words(fact: &Fact) -> String {
    match fact {
        Fact::Answers(true) => "it answered".to_owned(),
        Fact::Answers(false) => "it did not answer".to_owned(),
        Fact::System(system) => match (system.build, system.confidence_percent) {
            (Some(build), _) => format!("system {}, build {build}", or_unnamed(&system.name)),
            (None, Some(percent)) => format!(
                "system guessed as {} ({percent} % sure)",
                or_unnamed(&system.name)
            ),
            (None, None) if system.is_guess => format!(
                "system guessed as {} (how sure is not said)",
                or_unnamed(&system.name)
            ),
            (None, None) => format!("system {}", or_unnamed(&system.name)),
        },
        Fact::Role(role) => format!("role {role:?}").to_lowercase(),
        Fact::Updates(list) => match list.extent {
            ListExtent::Whole => format!("a whole list of {} updates", list.updates.len()),
            ListExtent::Cut { stated } => {
                format!(
                    "a cut list: {} updates of {stated} stated",
                    list.updates.len()
                )
            }
            ListExtent::Unstated => format!("a list of {} updates", list.updates.len()),
        },
        Fact::UpdateMissing(kb) => format!("{kb} is missing"),
        Fact::UpdateAwaitingRestart(kb) => format!("{kb} waits for a restart"),
        Fact::UpdatesUnknown(updates) => format!("it is unknown whether {} on", named(updates)),
        Fact::UpdatesNotApplicable(updates) => format!("not for it: {}", listed(updates)),
        Fact::RestartPending(true) => "it waits for a restart".to_owned(),
        Fact::RestartPending(false) => "nothing on it waits for a restart".to_owned(),
        Fact::Flaw(cve, FlawState::Present) => format!("{cve} is present"),
        Fact::Flaw(cve, FlawState::Absent) => format!("{cve} was looked for and is absent"),
        Fact::Flaw(cve, FlawState::Likely) => format!("{cve} is likely present"),
        Fact::Flaw(cve, FlawState::AwaitsRestart) => {
            format!("the cure of {cve} waits for a restart")
        }
        Fact::Flaw(cve, FlawState::NotApplicable) => format!("{cve} is said not to concern it"),
        Fact::Flaw(cve, FlawState::Unknown) => format!("of {cve} it is said that nobody knows"),
        Fact::Port(port, PortState::Open) => format!("{port} is open"),
        Fact::Port(port, PortState::Closed) => format!("{port} is closed"),
        Fact::Port(port, PortState::Filtered | PortState::OpenOrFiltered) => {
            format!("{port} is filtered")
        }
        Fact::Conversation(Conversation { side, port, .. }) => match side {
            Side::Began => format!("it spoke to another machine's {port}"),
            Side::Answered => format!("another machine spoke to its {port}"),
        },
        Fact::Smb1(true) => "SMB version 1 is spoken".to_owned(),
        Fact::Smb1(false) => "SMB version 1 is not spoken".to_owned(),
        Fact::SmbSigning(signing) => format!("SMB signing: {signing:?}").to_lowercase(),
        Fact::AgentReporting(yes) => format!("agent reporting: {}", yes_no(*yes)),
        Fact::AgentBlocks(yes) => format!("agent in block mode: {}", yes_no(*yes)),
        Fact::HostFirewall(yes) => format!("host firewall on: {}", yes_no(*yes)),
        Fact::InternetFacing(yes) => format!("faces the internet: {}", yes_no(*yes)),
        Fact::InstalledAt(moment) => format!("system installed on {}", moment.strftime("%Y-%m-%d")),
        Fact::StartedAt(moment) => format!("started on {}", moment.strftime("%Y-%m-%d")),
        Fact::Setting(id, passed) => format!("check {id} passed: {}", yes_no(*passed)),
        Fact::LogInFailed => "a scanner could not log in".to_owned(),
    }
}

/// Updates by their numbers; of many the newest.
fn listed(updates: &[Kb]) -> String {
    let newest = updates.iter().rev().take(NAMED).map(Kb::to_string);
    let mut words = newest.collect::<Vec<_>>().join(", ");
    if updates.len() > NAMED {
        words.push_str(&format!(" and {} more", updates.len() - NAMED));
    }
    words
}

fn named(updates: &[Kb]) -> String {
    let are = if updates.len() == 1 { "is" } else { "are" };
    format!("{} {are}", listed(updates))
}

/// A fact in our own words alone, where its usual words quote what a file says.
fn unquoted(fact: &Fact) -> Option<String> {
    match fact {
        Fact::System(system) => Some(match (system.build, system.confidence_percent) {
            (Some(build), _) => format!("a system of build {build}"),
            (None, Some(percent)) => format!("a system, guessed ({percent} % sure)"),
            (None, None) if system.is_guess => {
                "a system, guessed (how sure is not said)".to_owned()
            }
            (None, None) => "a system by its name".to_owned(),
        }),
        Fact::Setting(_, passed) => Some(if *passed {
            "a check that passed".to_owned()
        } else {
            "a check that failed".to_owned()
        }),
        _ => None,
    }
}

fn or_unnamed(name: &str) -> &str {
    if name.is_empty() { "unnamed" } else { name }
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
