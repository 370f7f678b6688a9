//! A distribution as weights of a row of points, which needs no law to have a name.

use serde::Serialize;

/// The standard normal's 95 % quantile.
const Z_95: f64 = 1.644_853_626_951_472_7;

/// The middle of a distribution and nine in ten about it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Middle {
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
}

/// Points in ascending order and the logarithm of each one's weight, to a constant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) points: Vec<f64>,
    pub(super) log_weights: Vec<f64>,
}

impl Grid {
    /// Normal in the logarithm, with the 5 % and 95 % quantiles at the ends of a range: an organisation may lie outside.
    pub(super) fn nine_in_ten(low: f64, high: f64, points: usize) -> Self {
        let middle = f64::midpoint(low.ln(), high.ln());
        let deviation = (high.ln() - low.ln()) / (2.0 * Z_95);
        // Six deviations either way leave out two in a thousand million.
        let at = |place: usize| -6.0 + 12.0 * (place as f64 + 0.5) / points as f64;
        Self {
            points: (0..points)
                .map(|place| (middle + deviation * at(place)).exp())
                .collect(),
            log_weights: (0..points)
                .map(|place| -at(place) * at(place) / 2.0)
                .collect(),
        }
    }

    /// A Beta distribution with this mean and variance.
    pub(super) fn beta(mean: f64, variance: f64, points: usize) -> Self {
        let certainty = mean * (1.0 - mean) / variance - 1.0;
        let (kept, lost) = (mean * certainty, (1.0 - mean) * certainty);
        let at = |place: usize| (place as f64 + 0.5) / points as f64;
        Self {
            points: (0..points).map(at).collect(),
            log_weights: (0..points)
                .map(|place| {
                    let share = at(place);
                    (kept - 1.0) * share.ln() + (lost - 1.0) * (1.0 - share).ln()
                })
                .collect(),
        }
    }

    /// After data with this logarithm of the likelihood.
    pub(super) fn after(&self, log_likelihood: impl Fn(f64) -> f64) -> Self {
        let weights = self.points.iter().zip(&self.log_weights);
        Self {
            points: self.points.clone(),
            log_weights: weights
                .map(|(point, weight)| weight + log_likelihood(*point))
                .collect(),
        }
    }

    /// The weights, the greatest of them 1.
    fn weights(&self) -> Vec<f64> {
        let most = self.log_weights.iter().copied().fold(f64::MIN, f64::max);
        self.log_weights
            .iter()
            .map(|weight| (weight - most).exp())
            .collect()
    }

    /// Its quantiles.
    pub(super) fn middle(&self) -> Middle {
        middle(self.points.iter().copied().zip(self.weights()).collect())
    }
}

/// Quantiles of weighted points, on straight lines between the middles of neighbours' weights.
pub(super) fn middle(mut weighted: Vec<(f64, f64)>) -> Middle {
    weighted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let all: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let at = |share: f64| {
        let (mut below, mut last) = (0.0, None);
        for (point, weight) in &weighted {
            let here = (below + weight / 2.0) / all;
            if here >= share {
                return match last {
                    Some((before, previous)) if here > before => {
                        previous + (point - previous) * (share - before) / (here - before)
                    }
                    _ => *point,
                };
            }
            below += weight;
            last = Some((here, *point));
        }
        last.map_or(0.0, |(_, point)| point)
    };
    Middle {
        low: at(0.05),
        median: at(0.5),
        high: at(0.95),
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, middle};

    #[test]
    fn a_range_is_nine_in_ten() {
        let of = Grid::nine_in_ten(0.5, 4.0, 2_000).middle();
        assert!(
            (of.low - 0.5).abs() < 0.002 && (of.high - 4.0).abs() < 0.02,
            "{of:?}"
        );
        assert!((of.median - 2.0_f64.sqrt()).abs() < 0.005);
    }

    #[test]
    fn a_beta_has_the_mean_and_variance_that_it_was_given() {
        // Beta(2, 2): mean 1/2, variance 1/20; its 5 % quantile is 0.135 35.
        let of = Grid::beta(0.5, 0.05, 2_000).middle();
        assert!(
            (of.low - 0.135_35).abs() < 1e-3 && (of.median - 0.5).abs() < 1e-6,
            "{of:?}"
        );
    }

    #[test]
    fn quantiles_lie_between_the_points() {
        let of = middle(vec![(3.0, 1.0), (1.0, 1.0), (2.0, 0.0)]);
        assert!(
            of.low >= 1.0 && of.high <= 3.0 && (of.median - 2.0).abs() < 1e-12,
            "{of:?}"
        );
    }
}
