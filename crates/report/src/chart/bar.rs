//! One stacked bar of three values, told apart by shade and hatching as well as colour.

use maud::{Markup, html};

use super::coordinate;
use crate::document::Settled;
use crate::numbers::whole;

const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 20.0;

/// The words for the three values: safeguard there, not there, not known.
pub(crate) type Words = [&'static str; 3];

/// The bar; `label` says what it is of.
pub(crate) fn stacked(settled: Settled, words: Words, label: &str) -> Markup {
    let total = settled.total();
    html! {
        @if total > 0 {
            svg.bar viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="img"
                aria-label={ (label) ": " (sentence(settled, words)) } {
                @for (class, from, width) in segments(settled, total) {
                    rect class=(class) x=(coordinate(from)) y="0" width=(coordinate(width))
                        height=(HEIGHT) {}
                }
            }
        }
    }
}

/// The bar's numbers as text, each with a sample of its shade.
pub(crate) fn key(settled: Settled, words: Words) -> Markup {
    html! {
        span.key {
            @for (class, word, count) in parts(settled, words) {
                span.key-part {
                    svg.swatch viewBox="0 0 12 12" aria-hidden="true" {
                        rect class=(class) x="0" y="0" width="12" height="12" {}
                    }
                    b { (whole(count)) } " " (word)
                }
            }
        }
    }
}

/// The hatching, once on each page.
pub(crate) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" {
                    rect.hatch-ground width="6" height="6" {}
                    path.hatch-line d="M-1 1l2-2M0 6l6-6M5 7l2-2" {}
                }
            }
        }
    }
}

/// Class, start and width of each part that is not empty.
fn segments(settled: Settled, total: u64) -> Vec<(&'static str, f64, f64)> {
    let mut from = 0.0;
    let mut segments = Vec::new();
    for (class, _, count) in parts(settled, [""; 3]) {
        let width = f64::from(count) / whole_to_float(total) * WIDTH;
        if count > 0 {
            segments.push((class, from, width));
        }
        from += width;
    }
    segments
}

fn sentence(settled: Settled, words: Words) -> String {
    let parts = parts(settled, words).map(|(_, word, count)| format!("{} {word}", whole(count)));
    parts.join(", ")
}

fn parts(
    settled: Settled,
    [holds, fails, unknown]: Words,
) -> [(&'static str, &'static str, u32); 3] {
    [
        ("part-holds", holds, settled.holds),
        ("part-fails", fails, settled.fails),
        ("part-unknown", unknown, settled.unknown),
    ]
}

/// Three 32-bit counts sum to far less than a float holds exactly.
fn whole_to_float(total: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a sum of three 32-bit counts")]
    let float = total as f64;
    float
}
