//! What outbreaks took by where they began; for the team only.

use maud::{Markup, html};

use crate::document::{Answer, EntryLine};
use crate::numbers::{coarse_range, of_100_in, whole};
use crate::theme::{Cell, Column, organisation, records, withheld};

pub(crate) fn part(answer: &Answer) -> Markup {
    let entries = &answer.entries;
    html! {
        @if entries.total > 0 {
            h4 { "Where it begins" }
            @if entries.is_withheld() {
                (withheld(entries, "kind of beginning", "kinds of beginning"))
            } @else {
                (records(
                    "Outbreaks by the network in which the first machine stood, where most began; in the order of organisations",
                    &[
                        Column::Text("Organisation"),
                        Column::Text("Network"),
                        Column::Number("Outbreaks that began there"),
                        Column::Number("Of these do not die out"),
                        Column::Number("Machines taken (nine in ten)"),
                    ],
                    entries.lines.iter().map(|line| cells(line, answer.drawn.hosts)),
                ))
            }
        }
    }
}

fn cells(line: &EntryLine, hosts: u32) -> Vec<Cell> {
    vec![
        organisation(line.organisation.as_ref()),
        html! { (line.kind) },
        html! { (whole(line.outbreaks)) },
        html! { (of_100_in(line.grows, line.outbreaks)) },
        html! { (coarse_range(&line.taken, hosts)) },
    ]
}
