//! What the predictions hang on.

use serde::Serialize;

use super::OfPrediction;
use crate::backtest::Prior;
use crate::backtest::england::fit::FittedDraw;
use crate::backtest::england::predict::Prediction;

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

pub(super) fn sensitivity(draws: &[FittedDraw], predictions: &[Prediction]) -> Vec<Hangs> {
    let quantities: [(&'static str, OfPrediction); 3] = [
        ("machines infected", &|one| f64::from(one.machines)),
        ("organisations reporting by 16:00", &|one| {
            f64::from(one.organisations_reporting_by_hour[6])
        }),
        ("outpatient appointments not done", &|one| one.not_done[0]),
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
