//! What each threat's outbreaks cost: activity by day, organisation and service, and money apart.

mod curve;
mod days;
mod ends;
mod organisations;
mod services;

use maud::{Markup, html};

use super::Section;
use crate::document::{ActivityLosses, Answer, Document, Losses};
use crate::numbers::{amount, coarse, counted, percent, whole};
use crate::theme::{Cell, Column, hypothetical, table};

pub(crate) fn section(document: &Document) -> Option<Section> {
    if document.answers.is_empty() {
        return None;
    }
    Some(Section {
        id: "losses",
        title: "What it costs",
        body: html! {
            @for (index, answer) in document.answers.iter().enumerate() {
                (threat(document, answer, &format!("losses-{}", index + 1)))
            }
        },
    })
}

/// `id` is a word that no other threat on the page has.
fn threat(document: &Document, answer: &Answer, id: &str) -> Markup {
    let losses = &answer.losses;
    html! {
        article.threat-block aria-labelledby=(id) {
            h3 id=(id) { (answer.title) (hypothetical(answer.hypothetical)) }
            @if losses.described + losses.by_default == 0 {
                p {
                    "No services are described, and no organisation is of a kind whose usual services are known, so nothing can be said of losses."
                }
            } @else {
                @if !losses.strikes {
                    p {
                        "As it is described this threat puts no machine out of service"
                        @if losses.cuts { ", so that only being cut off costs anything here." }
                        @else { ", and nobody cuts anything off, so the model counts no loss. That is no promise: cleaning up costs too, and is not priced." }
                    }
                }
                @if !losses.services.is_empty() {
                    @if !losses.activities.is_empty() {
                        (activities(losses))
                        (money(losses))
                        (days::part(losses, answer.drawn.replicates))
                        (curve::part(losses, answer.drawn.replicates))
                    }
                    (organisations::part(losses, answer.drawn.replicates))
                    (services::part(losses, answer.drawn.replicates))
                } @else if losses.strikes {
                    p { "In no outbreak was anything lost." }
                }
                (ends::part(losses))
                (basis(document, losses))
            }
        }
    }
}

fn activities(losses: &Losses) -> Markup {
    html! {
        h4 { "Activity" }
        (table(
            &format!(
                "Units in {}, median and range of nine in ten outbreaks, short of an ordinary week. Each organisation counts what it does itself, so a shared service counts nothing twice",
                counted(losses.days, "day", "days")
            ),
            &[
                Column::Text("Activity"),
                Column::Number("Kept on paper"),
                Column::Number("Postponed"),
                Column::Number("Lost"),
                Column::Number("Not done, mean of the worst twentieth"),
                Column::Number("Share at organisations never infected"),
                Column::Number("Share where a service that it needs failed too"),
            ],
            losses.activities.iter().map(|line| (None, of_activity(line))),
        ))
    }
}

fn of_activity(line: &ActivityLosses) -> Vec<Cell> {
    vec![
        html! { (line.activity) },
        amount(&line.on_paper),
        amount(&line.postponed),
        amount(&line.lost),
        html! { (coarse(line.not_done.worst_twentieth)) },
        html! { (percent(line.spared_share)) },
        html! { (percent(line.lacking_share)) },
    ]
}

fn money(losses: &Losses) -> Markup {
    let priced = losses.activities.iter().filter_map(|line| {
        let worth = line.worth_gbp.as_ref()?;
        Some((html! { (line.activity) }, worth))
    });
    let all = [(html! { "All that is priced" }, &losses.worth_gbp)];
    let rows: Vec<(Option<String>, Vec<Cell>)> = priced
        .chain(all)
        .map(|(what, worth)| {
            let worst = html! { (coarse(worth.worst_twentieth)) };
            (None, vec![what, amount(worth), worst])
        })
        .collect();
    html! {
        h4 { "Money" }
        (table(
            "What units not done are worth, in pounds, at a price for each unit; a measure beside the counts and not one to add to them",
            &[
                Column::Text("Activity"),
                Column::Number("Pounds, median and range of nine in ten"),
                Column::Number("Mean of the worst twentieth"),
            ],
            rows,
        ))
        p {
            (precautions(losses))
            " The cost of putting machines right is not priced."
            " What is not listed here is not priced, which is not nothing."
        }
    }
}

/// What precautions cost, in units and in pounds.
fn precautions(losses: &Losses) -> Markup {
    if !losses.warned {
        return html! {
            "No warning is part of this scenario, so nobody cuts itself off without having been infected; "
            code { "--warned-at" } " makes one come."
        };
    }
    html! {
        "Of this, organisations that cut themselves off on the warning without having been infected lose "
        (amount(&losses.worth_of_precautions_gbp)) " pounds: "
        @for (place, line) in losses.activities.iter().enumerate() {
            @if place > 0 { ", " }
            (line.activity) " " (amount(&line.by_precaution))
        }
        "."
    }
}

fn basis(document: &Document, losses: &Losses) -> Markup {
    html! {
        p {
            (document.made.scenario)
            " Losses are counted over " (counted(losses.days, "day", "days"))
            " from the day on which it begins; each machine that fails comes back as one known recovery did, or as one’s own incidents did where those are given. "
            (counted(losses.described, "service is", "services are")) " described, "
            (counted(losses.by_default, "stands", "stand")) " as usual for the kind of organisation. Of the numbers behind them "
            (whole(losses.numbers_sourced)) " are sourced, "
            (whole(losses.numbers_derived)) " derived and "
            (whole(losses.numbers_assumed)) " assumed"
            @if !document.service_numbers.is_empty() {
                "; " a href="#numbers-of-services" { "each is listed" }
            }
            "."
        }
        @if !losses.notes.is_empty() {
            ul { @for note in &losses.notes { li { (note) } } }
        }
        p.quiet { "No statement is made on clinical harm." }
    }
}
