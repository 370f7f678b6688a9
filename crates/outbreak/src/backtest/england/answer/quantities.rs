//! Predicted quantities under the names that outputs use.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::backtest::england::Region;
use crate::backtest::england::predict::Prediction;
use crate::backtest::scores::five_quantiles;

/// A predicted quantity: five quantiles and every draw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Predicted {
    /// What exactly it counts.
    pub scope: &'static str,
    /// 5, 25, 50, 75 and 95 % of the draws that have a value.
    pub quantiles: BTreeMap<&'static str, f64>,
    /// The draws, in the order of the fitted draws; none where a draw has no value.
    pub draws: Vec<Option<f64>>,
}

impl Predicted {
    fn new(scope: &'static str, draws: Vec<Option<f64>>) -> Self {
        let values: Vec<f64> = draws.iter().flatten().copied().collect();
        Self {
            scope,
            quantiles: five_quantiles(&values),
            draws,
        }
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

const BY_REGION: &str = "trusts of the region that were infected and knew it by Monday morning";
const REPORTING: &str = "trusts of England, and groups that buy for surgeries, which were infected or cut themselves off and had \
     reported it by this hour, British summer time";
const IN_INFECTED: &str = "units not done from 12 to 18 May in trusts that were infected and knew it by Monday morning, beyond \
     what is cancelled in any week; those done later count";
const IN_ALL: &str = "the same in all trusts: also in those that only cut themselves off, or did not know that they were infected";
const WORTH: &str = "the worth of the four kinds of activity not done in infected trusts, at national reference costs; what is \
     done later counts in full";
const IF_ALL: &str = "as if every trust had lost the share of its plans that infected trusts lost";
const DIVERTING: &str = "sites with an accident and emergency department that divert on this day, of trusts infected or cut off";
const LARGE_TRUST: &str = "the share of its machines that was infected in one acute trust of 4,500 machines or more that \
     was infected and knew it by Monday morning, drawn from those of each draw; none where a draw has no such trust";
const IN_WALES: &str =
    "machines infected in Wales, of 55,000 that one body runs, by Monday morning";

pub(super) fn quantities(predictions: &[Prediction]) -> Vec<(&'static str, Quantities)> {
    let each = |scope: &'static str, what: &dyn Fn(&Prediction) -> f64| {
        Predicted::new(
            scope,
            predictions.iter().map(|one| Some(what(one))).collect(),
        )
    };
    let one = |scope, what: &dyn Fn(&Prediction) -> f64| Quantities::One(each(scope, what));
    let several =
        |scope: &'static str, names: Vec<String>, what: &dyn Fn(&Prediction, usize) -> f64| {
            let named = names.into_iter().enumerate();
            Quantities::Several(
                named
                    .map(|(at, name)| (name, each(scope, &|one| what(one, at))))
                    .collect(),
            )
        };
    let shares = predictions
        .iter()
        .map(|one| one.shares_in_large_trusts.first().copied());
    vec![
        (
            "trusts_infected_by_region",
            several(
                BY_REGION,
                Region::ENGLAND
                    .map(|region| region.name().to_owned())
                    .into(),
                &|one, at| f64::from(one.trusts_infected_by_region[at]),
            ),
        ),
        (
            "organisations_reporting_by_hour",
            several(
                REPORTING,
                (10..25).map(|hour| format!("{hour:02}:00")).collect(),
                &|one, at| f64::from(one.organisations_reporting_by_hour[at]),
            ),
        ),
        (
            "excess_outpatient_cancellations_12_18_may",
            one(IN_INFECTED, &|one| one.not_done[0]),
        ),
        (
            "excess_outpatient_cancellations_12_18_may_all_trusts",
            one(IN_ALL, &|one| one.not_done[0] + one.not_done_cut_off[0]),
        ),
        (
            "elective_admissions_lost",
            one(IN_INFECTED, &|one| one.not_done[1]),
        ),
        (
            "emergency_admissions_lost",
            one(IN_INFECTED, &|one| one.not_done[2]),
        ),
        (
            "ae_attendances_lost",
            one(IN_INFECTED, &|one| one.not_done[3]),
        ),
        ("lost_activity_gbp", one(WORTH, &|one| one.gbp)),
        (
            "same_if_all_trusts_infected",
            several(
                IF_ALL,
                [
                    "excess_outpatient_cancellations_12_18_may",
                    "elective_admissions_lost",
                    "emergency_admissions_lost",
                    "ae_attendances_lost",
                    "lost_activity_gbp",
                ]
                .map(str::to_owned)
                .into(),
                &|one, at| {
                    let units = one.not_done_if_all.get(at).copied();
                    units.unwrap_or(one.gbp_if_all)
                },
            ),
        ),
        (
            "ae_sites_diverting_by_day",
            several(
                DIVERTING,
                (13..18).map(|day| format!("2017-05-{day}")).collect(),
                &|one, at| f64::from(one.ae_sites_diverting_by_day[at]),
            ),
        ),
        (
            "pcs_infected_share_large_trust",
            Quantities::One(Predicted::new(LARGE_TRUST, shares.collect())),
        ),
        (
            "pcs_infected_wales",
            one(IN_WALES, &|one| f64::from(one.wales)),
        ),
    ]
}
