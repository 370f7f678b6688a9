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
                &[
                    Column::Text("What"),
                    Column::Text("Value"),
                    Column::Text("Basis"),
                    Column::Text("Source or working"),
                ],
                assumptions.iter().map(cells),
            ))
        }
    }
}

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
