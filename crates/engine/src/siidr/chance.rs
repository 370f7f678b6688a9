//! Successes among many trials of one chance, found without a draw for each trial.

use crate::contacts::exponential::{exponential, high, low};
use crate::draws::Draws;

/// The chance of a trial, as the mean number of trials to a success on a scale without memory.
///
/// The whole part of an exponential number with mean −1 / ln(1 − p) is geometric, to the 24 bits that the number has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    mean: f32,
}

impl Chance {
    /// A chance from 0 to 1.
    pub(crate) fn new(chance: f64) -> Self {
        // Infinite for 0 and 0 for 1, as it should be.
        Self {
            mean: (-1.0 / libm::log1p(-chance)) as f32,
        }
    }

    /// How many trials fail before the next success.
    #[inline]
    pub(crate) fn failures(self, draws: &mut Draws) -> u64 {
        let word = draws.word();
        let times = exponential(high(word), low(word));
        // 0 times infinity is not a number and would convert to 0.
        if self.mean == f32::INFINITY {
            u64::MAX
        } else {
            (times * self.mean) as u64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_geometric() {
        for chance in [1e-3, 0.04, 0.37, 0.9] {
            let mut draws = Draws::new(2, 3);
            let trials = 400_000;
            let mut none = 0;
            let mut sum = 0.0;
            for _ in 0..trials {
                let failures = Chance::new(chance).failures(&mut draws);
                none += u32::from(failures == 0);
                sum += failures as f64;
            }
            let count = f64::from(trials);
            let share = f64::from(none) / count;
            let error = (chance * (1.0 - chance) / count).sqrt();
            assert!((share - chance).abs() < 4.5 * error, "{chance}: {share}");
            let (mean, error) = (
                (1.0 - chance) / chance,
                ((1.0 - chance) / count).sqrt() / chance,
            );
            assert!((sum / count - mean).abs() < 4.5 * error, "{chance}: {sum}");
        }
    }

    #[test]
    fn no_chance_and_certainty_are_themselves() {
        let mut draws = Draws::new(1, 1);
        for _ in 0..1_000 {
            assert_eq!(Chance::new(0.0).failures(&mut draws), u64::MAX);
            assert_eq!(Chance::new(1.0).failures(&mut draws), 0);
        }
    }
}
