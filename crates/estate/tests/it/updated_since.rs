//! Tiny evidence and the verdict on whether updates of 13 May 2025 or later are on.

use jiff::civil::{Date, date};
use wardround_estate::{Gap, Question};
use wardround_evidence::{Fact, Kb, ListExtent, Method, SourceExtent, Statement, Truth};

use crate::builder::*;
use Truth::{Fails, Holds, Unknown};

/// The second Tuesday of May 2025: builds 19045.5854, KB5058379.
const DAY: Date = date(2025, 5, 13);

fn ten(when: &str, build: &str) -> Statement {
    said(
        "name=pc-1",
        when,
        [(INVENTORIED, system("Microsoft Windows 10 Pro", build))],
    )
}

fn with_list(when: &str, list: Fact) -> Statement {
    let system = system("Microsoft Windows 10 Pro", "10.0.19045");
    said(
        "name=pc-1",
        when,
        [(INVENTORIED, system), (INVENTORIED, list)],
    )
}

#[test]
fn builds_lists_and_support_settle_it() {
    let rows: Vec<(&str, Vec<Statement>, Truth, Option<Gap>)> = vec![
        (
            "a build of the day",
            vec![ten("2025-05-28", "10.0.19045.5854")],
            Holds,
            None,
        ),
        (
            "an older build",
            vec![ten("2025-05-28", "10.0.19045.5737")],
            Fails,
            None,
        ),
        (
            "a build without its revision",
            vec![ten("2025-05-28", "10.0.19045")],
            Unknown,
            Some(Gap::NotInventoried),
        ),
        (
            "a build without its revision where a scanner could not log in",
            vec![
                ten("2025-05-28", "10.0.19045"),
                said("name=pc-1", "2025-05-28", [(TESTED, Fact::LogInFailed)]),
            ],
            Unknown,
            Some(Gap::LogInFailed),
        ),
        (
            "an older build seen before the day",
            vec![ten("2025-05-02", "10.0.19045.5737")],
            Unknown,
            Some(Gap::Stale),
        ),
        (
            "an older build before a newer one",
            vec![
                ten("2025-05-14", "10.0.19045.5737"),
                ten("2025-05-28", "10.0.19045.5854"),
            ],
            Holds,
            None,
        ),
        (
            "a newer update on a list",
            vec![with_list("2025-05-28", whole("KB5058379"))],
            Holds,
            None,
        ),
        (
            "a newer update before the machine was upgraded",
            vec![
                said(
                    "name=pc-1",
                    "2025-05-20",
                    [
                        (
                            INVENTORIED,
                            system("Microsoft Windows 10 Pro", "10.0.17763"),
                        ),
                        (INVENTORIED, whole("KB5058392")),
                    ],
                ),
                ten("2025-05-28", "10.0.19045"),
            ],
            Unknown,
            Some(Gap::Stale),
        ),
        (
            "a newer update before the next release of the same servicing line",
            vec![
                said(
                    "name=pc-1",
                    "2025-05-20",
                    [
                        (
                            INVENTORIED,
                            system("Microsoft Windows 10 Pro", "10.0.19044"),
                        ),
                        (INVENTORIED, whole("KB5058379")),
                    ],
                ),
                ten("2025-05-28", "10.0.19045"),
            ],
            Holds,
            None,
        ),
        (
            "a newer update that waits for a restart",
            vec![
                with_list("2025-05-28", whole("KB5055518 KB5058379")),
                said(
                    "name=pc-1",
                    "2025-05-28",
                    [(INVENTORIED, Fact::UpdateAwaitingRestart(Kb(5_058_379)))],
                ),
            ],
            Unknown,
            Some(Gap::RestartPending),
        ),
        (
            "one on a machine that waits for a restart",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [
                    (INVENTORIED, whole("KB5055518 KB5058379")),
                    (INVENTORIED, Fact::RestartPending(true)),
                ],
            )],
            Unknown,
            Some(Gap::RestartPending),
        ),
        (
            "an older one on a whole list",
            vec![with_list("2025-05-28", whole("KB5055518"))],
            Fails,
            None,
        ),
        (
            "an older one on a cut list",
            vec![with_list(
                "2025-05-28",
                updates(ListExtent::Cut { stated: 9 }, "KB5055518"),
            )],
            Unknown,
            Some(Gap::ListCut),
        ),
        (
            "an older one on a list of unstated length",
            vec![with_list(
                "2025-05-28",
                updates(ListExtent::Unstated, "KB5055518"),
            )],
            Unknown,
            Some(Gap::ListCut),
        ),
        (
            "a list of updates that no table knows",
            vec![with_list("2025-05-28", whole("KB9999999"))],
            Unknown,
            Some(Gap::TablesEnd),
        ),
        (
            "support that ended before",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [(
                    INVENTORIED,
                    system("Microsoft Windows XP Professional", "5.1.2600"),
                )],
            )],
            Fails,
            None,
        ),
        (
            "not Windows",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [(INVENTORIED, system("Ubuntu 22.04", ""))],
            )],
            Holds,
            None,
        ),
        (
            "an agent misses an older cumulative update",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [(INVENTORIED, missing(5_055_518))],
            )],
            Fails,
            None,
        ),
        (
            "an agent misses the newest, which says nothing of the day's",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [(INVENTORIED, missing(5_058_379))],
            )],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "one that an agent misses is not on because someone noted so",
            vec![
                said(
                    "name=pc-1",
                    "2025-05-28",
                    [(INVENTORIED, missing(5_055_518))],
                ),
                said(
                    "name=pc-1",
                    "2025-05-29",
                    [(
                        Method::Declared,
                        updates(ListExtent::Unstated, "KB5058379@2025-05-29"),
                    )],
                ),
            ],
            Fails,
            None,
        ),
        (
            "nothing that bears on it",
            vec![said(
                "name=pc-1",
                "2025-05-28",
                [(TESTED, wardround_evidence::Fact::Answers(true))],
            )],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "an update that is on stays on, whatever build is read later",
            vec![
                with_list("2025-05-20", whole("KB5058379")),
                ten("2025-05-28", "10.0.19045.99999"),
            ],
            Holds,
            None,
        ),
    ];
    for (name, statements, truth, gap) in rows {
        let estate = resolve_as_of("2025-06-01", [export("a.xml", statements)]);
        let found = finding(&estate, Question::UpdatedSince(DAY));
        assert_eq!(
            (found.verdict.truth, found.gap),
            (truth, gap),
            "{name}: {}",
            found.verdict.reason
        );
    }
}

#[test]
fn a_list_in_a_cut_export_never_refutes() {
    let mut reading = export("a.csv", [with_list("2025-05-28", whole("KB5055518"))]);
    reading.source.extent = SourceExtent::Cut("it ends early".to_owned());
    let found = finding(&resolve([reading]), Question::UpdatedSince(DAY));
    assert_eq!(
        (found.verdict.truth, found.gap),
        (Unknown, Some(Gap::ListCut))
    );
}

#[test]
fn an_update_does_not_expire_and_a_missing_one_does() {
    let question = Question::UpdatedSince(DAY);
    let year_later = "2026-05-28";
    assert_eq!(
        truth_of(question, year_later, [ten("2025-05-28", "10.0.19045.5854")]),
        Holds
    );
    assert_eq!(
        truth_of(question, year_later, [ten("2025-05-28", "10.0.19045.5737")]),
        Unknown
    );
}
