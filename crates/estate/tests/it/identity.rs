//! Which statements speak of one machine.

use wardround_estate::Estate;
use wardround_evidence::{Declaration, Fact, Reading, Statement};

use crate::builder::*;

fn up(subject: &str, when: &str) -> Statement {
    said(subject, when, [(TESTED, Fact::Answers(true))])
}

fn down(subject: &str, when: &str) -> Statement {
    said(subject, when, [(TESTED, Fact::Answers(false))])
}

/// Each row: its name, what is said, how many machines there are, how many pairs might be one.
type Row = (&'static str, Vec<Statement>, usize, usize);

fn check(rows: Vec<Row>) {
    for (name, statements, hosts, unsure) in rows {
        // Every statement in its own file, so that no order inside a file helps.
        let files = (1..)
            .zip(statements)
            .map(|(number, statement)| export(&format!("{number}.xml"), [statement]));
        let estate = resolve(files);
        let found = (estate.hosts.len(), estate.reconciliation.unsure.len());
        assert_eq!(found, (hosts, unsure), "{name}");
    }
}

fn reasons(estate: &Estate) -> Vec<&str> {
    estate
        .reconciliation
        .disqualified
        .iter()
        .map(|identifier| identifier.why)
        .collect()
}

const JUNE: &str = "2025-06-01";
const JULY: &str = "2025-07-01";

#[test]
fn identifiers_join_strongest_first_and_only_hardware_forbids() {
    check(vec![
        (
            "one serial number",
            vec![
                up("serial=5CG1234XYZ", JUNE),
                up("serial=5CG1234XYZ name=pc-1", JULY),
            ],
            1,
            0,
        ),
        (
            "a re-used name on other hardware",
            vec![
                up("serial=5CG1234XYZ name=pc-1", JUNE),
                up("serial=5CG9999XYZ name=pc-1", JULY),
            ],
            2,
            0,
        ),
        (
            "one agent on two names, later renamed",
            vec![
                up("agent=defender:a name=pc-1", JUNE),
                up("agent=defender:a name=pc-2", JULY),
            ],
            1,
            0,
        ),
        (
            "agents of two schemes",
            vec![
                up("agent=defender:a name=pc-1", JUNE),
                up("agent=entra:b name=pc-1", JUNE),
            ],
            1,
            0,
        ),
        (
            "a machine imaged again, with a new agent later",
            vec![
                up("agent=defender:a name=pc-1", JUNE),
                up("agent=defender:b name=pc-1", JULY),
            ],
            1,
            0,
        ),
        (
            "two agents side by side under one name",
            vec![
                up("agent=defender:a name=pc-1", JUNE),
                up("agent=defender:b name=pc-1", JUNE),
            ],
            2,
            1,
        ),
        (
            "one Ethernet address",
            vec![
                up("mac=3c:52:82:01:02:03", JUNE),
                up("mac=3c:52:82:01:02:03 name=pc-1", JULY),
            ],
            1,
            0,
        ),
        (
            "a name with and without its domain",
            vec![up("name=pc-1.harbour.example", JUNE), up("name=pc-1", JULY)],
            1,
            0,
        ),
        (
            "a name that machines of two domains have",
            vec![
                up("name=pc-1.harbour.example", JUNE),
                up("name=pc-1.mill.example", JUNE),
                up("name=pc-1", JUNE),
            ],
            3,
            1,
        ),
        (
            "two names of one machine are no two machines",
            vec![
                up(
                    "mac=3c:52:82:01:02:03 name=dhcp-7.harbour.example name=xray-1",
                    JUNE,
                ),
                up(
                    "mac=3c:52:82:01:02:03 name=dhcp-7.harbour.example name=xray-1",
                    JUNE,
                ),
                up("mac=3c:52:82:01:02:03 name=xray-1", JUNE),
            ],
            1,
            0,
        ),
    ]);
}

#[test]
fn addresses_bind_within_the_lease_window_only() {
    let later = "2025-06-01T20:00:00Z";
    check(vec![
        (
            "within the window",
            vec![up("ip=10.0.0.5 name=pc-1", JUNE), up("ip=10.0.0.5", later)],
            1,
            0,
        ),
        (
            "beyond it, where they might still be one",
            vec![
                up("ip=10.0.0.5 name=pc-1", JUNE),
                up("ip=10.0.0.5", "2025-06-02T09:00:01Z"),
            ],
            2,
            1,
        ),
        (
            "two names at one address",
            vec![
                up("ip=10.0.0.5 name=pc-1", JUNE),
                up("ip=10.0.0.5 name=pc-2", later),
            ],
            2,
            1,
        ),
        (
            "an address that two machines had within the window",
            vec![
                up("ip=10.0.0.5 name=pc-1", JUNE),
                up("ip=10.0.0.5 name=pc-2", later),
                up("ip=10.0.0.5", "2025-06-01T12:00:00Z"),
            ],
            3,
            2,
        ),
        (
            "many machines behind one address",
            vec![
                up("ip=10.0.0.5 name=pc-1", JUNE),
                up("ip=10.0.0.5 name=pc-2", JUNE),
                up("ip=10.0.0.5 name=pc-3", JUNE),
                up("ip=10.0.0.5", JUNE),
            ],
            4,
            3,
        ),
        (
            "undated sightings",
            vec![up("ip=10.0.0.5 name=pc-1", ""), up("ip=10.0.0.5", "")],
            2,
            1,
        ),
        (
            "one undated sighting",
            vec![
                up("ip=10.0.0.5 name=pc-1", ""),
                up("ip=10.0.0.5", JUNE),
                up("ip=10.0.0.6", JUNE),
            ],
            3,
            1,
        ),
        (
            "undated sightings of machines that are known to be two",
            vec![
                up("ip=10.0.0.5 name=pc-1", ""),
                up("ip=10.0.0.5 name=pc-2", ""),
                up("ip=10.0.0.5 name=pc-3", JUNE),
            ],
            3,
            0,
        ),
        (
            "a scan repeated within the window",
            vec![up("ip=10.0.0.5", JUNE), up("ip=10.0.0.5", later)],
            1,
            0,
        ),
    ]);
}

#[test]
fn silence_makes_no_machine() {
    check(vec![
        (
            "an address that did not answer",
            vec![down("ip=10.0.0.5", JUNE), up("name=pc-1", JUNE)],
            1,
            0,
        ),
        (
            "nor does it lengthen a lease",
            vec![
                up("ip=10.0.0.5 name=pc-1", JUNE),
                down("ip=10.0.0.5", "2025-06-02"),
                up("ip=10.0.0.5", "2025-06-03"),
            ],
            2,
            1,
        ),
        (
            "a statement that names nobody",
            vec![up("", JUNE), up("name=pc-1", JUNE)],
            1,
            0,
        ),
        (
            "all silent",
            vec![down("ip=10.0.0.5", JUNE), down("ip=10.0.0.6", JUNE)],
            0,
            0,
        ),
    ]);
    let files = [
        of_family("scans", export("scan.xml", [down("ip=10.0.0.5", JUNE)])),
        of_family(
            "agents",
            export("agents.csv", [up("ip=10.0.0.5 name=pc-1", JUNE)]),
        ),
    ];
    let estate = resolve(files);
    assert_eq!(
        estate.reconciliation.seen_twice, 0,
        "silence is no sighting"
    );
    assert_eq!(estate.reconciliation.by_source.len(), 1);
}

#[test]
fn a_machine_was_last_seen_when_it_answered() {
    let estate = resolve([export(
        "a.xml",
        [up("name=pc-1", JUNE), down("name=pc-1", JULY)],
    )]);
    assert_eq!(estate.hosts[0].last_seen, Some(moment(JUNE)));
}

#[test]
fn placeholders_virtual_and_randomised_identifiers_join_nothing() {
    for identifier in [
        "uuid=00000000-0000-0000-0000-000000000000",
        "uuid=03000200-0400-0500-0006-000700080009",
        "serial=Default-string",
        "mac=00:50:56:01:02:03",
        "mac=02:11:22:33:44:55",
        "name=localhost",
    ] {
        let identifier = identifier.replace("Default-string", "0000000");
        let statements = [
            up(&format!("{identifier} agent=defender:a"), JUNE),
            up(&format!("{identifier} agent=defender:b"), JULY),
        ];
        let estate = resolve([export("a.xml", statements)]);
        assert_eq!(estate.hosts.len(), 2, "{identifier}");
        assert_eq!(reasons(&estate).len(), 1, "{identifier}");
    }
}

#[test]
fn an_identifier_that_two_machines_carry_at_once_is_not_believed() {
    for (identifier, first, second) in [
        (
            "uuid=4c4c4544-0042-3510-8051-b4c04f4a3232",
            "name=pc-1",
            "name=pc-2",
        ),
        ("serial=5CG1234XYZ", "agent=defender:a", "agent=defender:b"),
        ("mac=3c:52:82:01:02:03", "name=pc-1", "name=pc-2"),
    ] {
        let statements = [
            up(&format!("{identifier} {first}"), JUNE),
            up(&format!("{identifier} {second}"), JUNE),
        ];
        let estate = resolve([export("a.xml", statements)]);
        assert_eq!(estate.hosts.len(), 2, "{identifier}");
        assert_eq!(
            reasons(&estate),
            ["carried by two machines at the same time"],
            "{identifier}"
        );
    }
}

fn two_organisations(rows: impl IntoIterator<Item = Declaration>) -> Reading {
    let both = [
        organisation("harbour", &["harbour.example"]),
        organisation("mill", &["mill.example"]),
    ];
    description(both.into_iter().chain(rows))
}

#[test]
fn short_names_stay_inside_their_organisation() {
    for name in ["pc-1", "pc-1.local"] {
        let subject = format!("name={name}");
        let estate = resolve([
            two_organisations([]),
            export("harbour/a.xml", [up(&subject, JUNE)]),
            export("harbour/b.xml", [up(&subject, JULY)]),
            export("mill/a.xml", [up(&subject, JUNE)]),
            export("mill/b.xml", [up(&subject, JULY)]),
        ]);
        assert_eq!(estate.hosts.len(), 2, "{name}");
        assert!(
            estate.hosts.iter().all(|host| host.statements.len() == 2),
            "{name}"
        );
        assert!(estate.reconciliation.unsure.is_empty(), "{name}");
    }
}

#[test]
fn a_short_name_without_an_organisation_joins_none_of_several() {
    let estate = resolve([
        two_organisations([authority("everyone", &[])]),
        export("harbour/a.xml", [up("name=pc-1", JUNE)]),
        export("mill/a.xml", [up("name=pc-1", JUNE)]),
        export("everyone/a.xml", [up("name=pc-1", JUNE)]),
    ]);
    assert_eq!(
        (estate.hosts.len(), estate.reconciliation.unsure.len()),
        (3, 1)
    );
}

#[test]
fn a_domain_tells_whose_machine_a_name_is() {
    let estate = resolve([
        two_organisations([authority("everyone", &[])]),
        export(
            "everyone/a.xml",
            [
                up("name=pc-1.harbour.example", JUNE),
                up("name=pc-1.mill.example", JUNE),
            ],
        ),
        export("harbour/a.xml", [up("name=pc-1", JUNE)]),
        export("mill/a.xml", [up("name=pc-1", JUNE)]),
    ]);
    assert_eq!(
        (estate.hosts.len(), estate.reconciliation.unsure.len()),
        (2, 0)
    );
}

#[test]
fn many_organisations_may_use_one_name() {
    let ids: Vec<String> = (10..60).map(|number| format!("surgery-{number}")).collect();
    let rows = ids.iter().map(|id| organisation(id, &[]));
    let files = ids.iter().flat_map(|id| {
        ["a", "b"].map(|file| export(&format!("{id}/{file}.xml"), [up("name=reception", JUNE)]))
    });
    let estate = resolve(std::iter::once(description(rows)).chain(files));
    assert_eq!(estate.hosts.len(), 50);
}

#[test]
fn an_address_binds_only_inside_one_organisation() {
    let estate = resolve([
        two_organisations([]),
        export("harbour/a.xml", [up("ip=192.168.1.5 name=pc-1", JUNE)]),
        export("mill/a.xml", [up("ip=192.168.1.5", JUNE)]),
    ]);
    assert_eq!(estate.hosts.len(), 2);
}

#[test]
fn many_organisations_may_use_one_private_address() {
    let ids: Vec<String> = (10..60).map(|number| format!("surgery-{number}")).collect();
    let rows = ids
        .iter()
        .map(|id| organisation(id, &[]))
        .chain([authority("everyone", &[])]);
    let files = ids.iter().flat_map(|id| {
        let agent = up(&format!("ip=192.168.1.5 agent=defender:{id}"), JUNE);
        let scan = up("ip=192.168.1.5", "2025-06-01T12:00:00Z");
        [
            export(&format!("{id}/agents.csv"), [agent]),
            export(&format!("{id}/scan.xml"), [scan]),
        ]
    });
    let estate = resolve(std::iter::once(description(rows)).chain(files.clone()));
    assert_eq!(
        (estate.hosts.len(), estate.reconciliation.unsure.len()),
        (50, 0)
    );
    // A scan of nobody's could have met any of them.
    let stray = export("everyone/scan.xml", [up("ip=192.168.1.5", JUNE)]);
    let rows = ids
        .iter()
        .map(|id| organisation(id, &[]))
        .chain([authority("everyone", &[])]);
    let estate = resolve(
        std::iter::once(description(rows))
            .chain(files)
            .chain([stray]),
    );
    assert_eq!(
        (estate.hosts.len(), estate.reconciliation.unsure.len()),
        (51, 1)
    );
}

#[test]
fn the_counts_of_sources_become_ours() {
    let estate = resolve([
        of_family(
            "agents",
            export(
                "agents.csv",
                [
                    up("name=pc-1", JUNE),
                    up("name=pc-2", JUNE),
                    up("name=pc-2", JULY),
                ],
            ),
        ),
        of_family(
            "scans",
            export(
                "scan.xml",
                [
                    up("name=pc-2", JUNE),
                    up("name=pc-3", JUNE),
                    down("ip=10.0.0.9", JUNE),
                ],
            ),
        ),
        of_family("lists", export("list.txt", [up("name=pc-2", JUNE)])),
    ]);
    let found = &estate.reconciliation;
    let counts: Vec<_> = found
        .by_source
        .iter()
        .map(|count| (count.family.as_str(), count.machines, count.only_here))
        .collect();
    assert_eq!(counts, [("agents", 2, 1), ("lists", 1, 0), ("scans", 2, 1)]);
    assert_eq!(
        (found.merged, found.seen_twice, estate.hosts.len()),
        (2, 1, 3)
    );
}

#[test]
fn evidence_newer_than_the_moment_makes_no_machine() {
    let file = || export("a.xml", [up("name=pc-1", JUNE), up("name=pc-2", JULY)]);
    assert_eq!(resolve_as_of(JUNE, [file()]).hosts.len(), 1);
    assert_eq!(resolve([file()]).hosts.len(), 2);
}

/// Many machines that share what they can: a quadratic step would take minutes.
#[test]
fn forty_thousand_machines_with_one_name_and_one_address_are_joined_in_seconds() {
    let statements = (0..40_000).map(|number| {
        let subject = format!("serial=5CG{number:07}A name=pc ip=10.0.0.5 mac=3c:52:82:01:02:03");
        up(&subject, JUNE)
    });
    let estate = resolve([export("a.xml", statements)]);
    assert_eq!(estate.hosts.len(), 40_000);
}
