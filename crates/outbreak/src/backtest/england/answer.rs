//! All that the backtest of England says, as plain numbers under the names that outputs use.

use std::collections::BTreeMap;

use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution};
use serde::{Serialize, Serializer};
use wardround_engine::InputError;

use super::fit::{Fit, FittedDraw, Posterior};
use super::harm::ACTIVITIES;
use super::predict::{Prediction, predict};
use super::world::{Clock, WayIn, WhatIf};
use super::{FITTED_SEED, Region};
use crate::backtest::scores::{Forecast, Scores, quantile};
use crate::backtest::{Prior, Range};
use crate::draws::{Decides, generator};

/// A predicted quantity: five quantiles and every draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Predicted {
    /// 5, 25, 50, 75 and 95 %.
    pub quantiles: BTreeMap<&'static str, f64>,
    /// The draws, in the order of the fitted draws.
    pub draws: Vec<f64>,
}

impl Predicted {
    fn new(draws: Vec<f64>) -> Self {
        let shares = [
            ("05", 0.05),
            ("25", 0.25),
            ("50", 0.5),
            ("75", 0.75),
            ("95", 0.95),
        ];
        Self {
            quantiles: shares
                .map(|(name, share)| (name, quantile(&draws, share)))
                .into(),
            draws,
        }
    }

    /// The 5 %, the 50 % and the 95 % quantile.
    #[must_use]
    pub fn three(&self) -> [f64; 3] {
        ["05", "50", "95"].map(|name| self.quantiles[name])
    }
}

/// A quantity, or one for each of several names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Quantities {
    /// One.
    One(Predicted),
    /// Several, in the order in which they are to be read.
    #[serde(serialize_with = "as_map")]
    Several(Vec<(String, Predicted)>),
}

/// Pairs as a map, in their order.
fn as_map<K: Serialize, V: Serialize, S: Serializer>(
    pairs: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

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
}

/// A reported outcome beside what was predicted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// What it is.
    pub what: &'static str,
    /// Where the reported value is from.
    pub source: &'static str,
    /// The reported value.
    pub reported: f64,
    /// The scores of wardround's forecast.
    pub predicted: Scores,
    /// Its median.
    pub median: f64,
    /// Of the forecast that everything is infected in the share in which trusts were.
    pub one_share: Scores,
    /// Of the forecast that any order of magnitude is as likely.
    pub log_uniform: Scores,
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

/// What would have been otherwise, at one end of what the data did not settle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Otherwise {
    /// What is otherwise.
    pub what_if: &'static str,
    /// The end: by the internet, or by the national network.
    pub way_in: &'static str,
    /// How many draws were compared.
    pub draws: usize,
    /// Trusts infected: as it was and otherwise, 5 %, 50 % and 95 %.
    pub trusts: [[f64; 3]; 2],
    /// Machines infected.
    pub machines: [[f64; 3]; 2],
    /// Outpatient appointments not done in infected trusts.
    pub outpatient_appointments: [[f64; 3]; 2],
    /// The same draws' change in machines infected, in proportion: 5 %, 50 % and 95 %.
    pub change: [f64; 3],
}

/// How strongly what is predicted hangs on one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hangs {
    /// The quantity.
    pub quantity: &'static str,
    /// The parameter.
    pub parameter: &'static str,
    /// Spearman's rank correlation over the fitted draws.
    pub correlation: f64,
}

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
    /// What would have been otherwise.
    pub counterfactuals: Vec<Otherwise>,
    /// What the predictions hang on.
    pub sensitivity: Vec<Hangs>,
}

/// The what-ifs, with what each means.
#[must_use]
pub fn what_ifs() -> Vec<(&'static str, WhatIf)> {
    let as_it_was = WhatIf::default();
    /// Of machines without the update, how many still lack it where an organisation follows the advice: assumed.
    const CANNOT_BE_PATCHED: f64 = 0.1;
    vec![
        (
            "no kill switch",
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
            "patched as advised in March (one machine in ten that lacked it cannot be)",
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
            "file sharing closed towards the internet",
            WhatIf {
                internet_closed: true,
                ..as_it_was
            },
        ),
        (
            "isolation twice as fast",
            WhatIf {
                acting: 0.5,
                ..as_it_was
            },
        ),
        (
            "all of basic practice (the four above)",
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
                still_lacks_update: 0.58,
                ..as_it_was
            },
        ),
    ]
}

/// Predicts everything. So many draws of each end are compared in each what-if. `progress` is told what is done.
///
/// # Errors
/// When the engine refuses a draw, which it never should.
pub fn england_2017(
    posterior: &Posterior,
    draws_of_an_end: usize,
    progress: &dyn Fn(&str),
) -> Result<England2017, InputError> {
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
    Ok(England2017 {
        proposed: posterior.proposed,
        fitted_alone: posterior.fitted_alone,
        sampled: posterior.sampled,
        draws: posterior.draws.len(),
        by_way_in: by_way_in.into(),
        parameters: learned(&prior, &posterior.draws),
        fitted: fitted(&prior, posterior),
        quantities: quantities(&predictions),
        reported_beside_predicted: beside(&predictions),
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

fn of(predictions: &[Prediction], what: impl Fn(&Prediction) -> f64) -> Predicted {
    Predicted::new(predictions.iter().map(what).collect())
}

fn quantities(predictions: &[Prediction]) -> Vec<(&'static str, Quantities)> {
    let several =
        |count: usize, name: &dyn Fn(usize) -> String, what: &dyn Fn(&Prediction, usize) -> f64| {
            let each = (0..count).map(|at| (name(at), of(predictions, |one| what(one, at))));
            Quantities::Several(each.collect())
        };
    let one = |what: &dyn Fn(&Prediction) -> f64| Quantities::One(of(predictions, what));
    let lost = [
        "excess_outpatient_cancellations_12_18_may",
        "elective_admissions_lost",
        "emergency_admissions_lost",
        "ae_attendances_lost",
    ];
    let mut quantities = vec![
        (
            "trusts_infected_by_region",
            several(
                4,
                &|at| Region::ENGLAND[at].name().to_owned(),
                &|one, at| f64::from(one.trusts_infected_by_region[at]),
            ),
        ),
        (
            "organisations_reporting_by_hour",
            several(15, &|at| format!("{:02}:00", at + 10), &|one, at| {
                f64::from(one.organisations_reporting_by_hour[at])
            }),
        ),
    ];
    for (at, name) in lost.into_iter().enumerate() {
        quantities.push((name, one(&|one| one.lost[at])));
    }
    quantities.push(("lost_activity_gbp", one(&|one| one.gbp)));
    quantities.push((
        "same_if_all_trusts_infected",
        several(
            4,
            &|at| {
                let names = [
                    "elective_admissions_lost",
                    "emergency_admissions_lost",
                    "ae_attendances_lost",
                    "lost_activity_gbp",
                ];
                names[at].to_owned()
            },
            &|one, at| {
                if at < 3 {
                    one.lost_if_all[at + 1]
                } else {
                    one.gbp_if_all
                }
            },
        ),
    ));
    quantities.push((
        "ae_sites_diverting_by_day",
        several(5, &|at| format!("2017-05-{}", 13 + at), &|one, at| {
            f64::from(one.ae_sites_diverting_by_day[at])
        }),
    ));
    quantities.push((
        "pcs_infected_share_large_trust",
        Quantities::One(Predicted::new(shares(predictions))),
    ));
    quantities.push(("pcs_infected_wales", one(&|one| f64::from(one.wales))));
    quantities
}

/// Shares in large trusts: one of each draw, then another of each, until there are as many as draws.
fn shares(predictions: &[Prediction]) -> Vec<f64> {
    let most = predictions
        .iter()
        .map(|one| one.shares_in_large_trusts.len())
        .max();
    let rounds = (0..most.unwrap_or(0)).flat_map(|round| {
        predictions
            .iter()
            .filter_map(move |one| one.shares_in_large_trusts.get(round).copied())
    });
    rounds.take(predictions.len()).collect()
}

fn learned(prior: &Prior, draws: &[FittedDraw]) -> Vec<Learned> {
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
                is_moved: distance > 1.63 / count.sqrt(),
            }
        })
        .collect()
}

fn fitted(prior: &Prior, posterior: &Posterior) -> Vec<Fitted> {
    let three = |draws: Vec<f64>| [0.05, 0.5, 0.95].map(|share| quantile(&draws, share));
    let draws = &posterior.draws;
    let laboratory = posterior.busiest_hundred_seconds();
    let exposed = draws
        .iter()
        .map(|draw| super::fit::mean_of_exposed(&prior.at(&draw.point)));
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
            of_draws: three(laboratory.into_iter().map(f64::from).collect()),
        },
        Fitted {
            fact: "F3",
            what: "infections of an exposed machine in 90 minutes (the mean of each draw)",
            value: f64::from(Fit::INFECTIONS_OF_EXPOSED),
            of_draws: three(exposed.collect()),
        },
    ]
}

/// Trusts of England, practices, and what the service plans in a week: the most that the quantities below could be.
const TRUSTS: f64 = 236.0;
const PRACTICES: f64 = 7_454.0;

fn beside(predictions: &[Prediction]) -> Vec<Beside> {
    let planned_in_a_week = 7.0 * (ACTIVITIES[0].1 + ACTIVITIES[1].1);
    let rows: [(&str, &str, f64, f64, OfPrediction); 5] = [
        (
            "trusts disrupted and not infected",
            "National Audit Office, 2018 text",
            46.0,
            TRUSTS,
            &|one| f64::from(one.trusts_careful),
        ),
        (
            "trusts hit in all",
            "National Audit Office, 2018 text",
            80.0,
            TRUSTS,
            &|one| f64::from(one.trusts() + one.trusts_careful),
        ),
        (
            "general practices infected",
            "National Audit Office",
            595.0,
            PRACTICES,
            &|one| f64::from(one.practices),
        ),
        (
            "appointments and operations cancelled, as counted (some items only)",
            "National Audit Office, as reported",
            6_912.0,
            planned_in_a_week,
            &|one| one.lost[0] + one.lost[1] + one.careful,
        ),
        (
            "appointments and operations cancelled, as estimated",
            "National Audit Office, as reported",
            19_494.0,
            planned_in_a_week,
            &|one| one.lost[0] + one.lost[1] + one.careful,
        ),
    ];
    let mut random = generator(FITTED_SEED, 0, Decides::Backtest, &[4]);
    rows.map(|(what, source, reported, most, predicted)| {
        let predicted = of(predictions, predicted);
        let infected = f64::from(Fit::TRUSTS_INFECTED);
        let share = Beta::new(infected + 1.0, TRUSTS - infected + 1.0).expect("both are positive");
        let one_share = (0..2_000).map(|_| {
            let share = share.sample(&mut random);
            let law = Binomial::new(most as u64, share).expect("it is a share");
            random.sample(law) as f64
        });
        Beside {
            what,
            source,
            reported,
            median: predicted.quantiles["50"],
            predicted: Forecast::Draws(predicted.draws).scores(reported),
            one_share: Forecast::Draws(one_share.collect()).scores(reported),
            log_uniform: Forecast::LogUniform { most }.scores(reported),
        }
    })
    .into()
}

fn counterfactuals(
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
            let after = predict(&draws, &otherwise, FITTED_SEED)?;
            let both = |what: &dyn Fn(&Prediction) -> f64| {
                [&before, &after].map(|predictions| of(predictions, what).three())
            };
            let change = before.iter().zip(&after).map(|(before, after)| {
                f64::from(after.machines) / f64::from(before.machines.max(1)) - 1.0
            });
            rows.push(Otherwise {
                what_if,
                way_in: way.words(),
                draws: draws.len(),
                trusts: both(&|one| f64::from(one.trusts())),
                machines: both(&|one| f64::from(one.machines)),
                outpatient_appointments: both(&|one| one.lost[0]),
                change: Predicted::new(change.collect()).three(),
            });
        }
        progress(what_if);
    }
    Ok(rows)
}

fn sensitivity(draws: &[FittedDraw], predictions: &[Prediction]) -> Vec<Hangs> {
    let quantities: [(&'static str, OfPrediction); 3] = [
        ("machines infected", &|one| f64::from(one.machines)),
        ("organisations reporting by 16:00", &|one| {
            f64::from(one.organisations_reporting_by_hour[6])
        }),
        ("outpatient appointments not done", &|one| one.lost[0]),
    ];
    let mut rows = Vec::new();
    for (quantity, what) in quantities {
        let values: Vec<f64> = predictions.iter().map(what).collect();
        let mut each: Vec<Hangs> = (Prior::NAMES.iter().enumerate())
            .map(|(at, parameter)| {
                let units: Vec<f64> = draws.iter().map(|draw| draw.point[at]).collect();
                Hangs {
                    quantity,
                    parameter,
                    correlation: rank_correlation(&units, &values),
                }
            })
            .collect();
        each.sort_by(|one, other| other.correlation.abs().total_cmp(&one.correlation.abs()));
        each.truncate(5);
        rows.extend(each);
    }
    rows
}

/// Spearman's rank correlation; equal values share the mean of their ranks.
fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    let (one, other) = (ranks(one), ranks(other));
    let mean = (one.len() as f64 - 1.0) / 2.0;
    let product: f64 = one
        .iter()
        .zip(&other)
        .map(|(a, b)| (a - mean) * (b - mean))
        .sum();
    let squares = |ranks: &[f64]| ranks.iter().map(|rank| (rank - mean).powi(2)).sum::<f64>();
    let all = (squares(&one) * squares(&other)).sqrt();
    if all > 0.0 { product / all } else { 0.0 }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut place = 0;
    for equal in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let rank = place as f64 + (equal.len() as f64 - 1.0) / 2.0;
        equal.iter().for_each(|at| ranks[*at] = rank);
        place += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::rank_correlation;

    #[test]
    fn ranks_correlate_whatever_the_scale() {
        let one = [1.0, 2.0, 3.0, 4.0];
        assert!((rank_correlation(&one, &[1.0, 8.0, 27.0, 64.0]) - 1.0).abs() < 1e-12);
        assert!((rank_correlation(&one, &[4.0, 3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        assert!(rank_correlation(&one, &[5.0; 4]).abs() < 1e-12);
    }
}
