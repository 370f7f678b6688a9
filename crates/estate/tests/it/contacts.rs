//! Who deals with whom: conversations in listings, log-on rights in the description.

#![expect(clippy::unwrap_used, reason = "what is written by hand here reads")]

use wardround_estate::{
    ClaimWord, ConversationCount, ConversationPair, Estate, HostId, Link, NetworkId,
};
use wardround_evidence::{
    Declaration, Direction, HostName, LogOn, Port, Reading, RuleState, Side, Statement,
};

use crate::builder::*;
use Side::{Answered, Began};

const LAN: NetworkId = NetworkId(0);
const WARD: NetworkId = NetworkId(1);
const DAY: &str = "2025-06-01";

fn harbour() -> Vec<Declaration> {
    vec![
        organisation("harbour", &["harbour.example"]),
        network("harbour-lan", "harbour", &["10.1.0.0/24"], ""),
        network("harbour-ward", "harbour", &["10.1.1.0/24"], ""),
    ]
}

/// A listing of one machine's conversations.
fn listing(subject: &str, when: &str, lines: &[(Side, u16, &str)]) -> Statement {
    let mut statement = said(subject, when, []);
    for (side, port, peer) in lines {
        statement.observe(INVENTORIED, spoke(*side, Port::tcp(*port), peer));
    }
    statement
}

fn known(name: &str, address: &str, when: &str) -> Statement {
    said(&format!("name={name} ip={address}"), when, [])
}

fn of_harbour(statements: impl IntoIterator<Item = Statement>) -> Estate {
    resolve([description(harbour()), export("all.csv", statements)])
}

fn id(estate: &Estate, name: &str) -> HostId {
    let found = estate.find(name);
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn count(estate: &Estate) -> ConversationCount {
    estate.contacts.count
}

#[test]
fn a_conversation_is_a_pair_from_whoever_began_however_often_it_is_listed() {
    let pc = || listing("name=pc ip=10.1.0.7", DAY, &[(Began, 445, "10.1.1.9")]);
    let server = || {
        listing(
            "name=server ip=10.1.1.9",
            DAY,
            &[(Answered, 445, "10.1.0.7"), (Answered, 445, "10.1.0.7")],
        )
    };
    for statements in [
        vec![pc(), known("server", "10.1.1.9", DAY)],
        vec![known("pc", "10.1.0.7", DAY), server()],
        vec![server(), pc(), pc()],
    ] {
        let estate = of_harbour(statements);
        let pair = ConversationPair {
            from: id(&estate, "pc"),
            to: id(&estate, "server"),
            port: SMB,
            is_guess: false,
        };
        assert_eq!(estate.contacts.conversations, [pair]);
        assert_eq!(count(&estate).dropped(), 0);
        let crossed = Link {
            from: LAN,
            to: WARD,
            seen: true,
        };
        assert_eq!(estate.reach.on(SMB, &estate.networks).links, [crossed]);
        let other = estate.reach.on(Port::tcp(3389), &estate.networks);
        assert!(other.links.is_empty());
    }
}

#[test]
fn the_other_end_is_whoever_had_the_address_within_a_lease() {
    let spoke = |others: Vec<Statement>| {
        let pc = listing("name=pc ip=10.1.0.7", DAY, &[(Began, 445, "10.1.1.9")]);
        let estate = of_harbour(others.into_iter().chain([pc]));
        (estate.contacts.conversations.len(), count(&estate))
    };
    let (pairs, _) = spoke(vec![known("server", "10.1.1.9", "2025-05-31T10:00:00Z")]);
    assert_eq!(pairs, 1);
    for others in [
        vec![],
        vec![known("server", "10.1.1.9", "2025-05-30")],
        vec![known("server", "10.1.1.9", "2025-06-03")],
        vec![known("server", "10.1.1.9", "")],
        // It has moved: nobody stands there.
        vec![
            known("server", "10.1.1.9", DAY),
            known("server", "10.1.0.9", "2025-06-20"),
        ],
    ] {
        let (pairs, count) = spoke(others);
        assert_eq!((pairs, count.unknown_end, count.used), (0, 1, 0));
    }
    let (pairs, count) = spoke(vec![
        known("server", "10.1.1.9", DAY),
        said("name=other serial=5CG1234XYZ ip=10.1.1.9", DAY, []),
    ]);
    assert_eq!((pairs, count.several), (0, 1));
}

#[test]
fn what_has_no_date_or_is_too_old_is_left_out_and_told() {
    let server = || known("server", "10.1.1.9", DAY);
    let lines = [(Began, 445, "10.1.1.9")];
    let undated = of_harbour([server(), listing("name=pc ip=10.1.0.7", "", &lines)]);
    assert_eq!(count(&undated).undated, 1);
    let old = of_harbour([
        known("server", "10.1.1.9", "2025-01-01"),
        listing("name=pc ip=10.1.0.7", "2025-01-01", &lines),
        server(),
    ]);
    assert_eq!(count(&old).stale, 1);
    for estate in [undated, old] {
        assert!(estate.contacts.conversations.is_empty());
        assert!(estate.reach.on(SMB, &estate.networks).links.is_empty());
        let told = |note: &String| note.contains("1 seen, 0 used");
        assert!(estate.notes.iter().any(told), "{:?}", estate.notes);
    }
}

/// Two organisations that use the same addresses of their own, and one block in a realm.
fn two_organisations(pc: &str, peer: &str) -> Estate {
    let rows = [
        organisation("harbour", &["harbour.example"]),
        organisation("mill", &["mill.example"]),
        network("harbour-lan", "harbour", &["10.1.0.0/24"], ""),
        network("harbour-national", "harbour", &["10.8.0.0/24"], "national"),
        network("mill-lan", "mill", &["10.1.0.0/24"], ""),
        network("mill-private", "mill", &["10.2.0.0/24"], ""),
        network("mill-national", "mill", &["10.9.0.0/24"], "national"),
    ];
    let statements = [
        listing(
            &format!("name=pc.harbour.example ip={pc}"),
            DAY,
            &[(Began, 445, peer)],
        ),
        known("near.harbour.example", "10.1.0.9", DAY),
        known("alike.mill.example", "10.1.0.9", DAY),
        known("private.mill.example", "10.2.0.9", DAY),
        known("national.mill.example", "10.9.0.9", DAY),
    ];
    resolve([description(rows), export("all.csv", statements)])
}

#[test]
fn an_address_behind_another_organisations_border_is_not_its_machine() {
    let spoke_with = |pc: &str, peer: &str| {
        let estate = two_organisations(pc, peer);
        let pairs = &estate.contacts.conversations;
        let named = pairs.first().and_then(|pair| estate.host(pair.to).name());
        named.map(|name| name.as_key().to_owned())
    };
    let near = Some("near.harbour.example".to_owned());
    assert_eq!(spoke_with("10.1.0.7", "10.1.0.9"), near);
    assert_eq!(spoke_with("10.1.0.7", "10.2.0.9"), None);
    assert_eq!(spoke_with("10.8.0.7", "10.2.0.9"), None);
    // From a network that is in no realm it went through translation, or not at all.
    assert_eq!(spoke_with("10.1.0.7", "10.9.0.9"), None);
    let national = Some("national.mill.example".to_owned());
    assert_eq!(spoke_with("10.8.0.7", "10.9.0.9"), national);
}

/// Mill denies at its border; a visitor's own network lies in one realm with it.
fn mill_and_visitor() -> Vec<Declaration> {
    vec![
        organisation("mill", &["mill.example"]),
        organisation("visitor", &["visitor.example"]),
        network("mill-all", "mill", &["10.2.0.0/16"], "national"),
        network("mill-lan", "mill", &["10.2.0.0/24"], "national"),
        network("visitor-lan", "visitor", &["10.3.0.0/24"], "national"),
        border("mill", None, Direction::In, RuleState::Denied),
        claim("mill", "445_denied_at_border", None),
    ]
}

fn server_of_mill() -> Statement {
    known("server.mill.example", "10.2.0.9", DAY)
}

/// A visitor's machine lists a conversation; later it stands in the visitor's own network.
fn visited(listed_as: &str, peer: &str) -> Estate {
    let pc = format!("name=pc.visitor.example {listed_as}");
    let statements = [
        listing(&pc, DAY, &[(Began, 445, peer)]),
        server_of_mill(),
        known("server.visitor.example", "10.3.0.9", DAY),
        known("pc.visitor.example", "10.3.0.50", "2025-06-21"),
    ];
    resolve([
        description(mill_and_visitor()),
        export("all.csv", statements),
    ])
}

#[test]
fn a_listing_taken_elsewhere_proves_nothing() {
    for (listed_as, peer) in [
        // Inside one network that the machine has left since.
        ("ip=10.2.0.50", "10.2.0.9"),
        // At home, where another machine has the address of one at work.
        ("ip=192.168.1.7", "10.3.0.9"),
        // One address is of another place: nothing says which of them spoke.
        ("ip=10.3.0.50 ip=192.168.1.7", "10.3.0.9"),
        // Nothing says where it stood.
        ("", "10.3.0.9"),
        ("ip=2001:db8::7", "10.3.0.9"),
    ] {
        let estate = visited(listed_as, peer);
        let pairs = &estate.contacts.conversations;
        assert!(pairs.is_empty(), "{listed_as}: {pairs:?}");
        let count = count(&estate);
        assert_eq!((count.elsewhere, count.used), (1, 0), "{listed_as}");
        assert_eq!(estate.assess_claims()[0].word, ClaimWord::Verified);
        let told = |note: &String| note.contains("1 taken elsewhere");
        assert!(estate.notes.iter().any(told), "{:?}", estate.notes);
    }
}

#[test]
fn a_listing_taken_where_its_machine_stands_is_followed_from_there() {
    for listed_as in [
        "ip=10.3.0.50",
        "ip=10.3.0.51",
        "ip=10.3.0.50 ip=2001:db8::7",
    ] {
        let estate = visited(listed_as, "10.2.0.9");
        assert_eq!(count(&estate).used, 1, "{listed_as}");
        assert_eq!(estate.assess_claims()[0].word, ClaimWord::Refuted);
    }
}

#[test]
fn an_address_is_of_the_narrowest_network_around_it() {
    let rows =
        harbour()
            .into_iter()
            .chain([network("harbour-all", "harbour", &["10.1.0.0/16"], "")]);
    let statements = [
        // The wide network holds the address too, but whoever had it stood in the ward.
        listing("name=pc ip=10.1.1.7", DAY, &[(Began, 445, "10.1.0.9")]),
        known("server", "10.1.0.9", DAY),
        known("pc", "10.1.7.7", "2025-06-21"),
    ];
    let estate = resolve([description(rows), export("all.csv", statements)]);
    assert_eq!(count(&estate).elsewhere, 1);
    assert!(estate.reach.on(SMB, &estate.networks).links.is_empty());
}

#[test]
fn a_direction_guessed_from_port_numbers_proves_nothing() {
    let guess = || {
        let mut pc = said("name=pc.visitor.example ip=10.3.0.50", DAY, []);
        pc.observe(INFERRED, spoke(Began, SMB, "10.2.0.9"));
        pc
    };
    let seen = || {
        let server = "name=server.mill.example ip=10.2.0.9";
        listing(server, DAY, &[(Answered, 445, "10.3.0.50")])
    };
    for (statements, is_guess, word) in [
        (vec![guess(), server_of_mill()], true, ClaimWord::Verified),
        (vec![guess(), seen()], false, ClaimWord::Refuted),
    ] {
        let estate = resolve([
            description(mill_and_visitor()),
            export("all.csv", statements),
        ]);
        let pairs = &estate.contacts.conversations;
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].is_guess, is_guess);
        assert_eq!(estate.assess_claims()[0].word, word);
    }
}

#[test]
fn machines_of_nobody_are_no_organisation() {
    let rows = [
        organisation("harbour", &["harbour.example"]),
        organisation("mill", &["mill.example"]),
        network("harbour-lan", "harbour", &["10.1.0.0/24"], ""),
    ];
    let statements = [
        listing("name=pc ip=192.168.1.7", DAY, &[(Began, 445, "10.50.0.9")]),
        known("server", "10.50.0.9", DAY),
    ];
    let estate = resolve([description(rows), export("all.csv", statements)]);
    assert!(estate.contacts.conversations.is_empty());
    assert_eq!((count(&estate).unowned, count(&estate).used), (1, 0));
    assert!(estate.reach.on(SMB, &estate.networks).links.is_empty());
    let told = |note: &String| note.contains("1 of machines of no organisation");
    assert!(estate.notes.iter().any(told), "{:?}", estate.notes);
}

/// Every surgery has the same private addresses: a search through all that were seen there would take hours.
#[test]
fn thousands_of_organisations_with_the_same_addresses_stay_apart() {
    let surgeries = 0..2_000;
    let rows = surgeries.clone().flat_map(|number| {
        let id = format!("surgery-{number}");
        [
            organisation(&id, &[&format!("{id}.example")]),
            network(&format!("{id}-lan"), &id, &["192.168.1.0/24"], ""),
        ]
    });
    let statements = surgeries.flat_map(|number| {
        let name = |machine| format!("name={machine}.surgery-{number}.example");
        let lines: Vec<_> = (1..20).map(|port| (Began, port, "192.168.1.9")).collect();
        [
            listing(&format!("{} ip=192.168.1.7", name("pc")), DAY, &lines),
            said(&format!("{} ip=192.168.1.9", name("server")), DAY, []),
        ]
    });
    let estate = resolve([description(rows), export("all.csv", statements)]);
    let pairs = &estate.contacts.conversations;
    assert_eq!(pairs.len(), 2_000 * 19);
    let owner = |id| estate.host(id).organisation;
    assert!(pairs.iter().all(|pair| owner(pair.from) == owner(pair.to)));
}

#[test]
fn a_machine_that_lists_too_much_leaves_others_theirs() {
    let server = "10.1.1.9";
    // The first of all machines, in two listings since one statement holds no more.
    let lines = |ports: std::ops::Range<u16>| -> Vec<_> {
        ports.map(|port| (Began, port, server)).collect()
    };
    let forged = |ports| listing("name=a-forged ip=10.1.0.7", DAY, &lines(ports));
    let honest = listing("name=z-honest ip=10.1.0.8", DAY, &[(Began, 445, server)]);
    let estate = of_harbour([
        forged(1..25_001),
        forged(25_001..40_001),
        // What is listed again takes no more room.
        forged(1..101),
        honest,
        known("server", server, DAY),
    ]);
    let from = |name| {
        let host = id(&estate, name);
        let pairs = estate.contacts.conversations.iter();
        pairs.filter(|pair| pair.from == host).count()
    };
    assert_eq!((from("a-forged"), from("z-honest")), (30_000, 1));
    let count = count(&estate);
    assert_eq!((count.used, count.over), (30_101, 10_000));
    let other = estate.reach.on(Port::tcp(39_000), &estate.networks);
    assert!(other.links.is_empty());
    let told = |note: &String| note.contains("10000 beyond the 30000 pairs");
    assert!(estate.notes.iter().any(told), "{:?}", estate.notes);
}

#[test]
fn a_hostile_list_joins_nothing() {
    let mut lines = vec![
        (Began, 445, "10.1.0.7"),
        (Answered, 445, "10.1.0.7"),
        (Began, 445, "127.0.0.1"),
        (Began, 445, "::1"),
        (Began, 445, "0.0.0.0"),
        (Began, 445, "255.255.255.255"),
        (Began, 445, "10.1.0.255"),
        (Began, 445, "224.0.0.251"),
        (Began, 445, "ff02::fb"),
        (Began, 445, "fe80::1"),
        (Began, 0, "2001:db8::1"),
    ];
    let many: Vec<String> = (0..30_000u32)
        .map(|number| std::net::Ipv4Addr::from(0x0a63_0000 + number).to_string())
        .collect();
    lines.extend(many.iter().map(|peer| (Began, 445, peer.as_str())));
    let pc = listing("name=pc ip=10.1.0.7 ip=2001:db8::7", DAY, &lines);
    let estate = of_harbour([pc, known("server", "10.1.1.9", DAY)]);
    let count = count(&estate);
    assert!(estate.contacts.conversations.is_empty());
    assert_eq!((count.seen, count.used, count.itself), (30_011, 0, 2));
    assert_eq!(count.unknown_end, 30_009);
}

#[test]
fn conversations_by_the_newer_protocol_join_machines_too() {
    let rows = [
        organisation("harbour", &[]),
        network("harbour-lan", "harbour", &["2001:db8::/64"], ""),
    ];
    let lines = [(Began, 445, "2001:db8::9")];
    let statements = [
        listing("name=pc ip=2001:db8::7", DAY, &lines),
        known("server", "2001:db8::9", DAY),
    ];
    let estate = resolve([description(rows), export("all.csv", statements)]);
    assert_eq!(estate.contacts.conversations.len(), 1);
    assert!(estate.reach.on(SMB, &estate.networks).links.is_empty());
}

fn rights(rows: &[(&str, &str)]) -> Reading {
    let mut reading = description(rows.iter().map(|(from, to)| {
        Declaration::LogOn(LogOn {
            from: HostName::new(*from),
            to: HostName::new(*to),
        })
    }));
    reading.source.path = wardround_evidence::SourcePath::new("log_ons.csv");
    reading
}

fn with_rights(rows: &[(&str, &str)]) -> Estate {
    let statements = [
        known("admin.harbour.example", "10.1.0.7", DAY),
        known("pc-1.harbour.example", "10.1.0.8", DAY),
        known("server-1.harbour.example", "10.1.1.9", DAY),
        known("server-2.harbour.example", "10.1.1.10", DAY),
        known("twin.harbour.example", "10.1.0.20", DAY),
        known("twin.mill.example", "10.1.0.21", DAY),
    ];
    resolve([
        rights(rows),
        description(harbour()),
        export("all.csv", statements),
    ])
}

fn skipped(estate: &Estate) -> Vec<String> {
    let mut readings = estate.readings.iter();
    let file = readings.find(|reading| reading.source.path.as_key() == "log_ons.csv");
    let skipped = &file.unwrap().skipped;
    let lines = skipped.iter();
    lines
        .map(|record| format!("{}: {}", record.position.words(), record.reason))
        .collect()
}

#[test]
fn rights_are_listed_for_machines_networks_and_organisations() {
    let pairs = |rows: &[(&str, &str)]| {
        let estate = with_rights(rows);
        assert!(skipped(&estate).is_empty());
        assert!(estate.contacts.conversations.is_empty());
        let name = |id| estate.host(id).name().unwrap().short();
        let pairs = estate.contacts.log_ons.iter();
        let mut named: Vec<String> = pairs
            .map(|(from, to)| format!("{} {}", name(*from), name(*to)))
            .collect();
        named.sort();
        named
    };
    assert_eq!(pairs(&[("admin", "PC-1.Harbour.example")]), ["admin pc-1"]);
    let servers = ["admin server-1", "admin server-2"];
    assert_eq!(pairs(&[("admin", "harbour-ward")]), servers);
    assert_eq!(
        pairs(&[("admin", "server-1"), ("admin", "harbour-ward")]),
        servers
    );
    // Nobody logs on to where they are.
    assert_eq!(
        pairs(&[("harbour-ward", "harbour-ward")]),
        ["server-1 server-2", "server-2 server-1"]
    );
    assert_eq!(pairs(&[("harbour", "server-1")]).len(), 5);
}

#[test]
fn a_row_whose_end_is_not_known_is_told_with_its_file_and_line() {
    let estate = with_rights(&[
        ("admin", "server-1"),
        ("admin", "server-9"),
        ("twin", "server-1"),
        ("<script>", "10.1.1.9"),
    ]);
    assert_eq!(estate.contacts.log_ons.len(), 1);
    let told = skipped(&estate);
    assert_eq!(told.len(), 3);
    assert!(told[0].starts_with("line 2") && told[0].contains("`to` names no network"));
    assert!(told[1].starts_with("line 3") && told[1].contains("several machines"));
    assert!(told[2].contains("`from` names no"));
    // Asking again tells nothing twice.
    let again = resolve(estate.readings.clone());
    assert_eq!(skipped(&again), told);
}

#[test]
fn of_many_rows_that_name_nobody_a_hundred_are_listed_and_all_are_counted() {
    let names: Vec<String> = (0..20_000).map(|row| format!("gone-{row}")).collect();
    let rows: Vec<(&str, &str)> = names.iter().map(|name| ("admin", name.as_str())).collect();
    let unlisted = |estate: &Estate| {
        let mut readings = estate.readings.iter();
        let file = readings.find(|reading| reading.source.path.as_key() == "log_ons.csv");
        file.unwrap().skipped_unlisted
    };
    let estate = with_rights(&rows);
    assert_eq!((skipped(&estate).len(), unlisted(&estate)), (100, 19_900));
    let again = resolve(estate.readings.clone());
    assert_eq!((skipped(&again).len(), unlisted(&again)), (100, 19_900));
}

/// Machines of harbour by the thousand.
fn crowd(machines: u32, rows: &[(&str, &str)]) -> Estate {
    let statements = (0..machines).map(|number| {
        let address = std::net::Ipv4Addr::from(0x0a01_0000 + number);
        known(
            &format!("pc-{number}.harbour.example"),
            &address.to_string(),
            DAY,
        )
    });
    resolve([
        rights(rows),
        description(harbour()),
        export("all.csv", statements),
    ])
}

#[test]
fn rights_of_everyone_to_everything_are_refused_rather_than_kept() {
    let estate = crowd(1_200, &[("harbour", "harbour"), ("pc-1", "harbour")]);
    assert_eq!(estate.contacts.log_ons.len(), 1_199);
    assert!(skipped(&estate)[0].contains("name smaller groups"));
}

#[test]
fn rights_that_are_listed_again_take_no_more_room() {
    let all = ("harbour", "harbour");
    let estate = crowd(
        1_000,
        &[all, all, ("pc-1", "harbour"), ("harbour-lan", "pc-7")],
    );
    assert_eq!(estate.contacts.log_ons.len(), 999_000);
    assert_eq!(skipped(&estate), [""; 0]);
}

#[test]
fn where_rights_are_too_many_the_order_of_rows_decides_nothing() {
    let users: Vec<String> = (0..900).map(|number| format!("pc-{number}")).collect();
    let mut rows: Vec<(&str, &str)> = users
        .iter()
        .map(|user| (user.as_str(), "harbour"))
        .collect();
    let one = crowd(1_200, &rows);
    rows.reverse();
    let other = crowd(1_200, &rows);
    assert_eq!(one.contacts.log_ons.len(), 834 * 1_199);
    assert_eq!(one.contacts.log_ons, other.contacts.log_ons);
    assert_eq!(skipped(&one).len(), 66);
    assert_eq!(skipped(&other).len(), 66);
}
