//! The open internet in May 2017: an order of magnitude, and how fast it doubled.

use rayon::prelude::*;
use serde::Serialize;
use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Entries, InputError, Scope, StreamKind};

use super::Prior;
use super::england::{Clock, FITTED_SEED, FittedDraw, INTERNET_ADDRESSES};
use super::one_network::{Moments, OneNetwork};
use super::parameters::Parameters;

/// What one draw says of the open internet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OpenInternet {
    /// Machines infected by 24 hours after the first activity.
    pub infected_at_24_hours: f64,
    /// The same without a kill switch.
    pub without_kill_switch: f64,
    /// Hours in which the number infected doubles, between a hundredth and a tenth of those that are open.
    pub doubling_hours: f64,
}

/// Samples the open internet for each of so many fitted draws.
///
/// All machines that answered on the port stand in one address space, of which probes find each address alike. Those that
/// look names up directly are stopped by the kill switch if they start after it is live.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub fn open_internet(draws: &[FittedDraw]) -> Result<Vec<OpenInternet>, InputError> {
    let prior = Prior::england_2017();
    draws
        .par_iter()
        .map(|draw| {
            let parameters = prior.at(&draw.point);
            let moments = moments(&parameters, Some(Clock::KILL_SWITCH_HOURS), draw.number)?;
            let free = self::moments(&parameters, None, draw.number)?;
            let reached = |share: f64| {
                let place = (parameters.internet_open * share) as usize;
                free.get(place).copied().unwrap_or(f64::INFINITY)
            };
            let doublings = (0.1f64 / 0.01).log2();
            Ok(OpenInternet {
                infected_at_24_hours: moments.len() as f64,
                without_kill_switch: free.len() as f64,
                doubling_hours: (reached(0.1) - reached(0.01)) / doublings,
            })
        })
        .collect()
}

/// When machines were infected, ascending.
fn moments(
    parameters: &Parameters,
    kill_switch: Option<f64>,
    replicate: u64,
) -> Result<Vec<f64>, InputError> {
    let open = parameters.internet_open as u32;
    let first = (parameters.internet_first as u32).clamp(1, open);
    let answering = (f64::from(open) * parameters.direct_egress_mean) as u32;
    let input = OneNetwork {
        addresses: INTERNET_ADDRESSES,
        machines: open,
        answering,
        entries: Entries::These((0..first).collect()),
        kind: StreamKind::Uniform(Scope::Network),
        probes_per_hour: parameters.uniform_probes_per_hour,
        kill_switch_hours: kill_switch,
    }
    .input(parameters);
    let prepared = Prepared::new(&input)?;
    let mut moments = Moments(Vec::new());
    prepared.sample(FITTED_SEED, replicate, &mut Scratch::new(), &mut moments);
    Ok(moments.0)
}
