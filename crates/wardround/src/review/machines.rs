//! Machines as people know them, and how the sources' counts become ours.

use std::collections::BTreeMap;

use wardround_estate::{Estate, HostId};
use wardround_evidence::IdentifierKind;
use wardround_report::{Reconciliation, SourceCount, Subject, UnsurePair};

use crate::round::Round;

/// How many unsure pairs a page lists.
const PAIRS_LISTED: usize = 50;

/// A machine as people know it.
#[must_use]
pub fn subject(estate: &Estate, id: HostId) -> Subject {
    let host = estate.host(id);
    Subject {
        name: host.name().cloned(),
        address: host.address(),
        organisation: estate.organisation(host.organisation).name.clone(),
        network: host
            .networks
            .first()
            .map(|network| estate.network(*network).name.clone()),
        system: host.product.words().to_owned(),
    }
}

pub(super) fn reconciliation(round: &Round) -> Reconciliation {
    let estate = &round.estate;
    let found = &estate.reconciliation;
    let mut disqualified: BTreeMap<(IdentifierKind, &str), u32> = BTreeMap::new();
    for identifier in &found.disqualified {
        *disqualified
            .entry((identifier.identifier.kind(), identifier.why))
            .or_default() += 1;
    }
    Reconciliation {
        by_source: found
            .by_source
            .iter()
            .map(|count| SourceCount {
                source: count.family.to_owned(),
                machines: count.machines,
                only_here: count.only_here,
            })
            .collect(),
        hosts: u32::try_from(estate.hosts.len()).unwrap_or(u32::MAX),
        merged: found.merged,
        merged_by: Vec::new(),
        unsure: found
            .unsure
            .iter()
            .take(PAIRS_LISTED)
            .map(|pair| UnsurePair {
                first: subject(estate, pair.first),
                second: subject(estate, pair.second),
                why: pair.why.clone(),
            })
            .collect(),
        unsure_total: u32::try_from(found.unsure.len()).unwrap_or(u32::MAX),
        disqualified: disqualified
            .into_iter()
            .map(|((kind, why), count)| (kind, why.to_owned(), count))
            .collect(),
    }
}
