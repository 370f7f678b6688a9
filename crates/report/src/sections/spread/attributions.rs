//! Who is said to be behind it: by whom, when, how surely.

use maud::{Markup, html};

use crate::document::{Answer, Attribution, Confidence};
use crate::theme::{Cell, Column, records};

pub(crate) fn part(answer: &Answer) -> Markup {
    html! {
        @if !answer.attributions.is_empty() {
            h4 { "Who is said to be behind it" }
            (records(
                "What others have said; wardround judges none of it",
                &[
                    Column::Text("When"),
                    Column::Text("Who says so"),
                    Column::Text("Whom they name"),
                    Column::Text("How surely"),
                    Column::Text("What they say"),
                ],
                answer.attributions.iter().map(cells),
            ))
        } @else if !answer.hypothetical {
            h4 { "Who is said to be behind it" }
            p { "Nobody is named in the sources used here." }
        }
    }
}

fn cells(row: &Attribution) -> Vec<Cell> {
    vec![
        html! { @match &row.date { Some(date) => (date), None => "undated" } },
        html! { (row.who) },
        html! { (row.to) },
        html! { (words(row.confidence)) },
        html! { (row.words) " " span.quiet.references { "(" (row.source) ")" } },
    ]
}

const fn words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high confidence",
        Confidence::Moderate => "moderate confidence",
        Confidence::Low => "low confidence",
        Confidence::Stated => "not said how surely",
        Confidence::Charged => "charged, not decided",
        Confidence::Convicted => "convicted",
        Confidence::Denied => "denied",
    }
}
