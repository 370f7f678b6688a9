//! What may speak to what, point by point.

use wardround_estate::{Estate, Link, NetworkId, Passage, PortReach};
use wardround_evidence::{Declaration, Direction, PortState, RuleState, Statement};

use crate::builder::*;
use Direction::{In, Out};
use RuleState::{Allowed, Denied};

/// Networks in the order of their names: harbour-lan (national), harbour-ward, mill-lan (national).
const HARBOUR_LAN: NetworkId = NetworkId(0);
const HARBOUR_WARD: NetworkId = NetworkId(1);
const MILL_LAN: NetworkId = NetworkId(2);

fn estate(
    rows: impl IntoIterator<Item = Declaration>,
    scan: impl IntoIterator<Item = Statement>,
) -> Estate {
    let base = [
        organisation("harbour", &[]),
        organisation("mill", &[]),
        network("harbour-lan", "harbour", &["10.1.0.0/24"], "national"),
        network("harbour-ward", "harbour", &["10.1.1.0/24"], ""),
        network("mill-lan", "mill", &["10.2.0.0/24"], "national"),
    ];
    resolve([
        description(base.into_iter().chain(rows)),
        export("scan.xml", scan),
    ])
}

fn on_smb(estate: &Estate) -> PortReach {
    estate.reach.on(SMB, &estate.networks)
}

fn noted(estate: &Estate, words: &str) -> bool {
    estate.notes.iter().any(|note| note.contains(words))
}

#[test]
fn a_point_that_no_rule_mentions_is_unknown() {
    let reach = on_smb(&estate([], []));
    for rules in &reach.networks {
        let points = [
            rules.leaves,
            rules.enters,
            rules.leaves_organisation,
            rules.enters_organisation,
        ];
        assert_eq!(points, [Passage::Unknown; 4]);
    }
    assert!(reach.links.is_empty());
}

#[test]
fn rules_speak_for_their_point_port_and_direction() {
    let estate = estate(
        [
            border("harbour", None, In, Denied),
            border("mill", Some("national"), In, Allowed),
            border("mill", None, In, Denied),
            boundary("harbour-ward", Out, Allowed),
        ],
        [],
    );
    let reach = on_smb(&estate);
    assert_eq!(reach.networks[0].enters_organisation, Passage::Denied);
    assert_eq!(reach.networks[0].leaves_organisation, Passage::Unknown);
    assert_eq!(
        reach.networks[2].enters_organisation,
        Passage::Allowed,
        "the rule towards its realm comes first"
    );
    assert_eq!(reach.networks[1].leaves, Passage::Allowed);
    assert_eq!(reach.networks[1].enters, Passage::Unknown);
    let other_port = estate
        .reach
        .on("3389/tcp".parse().unwrap(), &estate.networks);
    assert_eq!(other_port.networks[0].enters_organisation, Passage::Unknown);
}

#[test]
fn rules_that_contradict_each_other_are_unknown_and_noted_in_any_order() {
    for states in [[Allowed, Denied], [Denied, Allowed]] {
        let estate = estate(states.map(|state| boundary("harbour-ward", In, state)), []);
        assert_eq!(on_smb(&estate).networks[1].enters, Passage::Unknown);
        assert!(noted(&estate, "contradict"));
    }
}

#[test]
fn links_join_networks_or_whole_organisations() {
    let estate = estate(
        [
            link("mill", "harbour-ward", Allowed),
            link("harbour", "mill", Allowed),
        ],
        [],
    );
    let pairs: Vec<_> = on_smb(&estate)
        .links
        .iter()
        .map(|link| (link.from, link.to, link.seen))
        .collect();
    assert_eq!(
        pairs,
        [
            (HARBOUR_LAN, MILL_LAN, false),
            (HARBOUR_WARD, MILL_LAN, false),
            (MILL_LAN, HARBOUR_WARD, false)
        ]
    );
}

#[test]
fn what_the_description_says_in_vain_is_noted() {
    let estate = estate(
        [
            border("harbour", Some("nation"), In, Denied),
            link("harbour", "quay", Allowed),
            link("harbour", "mill", Denied),
            vantage("scan.xml", "nowhere"),
        ],
        [],
    );
    for words in ["realm", "links name", "links that deny", "stood in"] {
        assert!(noted(&estate, words), "{words}: {:?}", estate.notes);
    }
}

fn scanned(subject: &str, when: &str, state: PortState) -> Statement {
    said(subject, when, [(TESTED, smb_port(state))])
}

#[test]
fn an_open_port_proves_the_pair_that_the_scan_crossed() {
    let proven = |scan: Vec<Statement>| {
        let estate = estate([vantage("scan.xml", "mill-lan")], scan);
        on_smb(&estate).links
    };
    let pair = |to| Link {
        from: MILL_LAN,
        to,
        seen: true,
    };
    let open = PortState::Open;
    assert_eq!(
        proven(vec![scanned("name=pc-1 ip=10.1.1.7", "2025-06-01", open)]),
        [pair(HARBOUR_WARD)]
    );
    for state in [
        PortState::Closed,
        PortState::Filtered,
        PortState::OpenOrFiltered,
    ] {
        assert!(
            proven(vec![scanned("name=pc-1 ip=10.1.1.7", "2025-06-01", state)]).is_empty(),
            "{state:?}"
        );
    }
    // A machine with two addresses was reached at the one that was scanned.
    let two_homes = vec![
        said("name=pc-1 ip=10.1.0.7 ip=10.1.1.7", "2025-06-01", []),
        scanned("name=pc-1 ip=10.1.1.7", "2025-06-01", open),
    ];
    assert_eq!(proven(two_homes), [pair(HARBOUR_WARD)]);
    // What was open in winter proves nothing in summer.
    let stale = vec![
        scanned("name=pc-1 ip=10.1.1.7", "2025-01-01", open),
        said("name=pc-1 ip=10.1.1.7", "2025-06-01", []),
    ];
    assert!(proven(stale).is_empty());
    // A scan inside one network proves nothing about others.
    assert!(proven(vec![scanned("name=pc-1 ip=10.2.0.7", "2025-06-01", open)]).is_empty());
}
