//! One of several worlds that share their draws: its outbreaks, and how they differ from those of another.

use rayon::prelude::*;
use wardround_engine::coupled::{Difference, Pairs, Prepared, Scratch};
use wardround_engine::{Event, Totals, Watch};

use super::Alternative;
use crate::draws::{Decides, key};
use crate::ensemble::{RunError, Spread, spread_of};
use crate::harm::{Cost, EstateServices, LossIdentity, LossPart, LossTally, Units, costs};
use crate::population::Population;
use crate::scenario::Scenario;

/// What all worlds that are compared have in common.
#[derive(Clone, Copy)]
pub(crate) struct Sampler<'a> {
    pub(crate) population: &'a Population<'a>,
    pub(crate) scenario: &'a Scenario,
    /// Whose losses are read off the outbreaks, over how many days.
    pub(crate) losses: Option<(&'a EstateServices, u32)>,
}

/// The outbreaks of one alternative, by draw of what is unknown.
pub(crate) struct Sampled {
    hosts: usize,
    worlds: Vec<SampledWorld>,
}

/// What the outbreaks came to under one draw of what is unknown.
pub(crate) struct SampledWorld {
    /// Machines taken in each.
    taken: Vec<f64>,
    /// What they cost, added; nothing where no losses were asked for.
    pub(crate) cost: Cost,
}

impl Sampler<'_> {
    /// The outbreaks of one alternative. The same number of draw and repeat has the same draws whatever is told.
    ///
    /// # Errors
    /// When there are no machines, or the engine refuses a world.
    pub(crate) fn sample(
        &self,
        told: &Alternative,
        progress: &(dyn Fn(u32) + Sync),
    ) -> Result<Sampled, RunError> {
        let hosts = self.population.estate().hosts.len();
        if hosts == 0 {
            return Err(RunError::NoHosts);
        }
        let scenario = told.scenario(self.scenario);
        let worlds = 0..u64::from(scenario.worlds);
        let worlds = worlds.into_par_iter().map(|world| {
            let sampled = self.world(&scenario, world, told)?;
            progress(scenario.repeats);
            Ok(sampled)
        });
        Ok(Sampled {
            hosts,
            worlds: worlds.collect::<Result<_, RunError>>()?,
        })
    }

    fn world(
        &self,
        scenario: &Scenario,
        world: u64,
        told: &Alternative,
    ) -> Result<SampledWorld, RunError> {
        let drawn = self
            .population
            .world(scenario, world, told.settle, &told.effects);
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
        Ok(SampledWorld { taken, cost: sum })
    }
}

impl Sampled {
    /// How far the outbreaks got.
    pub(crate) fn spread(&self) -> Spread {
        let finals: Vec<Vec<f64>> = self
            .worlds
            .iter()
            .map(|world| world.taken.clone())
            .collect();
        spread_of(self.hosts, &finals)
    }

    /// Each draw of what is unknown.
    pub(crate) fn worlds(&self) -> &[SampledWorld] {
        &self.worlds
    }

    /// How many machines more than in another alternative are taken.
    pub(crate) fn taken_beyond(&self, other: &Self) -> Difference {
        self.beyond(other, |world| world.taken.iter().sum())
    }

    /// How much more than in another alternative something is in one outbreak, which `sum` adds up over a draw's outbreaks.
    pub(crate) fn beyond(&self, other: &Self, sum: impl Fn(&SampledWorld) -> f64) -> Difference {
        let mean = |world: &SampledWorld| sum(world) / world.taken.len().max(1) as f64;
        let pairs = self.worlds.iter().zip(&other.worlds);
        let pairs: Pairs = pairs.map(|(one, other)| (mean(one), mean(other))).collect();
        pairs.difference()
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
