//! The open internet in May 2017: an order of magnitude, and how fast it doubled.

use rayon::prelude::*;
use serde::Serialize;

use super::Prior;
use super::england::{Clock, FittedDraw, InternetCourse};

/// What one draw says of the open internet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OpenInternet {
    /// Machines infected by 24 hours after the first activity.
    pub infected_at_24_hours: f64,
    /// The same without a kill switch.
    pub without_kill_switch: f64,
    /// Hours in which the number infected doubles, between a hundredth and a tenth of those that are open; none where a tenth is
    /// not reached in a day without a kill switch.
    pub doubling_hours: Option<f64>,
    /// Of the machines that were open, the share that was infected when the kill switch became live.
    pub share_at_kill_switch: f64,
}

/// The open internet in each fitted draw.
///
/// All machines that answered on the port stand in one address space, of which probes find each address alike. Those that
/// look names up directly are stopped by the kill switch if they start after it is live. It is the course that presses on
/// England's exposed machines.
#[must_use]
pub fn open_internet(draws: &[FittedDraw]) -> Vec<OpenInternet> {
    const HOURS: f64 = 24.0;
    let prior = Prior::england_2017();
    let of = |draw: &FittedDraw| {
        let parameters = prior.at(&draw.point);
        let open = parameters.internet_open;
        let stopped = InternetCourse::new(&parameters, Some(Clock::KILL_SWITCH_HOURS), HOURS);
        let free = InternetCourse::new(&parameters, None, HOURS);
        let doublings = (0.1f64 / 0.01).log2();
        let hours = (free.reaches(0.1 * open) - free.reaches(0.01 * open)) / doublings;
        OpenInternet {
            infected_at_24_hours: stopped.infected(HOURS),
            without_kill_switch: free.infected(HOURS),
            doubling_hours: hours.is_finite().then_some(hours),
            // Rounding may leave a hair more than all.
            share_at_kill_switch: (stopped.infected(Clock::KILL_SWITCH_HOURS) / open).min(1.0),
        }
    };
    draws.par_iter().map(of).collect()
}
