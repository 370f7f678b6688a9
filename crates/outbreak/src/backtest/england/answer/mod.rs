//! All that the backtest of England says, as plain numbers under the names that outputs use.

mod audit;
mod beside;
mod learned;
mod quantities;
mod sensitivity;
mod what_ifs;

use serde::Serialize;
use wardround_engine::InputError;

use super::FITTED_SEED;
use super::fit::Posterior;
use super::predict::{Prediction, predict};
use super::world::{WayIn, WhatIf};
use crate::backtest::scores::quantile;
use crate::backtest::{Prior, open_internet};

use audit::conclusions;
pub use audit::{AtEnd, ComesOut, Conclusion};
pub use beside::{Beside, Unpredicted};
use beside::{UNPREDICTED, beside};
pub use learned::{Fitted, Learned};
use learned::{fitted, learned};
pub use quantities::{Predicted, Quantities};
use quantities::{as_map, quantities};
pub use sensitivity::Hangs;
use sensitivity::sensitivity;
use what_ifs::counterfactuals;
pub use what_ifs::{CANNOT_BE_PATCHED, Otherwise, what_ifs};

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct England2017 {
    /// Draws proposed, fitting one machine and one network, and sampled as a whole.
    pub proposed: u64,
    /// See `proposed`.
    pub fitted_alone: u64,
    /// See `proposed`.
    pub sampled: u64,
    /// Draws that fit.
    pub fit: usize,
    /// Of these the first so many are told here.
    pub draws: usize,
    /// How many draws came in by each way.
    #[serde(serialize_with = "as_map")]
    pub by_way_in: Vec<(&'static str, usize)>,
    /// Parameters before and after.
    pub parameters: Vec<Learned>,
    /// The facts that were fitted.
    pub fitted: Vec<Fitted>,
    /// Everything predicted.
    #[serde(serialize_with = "as_map")]
    pub quantities: Vec<(&'static str, Quantities)>,
    /// Outcomes that everyone knows: no validation.
    pub reported_beside_predicted: Vec<Beside>,
    /// Outcomes that everyone knows and that nothing is predicted of.
    pub reported_and_not_predicted: [Unpredicted; 1],
    /// What those who looked into it concluded, and whether the draws bear it out.
    pub conclusions: Vec<Conclusion>,
    /// What would have been otherwise.
    pub counterfactuals: Vec<Otherwise>,
    /// Of the machines of the internet that were open, the share that was infected when the kill switch became live: 5 %, 50 % and
    /// 95 % of the draws.
    pub internet_share_at_kill_switch: [f64; 3],
    /// In how many draws it was nearly all of them, 95 % or more.
    pub internet_saturated_draws: usize,
    /// What the predictions hang on.
    pub sensitivity: Vec<Hangs>,
}

/// Predicts everything from the first so many of the fitted draws. So many of each end are compared in each what-if. `progress` is told what is done.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub fn england_2017(
    posterior: &Posterior,
    draws: usize,
    draws_of_an_end: usize,
    progress: &dyn Fn(&str),
) -> Result<England2017, InputError> {
    let fit = posterior.draws.len();
    let posterior = &Posterior {
        draws: posterior.draws.iter().take(draws).cloned().collect(),
        ..posterior.clone()
    };
    let prior = Prior::england_2017();
    let seed = FITTED_SEED;
    let predictions = predict(&posterior.draws, &WhatIf::default(), seed)?;
    progress("predicted");
    let counterfactuals = counterfactuals(posterior, &predictions, draws_of_an_end, progress)?;
    let ways = [WayIn::Internet, WayIn::Both, WayIn::National];
    let by_way_in = ways.map(|way| {
        let count = predictions.iter().filter(|one| one.way == way).count();
        (way.words(), count)
    });
    let internet: Vec<f64> = open_internet(&posterior.draws)
        .iter()
        .map(|one| one.share_at_kill_switch)
        .collect();
    Ok(England2017 {
        internet_share_at_kill_switch: [0.05, 0.5, 0.95].map(|share| quantile(&internet, share)),
        internet_saturated_draws: internet.iter().filter(|share| **share >= 0.95).count(),
        proposed: posterior.proposed,
        fitted_alone: posterior.fitted_alone,
        sampled: posterior.sampled,
        fit,
        draws: posterior.draws.len(),
        by_way_in: by_way_in.into(),
        parameters: learned(&prior, &posterior.draws),
        fitted: fitted(&prior, posterior),
        quantities: quantities(&predictions),
        reported_beside_predicted: beside(&predictions),
        reported_and_not_predicted: UNPREDICTED,
        conclusions: conclusions(&counterfactuals),
        counterfactuals,
        sensitivity: sensitivity(&posterior.draws, &predictions),
    })
}

impl WayIn {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Internet => "by the internet alone",
            Self::Both => "by both",
            Self::National => "by the national network",
        }
    }
}

/// Something that a prediction says.
type OfPrediction<'a> = &'a dyn Fn(&Prediction) -> f64;
