//! Organisations, worst first: a share of what they planned, and money apart.

use maud::{Markup, html};

use crate::document::{Losses, OrganisationLosses};
use crate::numbers::{amount, of_100_in, percent};
use crate::theme::{Cell, Column, organisation, table};

pub(super) fn part(losses: &Losses, replicates: u32) -> Markup {
    let rows = losses.organisations.iter();
    html! {
        @if !losses.organisations.is_empty() {
            h4 { "Organisations, worst first" }
            (table(
                "What an organisation does not do of what it planned for these days: the mean share over its services, since units of different activities cannot be added. Pounds beside it, not to be added; median and range of nine in ten outbreaks",
                &COLUMNS,
                rows.map(|line| (None, cells(line, replicates))),
            ))
        }
    }
}

const COLUMNS: [Column; 7] = [
    Column::Text("Organisation"),
    Column::Number("Outbreaks that cost it anything"),
    Column::Number("Of these without a machine of its own taken"),
    Column::Number("Share of its plans not done, median"),
    Column::Number("In 1 of 20 at least"),
    Column::Number("Mean of the worst twentieth"),
    Column::Number("Pounds, of what is priced"),
];

fn cells(line: &OrganisationLosses, replicates: u32) -> Vec<Cell> {
    let share = &line.not_done_share;
    vec![
        organisation(line.organisation.as_ref()),
        html! { (of_100_in(line.befallen, replicates)) },
        html! { (of_100_in(line.befallen_uninfected, replicates)) },
        html! { (percent(share.median)) },
        html! { (percent(share.high)) },
        html! { (percent(share.worst_twentieth)) },
        amount(&line.worth_gbp),
    ]
}
