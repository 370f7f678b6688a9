//! Northmere's hidden truth: what the generator knows and never wrote, against every verdict.
//!
//! The generator shares no code with the readers. For each record it says which facts are untrue at the as-of moment, so for
//! each settled verdict we can tell whether the evidence that decided it was true.

#![expect(
    clippy::print_stdout,
    reason = "the confusion matrix is for people to read, with `--nocapture`"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use northmere::{Fact as TrueFact, Generated, TrueHost, TrueHostId, TrueRecord, northmere};
use wardround::{Round, Settings};
use wardround_estate::{Catalogue, Estate, Finding, Host, Question, StatementId};
use wardround_evidence::{Fact, ListExtent, Method, PortState, Truth};
use wardround_outbreak::{Population, Scenario, Settle, default_threats};

/// Read once for all tests.
static CASE: LazyLock<Case> = LazyLock::new(Case::new);

struct Case {
    estate: Estate,
    generated: Generated,
}

impl Case {
    fn new() -> Self {
        let folder = PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../examples/northmere"
        ));
        let round = Round::of_folder(&folder, &Settings::default(), &()).unwrap();
        Self {
            estate: round.estate,
            generated: northmere(),
        }
    }

    fn records(&self) -> BTreeMap<(&str, u64), &TrueRecord> {
        self.generated
            .truth
            .records
            .iter()
            .map(|record| ((record.file.as_str(), record.ordinal), record))
            .collect()
    }

    fn truth(&self, id: TrueHostId) -> &TrueHost {
        self.generated
            .truth
            .hosts
            .iter()
            .find(|host| host.id == id)
            .unwrap()
    }
}

fn record_of<'a>(
    estate: &Estate,
    records: &BTreeMap<(&str, u64), &'a TrueRecord>,
    id: StatementId,
) -> Option<&'a TrueRecord> {
    let path = estate.readings[id.reading as usize].source.path.as_key();
    records
        .get(&(path, estate.statement(id).position.record))
        .copied()
}

fn questions(estate: &Estate) -> [Question; 4] {
    let fix = estate.as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
    let fix = fix.checked_sub(jiff::Span::new().days(30)).unwrap();
    [
        Question::Ms17010Closed,
        Question::Smb1Off,
        Question::NotListening("445/tcp".parse().unwrap()),
        Question::UpdatedSince(fix),
    ]
}

fn is_so(question: Question, host: &TrueHost) -> bool {
    match question {
        Question::Ms17010Closed => host.closed_ms17_010,
        Question::Smb1Off => !host.smb1_on,
        Question::NotListening(_) => !host.listens_445,
        Question::UpdatedSince(_) => host.updated_since_next_worm_fix,
        Question::AgentBlocks => unreachable!("the generator keeps no truth of agents"),
    }
}

/// The generator's facts on which an answer to a question rests.
fn bears_on(question: Question, fact: TrueFact) -> bool {
    use northmere::Fact::{Build, Identity, Ms17010, Port445, Presence, Smb1, System, Updates};
    match question {
        Question::Ms17010Closed => matches!(
            fact,
            Ms17010 | Updates | Build | System | Identity | Presence
        ),
        Question::Smb1Off => matches!(fact, Smb1 | System | Identity | Presence),
        Question::NotListening(_) => matches!(
            fact,
            Port445 | System | Identity | Presence | TrueFact::Address
        ),
        Question::UpdatedSince(_) => matches!(fact, Updates | Build | System | Identity | Presence),
        Question::AgentBlocks => unreachable!("the generator keeps no truth of agents"),
    }
}

/// Whether what the record says on the question is true.
fn is_true(question: Question, record: &TrueRecord) -> bool {
    !record
        .false_facts
        .iter()
        .any(|untrue| bears_on(question, untrue.fact))
}

fn deciding(finding: &Finding) -> StatementId {
    let side = match finding.verdict.truth {
        Truth::Holds => &finding.verdict.supporting,
        _ => &finding.verdict.opposing,
    };
    StatementId::from(side[0])
}

/// Whether a machine's records hold something true that could settle the question, by rules of this test's own.
fn suffices(
    estate: &Estate,
    host: &Host,
    question: Question,
    records: &BTreeMap<(&str, u64), &TrueRecord>,
) -> bool {
    let catalogue = Catalogue::built_in();
    host.statements.iter().any(|id| {
        let authority = &estate.authorities[id.reading as usize];
        let organisation = estate.organisation(host.organisation).id.as_ref();
        let Some(record) = record_of(estate, records, *id) else {
            return false;
        };
        authority.covers(organisation)
            && is_true(question, record)
            && estate.statement(*id).observed.iter().any(|observed| {
                match (&observed.fact, question) {
                    (Fact::Flaw(cve, _), Question::Ms17010Closed) => Catalogue::is_ms17_010(*cve),
                    (Fact::Updates(list), Question::Ms17010Closed) => {
                        list.extent == ListExtent::Whole
                            || list
                                .updates
                                .iter()
                                .any(|update| catalogue.closes_ms17_010(update.kb, host.product))
                    }
                    (Fact::System(system), Question::Ms17010Closed) => {
                        observed.method == Method::Inventoried
                            && system.build.is_some_and(|build| build.build >= 15063)
                    }
                    (Fact::System(system), Question::UpdatedSince(_)) => {
                        system.build.is_some_and(|build| build.revision.is_some())
                    }
                    (Fact::Updates(list), Question::UpdatedSince(_)) => {
                        list.extent == ListExtent::Whole
                    }
                    (Fact::Smb1(_), Question::Smb1Off) => true,
                    (Fact::Port(port, state), Question::NotListening(asked)) => {
                        *port == asked && matches!(state, PortState::Open | PortState::Closed)
                    }
                    _ => false,
                }
            })
    })
}

#[test]
fn no_settled_verdict_is_wrong_where_the_deciding_evidence_is_true() {
    let case = &*CASE;
    let records = case.records();
    let mut wrong = Vec::new();
    // By question and method: right and wrong, where the deciding evidence is true and where it is not.
    let mut matrix: BTreeMap<(String, &str, bool), (u32, u32)> = BTreeMap::new();
    for (id, _) in case.estate.hosts() {
        for question in questions(&case.estate) {
            let finding = case.estate.assess(id, question);
            if !finding.verdict.truth.is_settled() {
                continue;
            }
            let statement = deciding(&finding);
            let record = record_of(&case.estate, &records, statement).unwrap();
            let holds = finding.verdict.truth == Truth::Holds;
            let right = holds == is_so(question, case.truth(record.host));
            let evidence = is_true(question, record);
            let method = finding.verdict.method.unwrap().word();
            let cell = matrix
                .entry((question.key(), method, evidence))
                .or_default();
            if right {
                cell.0 += 1;
            } else {
                cell.1 += 1;
            }
            if evidence && !right {
                let position = case.estate.statement(statement).position;
                wrong.push(format!(
                    "{}: {} by {} ({}) at {} record {}; all false facts {:?}; truth {:?}",
                    question.key(),
                    finding.verdict.truth.word(),
                    method,
                    finding.verdict.reason,
                    record.file,
                    position.record,
                    record.false_facts,
                    case.truth(record.host),
                ));
            }
        }
    }
    println!("question, method, deciding evidence true: right, wrong");
    for ((question, method, evidence), (right, wrong)) in &matrix {
        println!("{question}, {method}, {evidence}: {right}, {wrong}");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
}

#[test]
fn four_fifths_of_what_the_evidence_suffices_for_is_settled() {
    let case = &*CASE;
    let records = case.records();
    for question in questions(&case.estate) {
        let (mut enough, mut settled) = (0u32, 0u32);
        let mut gaps: BTreeMap<_, u32> = BTreeMap::new();
        for (id, host) in case.estate.hosts() {
            if suffices(&case.estate, host, question, &records) {
                enough += 1;
                let finding = case.estate.assess(id, question);
                settled += u32::from(finding.verdict.truth.is_settled());
                if let Some(gap) = finding.gap {
                    *gaps.entry(gap).or_default() += 1;
                }
            }
        }
        let share = f64::from(settled) / f64::from(enough);
        println!(
            "{}: {settled} of {enough} settled ({share:.3}); unsettled: {gaps:?}",
            question.key()
        );
        assert!(share >= 0.8, "{}: {share}", question.key());
    }
}

#[test]
fn machines_are_neither_torn_apart_nor_thrown_together() {
    let case = &*CASE;
    let records = case.records();
    let mut mixed = 0u32;
    let mut homes: BTreeMap<TrueHostId, u32> = BTreeMap::new();
    for (_, host) in case.estate.hosts() {
        // A record that carries another machine's identifiers says so; by it no merge can be right.
        let true_hosts: BTreeSet<TrueHostId> = host
            .statements
            .iter()
            .filter_map(|id| record_of(&case.estate, &records, *id))
            .filter(|record| {
                !record.false_facts.iter().any(|untrue| {
                    matches!(
                        untrue.fact,
                        TrueFact::Identity
                            | TrueFact::Name
                            | TrueFact::Address
                            | TrueFact::Mac
                            | TrueFact::Agent
                    )
                })
            })
            .map(|record| record.host)
            .collect();
        mixed += u32::from(true_hosts.len() > 1);
        for id in true_hosts {
            *homes.entry(id).or_default() += 1;
        }
    }
    let torn = homes.values().filter(|count| **count > 1).count();
    println!(
        "{} hosts, {} true ones seen: {mixed} mixed, {torn} torn",
        case.estate.hosts.len(),
        homes.len()
    );
    let one_percent = case.estate.hosts.len() / 100;
    assert!(
        (mixed as usize) <= one_percent,
        "{mixed} hosts mix several machines"
    );
    assert!(torn <= 3 * one_percent, "{torn} machines were torn apart");
}

#[test]
fn the_true_number_of_open_machines_lies_between_both_ends() {
    let case = &*CASE;
    let records = case.records();
    // Only machines that some source saw can be counted; each once.
    let seen: BTreeSet<TrueHostId> = case
        .estate
        .hosts()
        .flat_map(|(_, host)| &host.statements)
        .filter_map(|id| record_of(&case.estate, &records, *id))
        .map(|record| record.host)
        .collect();
    let truly = |is_open: &dyn Fn(&TrueHost) -> bool| {
        seen.iter()
            .map(|id| case.truth(*id))
            .filter(|host| host.retired_on.is_none() && is_open(host))
            .count()
    };
    for profile in default_threats().unwrap() {
        let population = Population::new(&case.estate, &profile);
        let scenario = Scenario::default();
        let mut drawn = population.open_machines(&scenario, Settle::Drawn);
        drawn.sort_unstable();
        let low = population.open_machines(&scenario, Settle::InFavour)[0];
        let high = population.open_machines(&scenario, Settle::Against)[0];
        let truth = match profile.id.as_str() {
            "wannacry" => truly(&TrueHost::open_to_wannacry),
            _ => {
                truly(&|host| host.windows && host.listens_445 && !host.updated_since_next_worm_fix)
            }
        };
        println!(
            "{}: truly open {truth}; drawn {} to {} (median {}); ends {low} and {high}",
            profile.id,
            drawn[drawn.len() / 20],
            drawn[drawn.len() * 19 / 20],
            drawn[drawn.len() / 2],
        );
        assert!(
            (low as usize..=high as usize).contains(&truth),
            "{}",
            profile.id
        );
    }
}
