//! What would have been otherwise.

use serde::Serialize;
use wardround_engine::InputError;

use crate::backtest::england::FITTED_SEED;
use crate::backtest::england::fit::{FittedDraw, Posterior};
use crate::backtest::england::predict::{Prediction, predict_otherwise};
use crate::backtest::england::world::{Clock, WayIn, WhatIf};
use crate::backtest::scores::quantile;
use crate::ensemble::mean_and_error;

/// What would have been otherwise, at one end of what the data did not settle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Otherwise {
    /// What is otherwise.
    pub what_if: &'static str,
    /// The end: by the internet, or by the national network.
    pub way_in: &'static str,
    /// Whether what comes of it follows from what the end is, and tells nothing else.
    pub is_by_construction: bool,
    /// How many draws were compared.
    pub draws: usize,
    /// Trusts infected: as it was and otherwise, 5 %, 50 % and 95 %.
    pub trusts: [[f64; 3]; 2],
    /// Machines infected.
    pub machines: [[f64; 3]; 2],
    /// General practices infected.
    pub practices: [[f64; 3]; 2],
    /// Outpatient appointments not done in infected trusts.
    pub outpatient_appointments: [[f64; 3]; 2],
    /// Emergency admissions not done in infected trusts.
    pub emergency_admissions: [[f64; 3]; 2],
    /// A&E attendances not done in infected trusts.
    pub ae_attendances: [[f64; 3]; 2],
    /// Pounds that the activity not done in infected trusts is worth.
    pub gbp: [[f64; 3]; 2],
    /// Appointments and operations not done in trusts that only cut themselves off as a precaution.
    pub precaution: [[f64; 3]; 2],
    /// The same draws' change in machines infected, in proportion: 5 %, 50 % and 95 %.
    pub change: [f64; 3],
    /// Machines infected as it was, the mean over draws.
    pub mean_machines: f64,
    /// The mean over draws of how many more machines are infected otherwise, and its standard error. Each draw's outbreak is
    /// sampled anew under another course, so chance is in it.
    pub more_machines: [f64; 2],
}

impl Otherwise {
    /// Whether the change is larger than chance makes it in nineteen of twenty such comparisons.
    #[must_use]
    pub fn is_told_from_chance(&self) -> bool {
        let [mean, error] = self.more_machines;
        mean.abs() > 2.0 * error
    }
}

/// Of machines without the update, how many still lack it where an organisation follows the advice: assumed.
pub const CANNOT_BE_PATCHED: f64 = 0.1;

pub(super) const NO_KILL_SWITCH: &str = "no kill switch";
pub(super) const ADVISED_IN_MARCH: &str =
    "patched as advised in March (one machine in ten that lacked it cannot be)";
pub(super) const CLOSED_TO_THE_INTERNET: &str = "file sharing closed towards the internet";
pub(super) const ISOLATION_TWICE_AS_FAST: &str = "isolation twice as fast";
pub(super) const ALL_OF_BASIC_PRACTICE: &str = "all of basic practice (the four above)";

/// The what-ifs, with what each means.
#[must_use]
pub fn what_ifs() -> Vec<(&'static str, WhatIf)> {
    let as_it_was = WhatIf::default();
    vec![
        (
            "as it was, with chance anew",
            WhatIf {
                anew: true,
                ..as_it_was
            },
        ),
        (
            NO_KILL_SWITCH,
            WhatIf {
                kill_switch_hours: None,
                ..as_it_was
            },
        ),
        (
            "kill switch six hours later",
            WhatIf {
                kill_switch_hours: Some(Clock::KILL_SWITCH_HOURS + 6.0),
                ..as_it_was
            },
        ),
        (
            ADVISED_IN_MARCH,
            WhatIf {
                still_lacks_update: CANNOT_BE_PATCHED,
                ..as_it_was
            },
        ),
        (
            "file sharing denied between organisations",
            WhatIf {
                denied_between: true,
                ..as_it_was
            },
        ),
        (
            CLOSED_TO_THE_INTERNET,
            WhatIf {
                internet_closed: true,
                ..as_it_was
            },
        ),
        (
            ISOLATION_TWICE_AS_FAST,
            WhatIf {
                acting: 0.5,
                ..as_it_was
            },
        ),
        (
            ALL_OF_BASIC_PRACTICE,
            WhatIf {
                still_lacks_update: CANNOT_BE_PATCHED,
                denied_between: true,
                internet_closed: true,
                acting: 0.5,
                ..as_it_was
            },
        ),
        (
            "sensitivity: kill switch one hour earlier (14:08 UTC)",
            WhatIf {
                kill_switch_hours: Some(Clock::KILL_SWITCH_HOURS - 1.0),
                ..as_it_was
            },
        ),
        (
            "sensitivity: two thirds of machines patched (a circular figure: see the facts)",
            WhatIf {
                patched_share: Some(2.0 / 3.0),
                ..as_it_was
            },
        ),
    ]
}

pub(super) fn counterfactuals(
    posterior: &Posterior,
    predictions: &[Prediction],
    draws_of_an_end: usize,
    progress: &dyn Fn(&str),
) -> Result<Vec<Otherwise>, InputError> {
    let mut rows = Vec::new();
    for (what_if, otherwise) in what_ifs() {
        for way in [WayIn::Internet, WayIn::National] {
            let pairs = posterior.draws.iter().zip(predictions);
            let (draws, before): (Vec<FittedDraw>, Vec<Prediction>) = pairs
                .filter(|(_, one)| one.way == way)
                .take(draws_of_an_end)
                .map(|(draw, one)| (draw.clone(), one.clone()))
                .unzip();
            let after = predict_otherwise(&draws, &before, &otherwise, FITTED_SEED)?;
            let both = |what: &dyn Fn(&Prediction) -> f64| {
                [&before, &after].map(|predictions| three(predictions.iter().map(what).collect()))
            };
            let change = before.iter().zip(&after).map(|(before, after)| {
                f64::from(after.machines) / f64::from(before.machines.max(1)) - 1.0
            });
            let more: Vec<f64> = before
                .iter()
                .zip(&after)
                .map(|(before, after)| f64::from(after.machines) - f64::from(before.machines))
                .collect();
            let (mean, error) = mean_and_error(&more);
            let machines = before.iter().map(|one| f64::from(one.machines));
            let mean_machines = machines.sum::<f64>() / before.len().max(1) as f64;
            rows.push(Otherwise {
                what_if,
                way_in: way.words(),
                is_by_construction: otherwise.follows_from(way),
                draws: draws.len(),
                trusts: both(&|one| f64::from(one.trusts())),
                machines: both(&|one| f64::from(one.machines)),
                practices: both(&|one| f64::from(one.practices)),
                outpatient_appointments: both(&|one| one.not_done[0]),
                emergency_admissions: both(&|one| one.not_done[2]),
                ae_attendances: both(&|one| one.not_done[3]),
                gbp: both(&|one| one.gbp),
                precaution: both(&Prediction::precautions),
                change: three(change.collect()),
                mean_machines,
                more_machines: [mean, error],
            });
        }
        progress(what_if);
    }
    Ok(rows)
}

/// The 5 %, the 50 % and the 95 % quantile.
fn three(values: Vec<f64>) -> [f64; 3] {
    [0.05, 0.5, 0.95].map(|share| quantile(&values, share))
}

#[cfg(test)]
impl Otherwise {
    /// A row of which only these are asked.
    pub(super) fn of(trusts: [f64; 2], mean_machines: f64, more_machines: [f64; 2]) -> Self {
        let none = [[0.0; 3]; 2];
        Self {
            what_if: "",
            way_in: "",
            is_by_construction: false,
            draws: 9,
            trusts: trusts.map(|median| [0.0, median, 0.0]),
            machines: none,
            practices: none,
            outpatient_appointments: none,
            emergency_admissions: none,
            ae_attendances: none,
            gbp: none,
            precaution: none,
            change: [0.0; 3],
            mean_machines,
            more_machines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Otherwise;

    #[test]
    fn a_change_within_twice_its_error_may_be_chance() {
        for (more, told) in [
            ([-201.0, 100.0], true),
            ([-200.0, 100.0], false),
            ([0.0, 0.0], false),
            ([5.0, f64::INFINITY], false),
        ] {
            let row = Otherwise::of([0.0; 2], 0.0, more);
            assert_eq!(row.is_told_from_chance(), told, "{more:?}");
        }
    }
}
