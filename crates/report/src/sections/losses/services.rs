//! Services, worst first.

use maud::{Markup, html};

use crate::document::{Losses, ServiceLosses};
use crate::numbers::{amount, coarse, counted, of_100_in};
use crate::theme::{Cell, Column, organisation, table};

pub(super) fn part(losses: &Losses, replicates: u32) -> Markup {
    let named = losses.services.iter().any(|line| line.service.is_some());
    let mut columns = vec![Column::Text("Organisation")];
    if named {
        columns.push(Column::Text("Service"));
    }
    columns.extend([
        Column::Text("Activity"),
        Column::Number("Outbreaks that befall it"),
        Column::Number("Planned"),
        Column::Number("Postponed"),
        Column::Number("Lost"),
        Column::Number("Not done, mean of the worst twentieth"),
    ]);
    let rows = losses
        .services
        .iter()
        .map(|line| (None, of_service(line, named, replicates)));
    html! {
        h4 { "Services, worst first" }
        (table(
            &format!(
                "Units in {}, median and range of nine in ten outbreaks",
                counted(losses.days, "day", "days")
            ),
            &columns,
            rows,
        ))
    }
}

fn of_service(line: &ServiceLosses, named: bool, replicates: u32) -> Vec<Cell> {
    let mut cells = vec![organisation(line.organisation.as_ref())];
    if named {
        cells.push(html! {
            @if let Some(service) = &line.service { (service) } @else { span.quiet { "usual for its kind" } }
        });
    }
    cells.extend([
        html! { (line.activity) },
        html! { (of_100_in(line.befallen, replicates)) },
        html! { (coarse(line.planned)) },
        amount(&line.postponed),
        amount(&line.lost),
        html! { (coarse(line.not_done.worst_twentieth)) },
    ]);
    cells
}
