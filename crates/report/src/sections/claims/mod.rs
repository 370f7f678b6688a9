//! What was claimed against what the evidence supports.

mod overconfidence;

use maud::html;

use super::Section;
use crate::chart::key;
use crate::document::{ClaimLine, ClaimWord, Document};
use crate::numbers::{counted, day, length, whole};
use crate::theme::{Cell, Column, organisation, records};

pub(crate) fn section(document: &Document) -> Option<Section> {
    let claims = &document.claims;
    Some(Section {
        id: "claims",
        title: "What is claimed, and what the evidence supports",
        body: html! {
            @if claims.is_empty() {
                p { "No claim was given to compare with the evidence." }
            } @else {
                p {
                    b { "Verified" } ": as many machines as the claim promises hold. "
                    b { "Refuted" } ": too many fail for it to be true. "
                    b { "Unsupported" } ": the evidence settles it neither way. "
                    b { "Attested" } ": no machine can settle it. "
                    b { "Not applicable" } ": nothing is in its scope."
                }
                p { (counts(claims)) }
                @if let Some(found) = &document.overconfidence { (overconfidence::overconfidence(found)) }
                h3 { "Claim by claim" }
                (records(
                    "Claims against the evidence",
                    &[
                        Column::Text("Organisation"),
                        Column::Text("Claim"),
                        Column::Text("Claimed on"),
                        Column::Text("The evidence"),
                        Column::Text("Machines in scope"),
                    ],
                    claims.iter().map(cells),
                ))
            }
        },
    })
}

/// How many claims stand how: `Of 26 claims the evidence bears out 2, refutes 14 and leaves 10 unsupported.`
fn counts(claims: &[ClaimLine]) -> String {
    let all = counted(length(claims.len()), "claim", "claims");
    let of = |word| {
        whole(length(
            claims.iter().filter(|line| line.word == word).count(),
        ))
    };
    format!(
        "Of {all} the evidence bears out {}, refutes {} and leaves {} unsupported.",
        of(ClaimWord::Verified),
        of(ClaimWord::Refuted),
        of(ClaimWord::Unsupported)
    )
}

fn cells(line: &ClaimLine) -> Vec<Cell> {
    vec![
        organisation(Some(&line.organisation)),
        html! { (line.claim) },
        html! { span.nowrap { (day(line.claimed_on)) } },
        word(line.word),
        html! {
            @if line.settled.total() > 0 { (key(line.settled, ["hold", "fail", "unknown"])) }
            @else { span.quiet { "none" } }
        },
    ]
}

fn word(word: ClaimWord) -> Cell {
    let (class, sign, word) = match word {
        ClaimWord::Verified => ("verdict holds", "✓", "verified"),
        ClaimWord::Refuted => ("verdict fails", "✗", "refuted"),
        ClaimWord::Unsupported => ("verdict unknown", "?", "unsupported"),
        ClaimWord::Attested => ("verdict unknown", "–", "attested"),
        ClaimWord::NotApplicable => ("verdict unknown", "–", "not applicable"),
    };
    html! { span class=(class) { span aria-hidden="true" { (sign) " " } (word) } }
}
