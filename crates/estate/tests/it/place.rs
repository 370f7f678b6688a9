//! Whose a machine is, where it stands, what it runs, and as of when.

use wardround_estate::{Estate, HostId, Product};
use wardround_evidence::{Declaration, Disclosure, Fact, Statement};

use crate::builder::*;

fn up(subject: &str, when: &str) -> Statement {
    said(subject, when, [(TESTED, Fact::Answers(true))])
}

/// The organisation and networks of the only machine, as the team sees them.
fn place(estate: &Estate) -> (String, Vec<String>) {
    assert_eq!(estate.hosts.len(), 1);
    let team = Disclosure::team();
    let host = estate.host(HostId(0));
    let owner = estate.organisation(host.organisation).name.as_ref();
    let owner = owner.map_or_else(|| "nobody".to_owned(), |name| name.show(&team));
    let networks = host
        .networks
        .iter()
        .map(|id| estate.network(*id).name.show(&team));
    (owner, networks.collect())
}

fn described(rows: impl IntoIterator<Item = Declaration>) -> wardround_evidence::Reading {
    let base = [
        organisation("harbour", &["harbour.example"]),
        organisation("mill", &["mill.example"]),
        network(
            "harbour-lan",
            "harbour",
            &["10.1.0.0/24", "192.168.1.0/24"],
            "",
        ),
        network("mill-lan", "mill", &["10.2.0.0/24", "192.168.1.0/24"], ""),
    ];
    description(base.into_iter().chain(rows))
}

#[test]
fn a_machine_belongs_where_its_domain_network_or_sources_say() {
    let rows = [
        (
            "by its domain",
            "elsewhere/a.xml",
            "name=pc-1.harbour.example ip=10.2.0.7",
            "harbour",
            "mill-lan",
        ),
        (
            "by its network",
            "elsewhere/a.xml",
            "name=pc-1 ip=10.2.0.7",
            "mill",
            "mill-lan",
        ),
        (
            "by its sources",
            "mill/a.xml",
            "name=pc-1 ip=172.16.0.7",
            "mill",
            "172.16.0.0/24",
        ),
        (
            "nobody's",
            "elsewhere/a.xml",
            "name=pc-1 ip=172.16.0.7",
            "nobody",
            "172.16.0.0/24",
        ),
        (
            "a block that two have, by its domain",
            "elsewhere/a.xml",
            "name=pc-1.harbour.example ip=192.168.1.7",
            "harbour",
            "harbour-lan",
        ),
        (
            "a block that two have, by its sources",
            "mill/a.xml",
            "name=pc-1 ip=192.168.1.7",
            "mill",
            "mill-lan",
        ),
        (
            "a block that two have",
            "elsewhere/a.xml",
            "name=pc-1 ip=192.168.1.7",
            "nobody",
            "192.168.1.0/24",
        ),
    ];
    for (name, path, subject, owner, network) in rows {
        let estate = resolve([described([]), export(path, [up(subject, "2025-06-01")])]);
        assert_eq!(
            place(&estate),
            (owner.to_owned(), vec![network.to_owned()]),
            "{name}"
        );
    }
}

#[test]
fn a_domain_that_two_organisations_claim_is_nobodys() {
    let rows = [organisation("quay", &["harbour.example"])];
    let estate = resolve([
        described(rows),
        export("x/a.xml", [up("name=pc-1.harbour.example", "2025-06-01")]),
    ]);
    assert_eq!(place(&estate).0, "nobody");
    assert!(
        estate.notes.iter().any(|note| note.contains("domain")),
        "{:?}",
        estate.notes
    );
}

#[test]
fn without_a_description_networks_are_assumed_by_block() {
    let estate = resolve([export(
        "a.xml",
        [up("name=pc-1 ip=10.1.2.3 ip=2001:db8:1:2::5", "2025-06-01")],
    )]);
    let (owner, networks) = place(&estate);
    assert_eq!(
        (owner.as_str(), networks),
        (
            "nobody",
            vec!["10.1.2.0/24".to_owned(), "2001:db8:1:2::/64".to_owned()]
        )
    );
    assert!(estate.networks.iter().all(|network| network.assumed));
}

#[test]
fn a_machine_stands_where_it_was_last_seen() {
    let statements = [
        up("name=pc-1 ip=10.1.0.7", "2025-06-01"),
        up("name=pc-1 ip=10.2.0.7", "2025-06-20"),
        // What did not answer was not there.
        said(
            "name=pc-1 ip=10.3.0.7",
            "2025-06-25",
            [(TESTED, Fact::Answers(false))],
        ),
    ];
    let estate = resolve([export("a.xml", statements)]);
    assert_eq!(place(&estate).1, ["10.2.0.0/24"]);
}

#[test]
fn the_longest_path_says_who_speaks_and_when() {
    for whole_folder in ["", ".", "./"] {
        let rows = [
            authority(whole_folder, &["harbour"]),
            authority("mill-files", &["mill"]),
            collected(whole_folder, "2025-06-01"),
            collected("mill-files/late", "2025-06-09"),
        ];
        let files = [
            "a.txt",
            "deep/b.txt",
            "mill-files/c.txt",
            "mill-files/late/d.txt",
        ];
        let exports = files.map(|path| export(path, [up(&format!("name={}", path.len()), "")]));
        let estate = resolve(std::iter::once(described(rows)).chain(exports));
        let of = |path: &str| {
            let index = estate
                .readings
                .iter()
                .position(|it| it.source.path.as_key() == path)
                .unwrap();
            let sole = estate.authorities[index]
                .sole()
                .map(|id| id.as_key().to_owned());
            (sole.unwrap_or_default(), estate.collected[index])
        };
        let day = |text| Some(moment(text));
        assert_eq!(
            of("a.txt"),
            ("harbour".to_owned(), day("2025-06-01")),
            "{whole_folder:?}"
        );
        assert_eq!(of("deep/b.txt"), ("harbour".to_owned(), day("2025-06-01")));
        assert_eq!(
            of("mill-files/c.txt"),
            ("mill".to_owned(), day("2025-06-01"))
        );
        assert_eq!(
            of("mill-files/late/d.txt"),
            ("mill".to_owned(), day("2025-06-09"))
        );
    }
}

#[test]
fn the_moment_is_asked_for_described_or_the_newest_evidence() {
    let file = || {
        export(
            "a.xml",
            [up("name=pc-1", "2025-06-01"), up("name=pc-1", "2025-06-20")],
        )
    };
    let estate = resolve([file()]);
    assert_eq!(
        (estate.as_of, estate.as_of_newest),
        (moment("2025-06-20"), true)
    );
    let asked = description([Declaration::AsOf(moment("2025-06-10"))]);
    let estate = resolve([file(), asked.clone()]);
    assert_eq!(
        (estate.as_of, estate.as_of_newest),
        (moment("2025-06-10"), false)
    );
    let estate = resolve_as_of("2025-06-05", [file(), asked]);
    assert_eq!(estate.as_of, moment("2025-06-05"));
}

#[test]
fn one_export_dated_far_ahead_does_not_move_the_moment() {
    let honest = export("a.xml", [up("name=pc-1", "2025-06-01")]);
    let older = export("b.xml", [up("name=pc-2", "2024-05-01")]);
    let ahead = export(
        "c.txt",
        [up("name=pc-3", "2031-01-01"), up("name=pc-4", "2025-06-10")],
    );
    let estate = resolve([honest.clone(), older.clone(), ahead.clone()]);
    assert_eq!(estate.as_of, moment("2025-06-10"));
    assert_eq!(estate.hosts.len(), 3, "the row dated ahead is left out");
    assert!(
        estate
            .notes
            .iter()
            .any(|note| note.starts_with("1 statement")),
        "{:?}",
        estate.notes
    );
    // A year between two exports is nothing unusual, and one source alone is believed.
    assert_eq!(resolve([honest, older]).as_of, moment("2025-06-01"));
    assert_eq!(resolve([ahead]).as_of, moment("2031-01-01"));
}

#[test]
fn what_a_machine_runs_is_said_by_the_stronger_then_the_newer_and_never_by_a_vague_word() {
    let rows: Vec<(&str, Vec<Statement>, Product)> = vec![
        (
            "the newer of one method",
            vec![
                said(
                    "name=pc-1",
                    "2024-06-01",
                    [(
                        INVENTORIED,
                        system("Microsoft Windows 7 Enterprise", "6.1.7601"),
                    )],
                ),
                said(
                    "name=pc-1",
                    "2025-06-01",
                    [(
                        INVENTORIED,
                        system("Microsoft Windows 10 Pro", "10.0.19045"),
                    )],
                ),
            ],
            Product::Windows10,
        ),
        (
            "the stronger method",
            vec![
                said(
                    "name=pc-1",
                    "2025-06-01",
                    [(INFERRED, guessed("Microsoft Windows 7 SP1", 100))],
                ),
                said(
                    "name=pc-1",
                    "2025-05-01",
                    [(
                        INVENTORIED,
                        system("Microsoft Windows 10 Pro", "10.0.19045"),
                    )],
                ),
            ],
            Product::Windows10,
        ),
        (
            "a vague word, however strong",
            vec![
                said("name=pc-1", "2025-06-01", [(TESTED, system("Windows", ""))]),
                said(
                    "name=pc-1",
                    "2025-05-01",
                    [(
                        INVENTORIED,
                        system("Microsoft Windows 10 Pro", "10.0.19045"),
                    )],
                ),
            ],
            Product::Windows10,
        ),
        (
            "what ran before a rebuild",
            vec![
                said(
                    "name=pc-1",
                    "2024-06-01",
                    [(TESTED, system("Microsoft Windows 7 Enterprise", "6.1.7601"))],
                ),
                said(
                    "name=pc-1",
                    "2025-06-01",
                    [
                        (
                            INVENTORIED,
                            system("Microsoft Windows 10 Pro", "10.0.19045"),
                        ),
                        (INVENTORIED, Fact::InstalledAt(moment("2025-01-01"))),
                    ],
                ),
            ],
            Product::Windows10,
        ),
        (
            "a guess below the confidence",
            vec![said(
                "name=pc-1",
                "2025-06-01",
                [(INFERRED, guessed("Microsoft Windows 7 SP1", 80))],
            )],
            Product::Unknown,
        ),
    ];
    for (name, statements, product) in rows {
        assert_eq!(
            resolve([export("a.xml", statements)]).hosts[0].product,
            product,
            "{name}"
        );
    }
}
