//! Machines taken hour by hour, as a fan and as a table.

use maud::{Markup, html};

use crate::chart::{Caption, fan, rows};
use crate::document::{Answer, FanPoint};
use crate::numbers::{estimated, hours};
use crate::theme::{Column, folded, table};
use crate::words::outcome;

/// More rows than this make the table harder to read, not truer.
const ROWS: usize = 12;

pub(crate) fn part(answer: &Answer, id: &str) -> Markup {
    let spread = &answer.drawn;
    let points = &spread.fan;
    let fan_id = format!("{id}-fan");
    let heading = format!("Machines taken by hour: {}", answer.title);
    let description = format!(
        "Over the outbreaks that do not die out. In the end {}.",
        outcome(spread)
    );
    html! {
        h4 { "Over time" }
        @if points.is_empty() {
            p { "Every simulated outbreak died out, so there is no spread to draw." }
        } @else {
            figure {
                (fan(points, &Caption {
                    id: &fan_id,
                    title: &heading,
                    description: &description,
                }))
                figcaption {
                    span.key {
                        span.key-part { (line_swatch()) "median" }
                        span.key-part { (swatch("band-half")) "half of the outbreaks" }
                        span.key-part { (swatch("band-wide")) "nine in ten" }
                    }
                    p.quiet { "Only outbreaks that do not die out." }
                }
            }
            (folded(
                "The same as a table",
                "the numbers behind this picture",
                &as_table(points, spread.mean_taken_error),
            ))
        }
    }
}

fn as_table(points: &[FanPoint], error: f64) -> Markup {
    let shown = rows(points, ROWS).into_iter().map(|point| {
        let [p5, p25, p50, p75, p95] = point.quantiles.map(|taken| estimated(taken, error));
        let cells = vec![
            html! { (hours(point.hour)) },
            html! { (p50) },
            html! { (between(&p25, &p75)) },
            html! { (between(&p5, &p95)) },
        ];
        (None, cells)
    });
    table(
        "Machines taken by hour, over the outbreaks that do not die out",
        &[
            Column::Text("After"),
            Column::Number("Median"),
            Column::Number("Half of the outbreaks"),
            Column::Number("Nine in ten"),
        ],
        shown,
    )
}

fn between(low: &str, high: &str) -> String {
    if low == high {
        low.to_owned()
    } else {
        format!("{low} to {high}")
    }
}

fn swatch(class: &str) -> Markup {
    html! {
        svg.swatch viewBox="0 0 12 12" aria-hidden="true" {
            rect class=(class) x="0" y="0" width="12" height="12" {}
        }
    }
}

fn line_swatch() -> Markup {
    html! {
        svg.swatch viewBox="0 0 12 12" aria-hidden="true" { path.median d="M0 6H12" {} }
    }
}
