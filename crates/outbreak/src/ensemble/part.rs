//! What a range of an ensemble's replicates left behind: whole numbers and rows by replicate, so that parts merge exactly,
//! in any cut.

use std::collections::BTreeMap;
use std::ops::Range;

use wardround_engine::Across;

use super::identity::EnsembleIdentity;

/// Replicates `a..b` of an ensemble, summed up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The ensemble that it is part of.
    pub ensemble: EnsembleIdentity,
    /// One row for each replicate, ascending.
    pub replicates: Vec<ReplicateRow>,
    /// One row for each organisation that a replicate reached, ascending by replicate and organisation.
    pub organisations: Vec<OrganisationRow>,
    /// In how many replicates each pair of networks was crossed; none in estates of more than
    /// [`PAIRS_UP_TO`] networks, where nearly every infection crosses a pair that none has crossed before.
    pub crossings: BTreeMap<(u32, u32), u64>,
    /// What became of each machine, over all replicates.
    pub hosts: Vec<HostSum>,
    /// Machines taken, entries apart, over all replicates.
    pub spread_taken: u64,
    /// How many of them were open by a draw only.
    pub drawn_taken: u64,
}

/// One replicate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplicateRow {
    /// Its number: world × repeats + repeat.
    pub replicate: u32,
    /// The network of the machine that entered, where one did, and not several, and it has a network.
    pub entry_network: Option<u32>,
    /// Different machines taken.
    pub taken: u32,
    /// Machines put out of service by the payload.
    pub disabled: u32,
    /// Machines crashed.
    pub crashed: u32,
    /// Machines rebuilt.
    pub rebuilt: u32,
    /// Organisations that acted.
    pub acted: u32,
    /// Machines taken by each point in time.
    pub curve: Vec<u32>,
}

/// One organisation that was reached in one replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrganisationRow {
    /// The replicate.
    pub replicate: u32,
    /// The organisation.
    pub organisation: u32,
    /// Its machines taken.
    pub taken: u32,
    /// Its machines put out of service.
    pub disabled: u32,
    /// When its first machine was taken.
    pub first_hours: f64,
    /// What that infection came through.
    pub through: Across,
    /// The organisation that it came from, where it came from another.
    pub from: Option<u32>,
    /// The networks that it went from and to, where it came from another organisation.
    pub gate: Option<(u32, u32)>,
    /// Whether a link let it pass, and no border did.
    pub by_link: bool,
}

/// What became of one machine, in units of [`ONE`]: where several were alike, each has its share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HostSum {
    /// How often it fell.
    pub falls: u64,
    /// How many machines it infected.
    pub passes: u64,
    /// The sum of the hours at which it fell, in units of [`HOUR`].
    pub hours: u64,
}

/// One fall (2⁴⁰; sums of ten million falls of one machine still fit), so that shares of falls are whole numbers and sums do not depend on their order.
pub const ONE: u64 = 1 << 40;

/// One hour of one fall: 64 ticks of 2²⁰, of which each of the machines that were alike has its share. Sums of ten million
/// falls after a year still fit.
pub const HOUR: u64 = TICKS_PER_HOUR * TICK;

/// So finely the hours of falls are told.
pub(super) const TICKS_PER_HOUR: u64 = 64;
pub(super) const TICK: u64 = 1 << 20;

/// The most networks of which pairs are kept.
pub const PAIRS_UP_TO: usize = 2048;

/// Why parts cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to merge.
    #[error("there are no parts to merge")]
    Nothing,
    /// Replicates are in two parts: even where both say the same, their sums of machines cannot be told apart again.
    #[error("replicates {first}..{} are in two parts", u64::from(*.last) + 1)]
    Twice {
        /// The first.
        first: u32,
        /// The last of those that follow it.
        last: u32,
    },
    /// A replicate is in none.
    #[error("replicates {first}..{} are in none of the parts", u64::from(*.last) + 1)]
    Missing {
        /// The first that is missing.
        first: u32,
        /// The last of those that follow it.
        last: u32,
    },
    /// Parts belong to different ensembles.
    #[error("they are parts of different ensembles: {} is not the same", .0.join(", "))]
    Different(Vec<&'static str>),
    /// Parts speak of different numbers of machines.
    #[error("one part speaks of {one} machines, another of {other}")]
    Machines {
        /// How many one has.
        one: usize,
        /// How many another has.
        other: usize,
    },
}

impl Part {
    /// One part of several: of any cut the same. Whether all replicates are there is asked by [`Part::complete`].
    ///
    /// # Errors
    /// When there are none, a replicate is in two of them, or they speak of different machines.
    pub fn merge(parts: impl IntoIterator<Item = Self>) -> Result<Self, MergeError> {
        let mut parts = parts.into_iter();
        let mut merged = parts.next().ok_or(MergeError::Nothing)?;
        for part in parts {
            merged.add(part)?;
        }
        merged.replicates.sort_by_key(|row| row.replicate);
        merged
            .organisations
            .sort_by_key(|row| (row.replicate, row.organisation));
        let mut twice: Option<(u32, u32)> = None;
        for pair in merged.replicates.windows(2) {
            let (one, other) = (pair[0].replicate, pair[1].replicate);
            match &mut twice {
                None if one == other => twice = Some((one, one)),
                Some((_, last)) if one == other && one <= *last + 1 => *last = one,
                _ => {}
            }
        }
        match twice {
            Some((first, last)) => Err(MergeError::Twice { first, last }),
            None => Ok(merged),
        }
    }

    /// The replicates that are in it, as ranges.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range<u32>> {
        let numbers = self.replicates.iter().map(|row| row.replicate);
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for number in numbers {
            match ranges.last_mut() {
                Some(last) if last.end == number => last.end += 1,
                _ => ranges.push(number..number + 1),
            }
        }
        ranges
    }

    /// The replicates of its ensemble that are not in it, as ranges.
    #[must_use]
    pub fn missing(&self) -> Vec<Range<u32>> {
        let mut missing = Vec::new();
        let mut expected = 0;
        for range in self.ranges() {
            missing.push(expected..range.start);
            expected = range.end;
        }
        missing.push(expected..self.ensemble.replicates());
        missing.retain(|range| range.start < range.end);
        missing
    }

    /// Takes in what another world left behind, but for its machines.
    pub(super) fn extend(&mut self, part: Self) {
        self.replicates.extend(part.replicates);
        self.organisations.extend(part.organisations);
        for (pair, count) in part.crossings {
            *self.crossings.entry(pair).or_default() += count;
        }
        self.spread_taken += part.spread_taken;
        self.drawn_taken += part.drawn_taken;
    }

    fn add(&mut self, mut part: Self) -> Result<(), MergeError> {
        let differs = self.ensemble.differs_from(&part.ensemble);
        if !differs.is_empty() {
            return Err(MergeError::Different(differs));
        }
        if self.hosts.len() != part.hosts.len() {
            return Err(MergeError::Machines {
                one: self.hosts.len(),
                other: part.hosts.len(),
            });
        }
        for (sum, more) in self.hosts.iter_mut().zip(std::mem::take(&mut part.hosts)) {
            sum.falls += more.falls;
            sum.passes += more.passes;
            sum.hours += more.hours;
        }
        self.extend(part);
        Ok(())
    }

    /// Whether exactly these replicates are in it.
    ///
    /// # Errors
    /// With the first gap.
    pub fn complete(&self, wanted: Range<u32>) -> Result<(), MergeError> {
        let mut expected = wanted.start;
        for row in &self.replicates {
            if row.replicate > expected {
                break;
            }
            expected = row.replicate + 1;
        }
        if expected >= wanted.end {
            return Ok(());
        }
        let next = self
            .replicates
            .iter()
            .map(|row| row.replicate)
            .find(|replicate| *replicate > expected);
        Err(MergeError::Missing {
            first: expected,
            last: next.unwrap_or(wanted.end).min(wanted.end) - 1,
        })
    }
}
