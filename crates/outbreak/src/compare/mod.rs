//! Two worlds of one population beside each other, on the same draws: what differs between them is what was changed.
//!
//! Ensembles are nested: in each world unknowns are drawn once, and outbreaks several times. A pair of numbers is therefore
//! one world's mean in the one and in the other, and errors come from how these differences vary between worlds. With
//! independent draws, of unknowns and of chance, in both worlds the variance of the mean difference would be the sum of the
//! two variances of worlds' means; the variance reduction is that sum over the variance that the shared draws leave.

mod alternative;
mod sampled;

pub use alternative::Alternative;
pub use wardround_engine::coupled::Difference;

pub(crate) use sampled::{Sampled, SampledWorld, Sampler};

use crate::ensemble::{RunError, Spread};
use crate::population::Population;
use crate::scenario::Scenario;

/// Two worlds, and how much more the first takes.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The outbreaks of the first.
    pub first: Spread,
    /// The same outbreaks in the second.
    pub second: Spread,
    /// Machines taken in the first beyond those taken in the second; its pairs are the draws of what is unknown.
    pub difference: Difference,
}

/// Samples the scenario's outbreaks in two worlds with the same draws, in each what is told of it. The number of threads
/// changes nothing.
///
/// With fewer than two draws of what is unknown nothing can be said of errors: they are no numbers then.
///
/// `progress` is told how many more outbreaks are done, of twice those of the scenario, from any thread.
///
/// # Errors
/// When there are no machines, or the engine refuses a world.
pub fn compare(
    population: &Population<'_>,
    scenario: &Scenario,
    first: &Alternative,
    second: &Alternative,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<Comparison, RunError> {
    let sampler = Sampler {
        population,
        scenario,
        losses: None,
    };
    let (first, second) = (
        sampler.sample(first, progress)?,
        sampler.sample(second, progress)?,
    );
    Ok(Comparison {
        difference: first.taken_beyond(&second),
        first: first.spread(),
        second: second.spread(),
    })
}
