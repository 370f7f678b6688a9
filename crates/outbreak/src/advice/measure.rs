//! What each candidate is worth.

use std::collections::BTreeSet;

use rayon::prelude::*;
use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{Event, Totals, Watch};

use super::candidates::{Candidate, to_do, to_find_out};
use super::claimed::{Overconfidence, overconfidence};
use crate::draws::{Decides, key};
use crate::ensemble::{RunError, Spread, spread_of};
use crate::harm::{Cost, EstateServices, LossIdentity, LossPart, LossTally, Units, costs};
use crate::population::{Effect, Population, Settle};
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
    /// difference between the two ways in which it may turn out. With its Monte Carlo standard error.
    pub spared: (f64, f64),
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
        // What is within its error of nothing is no advice.
        Ok(ranked(measured)
            .into_iter()
            .filter(|measured| measured.spared.0 > measured.spared.1)
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
            .0
            .total_cmp(&one.spared.0)
            .then_with(|| one.candidate.owner.cmp(&other.candidate.owner))
            .then_with(|| one.candidate.task.cmp(&other.candidate.task))
    });
    measured
}

/// Worlds with the same draws, with and without a change: outbreaks differ only where the change makes them differ.
pub(super) struct Trial<'a> {
    population: &'a Population<'a>,
    scenario: &'a Scenario,
    losses: LossesOf<'a>,
    as_it_is: Vec<World>,
}

/// What one world's outbreaks came to.
pub(super) struct World {
    /// Machines taken.
    taken: Vec<f64>,
    /// What they cost, added; nothing where no losses were asked for.
    cost: Cost,
}

impl<'a> Trial<'a> {
    fn new(
        population: &'a Population<'a>,
        scenario: &'a Scenario,
        losses: LossesOf<'a>,
    ) -> Result<Self, RunError> {
        if population.estate().hosts.is_empty() {
            return Err(RunError::NoHosts);
        }
        let mut trial = Self {
            population,
            scenario,
            losses,
            as_it_is: Vec::new(),
        };
        trial.as_it_is = trial.worlds(&[])?;
        Ok(trial)
    }

    fn measure(&self, candidate: Candidate) -> Result<Measured, RunError> {
        let with = self.worlds(&candidate.done)?;
        let otherwise = match &candidate.otherwise {
            None => None,
            Some(effects) => Some(self.worlds(effects)?),
        };
        let without = otherwise.as_ref().unwrap_or(&self.as_it_is);
        Ok(Measured {
            candidate,
            spared: self.spared(without, &with),
            with_it: self.spread(&with),
            without_it: self.spread(without),
            saved: self.saved(without, &with),
        })
    }

    /// The worlds without any change.
    pub(super) fn as_it_is(&self) -> &[World] {
        &self.as_it_is
    }

    /// How far the outbreaks of some worlds got.
    pub(super) fn spread(&self, worlds: &[World]) -> Spread {
        let finals: Vec<Vec<f64>> = worlds.iter().map(|world| world.taken.clone()).collect();
        spread_of(self.population.estate().hosts.len(), &finals)
    }

    /// Machines spared on average over all outbreaks, with its standard error.
    pub(super) fn spared(&self, without: &[World], with: &[World]) -> (f64, f64) {
        difference(without, with, &|world| world.taken.iter().sum())
    }

    /// What is not lost after all; none where no losses were asked for.
    pub(super) fn saved(&self, without: &[World], with: &[World]) -> Option<Saved> {
        self.losses.map(|_| saved(without, with))
    }

    /// The worlds with a change.
    pub(super) fn worlds(&self, effects: &[Effect]) -> Result<Vec<World>, RunError> {
        let worlds = 0..u64::from(self.scenario.worlds);
        let worlds = worlds.into_par_iter();
        worlds.map(|world| self.world(world, effects)).collect()
    }

    fn world(&self, world: u64, effects: &[Effect]) -> Result<World, RunError> {
        let scenario = self.scenario;
        let drawn = self
            .population
            .world(scenario, world, Settle::Drawn, effects);
        let prepared = Prepared::new(&drawn.input)?;
        let seed = key(scenario.seed, world, Decides::Replicate, &[]);
        let mut scratch = Scratch::new();
        let mut both = Both {
            totals: Totals::default(),
            losses: self.losses.map(|(services, days)| {
                let units = Units::Machines(&drawn.input);
                LossTally::new(services, units, days, scenario.seed, world)
            }),
        };
        let mut taken = Vec::with_capacity(scenario.repeats as usize);
        for repeat in 0..scenario.repeats {
            both.totals = Totals::default();
            if let Some(losses) = &mut both.losses {
                losses.begin(repeat);
            }
            prepared.sample(seed, u64::from(repeat), &mut scratch, &mut both);
            if let Some(losses) = &mut both.losses {
                losses.end();
            }
            taken.push(f64::from(both.totals.infected));
        }
        let mut sum = Cost::default();
        if let (Some((services, days)), Some(losses)) = (self.losses, both.losses) {
            let identity = LossIdentity {
                days,
                ..LossIdentity::default()
            };
            let part = LossPart {
                identity,
                ..losses.finish()
            };
            let numbers = services.rules().draw(scenario.seed, world);
            for cost in costs(&part, services, &numbers).into_values() {
                sum.worth += cost.worth;
                for (activity, units) in cost.units {
                    *sum.units.entry(activity).or_default() += units;
                }
            }
        }
        Ok(World { taken, cost: sum })
    }
}

/// Counts machines, and reads losses where they are asked for.
struct Both<'a> {
    totals: Totals,
    losses: Option<LossTally<'a>>,
}

impl Watch for Both<'_> {
    fn note(&mut self, hours: f64, event: Event) {
        self.totals.note(hours, event);
        if let Some(losses) = &mut self.losses {
            losses.note(hours, event);
        }
    }
}

fn saved(without: &[World], with: &[World]) -> Saved {
    let worlds = without.iter().chain(with);
    let activities: BTreeSet<usize> = worlds
        .flat_map(|world| world.cost.units.keys().copied())
        .collect();
    let units = |activity: usize| {
        let of = |world: &World| world.cost.units.get(&activity).copied().unwrap_or(0.0);
        (activity, difference(without, with, &of))
    };
    Saved {
        units: activities.into_iter().map(units).collect(),
        worth: difference(without, with, &|world| world.cost.worth),
    }
}

/// The mean difference for one outbreak of what worlds add up to, and its standard error from the differences of worlds' means.
fn difference(one: &[World], other: &[World], of: &dyn Fn(&World) -> f64) -> (f64, f64) {
    let mean = |world: &World| of(world) / world.taken.len().max(1) as f64;
    let worlds = one.iter().zip(other);
    let differences: Vec<f64> = worlds.map(|(one, other)| mean(one) - mean(other)).collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let squares = differences.iter().map(|value| (value - mean).powi(2));
    let variance = squares.sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
