//! What the predictions hang on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::OfPrediction;
use crate::backtest::Prior;
use crate::backtest::england::fit::FittedDraw;
use crate::backtest::england::predict::Prediction;
use crate::backtest::england::{ACTIVITIES, FITTED_SEED};
use crate::harm::{ServiceNumber, ServiceRules};

/// How strongly what is predicted hangs on one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hangs {
    /// The quantity.
    pub quantity: &'static str,
    /// The name of the parameter, or of the number of services.
    pub parameter: String,
    /// What it is.
    pub what: String,
    /// Spearman's rank correlation over the fitted draws.
    pub correlation: f64,
}

/// A parameter that enters a fact alone; what is predicted hangs on it only as far as the fact ties it to others.
const OF_A_FACT: &str = "scanning_mid_may";

/// Something drawn, at its point (0 to 1) in each draw.
struct Drawn {
    name: String,
    what: String,
    points: Vec<f64>,
}

pub(super) fn sensitivity(draws: &[FittedDraw], predictions: &[Prediction]) -> Vec<Hangs> {
    let spread = of_spread(draws);
    let services = of_services(draws, ACTIVITIES[0].id);
    let quantities: [(&'static str, OfPrediction, Vec<&Drawn>); 3] = [
        (
            "machines infected",
            &|one| f64::from(one.machines),
            spread.iter().collect(),
        ),
        (
            "organisations reporting by 16:00",
            &|one| f64::from(one.organisations_reporting_by_hour[6]),
            spread.iter().collect(),
        ),
        (
            "outpatient appointments not done",
            &|one| one.not_done[0],
            spread.iter().chain(&services).collect(),
        ),
    ];
    let mut rows = Vec::new();
    for (quantity, what, drawn) in quantities {
        let values: Vec<f64> = predictions.iter().map(what).collect();
        let mut each: Vec<Hangs> = drawn
            .into_iter()
            .map(|drawn| Hangs {
                quantity,
                parameter: drawn.name.clone(),
                what: drawn.what.clone(),
                correlation: rank_correlation(&drawn.points, &values),
            })
            .collect();
        each.sort_by(|one, other| other.correlation.abs().total_cmp(&one.correlation.abs()));
        each.truncate(5);
        rows.extend(each);
    }
    rows
}

/// The parameters that were fitted, but for those of facts alone.
fn of_spread(draws: &[FittedDraw]) -> Vec<Drawn> {
    let prior = Prior::england_2017();
    let named = Prior::NAMES.iter().zip(prior.ranges()).enumerate();
    named
        .filter(|(_, (name, _))| **name != OF_A_FACT)
        .map(|(at, (name, range))| Drawn {
            name: (*name).to_owned(),
            what: range.about.clone(),
            points: draws.iter().map(|draw| draw.point[at]).collect(),
        })
        .collect()
}

/// The numbers of services that bear on an activity. How much of planned care is kept on paper is not among them: a parameter
/// decides it.
fn of_services(draws: &[FittedDraw], activity: &str) -> Vec<Drawn> {
    let rules = ServiceRules::built_in();
    let wanted = rules.activity(activity);
    let mut points: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for draw in draws {
        for (name, point) in rules.points(FITTED_SEED, draw.number) {
            points.entry(name).or_default().push(point);
        }
    }
    let bears = |number: &ServiceNumber| {
        (number.activity.is_none() || number.activity == wanted)
            && !number.name.ends_with(": kept_on_paper")
    };
    let numbers = rules.numbers().into_iter().filter(bears);
    numbers
        .filter_map(|number| {
            Some(Drawn {
                points: points.remove(&number.name)?,
                name: number.name,
                what: number.what,
            })
        })
        .collect()
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
