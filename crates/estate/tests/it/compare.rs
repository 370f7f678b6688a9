//! What changed between two estates, and in which way.

use jiff::civil::date;
use wardround_estate::{ChangeKind, Comparison, Estate, Question, compare};
use wardround_evidence::{Fact, FlawState, PortState, Reading, Statement};

use crate::builder::*;

const CLOSED: [Question; 1] = [Question::Ms17010Closed];
const LISTENS: [Question; 1] = [Question::NotListening(SMB)];

const SCAN: &str = "scan.xml";
const AGENT: &str = "agent.csv";

/// Each statement as one file of a tool, whose family is its path.
fn files(said: impl IntoIterator<Item = (&'static str, Statement)>) -> Vec<Reading> {
    (0..)
        .zip(said)
        .map(|(number, (family, statement))| {
            of_family(family, export(&format!("{number}-{family}"), [statement]))
        })
        .collect()
}

/// The only change of a verdict, of files that are asked on two days.
#[track_caller]
fn turned(questions: &[Question], from: &str, to: &str, readings: Vec<Reading>) -> ChangeKind {
    let before = resolve_as_of(from, readings.clone());
    let after = resolve_as_of(to, readings);
    only(&compare(&before, questions, &after, questions))
}

#[track_caller]
fn only(found: &Comparison) -> ChangeKind {
    assert_eq!(found.changes.len(), 1, "{:?}", found.changes);
    found.changes[0].kind
}

fn pc(when: &str, method: wardround_evidence::Method, fact: Fact) -> Statement {
    said("name=pc-1.harbour.example", when, [(method, fact)])
}

fn build(when: &str, build: &str) -> Statement {
    pc(
        when,
        INVENTORIED,
        system("Microsoft Windows 10 Enterprise", build),
    )
}

/// Of Windows 10, 1607: before and after the fix of March 2017.
const OPEN: &str = "10.0.14393.693";
const MENDED: &str = "10.0.14393.953";

#[test]
fn a_tool_that_changes_its_word_shows_that_the_machine_changed() {
    let scanned = |when, state| (SCAN, pc(when, TESTED, flaw(state)));
    let (first, then) = ("2017-05-01", "2017-05-20");
    for (one, other, kind) in [
        (FlawState::Present, FlawState::Absent, ChangeKind::Fixed),
        (FlawState::Absent, FlawState::Present, ChangeKind::Opened),
    ] {
        let found = turned(
            &CLOSED,
            "2017-05-10",
            "2017-05-25",
            files([scanned(first, one), scanned(then, other)]),
        );
        assert_eq!(found, kind);
    }
    let found = turned(
        &CLOSED,
        "2017-05-10",
        "2017-05-25",
        files([(AGENT, build(first, OPEN)), (AGENT, build(then, MENDED))]),
    );
    assert_eq!(found, ChangeKind::Fixed);
}

#[test]
fn a_scan_that_contradicts_a_fixed_build_changes_our_mind_and_not_the_machine() {
    let scan = || pc("2017-05-20", TESTED, flaw(FlawState::Present));
    let before = (AGENT, build("2017-05-01", MENDED));
    let again = (AGENT, build("2017-05-22", MENDED));
    for readings in [
        files([before.clone(), (SCAN, scan())]),
        files([before, (SCAN, scan()), again]),
    ] {
        let found = turned(&CLOSED, "2017-05-10", "2017-05-25", readings);
        assert_eq!(found, ChangeKind::ChangedMind);
    }
}

#[test]
fn a_scan_that_finds_nothing_while_the_agent_still_reports_the_flaw_fixes_nothing() {
    let agent = |when| (AGENT, pc(when, INVENTORIED, flaw(FlawState::Present)));
    let scan = (SCAN, pc("2017-05-20", TESTED, flaw(FlawState::Absent)));
    let found = turned(
        &CLOSED,
        "2017-05-10",
        "2017-05-25",
        files([agent("2017-05-01"), scan, agent("2017-05-22")]),
    );
    assert_eq!(found, ChangeKind::ChangedMind);
}

#[test]
fn a_stronger_word_that_grew_too_old_leaves_a_change_to_time() {
    // The scan outranks the agent for 45 days; the agent goes on saying what it said.
    let scan = (SCAN, pc("2017-05-01", TESTED, flaw(FlawState::Present)));
    let agent = |when| (AGENT, build(when, MENDED));
    let before = agent("2017-04-25");
    for readings in [
        files([before.clone(), scan.clone(), agent("2017-05-05")]),
        files([
            before,
            scan.clone(),
            agent("2017-05-05"),
            agent("2017-06-20"),
        ]),
    ] {
        let found = turned(&CLOSED, "2017-05-10", "2017-06-25", readings);
        assert_eq!(found, ChangeKind::WithTime);
    }
    // Where the agent's list changed its word in between, that is news.
    let list = |when, updates| (AGENT, pc(when, INVENTORIED, whole(updates)));
    let readings = files([
        (
            AGENT,
            said(
                "name=pc-1.harbour.example",
                "2017-04-20",
                [(
                    INVENTORIED,
                    system("Microsoft Windows 7 Enterprise", "6.1.7601"),
                )],
            ),
        ),
        scan,
        list("2017-05-02", "KB976902"),
        list("2017-06-20", "KB976902 KB4012212"),
    ]);
    let found = turned(&CLOSED, "2017-05-10", "2017-06-25", readings);
    assert_eq!(found, ChangeKind::Fixed);
}

#[test]
fn evidence_that_is_older_than_what_decided_only_changes_our_mind() {
    let late = (SCAN, pc("2017-05-01", TESTED, flaw(FlawState::Present)));
    let known = |when| (AGENT, build(when, MENDED));
    let kind = |known: Vec<_>| {
        let before = resolve_as_of("2017-05-10", files(known.clone()));
        let after = resolve_as_of("2017-05-10", files([known, vec![late.clone()]].concat()));
        only(&compare(&before, &CLOSED, &after, &CLOSED))
    };
    assert_eq!(
        kind(vec![known("2017-04-25"), known("2017-05-05")]),
        ChangeKind::ChangedMind
    );
    // It may have been mended in between.
    assert_eq!(kind(vec![known("2017-05-05")]), ChangeKind::Disputed);
}

#[test]
fn each_moment_is_asked_its_own_question() {
    let asked = |day| [Question::UpdatedSince(day)];
    let [then, now] = [asked(date(2017, 4, 20)), asked(date(2017, 6, 20))];
    // Released on 9 May 2017, and nothing since.
    let may = "10.0.14393.1198";
    let before = |readings| resolve_as_of("2017-05-20", readings);
    let after = |readings| resolve_as_of("2017-07-20", readings);
    let kind = |readings: Vec<Reading>| {
        only(&compare(
            &before(readings.clone()),
            &then,
            &after(readings),
            &now,
        ))
    };
    let neglected = [
        (AGENT, build("2017-05-18", may)),
        (AGENT, build("2017-07-19", may)),
    ];
    assert_eq!(kind(files(neglected.clone())), ChangeKind::Opened);
    let [first, _] = neglected;
    assert_eq!(kind(files([first])), ChangeKind::GoneStale);
}

#[test]
fn a_day_that_moved_on_under_the_same_evidence_is_no_news() {
    let asked = |day| [Question::UpdatedSince(day)];
    let readings = files([(AGENT, build("2017-06-08", "10.0.14393.1198"))]);
    let found = compare(
        &resolve_as_of("2017-06-08T12:00:00Z", readings.clone()),
        &asked(date(2017, 5, 8)),
        &resolve_as_of("2017-06-20", readings),
        &asked(date(2017, 5, 20)),
    );
    assert_eq!(only(&found), ChangeKind::WithTime);
    assert_ne!(found.changes[0].question_before, found.changes[0].question);
}

#[test]
fn what_no_longer_speaks_is_too_old_or_speaks_of_a_system_that_is_gone() {
    let closed = (SCAN, pc("2017-05-01", TESTED, smb_port(PortState::Closed)));
    let nobody = (SCAN, pc("2017-09-01", TESTED, Fact::Answers(true)));
    let anew = (
        AGENT,
        pc(
            "2017-05-20",
            INVENTORIED,
            Fact::InstalledAt(moment("2017-05-15")),
        ),
    );
    let kind = |to, readings| turned(&LISTENS, "2017-05-10", to, readings);
    assert_eq!(
        kind("2017-09-02", files([closed.clone(), nobody])),
        ChangeKind::GoneStale
    );
    assert_eq!(
        kind("2017-05-25", files([closed.clone(), anew.clone()])),
        ChangeKind::Rebuilt
    );
    // A machine that was looked at since is known.
    let open = (SCAN, pc("2017-05-22", TESTED, smb_port(PortState::Open)));
    assert_eq!(
        kind("2017-05-25", files([closed, anew, open])),
        ChangeKind::Opened
    );
}

fn two(rows: &[(&str, &str)]) -> Estate {
    let described = description([organisation("harbour", &[]), organisation("mill", &[])]);
    let seen = rows.iter().map(|(folder, subject)| {
        let statement = said(subject, "2017-05-20", [(TESTED, Fact::Smb1(true))]);
        export(&format!("{folder}/{subject}.xml"), [statement])
    });
    resolve(seen.chain([described]))
}

fn both(before: &[(&str, &str)], after: &[(&str, &str)]) -> Comparison {
    compare(&two(before), &CLOSED, &two(after), &CLOSED)
}

#[test]
fn an_address_is_one_machine_inside_one_organisation() {
    let same = both(
        &[("harbour", "ip=10.0.0.5"), ("mill", "ip=10.0.0.5")],
        &[("mill", "ip=10.0.0.5"), ("harbour", "ip=10.0.0.5")],
    );
    assert_eq!((same.matched, same.new.len(), same.gone.len()), (2, 0, 0));
    let moved = both(&[("harbour", "ip=10.0.0.5")], &[("mill", "ip=10.0.0.5")]);
    assert_eq!(
        (moved.matched, moved.new.len(), moved.gone.len()),
        (0, 1, 1)
    );
    let named = both(
        &[("harbour", "name=reception")],
        &[("mill", "name=reception")],
    );
    assert_eq!(named.matched, 0);
    // That another machine has the address is told, and only inside the organisation.
    let named = both(
        &[
            ("harbour", "ip=10.0.0.5"),
            ("harbour", "name=pc-1.harbour.example"),
            ("mill", "ip=10.0.0.5"),
        ],
        &[("harbour", "name=pc-1.harbour.example ip=10.0.0.5")],
    );
    let holders: Vec<_> = named.gone.iter().map(|gone| gone.address_of).collect();
    assert_eq!((named.matched, holders.len()), (1, 2));
    assert_eq!(holders.iter().flatten().count(), 1);
    // Hardware goes where it goes.
    let sold = both(
        &[("harbour", "serial=5CG1234XYZ")],
        &[("mill", "serial=5CG1234XYZ")],
    );
    assert_eq!(sold.matched, 1);
}

#[test]
fn what_is_not_believed_pairs_nothing_and_keeps_nothing_apart() {
    let zeros = "uuid=00000000-0000-0000-0000-000000000000";
    let real = "uuid=4c4c4544-0042-3510-8051-b4c04f4a3232";
    let seen = |uuid: &str, name: &str| {
        resolve([export(
            "a.csv",
            [said(&format!("{uuid} name={name}"), "2017-05-20", [])],
        )])
    };
    let matched = |before: &Estate, after: &Estate| {
        let found = compare(before, &CLOSED, after, &CLOSED);
        let turned = compare(after, &CLOSED, before, &CLOSED);
        assert_eq!(found.matched, turned.matched);
        found.matched
    };
    let first = seen(zeros, "pc-1.harbour.example");
    assert_eq!(matched(&first, &seen(zeros, "pc-2.harbour.example")), 0);
    assert_eq!(matched(&first, &seen(real, "pc-1.harbour.example")), 1);
}

#[test]
fn machines_that_turn_out_to_be_one_are_joined_and_the_other_way_round_split() {
    let name = said("name=pc-1.harbour.example", "2017-05-01", []);
    let serial = said("serial=5CG1234XYZ", "2017-05-01", []);
    let joins = said(
        "name=pc-1.harbour.example serial=5CG1234XYZ",
        "2017-05-20",
        [],
    );
    let readings = files([(AGENT, name), (SCAN, serial), (AGENT, joins)]);
    let before = resolve_as_of("2017-05-10", readings.clone());
    let after = resolve_as_of("2017-05-25", readings);
    assert_eq!((before.hosts.len(), after.hosts.len()), (2, 1));
    let found = compare(&before, &CLOSED, &after, &CLOSED);
    assert_eq!((found.matched, found.gone.len()), (1, 0));
    assert_eq!(found.joined.len(), 1);
    assert_eq!(found.joined[0].1, wardround_estate::HostId(0));
    let back = compare(&after, &CLOSED, &before, &CLOSED);
    assert_eq!((back.new.len(), &back.split), (0, &found.joined));
    // By what it is known by, where the files are others.
    let other = resolve([export(
        "b.csv",
        [said(
            "name=pc-1.harbour.example serial=5CG1234XYZ",
            "2017-05-20",
            [],
        )],
    )]);
    assert_eq!(compare(&before, &CLOSED, &other, &CLOSED).joined.len(), 1);
}

#[test]
fn a_machine_that_was_replaced_under_its_name_is_gone_and_joined_with_nothing() {
    let seen = |subjects: &[&str]| {
        let said = subjects
            .iter()
            .map(|subject| said(subject, "2017-05-20", []));
        resolve([export(&subjects.join(" and "), said)])
    };
    let old = "serial=5CG1234XYZ name=pc-1.harbour.example";
    let new = "serial=5CG9999XYZ name=pc-1.harbour.example";
    let found = compare(&seen(&[old]), &CLOSED, &seen(&[new]), &CLOSED);
    assert_eq!((found.gone.len(), found.new.len()), (1, 1));
    // The new one was there before, without its name.
    let found = compare(
        &seen(&[old, "serial=5CG9999XYZ"]),
        &CLOSED,
        &seen(&[new]),
        &CLOSED,
    );
    assert_eq!(
        (found.matched, found.gone.len(), found.joined.len()),
        (1, 1, 0)
    );
}
