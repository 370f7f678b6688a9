//! Random draws by name: a number that depends on what it decides and on nothing else.
//!
//! A key is a word that (seed, replicate) and the parts of a name are mixed into, one round of splitmix64 for each. The
//! children of a key by ascending parts are the outputs of splitmix64 with that key as its state.

use crate::Delay;
use crate::draws::{GOLDEN, finalise};

/// The name of a draw so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

impl Key {
    /// The key that all names of a replicate begin with.
    ///
    /// Rounds of a Feistel network over the two words, as in [`Draws`](crate::draws::Draws).
    pub(crate) fn new(seed: u64, replicate: u64) -> Self {
        let low = replicate ^ finalise(seed.wrapping_add(GOLDEN));
        let high = seed ^ finalise(low.wrapping_add(GOLDEN));
        Self(finalise(low ^ finalise(high.wrapping_add(GOLDEN))))
    }

    /// The key with one more part.
    #[inline]
    pub(crate) fn of(self, part: u32) -> Self {
        let step = (u64::from(part) + 1).wrapping_mul(GOLDEN);
        Self(finalise(self.0.wrapping_add(step)))
    }

    /// 64 even bits.
    #[inline]
    pub(crate) fn word(self) -> u64 {
        self.0
    }

    /// A number of 53 bits, above 0 and below 1.
    #[inline]
    pub(crate) fn unit(self) -> f64 {
        ((self.0 >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// An exponential number with mean 1.
    #[inline]
    pub(crate) fn exponential(self) -> f64 {
        -libm::log(self.unit())
    }

    /// A duration in hours.
    pub(crate) fn hours(self, delay: Delay) -> f64 {
        match delay {
            Delay::Fixed(hours) => hours,
            Delay::Exponential { mean } => mean * self.exponential(),
            Delay::Uniform { from, to } => from + (to - from) * self.unit(),
        }
    }

    /// The waiting time of a Poisson process in hours; without end where the rate is 0.
    #[inline]
    pub(crate) fn wait(self, per_hour: f64) -> f64 {
        if per_hour > 0.0 {
            self.exponential() / per_hour
        } else {
            f64::INFINITY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_draws_are_frozen() {
        let words = [
            Key::new(0, 0).of(0).word(),
            Key::new(1, 0).of(0).word(),
            Key::new(0, 1).of(0).word(),
            Key::new(0, 0).of(1).of(0).word(),
        ];
        assert_eq!(words, FROZEN);
    }

    const FROZEN: [u64; 4] = [
        6_809_469_337_876_184_021,
        3_385_354_621_628_347_685,
        6_436_573_224_527_798_701,
        3_998_863_822_956_568_082,
    ];

    #[test]
    fn children_of_neighbouring_keys_are_even_and_unrelated() {
        let mut bins = [0_u32; 64];
        for replicate in 0..640 {
            let key = Key::new(3, replicate);
            for part in 0..100 {
                let (one, other) = (key.of(part), key.of(part + 1).of(0));
                bins[((one.word() >> 61) * 8 + (other.word() >> 61)) as usize] += 1;
            }
        }
        let chi_square: f64 = bins
            .iter()
            .map(|&n| (f64::from(n) - 1000.0).powi(2) / 1000.0)
            .sum();
        assert!(
            chi_square < 117.0,
            "chi-square {chi_square} with 63 degrees of freedom"
        );
    }

    #[test]
    fn exponential_draws_have_mean_and_variance_one() {
        let key = Key::new(1, 2);
        let sample: Vec<f64> = (0..100_000)
            .map(|part| key.of(part).exponential())
            .collect();
        let mean = sample.iter().sum::<f64>() / 1e5;
        let square = sample.iter().map(|x| x * x).sum::<f64>() / 1e5;
        assert!((mean - 1.0).abs() < 0.02, "mean {mean}");
        assert!((square - 2.0).abs() < 0.1, "mean square {square}");
        assert!(sample.iter().all(|x| x.is_finite() && *x > 0.0));
    }
}
