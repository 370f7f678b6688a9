//! What each candidate is worth.

use super::candidates::{Candidate, to_do, to_find_out};
use crate::ensemble::{Ensemble, RunError, Spread, run};
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

struct Trial<'a> {
    population: &'a Population<'a>,
    scenario: &'a Scenario,
    as_it_is: Ensemble,
}

impl<'a> Trial<'a> {
    fn new(population: &'a Population<'a>, scenario: &'a Scenario) -> Result<Self, RunError> {
        let as_it_is = run(population, scenario, Settle::Drawn, &[], &|_| {})?;
        Ok(Self {
            population,
            scenario,
            as_it_is,
        })
    }

    fn measure(&self, candidate: Candidate) -> Result<Measured, RunError> {
        let with = self.world(&candidate.done)?;
        let spared = match &candidate.otherwise {
            None => difference(&self.as_it_is, &with),
            Some(otherwise) => difference(&self.world(otherwise)?, &with),
        };
        Ok(Measured {
            candidate,
            spared,
            with_it: with.spread,
        })
    }

    fn world(&self, effects: &[Effect]) -> Result<Ensemble, RunError> {
        run(
            self.population,
            self.scenario,
            Settle::Drawn,
            effects,
            &|_| {},
        )
    }
}

/// The mean difference of machines taken, world by world (both share what is unknown), and its standard error.
fn difference(one: &Ensemble, other: &Ensemble) -> (f64, f64) {
    let differences: Vec<f64> = one
        .world_means
        .iter()
        .zip(&other.world_means)
        .map(|(one, other)| one - other)
        .collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / (n - 1.0);
    (mean, (variance / n).sqrt())
}
