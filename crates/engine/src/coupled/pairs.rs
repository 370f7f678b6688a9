//! The difference of two worlds, from pairs of numbers that share their draws.

use crate::coupled::difference::Difference;

/// Pairs of numbers, the first of each from one world and the second from another, with the same draws. A pair may be one
/// replicate, or the mean of several: whatever is drawn anew for each pair.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pairs {
    first: Moments,
    second: Moments,
    difference: Moments,
}

impl Pairs {
    /// Takes in one pair.
    pub fn add(&mut self, first: f64, second: f64) {
        self.first.add(first);
        self.second.add(second);
        self.difference.add(first - second);
    }

    /// What the pairs so far come to.
    pub fn difference(&self) -> Difference {
        let apart = self.first.variance() + self.second.variance();
        let variance = match self.difference.variance() {
            rounding if rounding <= self.rounding() => 0.0,
            variance => variance,
        };
        let pairs = self.difference.count;
        Difference {
            pairs,
            first: self.first.mean,
            second: self.second.mean,
            mean: self.difference.mean,
            standard_error: (variance / pairs as f64).sqrt(),
            variance,
            variance_reduction: if apart == variance {
                1.0
            } else {
                apart / variance
            },
        }
    }
}

impl Pairs {
    /// The variance that differences of such numbers may have for no other reason than that they are rounded: of a difference
    /// that never varies no more is left.
    fn rounding(&self) -> f64 {
        let one = 8.0 * f64::EPSILON * self.first.mean.abs().max(self.second.mean.abs());
        one * one
    }
}

impl FromIterator<(f64, f64)> for Pairs {
    fn from_iter<T: IntoIterator<Item = (f64, f64)>>(pairs: T) -> Self {
        let mut all = Self::default();
        for (first, second) in pairs {
            all.add(first, second);
        }
        all
    }
}

/// Mean and variance of numbers that come one by one (Welford, *Note on a method for calculating corrected sums of squares
/// and products*, Technometrics 4, 1962).
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, number: f64) {
        self.count += 1;
        let before = number - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (number - self.mean);
    }

    /// The unbiased estimate; not a number with fewer than two numbers.
    fn variance(&self) -> f64 {
        if self.count < 2 {
            f64::NAN
        } else {
            self.squares / (self.count - 1) as f64
        }
    }
}

/// How many standard errors lie on either side of a mean of so many numbers in its 95 % interval: the 97.5 % quantile of
/// Student's t with one degree of freedom less. Not a number for fewer than two.
///
/// Tables give the quantiles of few degrees of freedom; beyond them Fisher's expansion (Abramowitz and Stegun, *Handbook of
/// Mathematical Functions*, 26.7.5) is exact to five digits.
pub(super) fn standard_errors_95(numbers: u64) -> f64 {
    const FEW: [f64; 6] = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691];
    // The same quantile of the normal distribution, and the expansion's terms of it.
    const Z: f64 = 1.959_964;
    const TERMS: [f64; 4] = [2.372_271, 2.822_502, 2.555_850, 1.589_534];
    match numbers {
        0 | 1 => f64::NAN,
        few @ 2..=7 => FEW[few as usize - 2],
        many => {
            let freedom = (many - 1) as f64;
            let beyond = TERMS.iter().rev();
            Z + beyond.fold(0.0, |sum, term| (sum + term) / freedom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pairs, standard_errors_95};

    #[test]
    fn quantiles_are_those_of_the_tables() {
        assert!(standard_errors_95(0).is_nan() && standard_errors_95(1).is_nan());
        // Degrees of freedom, quantile: Student's t, 97.5 %.
        for (freedom, quantile) in [
            (1, 12.7062),
            (2, 4.3027),
            (6, 2.4469),
            (7, 2.3646),
            (8, 2.3060),
            (10, 2.2281),
            (24, 2.0639),
            (30, 2.0423),
            (60, 2.0003),
            (99, 1.9842),
            (1_000_000, 1.9600),
        ] {
            let found = standard_errors_95(freedom + 1);
            assert!((found - quantile).abs() < 1e-4, "{freedom}: {found}");
        }
    }

    #[test]
    fn three_pairs_come_to_what_a_hand_reckons() {
        let pairs: Pairs = [(3.0, 1.0), (5.0, 4.0), (7.0, 4.0)].into_iter().collect();
        let found = pairs.difference();
        assert_eq!((found.pairs, found.first, found.second), (3, 5.0, 3.0));
        // Differences 2, 1, 3; variances 4 and 3 apart, 1 together.
        assert_eq!((found.mean, found.variance), (2.0, 1.0));
        assert!((found.standard_error - (1.0f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((found.variance_reduction - 7.0).abs() < 1e-12);
        let (low, high) = found.interval_95();
        let half = 4.30265 / 3.0f64.sqrt();
        assert!((low - (2.0 - half)).abs() < 1e-9 && (high - (2.0 + half)).abs() < 1e-9);
    }

    #[test]
    fn the_other_way_round_it_is_the_negative_to_the_bit() {
        let pairs = [(0.1, 0.7), (12.3, 5.9), (1e6, 3.3), (7.7, 7.7)];
        let one: Pairs = pairs.into_iter().collect();
        let other: Pairs = pairs.into_iter().map(|(a, b)| (b, a)).collect();
        let (one, other) = (one.difference(), other.difference());
        assert_eq!(one.mean, -other.mean);
        assert_eq!(one.standard_error, other.standard_error);
        assert_eq!(one.variance_reduction, other.variance_reduction);
    }

    #[test]
    fn a_difference_that_never_varies_but_for_rounding_is_known() {
        // Means of ten outbreaks each, of which one more is taken in the first.
        let means = (0..25).map(|world| f64::from(world * world * 7 % 1_000) / 10.0);
        let pairs: Pairs = means.map(|mean| (mean + 0.1, mean)).collect();
        assert_eq!(pairs.difference().variance, 0.0);
        assert_eq!(pairs.difference().variance_reduction, f64::INFINITY);
        // What is small beside the numbers and no rounding stays.
        let small: Pairs = [(1e6, 1e6 - 1e-3), (2e6, 2e6)].into_iter().collect();
        assert!(small.difference().variance > 1e-8);
    }

    #[test]
    fn a_difference_that_never_varies_is_known_and_so_is_none_at_all() {
        let known: Pairs = [(3.0, 1.0), (5.0, 3.0)].into_iter().collect();
        assert_eq!(known.difference().variance_reduction, f64::INFINITY);
        let none: Pairs = [(2.0, 2.0), (2.0, 2.0)].into_iter().collect();
        assert_eq!(none.difference().variance_reduction, 1.0);
        assert_eq!(none.difference().interval_95(), (0.0, 0.0));
    }
}
