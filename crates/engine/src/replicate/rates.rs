//! Rates of several alternatives, of which one is drawn in proportion.

/// A binary tree of sums over the alternatives' rates.
///
/// Each sum is always worked out anew from the two below it, so rounding does not build up as rates come and go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rates {
    /// The root is at 1, the children of n at 2n and 2n + 1, the alternatives from `leaves` on.
    sums: Vec<f64>,
    leaves: usize,
}

impl Rates {
    /// So many alternatives, all with rate 0.
    pub(crate) fn reset(&mut self, alternatives: usize) {
        self.leaves = alternatives.next_power_of_two();
        self.sums.clear();
        self.sums.resize(2 * self.leaves, 0.0);
    }

    #[inline]
    pub(crate) fn total(&self) -> f64 {
        self.sums[1]
    }

    /// Sets the rate of one alternative.
    #[inline]
    pub(crate) fn set(&mut self, alternative: u32, rate: f64) {
        let mut node = self.leaves + alternative as usize;
        self.sums[node] = rate;
        while node > 1 {
            node /= 2;
            self.sums[node] = self.sums[2 * node] + self.sums[2 * node + 1];
        }
    }

    /// The alternative at a given share of the total, which is not 0. Never one with rate 0.
    #[inline]
    pub(crate) fn at(&self, share: f64) -> u32 {
        let mut rest = share * self.total();
        let mut node = 1;
        while node < self.leaves {
            let (left, right) = (self.sums[2 * node], self.sums[2 * node + 1]);
            // Rounding may leave `rest` at or above the last rate: then the last one that is not 0 is meant.
            if rest < left || right == 0.0 {
                node *= 2;
            } else {
                rest -= left;
                node = 2 * node + 1;
            }
        }
        (node - self.leaves) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(values: &[f64]) -> Rates {
        let mut rates = Rates::default();
        rates.reset(values.len());
        for (&value, alternative) in values.iter().zip(0..) {
            rates.set(alternative, value);
        }
        rates
    }

    #[test]
    fn alternatives_are_drawn_in_proportion() {
        let rates = rates(&[1.0, 0.0, 2.0, 0.5, 0.5]);
        assert_eq!(rates.total(), 4.0);
        let drawn: Vec<u32> = (0..8)
            .map(|eighth| rates.at(f64::from(eighth) / 8.0))
            .collect();
        assert_eq!(drawn, [0, 0, 2, 2, 2, 2, 3, 4]);
    }

    #[test]
    fn an_alternative_without_rate_is_never_drawn() {
        let rates = rates(&[0.0, 0.1, 0.0, 0.2, 0.0]);
        for share in [0.0, 0.3, 0.4, 1.0 - f64::EPSILON, 1.0] {
            assert!([1, 3].contains(&rates.at(share)), "share {share}");
        }
    }

    #[test]
    fn one_alternative_or_none_will_do() {
        assert_eq!(rates(&[3.0]).at(0.5), 0);
        assert_eq!(rates(&[]).total(), 0.0);
    }

    #[test]
    fn nothing_is_left_of_rates_that_have_gone() {
        let mut rates = rates(&[0.1, 0.2, 0.3]);
        for alternative in 0..3 {
            rates.set(alternative, 0.0);
        }
        assert_eq!(rates.total(), 0.0);
    }
}
