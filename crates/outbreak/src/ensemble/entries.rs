//! What outbreaks took by where they began.

use std::collections::BTreeMap;

use wardround_estate::{Estate, NetworkId, OrganisationId};
use wardround_evidence::NetworkKind;

use super::part::Part;
use super::summary::{Interval, dies_out_below, interval};

/// What outbreaks that began in one kind of network of one organisation took: the blast radius of an entry there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryClass {
    /// Whose network.
    pub organisation: OrganisationId,
    /// What kind of network.
    pub kind: NetworkKind,
    /// How many outbreaks began there.
    pub outbreaks: u32,
    /// The share of them that did not die out.
    pub grows: f64,
    /// Machines taken in them, the entry included.
    pub taken: Interval,
}

/// The `most` classes of entry in which most outbreaks began, in the order of organisations and kinds: where machines are many,
/// and not where an entry would do most.
#[must_use]
pub fn entry_classes(part: &Part, estate: &Estate, most: usize) -> Vec<EntryClass> {
    let below = dies_out_below(part.hosts.len());
    let mut by_class: BTreeMap<(OrganisationId, NetworkKind), Vec<f64>> = BTreeMap::new();
    for row in &part.replicates {
        let network = row
            .entry_network
            .filter(|network| (*network as usize) < estate.networks.len());
        if let Some(network) = network {
            let network = estate.network(NetworkId(network));
            let class = (network.organisation, network.kind);
            by_class
                .entry(class)
                .or_default()
                .push(f64::from(row.taken));
        }
    }
    let mut classes: Vec<_> = by_class.into_iter().collect();
    classes.sort_by_key(|(_, taken)| std::cmp::Reverse(taken.len()));
    classes.truncate(most);
    classes.sort_by_key(|(class, _)| *class);
    classes
        .into_iter()
        .filter_map(|((organisation, kind), taken)| {
            let grown = taken.iter().filter(|taken| **taken >= f64::from(below));
            Some(EntryClass {
                organisation,
                kind,
                outbreaks: u32::try_from(taken.len()).unwrap_or(u32::MAX),
                grows: grown.count() as f64 / taken.len() as f64,
                taken: interval(taken)?,
            })
        })
        .collect()
}
