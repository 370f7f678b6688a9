//! Tiny evidence and the verdict on whether the flaw of MS17-010 is closed.

use wardround_estate::{Gap, Question};
use wardround_evidence::{
    Fact, FlawState, Kb, ListExtent, Method, Reading, SourceExtent, Statement, Truth,
};

use crate::builder::*;
use Truth::{Fails, Holds, Unknown};

const SEVEN: (&str, &str) = ("Microsoft Windows 7 Enterprise", "6.1.7601");

/// What `systeminfo` would say of a machine on one day.
fn machine(when: &str, system_words: (&str, &str), list: Fact) -> Statement {
    let (name, build) = system_words;
    said(
        "name=pc-1",
        when,
        [(INVENTORIED, system(name, build)), (INVENTORIED, list)],
    )
}

fn seven(when: &str, list: Fact) -> Statement {
    machine(when, SEVEN, list)
}

fn test(when: &str, state: FlawState) -> Statement {
    said("name=pc-1", when, [(TESTED, flaw(state))])
}

/// Each row: its name, the evidence, the verdict as of 1 June 2017, what is missing.
type Row = (&'static str, Vec<Statement>, Truth, Option<Gap>);

fn check(rows: Vec<Row>) {
    for (name, statements, truth, gap) in rows {
        let estate = resolve_as_of("2017-06-01", [export("a.xml", statements)]);
        let found = finding(&estate, Question::Ms17010Closed);
        assert_eq!(
            (found.verdict.truth, found.gap),
            (truth, gap),
            "{name}: {}",
            found.verdict.reason
        );
    }
}

#[test]
fn lists_builds_tests_and_systems_settle_it() {
    let cut = ListExtent::Cut { stated: 9 };
    let windows_10 = |build| ("Microsoft Windows 10 Pro", build);
    check(vec![
        (
            "the fix is on the list",
            vec![seven("2017-05-20", whole("KB976902 KB4012212"))],
            Holds,
            None,
        ),
        (
            "a later rollup holds the fix",
            vec![seven("2017-05-20", whole("KB4019264"))],
            Holds,
            None,
        ),
        (
            "a whole list without it refutes",
            vec![seven("2017-05-20", whole("KB976902"))],
            Fails,
            None,
        ),
        (
            "a cut list never refutes",
            vec![seven("2017-05-20", updates(cut, "KB976902"))],
            Unknown,
            Some(Gap::ListCut),
        ),
        (
            "a list of unstated length never refutes",
            vec![seven(
                "2017-05-20",
                updates(ListExtent::Unstated, "KB976902"),
            )],
            Unknown,
            Some(Gap::ListCut),
        ),
        (
            "a cut list that shows the fix holds",
            vec![seven("2017-05-20", updates(cut, "KB4012212"))],
            Holds,
            None,
        ),
        (
            "a test finds it",
            vec![test("2017-05-20", FlawState::Present)],
            Fails,
            None,
        ),
        (
            "a test finds it gone",
            vec![test("2017-05-20", FlawState::Absent)],
            Holds,
            None,
        ),
        (
            "a likely flaw fails too",
            vec![test("2017-05-20", FlawState::Likely)],
            Fails,
            None,
        ),
        (
            "a likely flaw is weaker than a list",
            vec![
                test("2017-05-30", FlawState::Likely),
                seven("2017-05-20", whole("KB4012212")),
            ],
            Holds,
            None,
        ),
        (
            "an agent misses the fix",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [
                    (INVENTORIED, missing(4_012_212)),
                    (INVENTORIED, system(SEVEN.0, SEVEN.1)),
                ],
            )],
            Fails,
            None,
        ),
        (
            "an agent that misses a later rollup says nothing of the fix",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [
                    (INVENTORIED, missing(4_019_264)),
                    (INVENTORIED, system(SEVEN.0, SEVEN.1)),
                ],
            )],
            Unknown,
            Some(Gap::NothingSaid),
        ),
        (
            "Linux never had it",
            vec![machine("2017-05-20", ("Ubuntu 16.04", ""), whole(""))],
            Holds,
            None,
        ),
        (
            "a later Windows shipped without it",
            vec![machine(
                "2017-05-20",
                ("Microsoft Windows Server 2019 Standard", "10.0.17763"),
                whole("KB4470788"),
            )],
            Holds,
            None,
        ),
        (
            "Windows 10 1703 shipped without it",
            vec![machine(
                "2017-05-20",
                windows_10("10.0.15063.13"),
                whole(""),
            )],
            Holds,
            None,
        ),
        (
            "a fixed build of 1607",
            vec![machine(
                "2017-05-20",
                windows_10("10.0.14393.953"),
                whole("KB3176936"),
            )],
            Holds,
            None,
        ),
        (
            "an older build of 1607",
            vec![machine(
                "2017-05-20",
                windows_10("10.0.14393.693"),
                whole("KB3176936"),
            )],
            Fails,
            None,
        ),
        (
            "Windows 10 by name alone may be any release",
            vec![machine("2017-05-20", windows_10(""), whole("KB3176936"))],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "a Windows without a version may be any",
            vec![machine("2017-05-20", ("Windows", ""), whole("KB976902"))],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "a list without a system",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(INVENTORIED, whole("KB976902"))],
            )],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "nothing but an answer",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [
                    (TESTED, Fact::Answers(true)),
                    (TESTED, system(SEVEN.0, SEVEN.1)),
                ],
            )],
            Unknown,
            Some(Gap::NotInventoried),
        ),
        (
            "a failed log-in",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(TESTED, Fact::LogInFailed)],
            )],
            Unknown,
            Some(Gap::LogInFailed),
        ),
        (
            "a guess below the confidence settles nothing",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(INFERRED, guessed("Linux 4.4", 89))],
            )],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "nor does one of which nobody says how sure it is",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(INFERRED, guess_of_unstated_worth("Linux 4.4"))],
            )],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "what a machine says of itself is no guess",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(INFERRED, system("Unix (Samba 4.5)", ""))],
            )],
            Holds,
            None,
        ),
        (
            "a fix that waits for a restart, in a list of somebody's own",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [
                    (Method::Declared, flaw(FlawState::AwaitsRestart)),
                    (INVENTORIED, system(SEVEN.0, SEVEN.1)),
                ],
            )],
            Unknown,
            Some(Gap::RestartPending),
        ),
        (
            "one that is said not to concern it, or not to be known",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [
                    (Method::Declared, flaw(FlawState::NotApplicable)),
                    (INVENTORIED, Fact::UpdatesUnknown(vec![Kb(4_012_212)])),
                    (INVENTORIED, Fact::UpdatesNotApplicable(vec![Kb(4_012_215)])),
                    (INVENTORIED, system(SEVEN.0, SEVEN.1)),
                ],
            )],
            Unknown,
            Some(Gap::NotInventoried),
        ),
        (
            "a sure guess does",
            vec![said(
                "name=pc-1",
                "2017-05-20",
                [(INFERRED, guessed("Linux 4.4", 95))],
            )],
            Holds,
            None,
        ),
    ]);
}

#[test]
fn what_the_tables_do_not_settle_is_said_and_not_guessed_over() {
    let server_2008 = ("Microsoft Windows Server 2008 Standard", "6.0.6002");
    for (name, system, list, truth, gap) in [
        (
            "a rollup of Server 2008 before June 2020",
            server_2008,
            "KB4525234",
            Unknown,
            Some(Gap::TablesEnd),
        ),
        (
            "one from June 2020 on",
            server_2008,
            "KB4561670",
            Holds,
            None,
        ),
        ("none at all", server_2008, "KB955430", Fails, None),
        (
            "an update that no table knows",
            SEVEN,
            "KB9999999",
            Unknown,
            Some(Gap::TablesEnd),
        ),
    ] {
        let estate = resolve_as_of(
            "2021-01-10",
            [export(
                "a.txt",
                [machine("2021-01-10", system, whole(list))],
            )],
        );
        let found = finding(&estate, Question::Ms17010Closed);
        assert_eq!((found.verdict.truth, found.gap), (truth, gap), "{name}");
    }
}

#[test]
fn a_preview_of_a_later_rollup_never_makes_it_fail() {
    for preview in ["KB4012218", "KB4015552", "KB4338821"] {
        let estate = resolve_as_of(
            "2018-08-01",
            [export("a.txt", [seven("2018-08-01", whole(preview))])],
        );
        assert_ne!(
            finding(&estate, Question::Ms17010Closed).verdict.truth,
            Fails,
            "{preview}"
        );
    }
}

#[test]
fn a_whole_list_that_refutes_is_called_inventoried_and_says_why() {
    let estate = resolve([export("a.txt", [seven("2017-05-20", whole("KB976902"))])]);
    let verdict = finding(&estate, Question::Ms17010Closed).verdict;
    assert_eq!(verdict.method, Some(INVENTORIED));
    assert!(verdict.reason.contains("whole list"), "{}", verdict.reason);
}

#[test]
fn a_list_in_a_cut_export_never_refutes() {
    let mut reading = export("a.csv", [seven("2017-05-20", whole("KB976902"))]);
    reading.source.extent = SourceExtent::Cut("10,000 rows, the limit of its kind".to_owned());
    let found = finding(&resolve([reading]), Question::Ms17010Closed);
    assert_eq!(
        (found.verdict.truth, found.gap),
        (Unknown, Some(Gap::ListCut))
    );
}

#[test]
fn what_is_missing_goes_stale_and_what_is_installed_does_not() {
    let rows = [
        (seven("2017-05-20", whole("KB976902")), Unknown),
        (test("2017-05-20", FlawState::Present), Unknown),
        (seven("2017-05-20", whole("KB4012212")), Holds),
        (test("2017-05-20", FlawState::Absent), Holds),
    ];
    for (statement, truth) in rows {
        assert_eq!(
            truth_of(Question::Ms17010Closed, "2018-05-20", [statement]),
            truth
        );
    }
}

#[test]
fn a_fix_does_not_expire_but_a_rebuild_ends_it() {
    let rebuilt = Fact::InstalledAt(moment("2017-05-25"));
    let rebuild = said("name=pc-1", "2017-05-30", [(INVENTORIED, rebuilt)]);
    let statements = [seven("2017-05-20", whole("KB4012212")), rebuild];
    assert_eq!(
        truth_of(Question::Ms17010Closed, "2017-06-01", statements),
        Unknown
    );
}

#[test]
fn a_fix_put_on_ends_what_was_found_before() {
    check(vec![
        (
            "a later list holds what an earlier whole one lacked",
            vec![
                seven("2017-05-10", whole("KB976902")),
                test("2017-05-12", FlawState::Present),
                seven("2017-05-20", whole("KB976902 KB4012212")),
            ],
            Holds,
            None,
        ),
        (
            "the list names the day that it was put on",
            vec![
                test("2017-05-12", FlawState::Present),
                seven("2017-05-20", whole("KB4012212@2017-05-14")),
            ],
            Holds,
            None,
        ),
        (
            "found after the day that the list names",
            vec![
                test("2017-05-16", FlawState::Present),
                seven("2017-05-20", whole("KB4012212@2017-05-14")),
            ],
            Fails,
            None,
        ),
        (
            "without a day it may have been put on since the test",
            vec![
                test("2017-05-12", FlawState::Present),
                seven("2017-05-20", whole("KB4012212")),
            ],
            Unknown,
            Some(Gap::Disputed),
        ),
        (
            "a list that held it before the test is contradicted by it",
            vec![
                seven("2017-05-10", whole("KB4012212")),
                test("2017-05-12", FlawState::Present),
                seven("2017-05-20", whole("KB4012212")),
            ],
            Fails,
            None,
        ),
        (
            "a whole list that holds it no more keeps an older test from settling that it is closed",
            vec![
                test("2017-05-10", FlawState::Absent),
                seven("2017-05-20", whole("KB976902")),
            ],
            Unknown,
            Some(Gap::Disputed),
        ),
        (
            "a cut list does not take a fix away",
            vec![
                seven("2017-05-10", whole("KB4012212")),
                seven(
                    "2017-05-20",
                    updates(ListExtent::Cut { stated: 9 }, "KB976902"),
                ),
            ],
            Holds,
            None,
        ),
        (
            "nor does it date one",
            vec![
                seven(
                    "2017-05-10",
                    updates(ListExtent::Cut { stated: 9 }, "KB976902"),
                ),
                test("2017-05-12", FlawState::Present),
                seven("2017-05-20", whole("KB4012212")),
            ],
            Unknown,
            Some(Gap::Disputed),
        ),
        (
            "what was tested absent stays so whatever is put on later",
            vec![
                test("2017-04-20", FlawState::Absent),
                seven("2017-05-10", whole("KB976902")),
                seven("2017-05-20", whole("KB4012212")),
            ],
            Holds,
            None,
        ),
    ]);
}

/// What an update service says of the fix on one day.
fn waits(when: &str, update: u32) -> Statement {
    said(
        "name=pc-1",
        when,
        [(INVENTORIED, Fact::UpdateAwaitingRestart(Kb(update)))],
    )
}

#[test]
fn a_fix_that_waits_for_a_restart_has_no_effect_yet() {
    let listed = |when| seven(when, whole("KB976902 KB4012212"));
    let started = |when, start| {
        let start = Fact::StartedAt(moment(start));
        said("name=pc-1", when, [(INVENTORIED, start)])
    };
    let pending = Some(Gap::RestartPending);
    check(vec![
        (
            "a list tells what is on, not what is in effect",
            vec![listed("2017-05-18"), waits("2017-05-20", 4_012_212)],
            Unknown,
            pending,
        ),
        (
            "nor does an undated word of it end",
            vec![listed("2017-05-18"), waits("", 4_012_212)],
            Unknown,
            pending,
        ),
        (
            "another fix is in effect",
            vec![
                seven("2017-05-18", whole("KB4012212 KB4012215")),
                waits("2017-05-20", 4_012_215),
            ],
            Holds,
            None,
        ),
        (
            "the machine has started since",
            vec![
                listed("2017-05-18"),
                waits("2017-05-20", 4_012_212),
                started("2017-05-25", "2017-05-21"),
            ],
            Holds,
            None,
        ),
        (
            "it started before",
            vec![
                listed("2017-05-18"),
                waits("2017-05-20", 4_012_212),
                started("2017-05-25", "2017-05-19"),
            ],
            Unknown,
            pending,
        ),
        (
            "what was said is too old",
            vec![listed("2017-03-22"), waits("2017-03-20", 4_012_212)],
            Holds,
            None,
        ),
        (
            "a test knows better",
            vec![
                listed("2017-05-18"),
                waits("2017-05-20", 4_012_212),
                test("2017-05-23", FlawState::Absent),
            ],
            Holds,
            None,
        ),
        (
            "alone it settles nothing",
            vec![waits("2017-05-20", 4_012_212)],
            Unknown,
            pending,
        ),
        (
            "another update that waits is no matter",
            vec![listed("2017-05-18"), waits("2017-05-20", 3_125_574)],
            Holds,
            None,
        ),
    ]);
}

#[test]
fn a_machine_that_waits_for_a_restart_may_wait_for_any_update_on_it() {
    let listed = |when| seven(when, whole("KB976902 KB4012212"));
    let flagged = |when, waits| {
        said(
            "name=pc-1",
            when,
            [(INVENTORIED, Fact::RestartPending(waits))],
        )
    };
    let started = |when, start| {
        let start = Fact::StartedAt(moment(start));
        said("name=pc-1", when, [(INVENTORIED, start)])
    };
    let on_its_list = |when, method| said("name=pc-1", when, [(method, flaw(FlawState::Absent))]);
    let pending = Some(Gap::RestartPending);
    check(vec![
        (
            "said on the day of the list",
            vec![listed("2017-05-18"), flagged("2017-05-18", true)],
            Unknown,
            pending,
        ),
        (
            "said later, or at no known time",
            vec![listed("2017-05-18"), flagged("", true)],
            Unknown,
            pending,
        ),
        (
            "said before the list: nothing tells of a start since",
            vec![flagged("2017-05-11", true), listed("2017-05-18")],
            Unknown,
            pending,
        ),
        (
            "the fix was put on after that",
            vec![
                flagged("2017-05-11", true),
                seven("2017-05-18", whole("KB4012212@2017-05-16")),
            ],
            Holds,
            None,
        ),
        (
            "the fix came out after that",
            vec![flagged("2017-03-01", true), listed("2017-03-20")],
            Holds,
            None,
        ),
        (
            "it started after the fix was put on, and waits for something else",
            vec![
                seven("2017-05-18", whole("KB4012212@2017-04-02")),
                started("2017-05-10", "2017-05-10"),
                flagged("2017-05-18", true),
            ],
            Holds,
            None,
        ),
        (
            "the same source had said that nothing waits, with the fix on",
            vec![
                listed("2017-04-18"),
                flagged("2017-04-18", false),
                flagged("2017-05-18", true),
            ],
            Holds,
            None,
        ),
        (
            "it has started since",
            vec![
                listed("2017-05-18"),
                flagged("2017-05-18", true),
                started("2017-05-21", "2017-05-20"),
            ],
            Holds,
            None,
        ),
        (
            "what was found before that start is over",
            vec![
                listed("2017-05-18"),
                test("2017-05-19", FlawState::Present),
                flagged("2017-05-18", true),
                started("2017-05-21", "2017-05-20"),
            ],
            Holds,
            None,
        ),
        (
            "the same source says since that nothing waits",
            vec![
                listed("2017-05-18"),
                flagged("2017-05-18", true),
                flagged("2017-05-25", false),
            ],
            Holds,
            None,
        ),
        (
            "a list that says no more than that it is closed",
            vec![
                on_its_list("2017-05-18", Method::Declared),
                flagged("2017-05-18", true),
            ],
            Unknown,
            pending,
        ),
        (
            "a test sees what runs",
            vec![
                on_its_list("2017-05-18", TESTED),
                flagged("2017-05-18", true),
            ],
            Holds,
            None,
        ),
        (
            "so does a build",
            vec![
                machine(
                    "2017-05-18",
                    ("Microsoft Windows 10 Pro", "10.0.14393.1198"),
                    whole("KB4019472"),
                ),
                flagged("2017-05-18", true),
            ],
            Holds,
            None,
        ),
        (
            "that it waits closes nothing",
            vec![
                said(
                    "name=pc-1",
                    "2017-05-18",
                    [(INVENTORIED, missing(4_012_212))],
                ),
                flagged("2017-05-18", true),
            ],
            Fails,
            None,
        ),
        (
            "and is no reason by itself",
            vec![flagged("2017-05-18", true)],
            Unknown,
            Some(Gap::SystemUnknown),
        ),
        (
            "what was on before the machine was installed anew is another matter",
            vec![
                listed("2017-05-02"),
                flagged("2017-05-02", false),
                said(
                    "name=pc-1",
                    "2017-05-10",
                    [(INVENTORIED, Fact::InstalledAt(moment("2017-05-09")))],
                ),
                listed("2017-05-18"),
                flagged("2017-05-18", true),
            ],
            Unknown,
            pending,
        ),
    ]);
}

#[test]
fn another_source_cannot_tell_that_the_restart_came() {
    let says = |waits, when: &str| {
        said(
            "name=pc-1",
            when,
            [(INVENTORIED, Fact::RestartPending(waits))],
        )
    };
    for (family, truth) in [("Intune", Unknown), ("WSUS", Holds)] {
        let files = [
            of_family(
                "Windows",
                export("a.xml", [seven("2017-05-18", whole("KB4012212"))]),
            ),
            of_family("WSUS", export("b.csv", [says(true, "2017-05-18")])),
            of_family(family, export("c.csv", [says(false, "2017-05-25")])),
        ];
        let found = finding(&resolve_as_of("2017-06-01", files), Question::Ms17010Closed);
        assert_eq!(
            found.verdict.truth, truth,
            "{family}: {}",
            found.verdict.reason
        );
    }
}

/// What one source says of a machine of harbour's: `folder` is whose source it is.
fn of_harbour<const N: usize>(folder: &str, when: &str, observed: [(Method, Fact); N]) -> Reading {
    let subject = "serial=5CG1234XYZ name=pc-1.harbour.example";
    let path = format!("{folder}/{when}-{N}.csv");
    of_family(
        "Configuration Manager",
        export(&path, [said(subject, when, observed)]),
    )
}

/// On 3 April the fix is on a list and nothing waits, on 3 May a test finds the flaw, on 14 May the machine starts anew.
fn found_with_the_fix_on() -> Vec<Reading> {
    let (name, build) = SEVEN;
    vec![
        description([
            organisation("harbour", &["harbour.example"]),
            organisation("mill", &["mill.example"]),
        ]),
        of_harbour(
            "harbour",
            "2017-04-03",
            [
                (INVENTORIED, system(name, build)),
                (INVENTORIED, updates(ListExtent::Unstated, "KB4012212")),
                (INVENTORIED, Fact::RestartPending(false)),
            ],
        ),
        of_harbour(
            "harbour",
            "2017-05-03",
            [(TESTED, flaw(FlawState::Present))],
        ),
        of_harbour(
            "harbour",
            "2017-05-15",
            [
                (INVENTORIED, Fact::StartedAt(moment("2017-05-14"))),
                (INVENTORIED, updates(ListExtent::Unstated, "KB4012212")),
            ],
        ),
    ]
}

#[test]
fn a_start_ends_what_a_test_found_only_where_the_fix_may_have_waited_for_it() {
    let waited =
        |folder, when, method| of_harbour(folder, when, [(method, Fact::RestartPending(true))]);
    let named = |folder, when, method| {
        let fact = Fact::UpdateAwaitingRestart(Kb(4_012_212));
        of_harbour(folder, when, [(method, fact)])
    };
    for (name, wait, truth) in [
        ("nothing waited", None, Fails),
        (
            "before the fix was released",
            Some(waited("harbour", "2016-12-01", INVENTORIED)),
            Fails,
        ),
        (
            "before nothing waited",
            Some(waited("harbour", "2017-03-20", INVENTORIED)),
            Fails,
        ),
        (
            "another's machine",
            Some(waited("mill", "2017-04-10", INVENTORIED)),
            Fails,
        ),
        (
            "someone wrote it down",
            Some(waited("harbour", "2017-04-10", Method::Declared)),
            Fails,
        ),
        (
            "with the fix in effect by then",
            Some(waited("harbour", "2017-04-10", INVENTORIED)),
            Fails,
        ),
        (
            "named before the list had it on",
            Some(named("harbour", "2017-03-20", INVENTORIED)),
            Fails,
        ),
        (
            "named by another",
            Some(named("mill", "2017-04-10", INVENTORIED)),
            Fails,
        ),
        (
            "named, and not denied since but by a later list of its own",
            Some(named("harbour", "2017-04-10", INVENTORIED)),
            Holds,
        ),
    ] {
        let files = found_with_the_fix_on().into_iter().chain(wait);
        let found = finding(&resolve_as_of("2017-05-20", files), Question::Ms17010Closed);
        assert_eq!(
            found.verdict.truth, truth,
            "{name}: {}",
            found.verdict.reason
        );
    }
}

#[test]
fn since_when_a_fix_is_on_tells_only_who_may_speak_and_knows_it_no_worse() {
    let (name, build) = SEVEN;
    let says_on = || updates(ListExtent::Unstated, "KB4012212");
    let says_closed = || flaw(FlawState::Absent);
    for fix in [says_on, says_closed] {
        for (folder, method, truth) in [
            ("mill", INVENTORIED, Unknown),
            ("mill", Method::Declared, Unknown),
            ("harbour", Method::Declared, Unknown),
            ("harbour", INVENTORIED, Holds),
        ] {
            let files = [
                description([
                    organisation("harbour", &["harbour.example"]),
                    organisation("mill", &["mill.example"]),
                ]),
                of_harbour(folder, "2017-04-10", [(method, fix())]),
                of_harbour(
                    "harbour",
                    "2017-04-25",
                    [
                        (INVENTORIED, system(name, build)),
                        (INVENTORIED, Fact::StartedAt(moment("2017-04-20"))),
                    ],
                ),
                of_harbour(
                    "harbour",
                    "2017-05-10",
                    [
                        (INVENTORIED, fix()),
                        (INVENTORIED, Fact::RestartPending(true)),
                    ],
                ),
            ];
            let found = finding(&resolve_as_of("2017-05-20", files), Question::Ms17010Closed);
            let reason = &found.verdict.reason;
            assert_eq!(found.verdict.truth, truth, "{folder} {method:?}: {reason}");
        }
    }
}

#[test]
fn a_wait_of_no_known_time_is_not_for_what_was_on_when_the_machine_started() {
    let list = |when| seven(when, updates(ListExtent::Unstated, "KB4012212"));
    let started = |start| {
        let start = Fact::StartedAt(moment(start));
        said("name=pc-1", "2017-05-05", [(INVENTORIED, start)])
    };
    let waits = |when| {
        said(
            "name=pc-1",
            when,
            [(INVENTORIED, Fact::RestartPending(true))],
        )
    };
    for undated in ["", "unknown"] {
        check(vec![
            (
                "started with the fix on",
                vec![list("2017-04-03"), waits(undated), started("2017-05-04")],
                Holds,
                None,
            ),
            (
                "started before",
                vec![list("2017-05-05"), waits(undated), started("2017-05-04")],
                Unknown,
                Some(Gap::RestartPending),
            ),
            (
                "the fix was put on at no known time either",
                vec![list(""), waits(undated), started("2017-05-04")],
                Unknown,
                Some(Gap::RestartPending),
            ),
            (
                "a wait with a time is newer than the start",
                vec![
                    list("2017-05-05"),
                    waits(undated),
                    started("2017-05-04"),
                    waits("2017-05-10"),
                ],
                Unknown,
                Some(Gap::RestartPending),
            ),
        ]);
    }
}

/// A list that someone made.
fn noted(when: &str, list: &str) -> Statement {
    let list = updates(ListExtent::Unstated, list);
    said("name=pc-1", when, [(Method::Declared, list)])
}

#[test]
fn what_a_service_says_is_missing_is_missing_though_someone_noted_it_as_on() {
    let lacks = || {
        said(
            "name=pc-1",
            "2017-05-20",
            [(INVENTORIED, missing(4_012_212))],
        )
    };
    check(vec![
        (
            "a day later",
            vec![lacks(), noted("2017-05-21", "KB4012212")],
            Fails,
            None,
        ),
        (
            "with the day on which it was put on",
            vec![lacks(), noted("2017-05-22", "KB4012212@2017-05-21")],
            Fails,
            None,
        ),
        (
            "where the service's own list has it, it is on",
            vec![lacks(), seven("2017-05-22", whole("KB4012212@2017-05-21"))],
            Holds,
            None,
        ),
    ]);
}

#[test]
fn a_list_that_someone_made_settles_no_more_than_someone_s_word() {
    let estate = resolve_as_of(
        "2017-06-01",
        [export("a.xml", [noted("2017-05-21", "KB4012212")])],
    );
    let verdict = finding(&estate, Question::Ms17010Closed).verdict;
    assert_eq!(
        (verdict.truth, verdict.method),
        (Holds, Some(Method::Declared))
    );
    assert!(verdict.reason.ends_with("declared"), "{}", verdict.reason);
    assert!(!verdict.self_reported, "the machine did not say it");
}

#[test]
fn the_same_service_later_tells_that_the_restart_came() {
    let on = |family, when| {
        let list = updates(ListExtent::Unstated, "KB4012212");
        let statement = said(
            "name=pc-1",
            when,
            [(INVENTORIED, list), (INVENTORIED, system(SEVEN.0, SEVEN.1))],
        );
        of_family(family, export("b.csv", [statement]))
    };
    let before = || of_family("WSUS", export("a.csv", [waits("2017-05-20", 4_012_212)]));
    for (family, when, truth) in [
        ("WSUS", "2017-05-25", Holds),
        ("WSUS", "2017-05-15", Unknown),
        ("Windows", "2017-05-25", Unknown),
    ] {
        let estate = resolve_as_of("2017-06-01", [before(), on(family, when)]);
        let found = finding(&estate, Question::Ms17010Closed);
        assert_eq!(found.verdict.truth, truth, "{family} {when}");
    }
}

#[test]
fn an_upgrade_ends_what_was_on_before() {
    let ran = |when, method, build| {
        let system = system("Microsoft Windows 10 Pro", build);
        said("name=pc-1", when, [(method, system)])
    };
    let listed = |build, fix| {
        machine(
            "2017-04-20",
            ("Microsoft Windows 10 Pro", build),
            whole(fix),
        )
    };
    let stale = Some(Gap::Stale);
    check(vec![
        (
            "from Windows 7",
            vec![
                seven("2017-04-20", whole("KB4012212")),
                ran("2017-05-20", INVENTORIED, "10.0.14393"),
            ],
            Unknown,
            stale,
        ),
        (
            "from one release of Windows 10 to another",
            vec![
                listed("10.0.10586", "KB4013198"),
                ran("2017-05-20", INVENTORIED, "10.0.14393"),
            ],
            Unknown,
            stale,
        ),
        (
            "to one that never had the flaw",
            vec![
                listed("10.0.10586", "KB4013198"),
                ran("2017-05-20", INVENTORIED, "10.0.15063"),
            ],
            Holds,
            None,
        ),
        (
            "the same release again is none",
            vec![
                listed("10.0.14393", "KB4013429"),
                ran("2017-05-20", INVENTORIED, "10.0.14393"),
            ],
            Holds,
            None,
        ),
        (
            "nor is a guess one",
            vec![
                listed("10.0.10586", "KB4013198"),
                ran("2017-05-20", INFERRED, "10.0.14393"),
            ],
            Holds,
            None,
        ),
        (
            "an older release seen later was brought anew too",
            vec![
                listed("10.0.14393", "KB4013429"),
                ran("2017-05-20", INVENTORIED, "10.0.10586"),
            ],
            Unknown,
            stale,
        ),
        (
            "and so was a Windows where another system was seen",
            vec![
                machine("2017-04-20", ("Ubuntu 16.04", ""), whole("")),
                ran("2017-05-20", INVENTORIED, "10.0.14393"),
            ],
            Unknown,
            stale,
        ),
    ]);
}
