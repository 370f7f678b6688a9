//! When the national alert comes. As it was, at the hour at which it did; under another course, once as many have reported.

use wardround_engine::InputError;

use super::bodies::Body;
use super::history::{History, Until, sample_world};
use super::world::{Clock, WhatIf, world};
use crate::backtest::Parameters;

/// How many of England's organisations had reported in a draw, as it was, when the alert came.
///
/// # Errors
/// When the engine refuses the draw, which it never should.
pub(super) fn reported_before_alert(
    bodies: &[Body],
    parameters: &Parameters,
    seed: u64,
    draw: u64,
) -> Result<usize, InputError> {
    let until = Until::Hours(Clock::ALERT_HOURS);
    let unwarned = unwarned(bodies, parameters, &WhatIf::default(), seed, draw, until)?;
    Ok(reported_by_alert(bodies, &unwarned))
}

/// How many of England's organisations had reported that they were infected when the alert came. Nothing before it hangs on it.
pub(super) fn reported_by_alert(bodies: &[Body], history: &History) -> usize {
    let reports = reports(bodies, history);
    reports.partition_point(|hours| *hours <= Clock::ALERT_HOURS)
}

/// The hour of the alert under a what-if; none: there is nothing to warn of.
///
/// A major incident was declared for what had been reported. So under a what-if it is declared once as many organisations have
/// reported as had in the same draw when it was, and not before the hour at which it was. Where none had reported in that
/// draw, it is declared at that hour if anybody is infected at all.
///
/// # Errors
/// When the engine refuses the draw, which it never should.
pub(super) fn alert_hours(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    reported: usize,
    seed: u64,
    draw: u64,
) -> Result<Option<f64>, InputError> {
    if *what_if == WhatIf::default() {
        return Ok(Some(Clock::ALERT_HOURS));
    }
    let unwarned = |until: Until| unwarned(bodies, parameters, what_if, seed, draw, until);
    if reported == 0 {
        let otherwise = unwarned(Until::AnyInfected)?;
        let is_any = otherwise.fates.iter().any(|fate| fate.infected > 0);
        return Ok(is_any.then_some(Clock::ALERT_HOURS));
    }
    let otherwise = unwarned(Until::Reports(reported))?;
    let last = reports(bodies, &otherwise).get(reported - 1).copied();
    Ok(last
        .map(|hours| hours.max(Clock::ALERT_HOURS))
        .filter(|hours| *hours < Clock::HORIZON_HOURS))
}

/// An outbreak in which nobody is warned.
fn unwarned(
    bodies: &[Body],
    parameters: &Parameters,
    what_if: &WhatIf,
    seed: u64,
    draw: u64,
    until: Until,
) -> Result<History, InputError> {
    let world = world(bodies, parameters, what_if, None, seed, draw);
    let seed = what_if.seed_of_outbreak(seed, draw);
    sample_world(bodies, world, seed, draw, until)
}

/// When England's organisations reported, ascending.
fn reports(bodies: &[Body], history: &History) -> Vec<f64> {
    let pairs = bodies.iter().zip(&history.fates);
    let mut reports: Vec<f64> = pairs
        .filter(|(body, fate)| body.is_of_england() && fate.is_known())
        .map(|(_, fate)| fate.reported_hours())
        .collect();
    reports.sort_by(f64::total_cmp);
    reports
}
