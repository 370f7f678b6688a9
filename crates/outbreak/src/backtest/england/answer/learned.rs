//! What fitting made of the parameters, and what the fitted draws say of the facts.

use crate::backtest::england::fit::{Fit, FittedDraw, Posterior, mean_of_exposed};
use crate::backtest::scores::quantile;
use crate::backtest::{Prior, Range};
use serde::Serialize;

/// What fitting made of one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Learned {
    /// Its name.
    pub name: &'static str,
    /// What it is, and on what its prior stands.
    pub range: Range,
    /// Its 5 %, 50 % and 95 % quantile before.
    pub prior: [f64; 3],
    /// And after.
    pub posterior: [f64; 3],
    /// The greatest distance of the two distribution functions (Kolmogorov and Smirnov).
    pub distance: f64,
    /// Whether the data moved it: a distance that chance alone gives one time in a hundred at most.
    pub is_moved: bool,
    /// Whether one of the posterior quantiles lies within a fiftieth of the range of one of its ends (on the scale on which it is
    /// drawn): the range may have been too narrow.
    pub is_at_an_end: bool,
}

/// A fact that was fitted, beside what the fitted draws say of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// Its name.
    pub fact: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its value.
    pub value: f64,
    /// The 5 %, 50 % and 95 % quantile of the fitted draws.
    pub of_draws: [f64; 3],
}

pub(super) fn learned(prior: &Prior, draws: &[FittedDraw]) -> Vec<Learned> {
    let ranges = prior.ranges();
    let named = Prior::NAMES.iter().zip(ranges).enumerate();
    named
        .map(|(at, (name, range))| {
            let mut units: Vec<f64> = draws.iter().map(|draw| draw.point[at]).collect();
            units.sort_by(f64::total_cmp);
            let count = units.len() as f64;
            let off = units.iter().enumerate().map(|(place, unit)| {
                let (below, above) = (place as f64 / count, (place as f64 + 1.0) / count);
                (unit - below).abs().max((above - unit).abs())
            });
            let distance = off.fold(0.0, f64::max);
            let three = [0.05, 0.5, 0.95];
            Learned {
                name,
                range: range.clone(),
                prior: three.map(|share| range.at(share)),
                posterior: three.map(|share| range.at(quantile(&units, share))),
                distance,
                // The asymptotic law: 1.63 / √n one time in a hundred.
                is_at_an_end: three.iter().any(|share| {
                    let unit = quantile(&units, *share);
                    !(0.02..=0.98).contains(&unit)
                }),
                is_moved: distance > 1.63 / count.sqrt(),
            }
        })
        .collect()
}

pub(super) fn fitted(prior: &Prior, posterior: &Posterior) -> Vec<Fitted> {
    let three = |draws: Vec<f64>| [0.05, 0.5, 0.95].map(|share| quantile(&draws, share));
    let draws = &posterior.draws;
    let laboratory = posterior.laboratory();
    let exposed = draws
        .iter()
        .map(|draw| mean_of_exposed(&prior.at(&draw.point)));
    vec![
        Fitted {
            fact: "F1",
            what: "trusts infected",
            value: f64::from(Fit::TRUSTS_INFECTED),
            of_draws: three(draws.iter().map(|draw| f64::from(draw.trusts)).collect()),
        },
        Fitted {
            fact: "F2",
            what: "infections in the busiest 100 seconds of a network of 50 machines",
            value: f64::from(Fit::BUSIEST_HUNDRED_SECONDS),
            of_draws: three(
                laboratory
                    .iter()
                    .map(|seen| f64::from(seen.busiest_hundred_seconds))
                    .collect(),
            ),
        },
        Fitted {
            fact: "F2",
            what: "share of its infections that take less than 50 seconds",
            value: Fit::QUICK_SHARE,
            of_draws: three(laboratory.iter().map(|seen| seen.quick_share).collect()),
        },
        Fitted {
            fact: "F3",
            what: "infections of an exposed machine in 90 minutes of mid-May (the mean of each draw)",
            value: f64::from(Fit::INFECTIONS_OF_EXPOSED),
            of_draws: three(exposed.collect()),
        },
    ]
}
