//! Sampling an ensemble and summing it up.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use wardround_engine::plain::{InputError, Prepared, Scratch};
use wardround_estate::{HostId, NetworkId, OrganisationId};

use super::statistics::{between_share, mean_and_error, quantile};
use super::tally::{MachineTally, POINTS_PER_HOUR, WorldTally};
use crate::draws::{Decides, key};
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

/// Many outbreaks of one threat under one scenario.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// The distribution of machines taken.
    pub spread: Spread,
    /// Machines taken in each outbreak, world by world.
    pub finals: Vec<u32>,
    /// Mean machines taken in each world.
    pub world_means: Vec<f64>,
    /// The share of the variance of machines taken that lies between worlds; the rest is chance.
    pub world_variance_share: Option<f64>,
    /// Of the machines taken, entries apart, the share whose state was drawn.
    pub assumed_share: Option<f64>,
    /// Organisations that were reached, in the order of their numbers.
    pub organisations: Vec<OrganisationUse>,
    /// Pairs of networks that were crossed, most used first.
    pub crossings: Vec<CrossingUse>,
    /// Every machine.
    pub hosts: Vec<HostUse>,
}

/// The distribution of machines taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Outbreaks.
    pub replicates: u32,
    /// Machines in the estate.
    pub hosts: u32,
    /// Fewer than this many, and an outbreak has died out.
    pub dies_out_below: u32,
    /// The share of outbreaks that died out, and its Monte Carlo standard error.
    pub dies_out: (f64, f64),
    /// Machines taken where it did not die out.
    pub taken: Option<Interval>,
    /// Mean machines taken over all outbreaks, and its Monte Carlo standard error.
    pub mean_taken: (f64, f64),
    /// Machines taken over time where it did not die out.
    pub fan: Vec<FanPoint>,
}

/// The 5, 50 and 95 % quantiles of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// 5 %.
    pub low: f64,
    /// 50 %.
    pub median: f64,
    /// 95 %.
    pub high: f64,
}

/// Machines taken by one hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanPoint {
    /// Hours since the first infection.
    pub hour: f64,
    /// 5, 25, 50, 75 and 95 % quantiles.
    pub quantiles: [f64; 5],
}

/// What outbreaks did to one organisation's networks.
#[derive(Clone, Debug)]
pub struct OrganisationUse {
    /// Which.
    pub organisation: OrganisationId,
    /// The share of outbreaks that reached it.
    pub reached: f64,
    /// Machines taken where it was reached.
    pub taken: Interval,
    /// The median hour of its first infection where it was reached.
    pub first_hour: f64,
}

/// How often a pair of networks was crossed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrossingUse {
    /// From. Beyond the estate's networks: one made up for machines whose network nobody knows.
    pub from: NetworkId,
    /// To.
    pub to: NetworkId,
    /// The share of outbreaks in which it was.
    pub used: f64,
}

/// What became of one machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostUse {
    /// Which.
    pub host: HostId,
    /// The share of outbreaks in which it fell.
    pub falls: f64,
    /// Mean machines that it infected itself.
    pub passes_on: f64,
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
    let hosts = population.estate().hosts.len();
    if hosts == 0 {
        return Err(RunError::NoHosts);
    }
    // Summed as worlds finish, in any order: keeping a count of every machine for every world would fill the memory of a
    // small computer with a large estate.
    let machines = Mutex::new(vec![MachineTally::default(); hosts]);
    let worlds: Vec<WorldTally> = (0..scenario.worlds)
        .into_par_iter()
        .map(|world| {
            let mut tally = run_world(population, scenario, settle, effects, world)?;
            let own = std::mem::take(&mut tally.machines);
            let mut sums = machines.lock().unwrap_or_else(PoisonError::into_inner);
            for (sum, more) in sums.iter_mut().zip(own) {
                sum.falls += more.falls;
                sum.passes += more.passes;
            }
            drop(sums);
            progress(scenario.repeats);
            Ok(tally)
        })
        .collect::<Result<_, RunError>>()?;
    let machines = machines
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    Ok(summarise(&machines, scenario, &worlds))
}

fn run_world(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
    world: u32,
) -> Result<WorldTally, RunError> {
    let drawn = population.world(scenario, u64::from(world), settle, effects);
    let prepared = Prepared::new(&drawn.input)?;
    let mut scratch = Scratch::new();
    let mut tally = WorldTally::new(drawn.input.hosts.len());
    let seed = key(scenario.seed, u64::from(world), Decides::Replicate, &[]);
    for repeat in 0..scenario.repeats {
        let history = prepared.replicate(seed, u64::from(repeat), &mut scratch);
        tally.add(&drawn.input, &drawn.drawn_open, &history);
    }
    Ok(tally)
}

/// An outbreak has died out below five machines or half a per cent of them, whichever is more; in an estate of a few
/// machines below half of them, for there five may be all.
fn dies_out_below(hosts: usize) -> u32 {
    let usual = u32::try_from(hosts.div_ceil(200))
        .unwrap_or(u32::MAX)
        .max(5);
    let half = u32::try_from(hosts.div_ceil(2)).unwrap_or(u32::MAX).max(2);
    usual.min(half)
}

fn summarise(machines: &[MachineTally], scenario: &Scenario, worlds: &[WorldTally]) -> Ensemble {
    let hosts = machines.len();
    let below = dies_out_below(hosts);
    let finals: Vec<u32> = worlds
        .iter()
        .flat_map(|world| world.finals.iter().copied())
        .collect();
    let by_world: Vec<Vec<f64>> = worlds
        .iter()
        .map(|world| world.finals.iter().map(|taken| f64::from(*taken)).collect())
        .collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let world_means: Vec<f64> = by_world.iter().map(|world| mean(world)).collect();
    let died: Vec<f64> = worlds
        .iter()
        .map(|world| {
            let died = world.finals.iter().filter(|taken| **taken < below).count();
            died as f64 / world.finals.len().max(1) as f64
        })
        .collect();
    let curves: Vec<&Vec<u32>> = worlds
        .iter()
        .flat_map(|world| world.finals.iter().zip(&world.curves))
        .filter(|(taken, _)| **taken >= below)
        .map(|(_, curve)| curve)
        .collect();
    let grown = finals
        .iter()
        .filter(|taken| **taken >= below)
        .map(|taken| f64::from(*taken))
        .collect();
    let spread_taken: u64 = worlds.iter().map(|world| world.spread_taken).sum();
    let drawn_taken: u64 = worlds.iter().map(|world| world.drawn_taken).sum();
    Ensemble {
        spread: Spread {
            replicates: scenario.replicates(),
            hosts: u32::try_from(hosts).unwrap_or(u32::MAX),
            dies_out_below: below,
            dies_out: mean_and_error(&died),
            taken: interval(grown),
            mean_taken: mean_and_error(&world_means),
            fan: fan(&curves),
        },
        world_variance_share: between_share(&by_world),
        assumed_share: (spread_taken > 0).then(|| drawn_taken as f64 / spread_taken as f64),
        organisations: organisations(worlds, finals.len()),
        crossings: crossings(worlds, finals.len()),
        hosts: host_uses(machines, finals.len()),
        world_means,
        finals,
    }
}

fn interval(mut values: Vec<f64>) -> Option<Interval> {
    if values.is_empty() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |share| quantile(&values, share);
    Some(Interval {
        low: at(0.05),
        median: at(0.5),
        high: at(0.95),
    })
}

fn fan(curves: &[&Vec<u32>]) -> Vec<FanPoint> {
    let points = curves.first().map_or(0, |curve| curve.len());
    (0..points)
        .map(|point| {
            let mut values: Vec<f64> = curves.iter().map(|curve| f64::from(curve[point])).collect();
            values.sort_by(f64::total_cmp);
            FanPoint {
                hour: point as f64 / POINTS_PER_HOUR,
                quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&values, share)),
            }
        })
        .collect()
}

fn organisations(worlds: &[WorldTally], replicates: usize) -> Vec<OrganisationUse> {
    let mut uses: BTreeMap<u32, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for (organisation, taken, first) in worlds
        .iter()
        .flat_map(|world| world.organisations.iter().flatten())
    {
        let entry = uses.entry(*organisation).or_default();
        entry.0.push(f64::from(*taken));
        entry.1.push(*first);
    }
    uses.into_iter()
        .filter_map(|(organisation, (taken, mut first))| {
            first.sort_by(f64::total_cmp);
            Some(OrganisationUse {
                organisation: OrganisationId(organisation),
                reached: taken.len() as f64 / replicates.max(1) as f64,
                first_hour: quantile(&first, 0.5),
                taken: interval(taken)?,
            })
        })
        .collect()
}

fn crossings(worlds: &[WorldTally], replicates: usize) -> Vec<CrossingUse> {
    let mut uses: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (pair, count) in worlds.iter().flat_map(|world| &world.crossings) {
        *uses.entry(*pair).or_default() += count;
    }
    let mut sorted: Vec<_> = uses.into_iter().collect();
    sorted.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    sorted
        .into_iter()
        .map(|((from, to), count)| CrossingUse {
            from: NetworkId(from),
            to: NetworkId(to),
            used: f64::from(count) / replicates.max(1) as f64,
        })
        .collect()
}

fn host_uses(machines: &[MachineTally], replicates: usize) -> Vec<HostUse> {
    let share = |count: u64| count as f64 / replicates.max(1) as f64;
    (0..)
        .map(HostId)
        .zip(machines)
        .map(|(host, machine)| HostUse {
            host,
            falls: share(machine.falls),
            passes_on: share(machine.passes),
        })
        .collect()
}
