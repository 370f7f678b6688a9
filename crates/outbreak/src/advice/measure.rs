//! What each candidate is worth.

use rayon::prelude::*;
use wardround_engine::Totals;
use wardround_engine::coupled::{Prepared, Scratch};

use super::candidates::{Candidate, to_do, to_find_out};
use crate::draws::{Decides, key};
use crate::ensemble::{RunError, Spread, spread_of};
use crate::population::{Effect, Population, Settle};
use crate::scenario::Scenario;

/// The best things to do and to find out.
#[derive(Clone, Debug)]
pub struct Advice {
    /// To do, best first.
    pub to_do: Vec<Measured>,
    /// To find out, best first.
    pub to_find_out: Vec<Measured>,
}

/// A candidate and what it is worth.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What.
    pub candidate: Candidate,
    /// Machines spared over all outbreaks: for things to do, against the estate as it is; for things to find out, the
    /// difference between the two ways in which it may turn out. With its Monte Carlo standard error.
    pub spared: (f64, f64),
    /// The outbreaks with it done, or settled in our favour.
    pub with_it: Spread,
}

/// How many worlds and repeats screen a candidate, and measure one that was chosen.
const SCREEN: (u32, u32) = (10, 5);
const MEASURE: (u32, u32) = (25, 10);

/// The best `count` things to do and to find out about a population's threat.
///
/// # Errors
/// When the estate has no machines, or the engine refuses a world.
pub fn advise(
    population: &Population<'_>,
    scenario: &Scenario,
    count: usize,
) -> Result<Advice, RunError> {
    let screen = Scenario {
        worlds: SCREEN.0,
        repeats: SCREEN.1,
        ..scenario.clone()
    };
    // Fresh draws: another seed.
    let again = Scenario {
        worlds: MEASURE.0,
        repeats: MEASURE.1,
        seed: scenario.seed.wrapping_add(0x5eed),
        ..scenario.clone()
    };
    let first = Trial::new(population, &screen)?;
    let second = Trial::new(population, &again)?;
    let best = |candidates: Vec<Candidate>| -> Result<Vec<Measured>, RunError> {
        let screened: Vec<Measured> = candidates
            .into_iter()
            .map(|candidate| first.measure(candidate))
            .collect::<Result<_, _>>()?;
        let chosen = ranked(screened).into_iter().take(count);
        let measured: Vec<Measured> = chosen
            .map(|chosen| second.measure(chosen.candidate))
            .collect::<Result<_, _>>()?;
        // What is within its error of nothing is no advice.
        Ok(ranked(measured)
            .into_iter()
            .filter(|measured| measured.spared.0 > measured.spared.1)
            .collect())
    };
    Ok(Advice {
        to_do: best(to_do(population))?,
        to_find_out: best(to_find_out(population))?,
    })
}

fn ranked(mut measured: Vec<Measured>) -> Vec<Measured> {
    measured.sort_by(|one, other| {
        other
            .spared
            .0
            .total_cmp(&one.spared.0)
            .then_with(|| one.candidate.owner.cmp(&other.candidate.owner))
            .then_with(|| one.candidate.task.cmp(&other.candidate.task))
    });
    measured
}

/// Worlds with the same draws, with and without a change: outbreaks differ only where the change makes them differ.
struct Trial<'a> {
    population: &'a Population<'a>,
    scenario: &'a Scenario,
    as_it_is: Finals,
}

/// Machines taken, by world and outbreak.
type Finals = Vec<Vec<f64>>;

impl<'a> Trial<'a> {
    fn new(population: &'a Population<'a>, scenario: &'a Scenario) -> Result<Self, RunError> {
        if population.estate().hosts.is_empty() {
            return Err(RunError::NoHosts);
        }
        let as_it_is = finals(population, scenario, &[])?;
        Ok(Self {
            population,
            scenario,
            as_it_is,
        })
    }

    fn measure(&self, candidate: Candidate) -> Result<Measured, RunError> {
        let with = finals(self.population, self.scenario, &candidate.done)?;
        let spared = match &candidate.otherwise {
            None => difference(&self.as_it_is, &with),
            Some(otherwise) => {
                let otherwise = finals(self.population, self.scenario, otherwise)?;
                difference(&otherwise, &with)
            }
        };
        Ok(Measured {
            candidate,
            spared,
            with_it: spread_of(self.population.estate().hosts.len(), &with),
        })
    }
}

fn finals(
    population: &Population<'_>,
    scenario: &Scenario,
    effects: &[Effect],
) -> Result<Finals, RunError> {
    (0..scenario.worlds)
        .into_par_iter()
        .map(|world| {
            let world = u64::from(world);
            let drawn = population.world(scenario, world, Settle::Drawn, effects);
            let prepared = Prepared::new(&drawn.input)?;
            let seed = key(scenario.seed, world, Decides::Replicate, &[]);
            let mut scratch = Scratch::new();
            let taken = (0..u64::from(scenario.repeats)).map(|repeat| {
                let mut totals = Totals::default();
                prepared.sample(seed, repeat, &mut scratch, &mut totals);
                f64::from(totals.infected)
            });
            Ok(taken.collect())
        })
        .collect()
}

/// The mean difference of machines taken, and its standard error from the differences of the worlds' means.
fn difference(one: &Finals, other: &Finals) -> (f64, f64) {
    let mean = |taken: &Vec<f64>| taken.iter().sum::<f64>() / taken.len().max(1) as f64;
    let worlds = one.iter().zip(other);
    let differences: Vec<f64> = worlds.map(|(one, other)| mean(one) - mean(other)).collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares = differences.iter().map(|value| (value - mean).powi(2));
    let variance = squares.sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
