//! What each candidate is worth.

use std::collections::BTreeSet;

use super::candidates::{Candidate, to_do, to_find_out};
use super::claimed::{Overconfidence, overconfidence};
use crate::compare::{Alternative, Difference, Sampled, SampledWorld, Sampler};
use crate::ensemble::{RunError, Spread};
use crate::harm::EstateServices;
use crate::population::{Effect, Population};
use crate::scenario::Scenario;

/// The best things to do and to find out.
#[derive(Clone, Debug)]
pub struct Advice {
    /// To do, best first.
    pub to_do: Vec<Measured>,
    /// To find out, best first.
    pub to_find_out: Vec<Measured>,
    /// What claims that do not stand would be worth; none where all stand.
    pub overconfidence: Option<Overconfidence>,
}

/// A candidate and what it is worth.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What.
    pub candidate: Candidate,
    /// Machines spared over all outbreaks: for things to do, against the estate as it is; for things to find out, the
    /// difference between the two ways in which it may turn out.
    pub spared: Difference,
    /// The outbreaks with it done, or settled in our favour.
    pub with_it: Spread,
    /// The same outbreaks without it, or settled against us.
    pub without_it: Spread,
    /// What it saves in activity, in the same outbreaks; none where no losses were asked for.
    pub saved: Option<Saved>,
}

/// What is not lost after all, on average over all outbreaks, each with its Monte Carlo standard error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saved {
    /// Units by activity, by position among the rules' activities: those that either world leaves undone.
    pub units: Vec<(usize, (f64, f64))>,
    /// What units that are priced are worth, in pounds.
    pub worth: (f64, f64),
}

/// Whose losses, over how many days.
pub type LossesOf<'a> = Option<(&'a EstateServices, u32)>;

/// How many worlds and repeats screen a candidate, and measure one that was chosen.
const SCREEN: (u32, u32) = (10, 5);
const MEASURE: (u32, u32) = (25, 10);

/// Estates with more machines than this are asked with fewer repeats of each world, in proportion: what makes outbreaks of one
/// world differ averages out over many machines, what the evidence leaves open does not, and each measurement tells its error.
const LARGE: usize = 100_000;

/// The best `count` things to do and to find out about a population's threat, and what claims that do not stand would be
/// worth; with what they save of services where losses are asked for.
///
/// # Errors
/// When the estate has no machines, or the engine refuses a world.
pub fn advise(
    population: &Population<'_>,
    scenario: &Scenario,
    count: usize,
    losses: LossesOf<'_>,
) -> Result<Advice, RunError> {
    let hosts = population.estate().hosts.len();
    let screen = Scenario {
        worlds: SCREEN.0,
        repeats: repeats(SCREEN.1, hosts),
        ..scenario.clone()
    };
    // Fresh draws: another seed.
    let again = Scenario {
        worlds: MEASURE.0,
        repeats: repeats(MEASURE.1, hosts),
        seed: scenario.seed.wrapping_add(0x5eed),
        ..scenario.clone()
    };
    let first = Trial::new(population, &screen, None)?;
    let second = Trial::new(population, &again, losses)?;
    let best = |candidates: Vec<Candidate>| -> Result<Vec<Measured>, RunError> {
        let screened: Vec<Measured> = candidates
            .into_iter()
            .map(|candidate| first.measure(candidate))
            .collect::<Result<_, _>>()?;
        let chosen = ranked(screened).into_iter().take(count);
        let measured: Vec<Measured> = chosen
            .map(|chosen| second.measure(chosen.candidate))
            .collect::<Result<_, _>>()?;
        // What is within one standard error of nothing is no advice. What its interval cannot tell from nothing is listed, and
        // said to be so.
        Ok(ranked(measured)
            .into_iter()
            .filter(|measured| measured.spared.mean > measured.spared.standard_error)
            .collect())
    };
    Ok(Advice {
        to_do: best(to_do(population))?,
        to_find_out: best(to_find_out(population))?,
        overconfidence: overconfidence(population, &second)?,
    })
}

/// How often each world is repeated, of so many times at most.
fn repeats(most: u32, hosts: usize) -> u32 {
    let share = LARGE as f64 / hosts.max(LARGE) as f64;
    ((f64::from(most) * share).ceil() as u32).max(1)
}

fn ranked(mut measured: Vec<Measured>) -> Vec<Measured> {
    measured.sort_by(|one, other| {
        other
            .spared
            .mean
            .total_cmp(&one.spared.mean)
            .then_with(|| one.candidate.owner.cmp(&other.candidate.owner))
            .then_with(|| one.candidate.task.cmp(&other.candidate.task))
    });
    measured
}

/// Worlds with the same draws, with and without a change: outbreaks differ only where the change makes them differ.
pub(super) struct Trial<'a> {
    sampler: Sampler<'a>,
    as_it_is: Sampled,
}

impl<'a> Trial<'a> {
    fn new(
        population: &'a Population<'a>,
        scenario: &'a Scenario,
        losses: LossesOf<'a>,
    ) -> Result<Self, RunError> {
        let sampler = Sampler {
            population,
            scenario,
            losses,
        };
        let as_it_is = sampler.sample(&Alternative::of(scenario), &|_| {})?;
        Ok(Self { sampler, as_it_is })
    }

    fn measure(&self, candidate: Candidate) -> Result<Measured, RunError> {
        let with = self.with(&candidate.done)?;
        let otherwise = match &candidate.otherwise {
            None => None,
            Some(effects) => Some(self.with(effects)?),
        };
        let without = otherwise.as_ref().unwrap_or(&self.as_it_is);
        Ok(Measured {
            candidate,
            spared: without.taken_beyond(&with),
            with_it: with.spread(),
            without_it: without.spread(),
            saved: self.saved(without, &with),
        })
    }

    /// The outbreaks without any change.
    pub(super) const fn as_it_is(&self) -> &Sampled {
        &self.as_it_is
    }

    /// The outbreaks with a change.
    pub(super) fn with(&self, effects: &[Effect]) -> Result<Sampled, RunError> {
        let told = Alternative::with(self.sampler.scenario, effects);
        self.sampler.sample(&told, &|_| {})
    }

    /// What is not lost after all; none where no losses were asked for.
    pub(super) fn saved(&self, without: &Sampled, with: &Sampled) -> Option<Saved> {
        self.sampler.losses.map(|_| saved(without, with))
    }
}

fn saved(without: &Sampled, with: &Sampled) -> Saved {
    let worlds = without.worlds().iter().chain(with.worlds());
    let activities: BTreeSet<usize> = worlds
        .flat_map(|world| world.cost.units.keys().copied())
        .collect();
    let with_error = |found: Difference| (found.mean, found.standard_error);
    let units = |activity: usize| {
        let of = |world: &SampledWorld| world.cost.units.get(&activity).copied().unwrap_or(0.0);
        (activity, with_error(without.beyond(with, of)))
    };
    Saved {
        units: activities.into_iter().map(units).collect(),
        worth: with_error(without.beyond(with, |world| world.cost.worth)),
    }
}
