//! How each threat spreads: over time, over organisations, over networks, and through which machines.

mod attributions;
mod crossings;
mod entries;
mod hosts;
mod organisations;
mod over_time;
mod ways_in;

use maud::{Markup, html};

use super::Section;
use crate::chart::{key, stacked};
use crate::document::{Answer, Document};
use crate::numbers::{counted, length};
use crate::theme::{folded, hypothetical};

pub(crate) fn section(document: &Document) -> Option<Section> {
    if document.answers.is_empty() {
        return None;
    }
    Some(Section {
        id: "spread",
        title: "How it spreads",
        body: html! {
            @for (index, answer) in document.answers.iter().enumerate() {
                (threat(answer, &format!("threat-{}", index + 1)))
            }
        },
    })
}

/// `id` is a word that no other threat on the page has.
fn threat(answer: &Answer, id: &str) -> Markup {
    let words = ["it cannot take", "it could take", "unknown"];
    html! {
        article.threat-block aria-labelledby=(id) {
            h3 id=(id) { (answer.title) (hypothetical(answer.hypothetical)) }
            p { (answer.about) }
            h4 { "Machines open to it" }
            (stacked(answer.open, words, "Machines open to it"))
            p { (key(answer.open, words)) }
            (over_time::part(answer, id))
            (organisations::part(answer))
            (ways_in::part(answer))
            (entries::part(answer))
            (crossings::part(answer))
            (hosts::part(answer))
            (provenance(answer))
        }
    }
}

fn provenance(answer: &Answer) -> Markup {
    html! {
        (attributions::part(answer))
        @if !answer.references.is_empty() {
            (folded(
                "Where the numbers about this worm come from",
                &counted(length(answer.references.len()), "reference", "references"),
                &html! { ul.references { @for line in &answer.references { li { (line) } } } },
            ))
        }
    }
}
