//! A quantity over an ensemble's outbreaks.

use crate::ensemble::quantile;

/// A distribution over outbreaks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distribution {
    /// Its mean.
    pub mean: f64,
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
    /// The mean of the worst 5 %.
    pub worst_twentieth: f64,
}

impl Distribution {
    /// Of values that stand for some of so many outbreaks; the others had none.
    pub(super) fn of(values: Vec<f64>, outbreaks: usize) -> Self {
        let values = ascending(values, outbreaks);
        if values.is_empty() {
            return Self::default();
        }
        let count = values.len();
        let worst = &values[count - count.div_ceil(20)..];
        Self {
            mean: values.iter().sum::<f64>() / count as f64,
            low: quantile(&values, 0.05),
            median: quantile(&values, 0.5),
            high: quantile(&values, 0.95),
            worst_twentieth: worst.iter().sum::<f64>() / worst.len() as f64,
        }
    }

    /// What is left of a whole by what this counts: the worst twentieth is that in which least is left.
    pub(super) const fn left_of(&self, whole: f64) -> Self {
        Self {
            mean: whole - self.mean,
            low: whole - self.high,
            median: whole - self.median,
            high: whole - self.low,
            worst_twentieth: whole - self.worst_twentieth,
        }
    }
}

/// The values of all outbreaks in ascending order: those without one have none.
pub(super) fn ascending(mut values: Vec<f64>, outbreaks: usize) -> Vec<f64> {
    values.resize(outbreaks.max(values.len()), 0.0);
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::Distribution;

    #[test]
    fn outbreaks_without_losses_count_as_none() {
        let of = Distribution::of(vec![20.0, 40.0], 40);
        assert!((of.mean - 1.5).abs() < 1e-12 && of.median.abs() < 1e-12);
        assert!((of.worst_twentieth - 30.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_left_mirrors_what_is_gone() {
        let gone = Distribution::of((0..=20).map(f64::from).collect(), 21);
        let left = gone.left_of(20.0);
        assert!((left.mean + gone.mean - 20.0).abs() < 1e-12);
        assert!((left.low - 1.0).abs() < 1e-12 && (left.high - 19.0).abs() < 1e-12);
        assert!(left.worst_twentieth < left.low);
    }
}
