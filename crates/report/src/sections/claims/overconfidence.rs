//! What believing claims that do not stand would cost.

use maud::{Markup, html};

use crate::document::{Overconfidence, PricedClaims};
use crate::numbers::counted;
use crate::words::{beyond, hidden, outcome_of, units_saved, variance_reduction};

pub(super) fn overconfidence(found: &Overconfidence) -> Markup {
    let priced_at_all = [&found.refuted, &found.unsupported].into_iter();
    let priced_at_all = priced_at_all.filter(|priced| priced.claims > 0);
    let reduced = variance_reduction(priced_at_all.map(|priced| priced.variance_reduction));
    html! {
        h3 { "What overconfidence costs" }
        p { "As the evidence stands, " (outcome_of("the worm", &found.evidenced)) "." }
        (priced(&found.refuted, "With the refuted claims true"))
        (priced(&found.unsupported, "With the unsupported claims true as well"))
        @if found.not_priced > 0 {
            p {
                (counted(found.not_priced, "claim that does not stand has", "claims that do not stand have"))
                " no price here: the leading threat does not depend on the control."
            }
        }
        p.quiet {
            "A claim is taken to be true of just enough machines to keep its promise. "
            "Prices are on the leading threat, in the same scenario, against the drawn answer."
            @if let Some(line) = reduced { " All have the same draws. " (line) }
        }
    }
}

fn priced(priced: &PricedClaims, with_them: &str) -> Markup {
    let saved = priced.saved.as_ref().and_then(units_saved);
    html! {
        @if priced.claims > 0 {
            p {
                (with_them) " (" (beyond(priced)) "), "
                (outcome_of("the worm", &priced.were_true)) ". "
                @match hidden(priced) {
                    Some(machines) => {
                        "Believing them makes outbreaks look smaller by " b { (machines) } " on average"
                        @if let Some(saved) = saved { ", and hides that " (saved) " are postponed or lost" }
                        "."
                    }
                    None => "The simulation cannot tell the difference from chance.",
                }
            }
        }
    }
}
