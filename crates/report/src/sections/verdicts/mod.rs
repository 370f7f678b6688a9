//! A few verdicts with every observation behind them, so that anyone can check how we judge.

use maud::{Markup, html};

use super::Section;
use crate::document::{ChainLink, Document, SampleVerdict, Value};
use crate::numbers::day;
use crate::theme::{Cell, Column, machine, organisation, records, short_digest, value};

pub(crate) fn section(document: &Document) -> Option<Section> {
    if document.samples.is_empty() {
        return None;
    }
    Some(Section {
        id: "verdicts",
        title: "How we judge: verdicts with their evidence",
        body: html! {
            p {
                "Every verdict rests on observations. Here are a few with all of theirs, the deciding one first. "
                b { "Tested" } " means that the thing itself was tried; " b { "inventoried" }
                ", that software on the machine listed it; " b { "inferred" }
                ", that it was concluded from something else; " b { "declared" } ", that someone wrote it down."
            }
            @for sample in &document.samples { (verdict(sample)) }
        },
    })
}

fn verdict(sample: &SampleVerdict) -> Markup {
    html! {
        article.sample {
            h3 { (sample.question) ": " (value(sample.truth)) }
            p {
                @if sample.machine.name.is_some() || sample.machine.address.is_some() {
                    (machine(&sample.machine)) ", "
                } @else { "A machine of " }
                (organisation(sample.machine.organisation.as_ref())) ", " (sample.machine.system) ". "
                span.quiet { "Shown because: " (sample.chosen_because) "." }
            }
            p { b { "Why: " } (sample.reason) }
            @if sample.chain.is_empty() {
                p { "No observation speaks to it." }
            } @else {
                (records(
                    "The observations behind this verdict, deciding one first",
                    &[
                        Column::Text("What was seen"),
                        Column::Text("Speaks"),
                        Column::Text("Method"),
                        Column::Text("Date"),
                        Column::Text("File and place"),
                    ],
                    sample.chain.iter().map(cells),
                ))
            }
        }
    }
}

fn cells(link: &ChainLink) -> Vec<Cell> {
    vec![
        html! {
            (link.what)
            @if !link.authorised {
                " " span.quiet { "(from a file that may not speak for this organisation)" }
            }
        },
        html! {
            @match link.speaks_for {
                Value::Holds => "for",
                Value::Fails => "against",
                Value::Unknown => "explains only",
            }
        },
        html! { (link.method) },
        html! {
            @if let Some(when) = link.when { span.nowrap { (day(when)) } }
            @else { "no date" }
        },
        html! {
            @if let Some(path) = &link.path { bdi.name { (path) } ", " }
            (link.position) ", " span.nowrap { "SHA-256 " (short_digest(&link.digest)) }
        },
    ]
}
