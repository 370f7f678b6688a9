//! The answer in one sentence, with both ends beside it, and the second threat in one line.

use maud::{Markup, html};

use super::Section;
use crate::chart::{Caption, spans};
use crate::document::{Answer, Document, Made, Spread};
use crate::numbers::whole;
use crate::theme::hypothetical;
use crate::words::{conditional, outcome, title, worse};

pub(crate) fn section(document: &Document) -> Option<Section> {
    let body = match document.answers.split_first() {
        None => html! { p { "No threat was asked about, so there is no answer to lead with." } },
        Some((leading, others)) => html! {
            (lead(leading, &document.made))
            (ends(leading))
            @for other in others { (second(other)) }
            p.quiet { "Scenario: " (document.made.scenario) }
        },
    };
    Some(Section {
        id: "answer",
        title: "The answer",
        body,
    })
}

fn lead(answer: &Answer, made: &Made) -> Markup {
    let spread = &answer.drawn;
    html! {
        p.threat { "Threat that takes most: " b { (answer.title) } (hypothetical(answer.hypothetical)) }
        p.lead { (conditional(spread, made)) }
        @if spread.taken.is_some() {
            p.quiet {
                "“Dies out” means fewer than " (whole(spread.dies_out_below)) " machines. "
                "“Nine in ten” means that of the outbreaks that do not die out, nine in ten end inside this range; "
                "one in twenty ends below it and one in twenty above."
            }
        }
        @if answer.hypothetical {
            p.quiet { "Hypothetical means that no such worm is known: it shows what one could do." }
        }
    }
}

fn ends(answer: &Answer) -> Markup {
    let rows: [(&str, &Spread, bool); 3] = [
        ("everything unknown against us", &answer.against, false),
        (
            "unknowns drawn from what is known of their like",
            &answer.drawn,
            true,
        ),
        ("everything unknown for us", &answer.in_favour, false),
    ];
    let description = rows
        .map(|(label, spread, _)| format!("{label}: {}", outcome(spread)))
        .join(". ");
    html! {
        p { "What we do not know could move the answer between two ends:" }
        ul.ends {
            li { b { "Everything unknown against us: " } (outcome(&answer.against)) "." }
            li { b { "Everything unknown for us: " } (outcome(&answer.in_favour)) "." }
        }
        figure {
            (spans(&rows, answer.drawn.hosts, &Caption {
                id: "ends",
                title: "Machines taken, as drawn and at both ends",
                description: &description,
            }))
            figcaption.quiet { "Each bar is nine in ten of the outbreaks that do not die out; the mark in it is the median." }
        }
    }
}

fn second(answer: &Answer) -> Markup {
    html! {
        p.second {
            b { (title(answer)) } " in the same scenario: " (outcome(&answer.drawn)) "."
            @if let Some(against) = worse(answer) { " Everything unknown against us: " (against) "." }
        }
    }
}
