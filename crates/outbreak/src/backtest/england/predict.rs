//! What the fitted draws predict, and what they say of other courses.

use rayon::prelude::*;
use wardround_engine::InputError;

use super::alert::reported_by_alert;
use super::bodies::{Body, Region, bodies};
use super::fit::FittedDraw;
use super::harm::{Toll, shares_in_large_trusts, toll};
use super::history::{History, sample, sample_after};
use super::world::{Clock, WayIn, WhatIf};
use crate::backtest::{Parameters, Prior};
use crate::harm::ServiceRules;

/// What one draw predicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The way in of the draw.
    pub way: WayIn,
    /// Organisations of England that knew they were infected and had reported it when the alert came, or at its hour.
    pub reported_by_alert: usize,
    /// Trusts infected, in the order of [`Region::ENGLAND`].
    pub trusts_infected_by_region: [u32; 4],
    /// Organisations (trusts, and groups that buy for surgeries) that had reported by each full hour from 10:00 to 24:00 BST.
    pub organisations_reporting_by_hour: [u32; 15],
    /// See [`Toll`]: in infected trusts, in the order of [`super::ACTIVITIES`].
    pub not_done: [f64; 4],
    /// The same had all trusts been infected.
    pub not_done_if_all: [f64; 4],
    /// Worth of the former, in GBP.
    pub gbp: f64,
    /// Worth of the latter, in GBP.
    pub gbp_if_all: f64,
    /// The same as `not_done` in trusts that only cut themselves off.
    pub not_done_cut_off: [f64; 4],
    /// Departments that divert on 13 to 17 May, of trusts infected or cut off.
    pub ae_sites_diverting_by_day: [u32; 5],
    /// The share of machines infected in each large trust that was, in a random order.
    pub shares_in_large_trusts: Vec<f64>,
    /// Machines infected in Wales.
    pub wales: u32,
    /// Trusts that cut themselves off without being infected.
    pub trusts_cut_off: u32,
    /// Practices infected.
    pub practices: u32,
    /// Machines infected in all.
    pub machines: u32,
}

impl Prediction {
    /// Outpatient appointments and elective admissions not done in trusts that only cut themselves off.
    #[must_use]
    pub fn precautions(&self) -> f64 {
        self.not_done_cut_off[0] + self.not_done_cut_off[1]
    }

    /// Trusts infected.
    #[must_use]
    pub fn trusts(&self) -> u32 {
        self.trusts_infected_by_region.iter().sum()
    }
}

/// What each draw predicts of the outbreak that made it fit, or of the same under a what-if.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub fn predict(
    draws: &[FittedDraw],
    what_if: &WhatIf,
    seed: u64,
) -> Result<Vec<Prediction>, InputError> {
    each(draws, seed, |bodies, parameters, _, draw| {
        sample(bodies, parameters, what_if, seed, draw, u32::MAX)
    })
}

/// The same of draws of which it was predicted what they say as it was.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub(super) fn predict_otherwise(
    draws: &[FittedDraw],
    as_it_was: &[Prediction],
    what_if: &WhatIf,
    seed: u64,
) -> Result<Vec<Prediction>, InputError> {
    each(draws, seed, |bodies, parameters, place, draw| {
        let reported = as_it_was[place].reported_by_alert;
        sample_after(bodies, parameters, what_if, reported, seed, draw, u32::MAX)
    })
}

fn each(
    draws: &[FittedDraw],
    seed: u64,
    sample: impl Fn(&[Body], &Parameters, usize, u64) -> Result<History, InputError> + Sync,
) -> Result<Vec<Prediction>, InputError> {
    let (prior, bodies, rules) = (Prior::england_2017(), bodies(), ServiceRules::built_in());
    draws
        .par_iter()
        .enumerate()
        .map(|(place, draw)| {
            let parameters = prior.at(&draw.point);
            let history = sample(&bodies, &parameters, place, draw.number)?;
            let toll = toll(&bodies, &history, &parameters, &rules, seed, draw.number);
            Ok(prediction(
                &bodies,
                &history,
                &toll,
                parameters.way(),
                shares_in_large_trusts(&bodies, &history, seed, draw.number),
            ))
        })
        .collect()
}

fn prediction(
    bodies: &[Body],
    history: &History,
    toll: &Toll,
    way: WayIn,
    shares_in_large_trusts: Vec<f64>,
) -> Prediction {
    let reported = |hour: usize| {
        let by = Clock::of_bst(10.0 + hour as f64);
        let pairs = bodies.iter().zip(&history.fates);
        let of_england = pairs.filter(|(body, _)| body.region != Region::Wales);
        of_england
            .filter(|(_, fate)| fate.reported_hours() <= by)
            .count() as u32
    };
    let if_all = toll.if_all_infected();
    let worth = if_all.iter().zip(toll.price_gbp);
    Prediction {
        way,
        reported_by_alert: reported_by_alert(bodies, history),
        trusts_infected_by_region: Region::ENGLAND
            .map(|region| history.trusts_infected_in(bodies, region)),
        organisations_reporting_by_hour: std::array::from_fn(reported),
        not_done: toll.infected,
        not_done_if_all: if_all,
        gbp: toll.infected_gbp,
        gbp_if_all: worth.map(|(units, price)| units * price).sum(),
        not_done_cut_off: toll.cut_off,
        ae_sites_diverting_by_day: std::array::from_fn(|day| toll.diverting[day + 1]),
        shares_in_large_trusts,
        wales: history.infected_in_wales(bodies),
        trusts_cut_off: history.trusts_cut_off_only(bodies),
        practices: history.practices_infected(),
        machines: history.fates.iter().map(|fate| fate.infected).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::predict;
    use crate::backtest::Prior;
    use crate::backtest::england::alert::reported_before_alert;
    use crate::backtest::england::{FITTED_SEED, Posterior, WhatIf, bodies};

    #[test]
    fn what_is_reported_before_the_alert_hangs_on_no_alert() {
        let (prior, bodies) = (Prior::england_2017(), bodies());
        let draws = &Posterior::built_in().draws[..4];
        let as_it_was = predict(draws, &WhatIf::default(), FITTED_SEED).unwrap();
        for (draw, one) in draws.iter().zip(as_it_was) {
            let parameters = prior.at(&draw.point);
            let unwarned = reported_before_alert(&bodies, &parameters, FITTED_SEED, draw.number);
            assert_eq!(unwarned.unwrap(), one.reported_by_alert, "{}", draw.number);
        }
    }
}
