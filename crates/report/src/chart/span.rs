//! Ranges on one common scale: the drawn answer and both ends.

use maud::{Markup, html};

use super::axis::Axis;
use super::fan::tick_label;
use super::{Caption, coordinate};
use crate::document::Spread;

const WIDTH: f64 = 400.0;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 386.0;
const ROW: f64 = 36.0;
/// Half of the room that a digit takes at the size of labels, rounded up.
const HALF_DIGIT: f64 = 3.2;

/// A label, the range below it, and whether it is the drawn answer.
pub(crate) type Row<'a> = (&'a str, &'a Spread, bool);

/// The drawing, from nought to all machines.
pub(crate) fn spans(rows: &[Row<'_>], hosts: u32, caption: &Caption<'_>) -> Markup {
    let axis = Axis::counts(f64::from(hosts), LEFT, RIGHT).ending_at(f64::from(hosts));
    let bottom = rows.iter().fold(6.0, |bottom, _| bottom + ROW);
    let title_id = format!("{}-title", caption.id);
    let description_id = format!("{}-description", caption.id);
    html! {
        svg.chart.spans viewBox={ "0 0 " (WIDTH) " " (bottom + 34.0) } role="img"
            aria-labelledby={ (title_id) " " (description_id) } {
            title id=(title_id) { (caption.title) }
            desc id=(description_id) { (caption.description) }
            @for tick in axis.ticks() {
                @let x = coordinate(axis.place(tick));
                path.grid d=(format!("M{x} 4V{}", coordinate(bottom))) {}
                (label(tick, axis.place(tick), bottom + 14.0))
            }
            text x=(RIGHT) y=(coordinate(bottom + 29.0)) text-anchor="end" {
                "machines taken where it does not die out, of " (tick_label(f64::from(hosts)))
            }
            @for (index, (label, spread, drawn)) in (0u32..).zip(rows) {
                (row(label, spread, *drawn, &axis, 4.0 + f64::from(index) * ROW))
            }
        }
    }
}

/// A tick's number below it; one that would leave the drawing on the right ends at its edge.
fn label(tick: f64, x: f64, y: f64) -> Markup {
    let words = tick_label(tick);
    let half = words.chars().count() as f64 * HALF_DIGIT;
    let (x, anchor) = if x + half > WIDTH {
        (WIDTH, "end")
    } else {
        (x, "middle")
    };
    html! { text x=(coordinate(x)) y=(coordinate(y)) text-anchor=(anchor) { (words) } }
}

fn row(label: &str, spread: &Spread, drawn: bool, axis: &Axis, y: f64) -> Markup {
    html! {
        text.span-label x=(LEFT) y=(coordinate(y + 11.0)) { (label) }
        @if let Some(taken) = &spread.taken {
            @let low = axis.place(taken.low);
            @let width = (axis.place(taken.high) - low).max(2.0);
            @let middle = axis.place(taken.median) - 1.25;
            rect class=(if drawn { "span-range drawn" } else { "span-range" }) x=(coordinate(low)) y=(coordinate(y + 17.0))
                width=(coordinate(width)) height="10" rx="2" {}
            rect.span-median x=(coordinate(middle)) y=(coordinate(y + 15.0))
                width="2.5" height="14" {}
        } @else {
            text x=(LEFT) y=(coordinate(y + 26.0)) { "dies out every time" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LEFT, RIGHT, label};

    #[test]
    fn a_long_number_at_the_right_edge_ends_there() {
        let at = |tick, x| label(tick, x, 20.0).into_string();
        assert!(at(1_500_000.0, RIGHT).contains(r#"x="400" y="20" text-anchor="end""#));
        assert!(at(3_000.0, 300.0).contains(r#"x="300" y="20" text-anchor="middle""#));
        assert!(at(0.0, LEFT).contains("middle"));
    }
}
