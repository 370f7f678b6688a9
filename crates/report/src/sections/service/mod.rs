//! What outbreaks do to the organisations of a whole service, and who shares whose fate.

mod fates;

use maud::{Markup, html};

use super::Section;
use crate::document::{Document, Struck, WholeService};
use crate::numbers::{amount, coarse, whole};
use crate::theme::{Cell, Column, hypothetical, table};

pub(crate) fn section(document: &Document) -> Option<Section> {
    let told: Vec<_> = (document.answers.iter())
        .filter_map(|answer| Some((answer, answer.whole_service.as_ref()?)))
        .collect();
    if told.is_empty() {
        return None;
    }
    Some(Section {
        id: "service",
        title: "The whole service",
        body: html! {
            p {
                "An organisation is infected if a machine of its own is taken. It is disrupted if none is, and it cuts itself off or "
                "cannot do its services as ever, for what others lack. Else it is spared."
            }
            @for (number, (answer, service)) in told.into_iter().enumerate() {
                @let id = format!("service-{}", number + 1);
                article.threat-block aria-labelledby=(id) {
                    h3 id=(id) { (answer.title) (hypothetical(answer.hypothetical)) }
                    (organisations(service))
                    (fates::part(service, answer.drawn.replicates))
                }
            }
        },
    })
}

fn organisations(service: &WholeService) -> Markup {
    let kinds = service.kinds.iter();
    let kinds = kinds.map(|line| (None, cells(html! { (line.kind) }, &line.struck)));
    let all = (None, cells(html! { "All" }, &service.all));
    let rows: Vec<_> = if service.kinds.len() > 1 {
        kinds.chain([all]).collect()
    } else {
        vec![all]
    };
    html! {
        h4 { "Organisations infected, disrupted and spared" }
        p.quiet { "Those are counted that are described and have machines or services." }
        (table(
            "Numbers of organisations, median and range of nine in ten outbreaks, those that die out among them",
            &[
                Column::Text("Organisations"),
                Column::Number("In all"),
                Column::Number("Infected"),
                Column::Number("Infected, mean of the worst twentieth"),
                Column::Number("Disrupted without infection"),
                Column::Number("Spared"),
            ],
            rows,
        ))
    }
}

fn cells(what: Markup, struck: &Struck) -> Vec<Cell> {
    vec![
        what,
        html! { (whole(struck.organisations)) },
        amount(&struck.infected),
        html! { (coarse(struck.infected.worst_twentieth)) },
        amount(&struck.disrupted),
        amount(&struck.spared),
    ]
}
