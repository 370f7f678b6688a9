//! What is not done at both ends of what is unknown.

use maud::{Markup, html};

use crate::document::{EndAmounts, Losses};
use crate::numbers::amount;
use crate::theme::{Cell, Column, table};

pub(super) fn part(losses: &Losses) -> Markup {
    let activities = (losses.ends.iter()).map(|line| (html! { (line.activity) }, &line.not_done));
    let worth = [(
        html! { "All that is priced, in pounds" },
        &losses.worth_ends_gbp,
    )];
    let rows: Vec<(Option<String>, Vec<Cell>)> = activities
        .chain(worth)
        .map(|(what, ends)| (None, cells(what, ends)))
        .collect();
    html! {
        @if !losses.ends.is_empty() {
            h4 { "What we do not know could move it" }
            (table(
                "Units not done, median and range of nine in ten outbreaks: as drawn, and at both ends of what is unknown",
                &[
                    Column::Text("Activity"),
                    Column::Number("Everything unknown for us"),
                    Column::Number("Unknowns drawn from what is known of their like"),
                    Column::Number("Everything unknown against us"),
                ],
                rows,
            ))
        }
    }
}

fn cells(what: Cell, ends: &EndAmounts) -> Vec<Cell> {
    vec![
        what,
        amount(&ends.in_favour),
        amount(&ends.drawn),
        amount(&ends.against),
    ]
}
