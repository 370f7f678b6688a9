//! Three things to do and three to find out, with the team that owns each.

use maud::{Markup, html};

use super::Section;
use crate::document::{Advice, Document, Machine};
use crate::numbers::counted;
use crate::theme::{machine, organisation};
use crate::words::{in_sentence, outcome_of, saved, spared, variance_reduction};

pub(crate) fn section(document: &Document) -> Option<Section> {
    let all = document.to_do.iter().chain(&document.to_find_out);
    let reduced = variance_reduction(all.map(|advice| advice.variance_reduction));
    Some(Section {
        id: "next",
        title: "What to do, and what to find out",
        body: html! {
            h3 { "To do first" }
            (list(
                &document.to_do,
                ["With this done", "In the same outbreaks without it"],
                "The evidence supports no fix to put first.",
            ))
            h3 { "To find out first" }
            (list(
                &document.to_find_out,
                ["If it turns out well", "In the same outbreaks, if it turns out badly"],
                "Nothing unknown would change the answer enough to put first.",
            ))
            p.quiet {
                "Effects are on the leading threat, in the same scenario. Each was measured on fresh outbreaks, run with it and without it. They are fewer than those behind the answer above, so set a change beside the same outbreaks without it, and judge it by what it spares."
                @if let Some(line) = reduced { " Both have the same draws. " (line) }
            }
        },
    })
}

fn list(advice: &[Advice], cases: [&str; 2], none: &str) -> Markup {
    html! {
        @if advice.is_empty() {
            p { (none) }
        } @else {
            ol.advice { @for advice in advice { (item(advice, cases)) } }
        }
    }
}

fn item(advice: &Advice, [with_it, without_it]: [&str; 2]) -> Markup {
    html! {
        li {
            p.what {
                @match &advice.owner {
                    Some(owner) => { (organisation(Some(owner))) ": " (in_sentence(advice.what.as_str())) }
                    None => (advice.what),
                }
            }
            p {
                @if advice.owner.is_none() { "No owner is known. " }
                (counted(advice.hosts, "machine", "machines")) " concerned."
            }
            @if let Some(spread) = &advice.with_it {
                p {
                    (with_it) ", " (outcome_of("the worm", spread)) "."
                    @if let Some(spread) = &advice.without_it {
                        " " (without_it) ", " (outcome_of("it", spread)) "."
                    }
                }
            }
            @if let (Some(mean), Some(error)) = (advice.spared, advice.spared_error)
                && let (Some(low), Some(high)) = (advice.spared_low, advice.spared_high) {
                p { (spared(mean, error, (low, high))) }
            }
            @if let Some(line) = advice.saved.as_ref().and_then(saved) { p { (line) } }
            @if let Some(caution) = &advice.caution { p.caution { b { "Caution: " } (caution) } }
            @if !advice.examples.lines.is_empty() { (examples(&advice.examples.lines)) }
            @else if advice.examples.is_withheld() {
                p.quiet { "The machines are named in the edition for the team." }
            }
        }
    }
}

fn examples(machines: &[Machine]) -> Markup {
    html! {
        p { "Such as:" }
        ul.examples { @for example in machines { li { (machine(example)) } } }
    }
}
