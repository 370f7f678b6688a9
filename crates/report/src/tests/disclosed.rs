//! What board and share may not read never occurs in their bytes.

use wardround_evidence::{Audience, HostName};

use crate::testing::{disclosure, example, for_each_text, spread_names};
use crate::{Document, Review, render_html, render_json, summary};

/// Names of the example below organisation level, in lower case.
const BELOW: [&str; 17] = [
    "nmi-pacs",
    "nmi-xray",
    "xray07",
    "10.20.4",
    "10.20.300",
    "imaging-lan",
    "wards-lan",
    "fellside-users",
    "theatres-lan",
    "exports/",
    "devices.csv",
    "all.xml",
    "imaging.nessus",
    "northmere-updates.csv",
    "ward-list",
    "nmap-theatres",
    "1,000 rows",
];

const ORGANISATIONS: [&str; 3] = ["northmere", "fellside", "harbour"];

fn everything(review: &Review, audience: Audience) -> String {
    let document = Document::new(review, &disclosure(audience));
    let mut bytes = render_html(&document);
    bytes.push_str(&render_json(&document));
    bytes.push_str(&summary(&document, 80));
    bytes.to_lowercase()
}

/// An example whose handling line, which is the user's own, names nobody.
fn unmarked() -> Review {
    let mut review = example();
    review.made.handling = None;
    review
}

#[test]
fn the_team_reads_every_name() {
    let bytes = everything(&example(), Audience::Team);
    for name in BELOW.iter().chain(&ORGANISATIONS) {
        assert!(bytes.contains(name), "{name}");
    }
}

#[test]
fn board_and_share_read_nothing_below_an_organisation() {
    for audience in [Audience::Board, Audience::Share] {
        let bytes = everything(&unmarked(), audience);
        for name in BELOW {
            assert!(!bytes.contains(name), "{name} for {}", audience.word());
        }
    }
}

#[test]
fn the_board_reads_organisations_and_share_does_not() {
    let board = everything(&unmarked(), Audience::Board);
    let share = everything(&unmarked(), Audience::Share);
    for name in ORGANISATIONS {
        assert!(board.contains(name), "{name}");
        assert!(!share.contains(name), "{name}");
    }
}

#[test]
fn names_that_slipped_into_sentences_are_taken_out() {
    let slipped = "See NMI-XRAY-07 (nmi-pacs-02), 10.20.4.31:445, fe80::1, 00:1a:2B:3c:4d:5e, \
                   EXPORTS/defender/devices.csv, imaging-lan at Harbour Surgery.";
    let mut review = unmarked();
    for_each_text(&mut review, &mut |text| text.push_str(slipped));
    for audience in [Audience::Board, Audience::Share] {
        let bytes = everything(&review, audience);
        for name in BELOW.iter().chain(&["fe80::1", "1a:2b:3c"]) {
            assert!(!bytes.contains(name), "{name} for {}", audience.word());
        }
        assert_eq!(bytes.contains("harbour"), audience == Audience::Board);
    }
}

#[test]
fn a_planted_name_of_every_kind_stays_inside() {
    let planted = "Zq9x-Planted.example";
    for audience in [Audience::Board, Audience::Share] {
        let mut review = unmarked();
        spread_names(&mut review, planted, audience == Audience::Share);
        let bytes = everything(&review, audience);
        assert!(!bytes.contains("zq9x"), "for {}", audience.word());
    }
}

#[test]
fn words_of_a_file_are_for_the_team() {
    let mut review = unmarked();
    for link in review
        .samples
        .iter_mut()
        .flat_map(|sample| &mut sample.chain)
    {
        link.what = "system Zq9x-Edition, build 10.0.19045".to_owned();
        link.what_unquoted = Some("a system, build 10.0.19045".to_owned());
    }
    for claim in &mut review.claims {
        claim.claim = "zq9x on every desk".to_owned();
        claim.claim_unquoted = Some("a control of their own".to_owned());
    }
    assert!(everything(&review, Audience::Team).contains("zq9x on every desk"));
    for audience in [Audience::Board, Audience::Share] {
        let bytes = everything(&review, audience);
        assert!(!bytes.contains("zq9x"), "for {}", audience.word());
        assert!(bytes.contains("a system, build 10.0.19045"));
        assert!(bytes.contains("a control of their own"));
    }
}

#[test]
fn the_disclosure_decides_and_not_what_the_review_was_told() {
    let mut review = example();
    review.made.audience = Audience::Team;
    let document = Document::new(&review, &disclosure(Audience::Share));
    assert!(render_json(&document).contains("\"audience\": \"share\""));
}

#[test]
fn ordinary_words_survive_for_the_board() {
    let mut review = unmarked();
    review.to_find_out[0].examples[0].name = Some(HostName::new("pc"));
    let bytes = everything(&review, Audience::Board);
    assert!(bytes.contains("one office pc is infected"));
}
