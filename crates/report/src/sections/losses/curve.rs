//! The loss curve of one outbreak over the whole estate.

use maud::{Markup, html};

use crate::document::{CurvePoint, Losses};
use crate::numbers::{coarse, of_100_in};
use crate::theme::{Cell, Column, table};

pub(super) fn part(losses: &Losses, replicates: u32) -> Markup {
    let activities = losses.activities.iter();
    let lines: Vec<(Markup, &[CurvePoint])> =
        std::iter::once((html! { "Pounds, of what is priced" }, &losses.curve_gbp[..]))
            .chain(activities.map(|line| (html! { (line.activity) }, &line.curve[..])))
            .collect();
    // That most outbreaks cost nothing is said in a sentence, and needs no columns of noughts.
    let costs = |place: &usize| {
        let mut points = lines.iter().filter_map(|(_, points)| points.get(*place));
        points.any(|point| point.at_least > 0.0)
    };
    let places: Vec<usize> = (0..losses.curve_gbp.len()).filter(costs).collect();
    let share = |place: &usize| Column::Number(words(losses.curve_gbp[*place].share));
    let columns = std::iter::once(Column::Text("At least")).chain(places.iter().map(share));
    let columns: Vec<Column> = columns.collect();
    let row = |(what, points): &(Markup, &[CurvePoint])| {
        let told = places.iter().filter_map(|place| points.get(*place));
        let told = told.map(|point| {
            html! { (coarse(point.at_least)) @if let Some(ends) = between(point) { div { (ends) } } }
        });
        let cells: Vec<Cell> = std::iter::once(what.clone()).chain(told).collect();
        (None::<String>, cells)
    };
    html! {
        @if !losses.curve_gbp.is_empty() {
            h4 { "What one outbreak costs at the least" }
            @if !places.is_empty() {
                (table(
                    "How often one outbreak costs the whole estate at least so much: pounds, or units not done. In brackets, how far it is left open because only so many outbreaks were simulated (right nine times in ten). Each row by itself: the outbreak that is worst for one activity need not be for another",
                    &columns,
                    lines.iter().map(row),
                ))
            }
            p {
                "In " (of_100_in(losses.costs_nothing, replicates)) " outbreaks nothing is lost at all."
                " Rarer losses than these were sampled too seldom to be told."
            }
        }
    }
}

/// The ends of what a point may be, for all that sampling tells, where they are not the same.
fn between(point: &CurvePoint) -> Option<String> {
    let low = coarse(point.low);
    match point.high.map(coarse) {
        Some(high) if high == low => None,
        Some(high) => Some(format!("({low} to {high})")),
        None => Some(format!("({low} or more)")),
    }
}

/// The share of outbreaks as a column's head; those that are told are few.
const fn words(share: f64) -> &'static str {
    match share {
        0.9 => "9 of 10",
        0.75 => "3 of 4",
        0.5 => "half of them",
        0.25 => "1 of 4",
        0.1 => "1 of 10",
        0.05 => "1 of 20",
        0.02 => "1 of 50",
        0.01 => "1 of 100",
        0.005 => "1 of 200",
        0.001 => "1 of 1,000",
        _ => "another share",
    }
}
