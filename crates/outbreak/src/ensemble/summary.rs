//! What an ensemble's replicates come to.

use wardround_engine::Across;
use wardround_estate::{HostId, NetworkId, OrganisationId};

use super::part::{HOUR, ONE, OrganisationRow, Part, ReplicateRow};
use super::statistics::{between_share, mean_and_error, quantile};
use super::tally::POINTS_PER_HOUR;
use crate::scenario::Scenario;

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
    /// Hours since the beginning.
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
    /// What its first infection came through, as shares in the order of [`Across::ALL`].
    pub through: [f64; Across::ALL.len()],
    /// The other organisation that its first infection came from most often, and in which share of outbreaks that reached
    /// it: that one's border let it out, its own let it in.
    pub from: Option<(OrganisationId, f64)>,
    /// In which share of outbreaks that reached it the first infection came from another organisation by a link, where no border
    /// would have let it pass.
    pub by_link: f64,
    /// Between which networks it came from another organisation most often, and in which share of outbreaks that reached it.
    pub gate: Option<Gate>,
}

/// Where one organisation's first infection passed from another into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    /// The network that it left. Beyond the estate's networks: one made up for machines whose network nobody knows.
    pub from: NetworkId,
    /// The network that it came into.
    pub to: NetworkId,
    /// The share of outbreaks that reached the organisation.
    pub share: f64,
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
    /// The mean hour of its fall, counted from the beginning, where it fell: each to half a minute. Where n machines were alike it
    /// is theirs, and short of it by n in a million at most.
    pub mean_hour: Option<f64>,
}

/// An outbreak has died out below five machines or half a per cent of them, whichever is more; in an estate of a few
/// machines below half of them, for there five may be all.
pub(super) fn dies_out_below(hosts: usize) -> u32 {
    let usual = u32::try_from(hosts.div_ceil(200))
        .unwrap_or(u32::MAX)
        .max(5);
    let half = u32::try_from(hosts.div_ceil(2)).unwrap_or(u32::MAX).max(2);
    usual.min(half)
}

/// The distribution of machines taken, without its course over time.
pub(crate) fn spread_of(hosts: usize, by_world: &[Vec<f64>]) -> Spread {
    let below = dies_out_below(hosts);
    let is_grown = |taken: &f64| *taken >= f64::from(below);
    let died: Vec<f64> = by_world
        .iter()
        .map(|world| {
            let died = world.iter().filter(|taken| !is_grown(taken));
            died.count() as f64 / world.len().max(1) as f64
        })
        .collect();
    let all = || by_world.iter().flatten().copied();
    Spread {
        replicates: u32::try_from(all().count()).unwrap_or(u32::MAX),
        hosts: u32::try_from(hosts).unwrap_or(u32::MAX),
        dies_out_below: below,
        dies_out: mean_and_error(&died),
        taken: interval(all().filter(is_grown).collect()),
        mean_taken: mean_and_error(
            &by_world
                .iter()
                .map(|world| mean(world))
                .collect::<Vec<f64>>(),
        ),
        fan: Vec::new(),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Sums up what replicates left behind.
#[must_use]
pub fn summarise(part: &Part, scenario: &Scenario) -> Ensemble {
    let hosts = part.hosts.len();
    let below = dies_out_below(hosts);
    let repeats = scenario.repeats.max(1);
    let by_world: Vec<Vec<f64>> = part
        .replicates
        .chunk_by(|one, other| one.replicate / repeats == other.replicate / repeats)
        .map(|world| world.iter().map(|row| f64::from(row.taken)).collect())
        .collect();
    let world_means: Vec<f64> = by_world.iter().map(|world| mean(world)).collect();
    let grown: Vec<&ReplicateRow> = part
        .replicates
        .iter()
        .filter(|row| row.taken >= below)
        .collect();
    let curves: Vec<&Vec<u32>> = grown.iter().map(|row| &row.curve).collect();
    Ensemble {
        spread: Spread {
            fan: fan(&curves),
            ..spread_of(hosts, &by_world)
        },
        world_variance_share: between_share(&by_world),
        assumed_share: (part.spread_taken > 0)
            .then(|| part.drawn_taken as f64 / part.spread_taken as f64),
        organisations: organisations(part),
        crossings: crossings(part),
        hosts: host_uses(part),
        finals: part.replicates.iter().map(|row| row.taken).collect(),
        world_means,
    }
}

pub(super) fn interval(mut values: Vec<f64>) -> Option<Interval> {
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

fn organisations(part: &Part) -> Vec<OrganisationUse> {
    let count = part.replicates.len().max(1) as f64;
    let mut rows: Vec<&OrganisationRow> = part.organisations.iter().collect();
    rows.sort_by_key(|row| (row.organisation, row.replicate));
    rows.chunk_by(|one, other| one.organisation == other.organisation)
        .filter_map(|rows| {
            let mut first: Vec<f64> = rows.iter().map(|row| row.first_hours).collect();
            first.sort_by(f64::total_cmp);
            let mut through = [0u32; Across::ALL.len()];
            for row in rows {
                through[row.through as usize] += 1;
            }
            let share = |times: usize| times as f64 / rows.len() as f64;
            let from = most_often(rows.iter().filter_map(|row| row.from));
            let gate = most_often(rows.iter().filter_map(|row| row.gate));
            Some(OrganisationUse {
                organisation: OrganisationId(rows[0].organisation),
                reached: rows.len() as f64 / count,
                first_hour: quantile(&first, 0.5),
                taken: interval(rows.iter().map(|row| f64::from(row.taken)).collect())?,
                through: through.map(|times| f64::from(times) / rows.len() as f64),
                from: from.map(|(source, times)| (OrganisationId(source), share(times))),
                by_link: share(rows.iter().filter(|row| row.by_link).count()),
                gate: gate.map(|((from, to), times)| Gate {
                    from: NetworkId(from),
                    to: NetworkId(to),
                    share: share(times),
                }),
            })
        })
        .collect()
}

/// What is there most often, and how often: of several the least.
fn most_often<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut sorted: Vec<T> = all.collect();
    sorted.sort_unstable();
    let alike = sorted.chunk_by(|one, other| one == other);
    // Of several the last one counts.
    let most = alike.rev().max_by_key(|same| same.len())?;
    Some((*most.first()?, most.len()))
}

fn crossings(part: &Part) -> Vec<CrossingUse> {
    let mut sorted: Vec<_> = part.crossings.iter().collect();
    sorted.sort_by_key(|(pair, count)| (std::cmp::Reverse(**count), **pair));
    sorted
        .into_iter()
        .map(|((from, to), count)| CrossingUse {
            from: NetworkId(*from),
            to: NetworkId(*to),
            used: *count as f64 / part.replicates.len().max(1) as f64,
        })
        .collect()
}

fn host_uses(part: &Part) -> Vec<HostUse> {
    let count = part.replicates.len().max(1) as f64;
    let share = |sum: u64| sum as f64 / ONE as f64 / count;
    (0..)
        .map(HostId)
        .zip(&part.hosts)
        .map(|(host, sum)| HostUse {
            host,
            falls: share(sum.falls),
            passes_on: share(sum.passes),
            mean_hour: (sum.falls > 0)
                .then(|| sum.hours as f64 / HOUR as f64 / (sum.falls as f64 / ONE as f64)),
        })
        .collect()
}
