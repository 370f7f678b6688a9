//! How the sources' counts become ours, each figure linked to its list.

use maud::{Markup, html};

use super::Section;
use crate::document::{Document, Reconciliation};
use crate::numbers::{length, whole};
use crate::theme::{Column, machine, organisation, records, table, withheld};
use crate::words::counts;

pub(crate) fn section(document: &Document) -> Option<Section> {
    let reconciliation = &document.reconciliation;
    Some(Section {
        id: "counts",
        title: "How the counts agree",
        body: html! {
            (sentence(reconciliation))
            (by_source(reconciliation))
            (merged(reconciliation))
            (unsure(reconciliation))
        },
    })
}

fn sentence(reconciliation: &Reconciliation) -> Markup {
    let counts = counts(reconciliation);
    html! {
        p.lead-small {
            @for (index, source) in counts.sources.iter().enumerate() {
                a href={ "#source-" (index + 1) } { (source) } "; "
            }
            "we count " a href="#knowledge" { (counts.hosts) } ": "
            a href="#merged" { (counts.merged) } ", "
            a href="#unsure" { (counts.unsure) } "."
        }
    }
}

fn by_source(reconciliation: &Reconciliation) -> Markup {
    let rows = (reconciliation.by_source.iter().enumerate()).map(|(index, count)| {
        (
            Some(format!("source-{}", index + 1)),
            vec![
                html! { (count.source) },
                html! { (whole(count.machines)) },
                html! { (whole(count.only_here)) },
            ],
        )
    });
    html! {
        @if reconciliation.by_source.is_empty() {
            p { "No source speaks of machines." }
        } @else {
            (table(
                "Machines by kind of source",
                &[
                    Column::Text("Kind of source"),
                    Column::Number("Machines"),
                    Column::Number("In no other kind"),
                ],
                rows,
            ))
        }
    }
}

fn merged(reconciliation: &Reconciliation) -> Markup {
    html! {
        h3 id="merged" { "Merged: " (whole(reconciliation.merged)) }
        p {
            "So often two entries became one machine, because they share an identifier and nothing keeps them apart."
            @if !reconciliation.merged_by.is_empty() {
                " Joined by: "
                @for (index, count) in reconciliation.merged_by.iter().enumerate() {
                    @if index > 0 { ", " }
                    (count.kind) " " (whole(count.count))
                }
                "."
            }
        }
        @if !reconciliation.disqualified.is_empty() {
            (table(
                "Identifiers that were not believed",
                &[
                    Column::Text("Identifier"),
                    Column::Text("Why not believed"),
                    Column::Number("How many"),
                ],
                reconciliation.disqualified.iter().map(|line| {
                    let cells = vec![
                        html! { (line.kind) },
                        html! { (line.why) },
                        html! { (whole(line.count)) },
                    ];
                    (None, cells)
                }),
            ))
        }
    }
}

fn unsure(reconciliation: &Reconciliation) -> Markup {
    let pairs = &reconciliation.unsure;
    let listed = length(pairs.lines.len());
    html! {
        h3 id="unsure" { "Unsure: " (whole(reconciliation.unsure_total)) }
        p { "Pairs that are possibly the same machine. We kept them apart and counted both." }
        @if pairs.is_withheld() {
            (withheld(pairs, "pair", "pairs"))
        } @else if !pairs.lines.is_empty() {
            @if listed < u64::from(reconciliation.unsure_total) {
                p { "Listed here: " (whole(listed)) " of " (whole(reconciliation.unsure_total)) "." }
            }
            (records(
                "Two entries that may be one machine",
                &[
                    Column::Text("One"),
                    Column::Text("The other"),
                    Column::Text("Organisation"),
                    Column::Text("What they share, and what keeps them apart"),
                ],
                pairs.lines.iter().map(|pair| vec![
                    machine(&pair.first),
                    machine(&pair.second),
                    organisation(pair.first.organisation.as_ref()),
                    html! { (pair.why) },
                ]),
            ))
        }
    }
}
