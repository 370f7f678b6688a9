//! How good a forecast was, once the value is known: scores by which less is better.
//!
//! Gneiting and Raftery, *Strictly proper scoring rules, prediction, and estimation*, Journal of the American Statistical
//! Association 102, 2007.

use std::collections::BTreeMap;

use serde::Serialize;

/// A forecast by its draws, or by a law of which nothing but two ends are known.
#[derive(Clone, Debug, PartialEq)]
pub enum Forecast {
    /// Draws of equal weight.
    Draws(Vec<f64>),
    /// Any order of magnitude up to a most is as likely: uniform in the logarithm from 1.
    LogUniform {
        /// The most.
        most: f64,
    },
}

/// The scores of one forecast of one known value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// The 5 % and the 95 % quantile.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// The 90 % interval score: the width, and 20 times what the value lies outside.
    pub interval: f64,
    /// Minus the logarithm of the density at the value; infinite where there is none.
    pub logarithmic: f64,
    /// How many times the upper end of the interval is the lower.
    pub width_ratio: f64,
    /// Whether the value lies inside.
    pub is_inside: bool,
}

impl Forecast {
    /// Its scores.
    #[must_use]
    pub fn scores(&self, value: f64) -> Scores {
        let (low, high) = (self.quantile(0.05), self.quantile(0.95));
        let outside = (low - value).max(0.0) + (value - high).max(0.0);
        Scores {
            low,
            high,
            interval: high - low + 2.0 / 0.1 * outside,
            logarithmic: -self.log_density(value),
            width_ratio: high / low.max(1.0),
            is_inside: outside <= 0.0,
        }
    }

    /// A quantile.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        match self {
            Self::Draws(draws) => quantile(draws, share),
            Self::LogUniform { most } => most.powf(share),
        }
    }

    /// The density at a value that is not negative. Draws are smoothed by a normal kernel in ln(1 + x), of Silverman's width
    /// (*Density Estimation*, 1986, 3.31), but never less than a hundredth, so that a forecast of whole numbers has one.
    #[must_use]
    pub fn density(&self, value: f64) -> f64 {
        self.log_density(value).exp()
    }

    /// Its logarithm, also where the density itself is too small for a number.
    fn log_density(&self, value: f64) -> f64 {
        match self {
            Self::Draws(draws) => {
                let logarithms: Vec<f64> = draws.iter().map(|draw| draw.max(0.0).ln_1p()).collect();
                let (count, width) = (logarithms.len() as f64, kernel_width(&logarithms));
                let at = value.max(0.0).ln_1p();
                let exponents = logarithms.iter().map(|draw| {
                    let off = (at - draw) / width;
                    -off * off / 2.0
                });
                let greatest = exponents.clone().fold(f64::NEG_INFINITY, f64::max);
                let kernels: f64 = exponents.map(|one| (one - greatest).exp()).sum();
                let all = count * width * (2.0 * std::f64::consts::PI).sqrt();
                greatest + (kernels / all).ln() - at
            }
            Self::LogUniform { most } => {
                if value < 1.0 || value > *most {
                    f64::NEG_INFINITY
                } else {
                    -(value * most.ln()).ln()
                }
            }
        }
    }
}

/// Silverman's width of a kernel for draws, at least a hundredth.
fn kernel_width(draws: &[f64]) -> f64 {
    let count = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / count;
    let squares = draws.iter().map(|at| (at - mean).powi(2));
    let deviation = (squares.sum::<f64>() / count).sqrt();
    let middle = quantile(draws, 0.75) - quantile(draws, 0.25);
    let spread = if middle > 0.0 {
        deviation.min(middle / 1.34)
    } else {
        deviation
    };
    (0.9 * spread * count.powf(-0.2)).max(0.01)
}

/// A quantile of draws, between neighbours on a straight line (Hyndman and Fan's type 7); 0 of none.
#[must_use]
pub fn quantile(draws: &[f64], share: f64) -> f64 {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    crate::ensemble::quantile(&sorted, share)
}

/// The 5, 25, 50, 75 and 95 % quantile under the names that outputs use; 0 of none.
#[must_use]
pub fn five_quantiles(draws: &[f64]) -> BTreeMap<&'static str, f64> {
    let shares = [
        ("05", 0.05),
        ("25", 0.25),
        ("50", 0.5),
        ("75", 0.75),
        ("95", 0.95),
    ];
    shares
        .map(|(name, share)| (name, quantile(draws, share)))
        .into()
}

#[cfg(test)]
mod tests {
    use super::{Forecast, quantile};

    #[test]
    fn quantiles_lie_between_neighbours() {
        let draws = [4.0, 1.0, 3.0, 2.0];
        assert!((quantile(&draws, 0.5) - 2.5).abs() < 1e-12);
        assert!((quantile(&draws, 1.0) - 4.0).abs() < 1e-12);
        assert!(quantile(&[], 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_value_far_from_every_draw_has_the_score_of_its_distance() {
        let forecast = Forecast::Draws(vec![0.0; 50]);
        // Every kernel is a hundredth wide in ln(1 + x), and the value lies 100 of them away.
        let value = 1f64.exp() - 1.0;
        let expected =
            100f64.powi(2) / 2.0 + (0.01 * (2.0 * std::f64::consts::PI).sqrt()).ln() + 1.0;
        assert!((forecast.scores(value).logarithmic - expected).abs() < 1e-6);
    }

    #[test]
    fn a_value_outside_costs_twenty_times_its_distance() {
        let forecast = Forecast::Draws((0..=100).map(f64::from).collect());
        let scores = forecast.scores(97.0);
        assert!(
            (scores.interval - (90.0 + 20.0 * 2.0)).abs() < 1e-9,
            "{scores:?}"
        );
        assert!(!scores.is_inside);
        assert!((forecast.scores(50.0).interval - 90.0).abs() < 1e-9);
    }

    #[test]
    fn densities_integrate_to_one() {
        let draws = Forecast::Draws((1..=200).map(|draw| f64::from(draw * draw)).collect());
        for forecast in [draws, Forecast::LogUniform { most: 1_000.0 }] {
            let step = 1.0;
            let sum: f64 = (0..200_000)
                .map(|at| forecast.density(f64::from(at) + 0.5) * step)
                .sum();
            assert!((sum - 1.0).abs() < 0.02, "{sum}");
        }
    }
}
