//! Rates of several alternatives, of which one is drawn in proportion.

/// A tree of sums over the alternatives' rates, four below each.
///
/// Each sum is always worked out anew from the four below it, so rounding does not build up as rates come and go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rates {
    /// The root first; the children of n are at 4n + 1 to 4n + 4. A node keeps the sums of its children, in the lowest
    /// level the rates of four alternatives.
    nodes: Vec<[f64; 4]>,
    /// How many nodes are above the lowest level.
    inner: usize,
    total: f64,
}

impl Rates {
    /// So many alternatives, all with rate 0.
    pub(crate) fn reset(&mut self, alternatives: usize) {
        let mut lowest = 1;
        self.inner = 0;
        while 4 * lowest < alternatives {
            self.inner += lowest;
            lowest *= 4;
        }
        self.nodes.clear();
        self.nodes
            .resize(self.inner + alternatives.div_ceil(4).max(1), [0.0; 4]);
        self.total = 0.0;
    }

    #[inline]
    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// The rate of one alternative.
    #[inline]
    pub(crate) fn of(&self, alternative: u32) -> f64 {
        let place = 4 * self.inner + alternative as usize;
        self.nodes[place / 4][place % 4]
    }

    /// Sets the rate of one alternative.
    #[inline]
    pub(crate) fn set(&mut self, alternative: u32, rate: f64) {
        let mut place = 4 * self.inner + alternative as usize;
        let mut rate = rate;
        loop {
            let node = &mut self.nodes[place / 4];
            node[place % 4] = rate;
            rate = (node[0] + node[1]) + (node[2] + node[3]);
            if place < 4 {
                self.total = rate;
                return;
            }
            // Places are numbered through: the children of n have the places from 4n on.
            place = place / 4 - 1;
        }
    }

    /// The alternative at a given share of the total, which is not 0. Never one with rate 0.
    #[inline]
    pub(crate) fn at(&self, share: f64) -> u32 {
        let mut rest = share * self.total;
        let mut node = 0;
        loop {
            let place = 4 * node + child_at(&self.nodes[node], &mut rest);
            if node >= self.inner {
                return (place - 4 * self.inner) as u32;
            }
            node = place + 1;
        }
    }
}

/// The child at `rest`, which becomes what is left of it inside that child.
#[inline]
fn child_at(node: &[f64; 4], rest: &mut f64) -> usize {
    let mut found = 0;
    for (child, &rate) in node.iter().enumerate() {
        if rate > 0.0 {
            found = child;
            if *rest < rate {
                return child;
            }
            *rest -= rate;
        }
    }
    // Rounding may leave `rest` at or above the last rate: then the last child that is not 0 is meant.
    *rest = node[found];
    found
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
