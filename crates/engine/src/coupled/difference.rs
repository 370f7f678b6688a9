//! What the change from one world to another makes, from replicates of both with the same draws.

use std::ops::Range;

use thiserror::Error;

use crate::coupled::pairs::{Pairs, standard_errors_95};
use crate::coupled::{Prepared, Scratch};
use crate::{Input, InputError, Watch};

/// Why two worlds cannot be compared.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum DifferenceError {
    /// One of the inputs is refused.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The inputs list different numbers of hosts, so that positions do not name the same ones.
    #[error("the worlds have {first} and {second} hosts")]
    Hosts {
        /// How many the first has.
        first: usize,
        /// How many the second has.
        second: usize,
    },
}

/// How much a number is larger in the first of two worlds than in the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// From how many pairs of numbers: replicates, or whatever was drawn anew for each pair.
    pub pairs: u64,
    /// The mean in the first world.
    pub first: f64,
    /// The mean in the second world.
    pub second: f64,
    /// The mean difference.
    pub mean: f64,
    /// The standard error of the mean difference: with more pairs it would come this near. Not a number for fewer than two.
    pub standard_error: f64,
    /// The variance of the difference in one pair.
    pub variance: f64,
    /// How many times larger that variance would be if the two numbers of a pair were drawn independently, and so how many
    /// times as many pairs would be needed for the same error. Infinite if the difference is always the same and the
    /// numbers are not; 1 if they are.
    pub variance_reduction: f64,
}

impl Difference {
    /// The interval of so many standard errors about the mean: 1.96 for 95 %.
    pub fn interval(&self, standard_errors: f64) -> (f64, f64) {
        let half = standard_errors * self.standard_error;
        (self.mean - half, self.mean + half)
    }

    /// The 95 % interval of the mean difference, by Student's t for the number of pairs: exact where differences are normal,
    /// near it where there are many. Not a number for fewer than two pairs.
    pub fn interval_95(&self) -> (f64, f64) {
        self.interval(standard_errors_95(self.pairs))
    }

    /// Whether the interval leaves out nought, so that the worlds differ by more than chance would make them.
    pub fn is_told(&self) -> bool {
        let (low, high) = self.interval_95();
        low > 0.0 || high < 0.0
    }
}

/// Samples two worlds with the same draws and compares a number that is read from whoever watched.
///
/// The worlds list the same hosts; classes, boundaries, responses and whatever else may differ.
///
/// # Errors
///
/// If an input is refused, or the worlds do not list as many hosts.
pub fn difference<W: Watch + Default>(
    first: &Input,
    second: &Input,
    seed: u64,
    replicates: Range<u64>,
    number: impl Fn(&W) -> f64,
) -> Result<Difference, DifferenceError> {
    if first.hosts.len() != second.hosts.len() {
        return Err(DifferenceError::Hosts {
            first: first.hosts.len(),
            second: second.hosts.len(),
        });
    }
    let (first, second) = (Prepared::new(first)?, Prepared::new(second)?);
    let mut scratch = Scratch::new();
    let mut sample = |world: &Prepared<'_>, replicate| {
        let mut watch = W::default();
        world.sample(seed, replicate, &mut scratch, &mut watch);
        number(&watch)
    };
    let pairs: Pairs = replicates
        .map(|replicate| (sample(&first, replicate), sample(&second, replicate)))
        .collect();
    Ok(pairs.difference())
}
