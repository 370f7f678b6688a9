//! Sampling an ensemble and summing it up.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Event, InputError, Watch};

use super::identity::EnsembleIdentity;
use super::part::{HostSum, Part};
use super::summary::{Ensemble, summarise};
use super::tally::Tally;
use crate::draws::{Decides, key};
use crate::harm::{EstateServices, LossIdentity, LossPart, LossTally, Units};
use crate::population::{Effect, Population, Settle};
use crate::scenario::Scenario;

/// Why an ensemble could not be sampled.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is nobody to infect.
    #[error("the estate has no machines, so no outbreak can be sampled")]
    NoHosts,
    /// The engine refused a world.
    #[error("a world could not be simulated")]
    Input(#[from] InputError),
}

/// Samples the scenario's outbreaks of a population's threat, world by world. The number of threads changes nothing.
///
/// `progress` is told how many more outbreaks are done, from any thread.
///
/// # Errors
/// When there are no machines, or the engine refuses a world.
pub fn run(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
    progress: &(dyn Fn(u32) + Sync),
) -> Result<Ensemble, RunError> {
    let all = 0..scenario.replicates();
    let (part, _) = sample(population, scenario, settle, effects, all, None, progress)?;
    Ok(summarise(&part, scenario))
}

/// Samples some of the scenario's replicates: those of any cut merge into what [`run`] sums up.
///
/// # Errors
/// When there are no machines, or the engine refuses a world.
pub fn run_part(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
    replicates: Range<u32>,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<Part, RunError> {
    let ensemble = EnsembleIdentity::of(population, scenario, settle, effects);
    let end = replicates.end.min(scenario.replicates());
    let replicates = replicates.start.min(end)..end;
    let (part, _) = sample(
        population, scenario, settle, effects, replicates, None, progress,
    )?;
    Ok(Part { ensemble, ..part })
}

/// Samples some of the scenario's replicates as [`run_part`] does, and reads the losses of an estate's services off each while
/// it is in memory, over so many days from that of the beginning. The outbreaks are those that [`run_part`] samples.
///
/// # Errors
/// When there are no machines, or the engine refuses a world.
#[expect(
    clippy::too_many_arguments,
    reason = "those of `run_part`, and whose losses over how many days"
)]
pub fn run_with_losses(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
    replicates: Range<u32>,
    services: &EstateServices,
    days: u32,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<(Part, LossPart), RunError> {
    let ensemble = EnsembleIdentity::of(population, scenario, settle, effects);
    let end = replicates.end.min(scenario.replicates());
    let replicates = replicates.start.min(end)..end;
    let wanted = Some((services, days));
    let (part, losses) = sample(
        population, scenario, settle, effects, replicates, wanted, progress,
    )?;
    let identity = LossIdentity {
        ensemble: ensemble.clone(),
        services: services.digest(),
        days,
    };
    Ok((Part { ensemble, ..part }, LossPart { identity, ..losses }))
}

/// Both watch an outbreak.
struct Watchers<'a> {
    tally: Tally<'a>,
    losses: Option<LossTally<'a>>,
}

impl Watch for Watchers<'_> {
    const WANTS_SOURCES: bool = Tally::WANTS_SOURCES;

    fn note(&mut self, hours: f64, event: Event) {
        self.tally.note(hours, event);
        if let Some(losses) = &mut self.losses {
            losses.note(hours, event);
        }
    }
}

fn sample(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
    replicates: Range<u32>,
    losses: Option<(&EstateServices, u32)>,
    progress: &(dyn Fn(u32) + Sync),
) -> Result<(Part, LossPart), RunError> {
    let hosts = population.estate().hosts.len();
    if hosts == 0 {
        return Err(RunError::NoHosts);
    }
    let repeats = scenario.repeats.max(1);
    let worlds = replicates.start / repeats..replicates.end.div_ceil(repeats);
    // Summed as worlds finish, in any order, which whole numbers allow: keeping a sum of every machine for every world
    // would fill the memory of a small computer with a large estate.
    let sums = Mutex::new(vec![HostSum::default(); hosts]);
    let of_world = |world: u32| -> Result<(Part, LossPart), RunError> {
        let first = world * repeats;
        let own = replicates.start.max(first)..replicates.end.min(first + repeats);
        let (drawn, count) = (
            population.world(scenario, u64::from(world), settle, effects),
            own.end - own.start,
        );
        let seed = key(scenario.seed, u64::from(world), Decides::Replicate, &[]);
        let prepared = Prepared::new(&drawn.input)?;
        let mut watchers = Watchers {
            tally: Tally::new(&prepared, &drawn.drawn_open),
            losses: losses.map(|(services, days)| {
                let world = u64::from(world);
                LossTally::new(
                    services,
                    Units::Alike(&prepared),
                    days,
                    scenario.seed,
                    world,
                )
            }),
        };
        let mut scratch = Scratch::new();
        for replicate in own {
            let repeat = u64::from(replicate - first);
            watchers.tally.begin(replicate);
            if let Some(losses) = &mut watchers.losses {
                losses.begin(replicate);
            }
            prepared.sample(seed, repeat, &mut scratch, &mut watchers);
            watchers.tally.end();
            if let Some(losses) = &mut watchers.losses {
                losses.end();
            }
        }
        let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
        let part = watchers.tally.finish(&mut sums);
        drop(sums);
        let lost = watchers.losses.map(LossTally::finish).unwrap_or_default();
        progress(count);
        Ok((part, lost))
    };
    let put_together = Mutex::new(PutTogether::from(worlds.start));
    // In their order, so that few wait for one before them.
    worlds
        .par_bridge()
        .try_for_each(|world| -> Result<(), RunError> {
            let left = of_world(world)?;
            let mut whole = (put_together.lock()).unwrap_or_else(PoisonError::into_inner);
            whole.add(world, left);
            Ok(())
        })?;
    let put_together = (put_together.into_inner()).unwrap_or_else(PoisonError::into_inner);
    let (whole, lost) = put_together.whole;
    let hosts = sums.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((Part { hosts, ..whole }, lost))
}

/// What worlds leave, put together in their order as soon as it can be: rows of a whole country are too many to be held
/// twice over.
struct PutTogether {
    whole: (Part, LossPart),
    /// The world that comes next.
    next: u32,
    waiting: BTreeMap<u32, (Part, LossPart)>,
}

impl PutTogether {
    fn from(first: u32) -> Self {
        Self {
            whole: Default::default(),
            next: first,
            waiting: BTreeMap::new(),
        }
    }

    fn add(&mut self, world: u32, left: (Part, LossPart)) {
        self.waiting.insert(world, left);
        while let Some((part, losses)) = self.waiting.remove(&self.next) {
            self.whole.0.extend(part);
            self.whole.1.extend(losses);
            self.next += 1;
        }
    }
}
