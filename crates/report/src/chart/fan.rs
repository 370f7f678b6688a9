//! Machines taken by hour: median, half and nine in ten of the outbreaks.

use maud::{Markup, html};

use super::axis::Axis;
use super::{Caption, coordinate};
use crate::document::FanPoint;
use crate::numbers::whole;

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 388.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 210.0;

/// The drawing.
pub(crate) fn fan(points: &[FanPoint], caption: &Caption<'_>) -> Markup {
    let most = points.iter().map(|point| point.quantiles[4]);
    let last = points.iter().map(|point| point.hour);
    let machines = Axis::counts(most.fold(1.0, f64::max), BOTTOM, TOP);
    let hours = Axis::hours(last.fold(0.0, f64::max), LEFT, RIGHT);
    let title_id = format!("{}-title", caption.id);
    let description_id = format!("{}-description", caption.id);
    html! {
        svg.chart.fan viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img"
            aria-labelledby={ (title_id) " " (description_id) } {
            title id=(title_id) { (caption.title) }
            desc id=(description_id) { (caption.description) }
            (grid(&machines, &hours))
            path.band-wide d=(band(points, 0, 4, &hours, &machines)) {}
            path.band-half d=(band(points, 1, 3, &hours, &machines)) {}
            polyline.median points=(line(points, 2, &hours, &machines)) {}
            path.axis d=(format!("M{LEFT} {TOP}V{BOTTOM}H{RIGHT}")) {}
        }
    }
}

/// At most `limit` points for the table that says the same, always with the last.
pub(crate) fn rows(points: &[FanPoint], limit: usize) -> Vec<&FanPoint> {
    let stride = points.len().div_ceil(limit.max(1)).max(1);
    let mut rows: Vec<&FanPoint> = points.iter().step_by(stride).collect();
    if let (Some(shown), Some(last)) = (rows.last(), points.last())
        && shown.hour != last.hour
    {
        rows.push(last);
    }
    rows
}

fn grid(machines: &Axis, hours: &Axis) -> Markup {
    html! {
        @for tick in machines.ticks() {
            @let y = machines.place(tick);
            path.grid d=(format!("M{LEFT} {}H{RIGHT}", coordinate(y))) {}
            text x=(LEFT - 5.0) y=(coordinate(y + 3.5)) text-anchor="end" { (tick_label(tick)) }
        }
        @for tick in hours.ticks() {
            @let x = coordinate(hours.place(tick));
            path.axis d=(format!("M{x} {BOTTOM}v4")) {}
            text x=(x) y=(BOTTOM + 16.0) text-anchor="middle" { (tick_label(tick)) }
        }
        text x="2" y="11" { "machines taken" }
        text x=(RIGHT) y=(HEIGHT - 6.0) text-anchor="end" { "hours after the beginning" }
    }
}

pub(crate) fn tick_label(tick: f64) -> String {
    if tick.fract() == 0.0 && tick >= 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and not negative"
        )]
        let tick = tick as u64;
        whole(tick)
    } else {
        format!("{tick}")
    }
}

fn at(point: &FanPoint, quantile: usize, hours: &Axis, machines: &Axis) -> String {
    let x = coordinate(hours.place(point.hour));
    let y = coordinate(machines.place(point.quantiles[quantile]));
    format!("{x} {y}")
}

fn line(points: &[FanPoint], quantile: usize, hours: &Axis, machines: &Axis) -> String {
    let places: Vec<String> = (points.iter())
        .map(|point| at(point, quantile, hours, machines))
        .collect();
    places.join(",")
}

fn band(points: &[FanPoint], low: usize, high: usize, hours: &Axis, machines: &Axis) -> String {
    let up = points.iter().map(|point| at(point, high, hours, machines));
    let back = (points.iter().rev()).map(|point| at(point, low, hours, machines));
    let places: Vec<String> = up.chain(back).collect();
    if places.is_empty() {
        String::new()
    } else {
        format!("M{}Z", places.join("L"))
    }
}
