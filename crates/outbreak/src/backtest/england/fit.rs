//! Fitting what is not known to the few facts that may be used: approximate Bayesian computation by rejection (Pritchard,
//! Seielstad, Perez-Lezaun and Feldman, *Population growth of human Y chromosomes*, Molecular Biology and Evolution 16, 1999).
//!
//! Parameters are drawn from the prior and kept if what they sample is near the facts: the laboratory's busiest 100 seconds
//! and quick infections (F2), the infections of a machine that faced the internet (F3), and the number of trusts infected (F1). So what is kept
//! are independent draws of equal weight. The tolerance on F1 is less than the standard deviation that chance alone gives
//! such a count (5.4 where each of 236 trusts is infected with the same chance).

use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use wardround_engine::InputError;

use super::FITTED_SEED;
use super::bodies::Body;
use super::history::sample;
use super::world::{INTERNET_ADDRESSES, WhatIf, trusts_within_reach};
use crate::backtest::{Laboratory, Parameters, Prior, laboratory};
use crate::draws::{Decides, generator, key};

/// The facts that may be fitted.
#[derive(Clone, Copy, Debug)]
pub struct Fit;

impl Fit {
    /// F1: trusts infected (National Audit Office, 2018 text), beside those that noticed by the horizon: others could not be
    /// counted.
    pub const TRUSTS_INFECTED: u32 = 34;
    /// How far off a kept draw may be.
    pub const TRUSTS_TOLERANCE: u32 = 5;
    /// F2: infections in the busiest 100 seconds of a laboratory network of 50 machines (OpenReview iPgbMzGHEf).
    pub const BUSIEST_HUNDRED_SECONDS: u32 = 16;
    /// How far off a kept draw may be.
    pub const BUSIEST_TOLERANCE: u32 = 4;
    /// F2: nearly 20 % of infections take under 50 seconds (the same), read as from a machine's infection to one that it causes.
    pub const QUICK_SHARE: f64 = 0.2;
    /// How far off a kept draw may be: of 49 infections, less than twice what chance alone gives (0.057).
    pub const QUICK_TOLERANCE: f64 = 0.1;
    /// F3: how often a machine that faced the internet, and was put back each time, was infected in 90 minutes of mid-May
    /// (Benkow's honeypot, by BleepingComputer).
    pub const INFECTIONS_OF_EXPOSED: u32 = 6;
    /// The hours of that observation.
    pub const EXPOSED_HOURS: f64 = 1.5;
}

/// One draw of the parameters that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedDraw {
    /// Its number among all that were proposed, which with the seed decides everything else about it.
    pub number: u64,
    /// The point of the prior's cube.
    pub point: Vec<f64>,
    /// The trusts that were infected in the outbreak that made it fit.
    pub trusts: u32,
}

/// What fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Posterior {
    /// Draws of equal weight.
    pub draws: Vec<FittedDraw>,
    /// The points that were proposed.
    pub proposed: u64,
    /// How many of them fitted the facts about one machine and one network.
    pub fitted_alone: u64,
    /// The outbreaks that were sampled.
    pub sampled: u64,
}

impl Posterior {
    /// What the laboratory's network showed in each draw, when it was fitted (F2).
    #[must_use]
    pub fn laboratory(&self) -> Vec<Laboratory> {
        let prior = Prior::england_2017();
        let of = |draw: &FittedDraw| {
            laboratory(
                &prior.at(&draw.point),
                laboratory_seed(FITTED_SEED, draw.number),
            )
        };
        self.draws.iter().map(of).collect()
    }
}

/// The seed of the laboratory's outbreak in one proposal.
fn laboratory_seed(seed: u64, number: u64) -> u64 {
    key(seed, number, Decides::Backtest, &[1])
}

/// So many proposals are tried at a time, whatever the number of threads.
const BATCH: u64 = 256;

/// Draws from the prior until so many draws fit the facts. `progress` is told how many do, and how many were proposed.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub fn fit(
    bodies: &[Body],
    prior: &Prior,
    wanted: usize,
    seed: u64,
    progress: &dyn Fn(usize, u64),
) -> Result<Posterior, InputError> {
    let mut posterior = Posterior::default();
    let mut batch = 0;
    while posterior.draws.len() < wanted {
        let tried: Vec<Tried> = (batch * BATCH..(batch + 1) * BATCH)
            .into_par_iter()
            .map(|number| tried(bodies, prior, seed, number))
            .collect::<Result<_, InputError>>()?;
        batch += 1;
        for one in tried {
            if posterior.draws.len() == wanted {
                break;
            }
            posterior.proposed += 1;
            posterior.fitted_alone += u64::from(!matches!(one, Tried::Alone));
            posterior.sampled += u64::from(matches!(one, Tried::Sampled | Tried::Fits(_)));
            if let Tried::Fits(draw) = one {
                posterior.draws.push(draw);
            }
        }
        progress(posterior.draws.len(), posterior.proposed);
    }
    Ok(posterior)
}

/// The point of the prior's cube that a proposal is.
pub(super) fn point(seed: u64, number: u64) -> Vec<f64> {
    let mut random = generator(seed, number, Decides::Backtest, &[]);
    (0..Prior::COUNT).map(|_| random.random()).collect()
}

/// How far a proposal came.
enum Tried {
    /// It does not fit the facts that need no outbreak of the whole service.
    Alone,
    /// So few trusts are within reach that it cannot fit.
    OutOfReach,
    /// Too few or too many were infected.
    Sampled,
    Fits(FittedDraw),
}

fn tried(bodies: &[Body], prior: &Prior, seed: u64, number: u64) -> Result<Tried, InputError> {
    let point = point(seed, number);
    let parameters = prior.at(&point);
    let mut random = generator(seed, number, Decides::Backtest, &[3]);
    if !fits_alone(&parameters, laboratory_seed(seed, number), &mut random) {
        return Ok(Tried::Alone);
    }
    let least = Fit::TRUSTS_INFECTED - Fit::TRUSTS_TOLERANCE;
    let most = Fit::TRUSTS_INFECTED + Fit::TRUSTS_TOLERANCE;
    let what_if = WhatIf::default();
    if trusts_within_reach(bodies, &parameters, &what_if, seed, number) < least {
        return Ok(Tried::OutOfReach);
    }
    let history = sample(bodies, &parameters, &what_if, seed, number, most)?;
    let trusts = history.trusts_infected(bodies);
    Ok(if (least..=most).contains(&trusts) {
        Tried::Fits(FittedDraw {
            number,
            point,
            trusts,
        })
    } else {
        Tried::Sampled
    })
}

/// Whether a draw fits the facts that need no outbreak of the whole service.
fn fits_alone(parameters: &Parameters, seed: u64, random: &mut Pcg64Mcg) -> bool {
    if random.random::<f64>() >= chance_of_exposed(parameters) {
        return false;
    }
    let seen = laboratory(parameters, seed);
    let off = seen
        .busiest_hundred_seconds
        .abs_diff(Fit::BUSIEST_HUNDRED_SECONDS);
    off <= Fit::BUSIEST_TOLERANCE
        && (seen.quick_share - Fit::QUICK_SHARE).abs() <= Fit::QUICK_TOLERANCE
}

/// How likely the infections of the exposed machine are, against the mean that makes them likeliest: a Poisson count.
fn chance_of_exposed(parameters: &Parameters) -> f64 {
    let mean = mean_of_exposed(parameters);
    let seen = f64::from(Fit::INFECTIONS_OF_EXPOSED);
    if mean <= 0.0 {
        return 0.0;
    }
    (seen * (mean / seen).ln() - (mean - seen)).exp()
}

/// How often a machine that the internet reaches would be infected in the time that one was watched, on the average: by those that
/// scanned then, which were not those of 12 May.
pub(super) fn mean_of_exposed(parameters: &Parameters) -> f64 {
    parameters.scanning_mid_may * parameters.uniform_probes_per_hour * parameters.success_seven
        / INTERNET_ADDRESSES
        * Fit::EXPOSED_HOURS
}
