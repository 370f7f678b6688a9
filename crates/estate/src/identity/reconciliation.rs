//! How each source's count of machines becomes ours.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{Identifier, Reading};

use super::merge::Merged;
use crate::HostId;

/// How the sources' machines became hosts.
#[derive(Clone, Debug, Default)]
pub struct Reconciliation {
    /// Machines by family of source, in the order of their names.
    pub by_source: Vec<SourceCount>,
    /// How many machines of the sources were found to be one that was already counted.
    pub merged: u32,
    /// Pairs that might be one machine and were kept apart.
    pub unsure: Vec<Unsure>,
    /// Identifiers that were not believed.
    pub disqualified: Vec<Disqualified>,
    /// How many hosts are known to two or more families of source.
    pub seen_twice: u32,
    /// An estimate of machines in no source: low, middle, high; see [`super::unseen`].
    pub unseen: Option<(f64, f64, f64)>,
}

/// How many machines one family of sources speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    /// The family, in words.
    pub family: String,
    /// Machines.
    pub machines: u32,
    /// Machines that no other family knows.
    pub only_here: u32,
}

/// Two hosts that might be one machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsure {
    /// One.
    pub first: HostId,
    /// The other.
    pub second: HostId,
    /// What they share and what keeps them apart.
    pub why: String,
}

/// An identifier that was not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disqualified {
    /// Which.
    pub identifier: Identifier,
    /// Why.
    pub why: &'static str,
}

/// Counts; `host_of` gives the host that each machine of the merge became.
pub(crate) fn reconcile(
    readings: &[Reading],
    merged: Merged,
    host_of: &[HostId],
) -> Reconciliation {
    let mut families: BTreeMap<&str, SourceCount> = BTreeMap::new();
    let mut seen_twice = 0;
    let mut doubled = 0u32;
    let mut capture: BTreeMap<BTreeSet<&str>, u32> = BTreeMap::new();
    for machine in &merged.machines {
        let known_to: BTreeSet<&str> = machine
            .iter()
            .map(|id| readings[id.reading as usize].source.family.as_ref())
            .collect();
        for family in &known_to {
            let count = families.entry(family).or_insert(SourceCount {
                family: (*family).to_owned(),
                machines: 0,
                only_here: 0,
            });
            count.machines += 1;
            count.only_here += u32::from(known_to.len() == 1);
        }
        seen_twice += u32::from(known_to.len() > 1);
        doubled += u32::try_from(known_to.len().saturating_sub(1)).unwrap_or(u32::MAX);
        *capture.entry(known_to).or_default() += 1;
    }
    Reconciliation {
        by_source: families.into_values().collect(),
        merged: doubled,
        unsure: merged
            .unsure
            .into_iter()
            .map(|(one, other, why)| {
                let (first, second) = (
                    host_of[one].min(host_of[other]),
                    host_of[one].max(host_of[other]),
                );
                Unsure { first, second, why }
            })
            .collect(),
        disqualified: merged.disqualified,
        seen_twice,
        unseen: super::unseen(&capture),
    }
}
