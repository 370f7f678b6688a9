//! What the change from one world to another makes, from replicates of both with the same draws.

use std::ops::Range;

use thiserror::Error;

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
    /// From how many replicates.
    pub replicates: u64,
    /// The mean in the first world.
    pub first: f64,
    /// The mean in the second world.
    pub second: f64,
    /// The mean difference.
    pub mean: f64,
    /// The standard error of the mean difference: with more replicates it would come this near.
    pub standard_error: f64,
    /// The variance of the difference in one replicate.
    pub variance: f64,
    /// How many times larger that variance would be if the two worlds were drawn independently. Infinite if the
    /// difference is always the same and the numbers are not; 1 if they are.
    pub variance_reduction: f64,
}

impl Difference {
    /// The interval of so many standard errors about the mean: 1.96 for 95 %.
    pub fn interval(&self, standard_errors: f64) -> (f64, f64) {
        let half = standard_errors * self.standard_error;
        (self.mean - half, self.mean + half)
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
    let mut moments = [Moments::default(); 3];
    for replicate in replicates {
        let (one, other) = (sample(&first, replicate), sample(&second, replicate));
        for (moments, number) in moments.iter_mut().zip([one, other, one - other]) {
            moments.add(number);
        }
    }
    let [one, other, difference] = moments;
    let apart = one.variance() + other.variance();
    let variance = difference.variance();
    Ok(Difference {
        replicates: difference.count,
        first: one.mean,
        second: other.mean,
        mean: difference.mean,
        standard_error: (variance / difference.count as f64).sqrt(),
        variance,
        variance_reduction: if apart == variance {
            1.0
        } else {
            apart / variance
        },
    })
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
