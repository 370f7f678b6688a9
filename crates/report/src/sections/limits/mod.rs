//! What the answer leaves out, and every number that no evidence gave.

use maud::{Markup, html};

use super::Section;
use crate::document::{Assumption, Basis, Document};
use crate::theme::{Cell, Column, records};

pub(crate) fn section(document: &Document) -> Option<Section> {
    Some(Section {
        id: "limits",
        title: "What this page does not know",
        body: html! {
            h3 { em { "Not modelled" } }
            @if document.not_modelled.is_empty() {
                p { "No list of what is left out was given; that does not mean that nothing is." }
            } @else {
                ul { @for line in &document.not_modelled { li { (line) } } }
            }
            h3 { "Assumptions" }
            (assumptions(&document.assumptions))
            @if !document.service_numbers.is_empty() {
                (services(document))
            }
        },
    })
}

fn assumptions(assumptions: &[Assumption]) -> Markup {
    html! {
        @if assumptions.is_empty() {
            p { "No number was assumed." }
        } @else {
            p {
                b { "Sourced" } ": a source states it. " b { "Derived" }
                ": it follows from sourced numbers. " b { "Assumed" } ": neither; it is our best guess."
            }
            (records(
                "Numbers that no evidence of this estate gave",
                &COLUMNS,
                assumptions.iter().map(cells),
            ))
        }
    }
}

fn services(document: &Document) -> Markup {
    html! {
        h3 id="numbers-of-services" { "Numbers behind what services lose" }
        p {
            "What an organisation does, and what of it stops when machines are out or it is cut off: each range is drawn anew in each world."
            @if !document.service_references.is_empty() {
                " Sources begin with a short name: "
                @for (place, line) in document.service_references.iter().enumerate() {
                    @if place > 0 { "; " } (line)
                }
                "."
            }
        }
        (records(
            "Numbers that no evidence of this estate gave about its services",
            &COLUMNS,
            document.service_numbers.iter().map(cells),
        ))
    }
}

/// The columns of [`cells`].
const COLUMNS: [Column; 4] = [
    Column::Text("What"),
    Column::Text("Value"),
    Column::Text("Basis"),
    Column::Text("Source or working"),
];

fn cells(line: &Assumption) -> Vec<Cell> {
    vec![
        html! { (line.what) },
        html! { (line.value) },
        html! {
            @match line.basis {
                Basis::Sourced => "sourced",
                Basis::Derived => "derived",
                Basis::Assumed => b { "assumed" },
            }
        },
        html! { (line.source) },
    ]
}
