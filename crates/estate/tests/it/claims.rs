//! How claims stand, and what of them changed.

use wardround_estate::{ClaimChangeKind, ClaimWord, Estate, Subjects, compare_claims};
use wardround_evidence::{Declaration, Direction, PortState, RuleState};

use crate::builder::*;

const DENIED: &str = "445_denied_at_border";

/// Harbour has two networks at the border, which denies, and a ward behind; mill has one.
fn estate(rows: impl IntoIterator<Item = Declaration>, scanned: &str) -> Estate {
    let base = [
        organisation("harbour", &[]),
        organisation("mill", &[]),
        network("harbour-lan", "harbour", &["10.1.0.0/24"], "national"),
        network("harbour-labs", "harbour", &["10.1.2.0/24"], "national"),
        network("harbour-ward", "harbour", &["10.1.1.0/24"], ""),
        network("mill-lan", "mill", &["10.2.0.0/24"], "national"),
        border("harbour", None, Direction::In, RuleState::Denied),
        vantage("scan.xml", "mill-lan"),
    ];
    let scan = said(scanned, "2025-06-01", [(TESTED, smb_port(PortState::Open))]);
    resolve([
        description(base.into_iter().chain(rows)),
        export("scan.xml", [scan]),
    ])
}

fn word(estate: &Estate) -> (ClaimWord, Subjects) {
    let claims = estate.assess_claims();
    (
        claims[0].word,
        claims[0].subjects.expect("its networks decide it"),
    )
}

/// Answers from mill's own network cross no border.
const NOTHING: &str = "name=pc-1 ip=10.2.0.7";
const THROUGH: &str = "name=pc-1 ip=10.1.0.7";

fn subjects(holds: u32, fails: u32) -> Subjects {
    Subjects {
        holds,
        fails,
        unknown: 0,
    }
}

#[test]
fn a_border_that_denies_and_that_nothing_crosses_bears_its_claim_out() {
    let found = word(&estate([claim("harbour", DENIED, None)], NOTHING));
    assert_eq!(found, (ClaimWord::Verified, subjects(2, 0)));
}

#[test]
fn a_link_through_the_border_refutes_declared_seen_or_both() {
    let declared = || link("mill-lan", "harbour-lan", RuleState::Allowed);
    for (rows, scanned) in [
        (vec![], THROUGH),
        (vec![declared()], NOTHING),
        (vec![declared()], THROUGH),
    ] {
        let rows = rows.into_iter().chain([claim("harbour", DENIED, None)]);
        // The network that was entered counts once, in place of the rule for it.
        let found = word(&estate(rows, scanned));
        assert_eq!(found, (ClaimWord::Refuted, subjects(1, 1)), "{scanned}");
    }
}

#[test]
fn a_link_that_is_declared_and_seen_is_seen() {
    let declared = link("mill-lan", "harbour-lan", RuleState::Allowed);
    let estate = estate([declared], THROUGH);
    let links = estate.reach.on(SMB, &estate.networks).links;
    assert_eq!(links.len(), 1);
    assert!(links[0].seen);
}

#[test]
fn a_threshold_is_of_networks_and_a_link_adds_none() {
    // One network of two: within a threshold of half, and beyond one of more.
    for (threshold, expected) in [(50.0, ClaimWord::Verified), (51.0, ClaimWord::Refuted)] {
        let rows = [claim("harbour", DENIED, Some(threshold))];
        assert_eq!(word(&estate(rows, THROUGH)).0, expected);
    }
}

#[test]
fn a_network_in_no_realm_that_was_entered_fails_too() {
    let rows = [claim("harbour", DENIED, None)];
    let found = word(&estate(rows, "name=pc-1 ip=10.1.1.7"));
    assert_eq!(found, (ClaimWord::Refuted, subjects(2, 1)));
}

#[test]
fn links_inside_the_organisation_or_out_of_it_cross_no_border_inwards() {
    let rows = [
        link("harbour-ward", "harbour-lan", RuleState::Allowed),
        link("harbour-lan", "mill-lan", RuleState::Allowed),
        claim("harbour", DENIED, None),
    ];
    assert_eq!(word(&estate(rows, NOTHING)).0, ClaimWord::Verified);
}

#[test]
fn claims_come_go_and_turn() {
    let claimed = |scanned: &str, controls: &[(&str, &str)]| {
        let claims: Vec<_> = controls
            .iter()
            .map(|(owner, control)| claim(owner, control, None))
            .collect();
        estate(claims, scanned)
    };
    let both = [("harbour", DENIED)];
    let quiet = claimed(NOTHING, &both);
    let crossed = claimed(THROUGH, &both);
    let kinds = |before: &Estate, after: &Estate| {
        let changes = compare_claims(before, after);
        changes.iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&quiet, &quiet), []);
    assert_eq!(kinds(&quiet, &crossed), [ClaimChangeKind::Contradicted]);
    assert_eq!(kinds(&crossed, &quiet), [ClaimChangeKind::Supported]);
    let more = claimed(NOTHING, &[("harbour", DENIED), ("mill", "a_control")]);
    assert_eq!(kinds(&quiet, &more), [ClaimChangeKind::New]);
    assert_eq!(kinds(&more, &quiet), [ClaimChangeKind::Withdrawn]);
    // The claims are dated 1 May: at an earlier moment they were not made yet, though the same files hold them.
    let april = resolve_as_of("2025-04-01", quiet.readings.clone());
    assert_eq!(kinds(&april, &quiet), [ClaimChangeKind::New]);
    assert_eq!(kinds(&quiet, &april), [ClaimChangeKind::Withdrawn]);
    assert_eq!(kinds(&april, &april), []);
    let changes = compare_claims(&quiet, &crossed);
    let stands = |claim: &Option<wardround_estate::AssessedClaim<'_>>| {
        claim.as_ref().map(|claim| claim.word)
    };
    assert_eq!(stands(&changes[0].before), Some(ClaimWord::Verified));
    assert_eq!(stands(&changes[0].after), Some(ClaimWord::Refuted));
}
