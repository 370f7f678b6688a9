//! Losses day by day.

use maud::{Markup, html};

use crate::document::{Amount, Losses};
use crate::numbers::{amount, of_100_in};
use crate::theme::{Cell, Column, table};

pub(super) fn part(losses: &Losses, replicates: u32) -> Markup {
    let mut columns = vec![Column::Text("Not done")];
    columns.extend(losses.weekdays.iter().map(|day| Column::Number(day)));
    let rows = rows(losses);
    html! {
        @if !losses.weekdays.is_empty() {
            h4 { "Day by day" }
            (table(
                &format!(
                    "Units postponed or lost on each day, from that on which it begins, where an outbreak costs anything at all, as {} do; median and range of nine in ten of these. Quantiles of days do not add up to those of the whole",
                    of_100_in(1.0 - losses.costs_nothing, replicates)
                ),
                &columns,
                rows.into_iter().map(|cells| (None, cells)),
            ))
        }
    }
}

fn rows(losses: &Losses) -> Vec<Vec<Cell>> {
    let row = |what: Markup, days: Vec<&Amount>| {
        let mut cells = vec![what];
        cells.extend(days.into_iter().map(amount));
        cells
    };
    let mut rows: Vec<Vec<Cell>> = losses
        .activities
        .iter()
        .map(|line| {
            let days = line.by_day.iter().map(|day| &day.not_done_if_any).collect();
            row(html! { (line.activity) }, days)
        })
        .collect();
    let pounds = losses.worth_by_day_if_any_gbp.iter().collect();
    rows.push(row(
        html! { "Pounds, of what is priced; no sum of the counts" },
        pounds,
    ));
    if losses.diverting.iter().any(|day| day.high > 0.0) {
        let days = losses.diverting.iter().collect();
        let what =
            html! { "Emergency departments that send patients elsewhere, over all outbreaks" };
        rows.push(row(what, days));
    }
    rows
}
