//! Organisations with their state under one threat.

use maud::{Markup, html};

use crate::document::{Answer, OrganisationLine};
use crate::numbers::{coarse_range, hours, of_100_in, whole};
use crate::theme::{Cell, Column, organisation, table};

pub(crate) fn part(answer: &Answer) -> Markup {
    let lines = &answer.organisations;
    let replicates = answer.drawn.replicates;
    html! {
        @if !lines.is_empty() {
            h4 { "Organisations, worst first" }
            (table(
                "Counts of machines. Ranges and medians speak of the outbreaks that reach the organisation, counting the first infected PC where it stands there: “within a minute” mostly means that the outbreak began there",
                &COLUMNS,
                lines.iter().map(|line| (None, cells(line, replicates))),
            ))
        }
    }
}

const COLUMNS: [Column; 8] = [
    Column::Text("Organisation"),
    Column::Number("Machines"),
    Column::Number("Open"),
    Column::Number("Closed"),
    Column::Number("Unknown"),
    Column::Number("Outbreaks that reach it"),
    Column::Number("Taken where reached (nine in ten)"),
    Column::Number("First machine falls after (median)"),
];

fn cells(line: &OrganisationLine, replicates: u32) -> Vec<Cell> {
    vec![
        organisation(line.organisation.as_ref()),
        html! { (whole(line.hosts)) },
        html! { (whole(line.open.fails)) },
        html! { (whole(line.open.holds)) },
        html! { (whole(line.open.unknown)) },
        html! { (of_100_in(line.reached, replicates)) },
        match &line.taken {
            Some(taken) => html! { (coarse_range(taken, line.hosts)) },
            None => html! { "never reached" },
        },
        match line.first_hour {
            Some(hour) => html! { (hours(hour)) },
            None => html! { "–" },
        },
    ]
}
