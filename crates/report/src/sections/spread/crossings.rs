//! The networks that it crosses between; for the team only.

use maud::{Markup, html};

use crate::document::{Answer, Crossing, Shown};
use crate::numbers::of_100_in;
use crate::theme::{Cell, Column, organisation, records, withheld};

pub(crate) fn part(answer: &Answer) -> Markup {
    let crossings = &answer.crossings;
    html! {
        h4 { "Networks it crosses between" }
        @if crossings.total == 0 {
            p { "It crosses between no networks in these outbreaks." }
        } @else if crossings.is_withheld() {
            (withheld(crossings, "crossing", "crossings"))
        } @else {
            (records(
                "Most used first; “drawn” means that no evidence says, so chance decided in each outbreak",
                &[
                    Column::Text("From"),
                    Column::Text("To"),
                    Column::Number("Outbreaks that use it"),
                    Column::Text("Way open"),
                ],
                crossings.lines.iter().map(|line| cells(line, answer.drawn.replicates)),
            ))
        }
    }
}

fn cells(crossing: &Crossing, replicates: u32) -> Vec<Cell> {
    vec![
        end(crossing.from.as_ref(), crossing.from_organisation.as_ref()),
        end(crossing.to.as_ref(), crossing.to_organisation.as_ref()),
        html! { (of_100_in(crossing.used, replicates)) },
        html! { @if crossing.evidenced { "yes, by evidence" } @else { "drawn" } },
    ]
}

fn end(network: Option<&Shown>, owner: Option<&Shown>) -> Markup {
    html! {
        @if let Some(network) = network { bdi.name { (network) } " " }
        span.quiet { (organisation(owner)) }
    }
}
