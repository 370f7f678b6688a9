//! Predicted quantities under the names that outputs use.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::backtest::england::Region;
use crate::backtest::england::predict::Prediction;
use crate::backtest::scores::quantile;

/// A predicted quantity: five quantiles and every draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Predicted {
    /// 5, 25, 50, 75 and 95 %.
    pub quantiles: BTreeMap<&'static str, f64>,
    /// The draws, in the order of the fitted draws.
    pub draws: Vec<f64>,
}

impl Predicted {
    pub(super) fn new(draws: Vec<f64>) -> Self {
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
pub(super) fn as_map<K: Serialize, V: Serialize, S: Serializer>(
    pairs: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

pub(super) fn of(predictions: &[Prediction], what: impl Fn(&Prediction) -> f64) -> Predicted {
    Predicted::new(predictions.iter().map(what).collect())
}

pub(super) fn quantities(predictions: &[Prediction]) -> Vec<(&'static str, Quantities)> {
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
