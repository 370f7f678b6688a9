//! How the sources' counts become ours.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Listing, Machine, Shown};
use crate::review;

/// How the sources' counts become ours.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Reconciliation {
    /// Machines by kind of source.
    pub(crate) by_source: Vec<SourceCount>,
    /// What we count.
    pub(crate) hosts: u32,
    /// Doubles that were merged.
    pub(crate) merged: u32,
    /// How many doubles each kind of identifier joined, strongest kind first.
    pub(crate) merged_by: Vec<IdentifierCount>,
    /// Pairs that might be one machine and were kept apart.
    pub(crate) unsure: Listing<UnsurePair>,
    /// How many unsure pairs there are in all.
    pub(crate) unsure_total: u32,
    /// Identifiers that were not believed.
    pub(crate) disqualified: Vec<Disqualified>,
}

/// How many machines one kind of source speaks of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SourceCount {
    /// The kind in words.
    pub(crate) source: Shown,
    /// Distinct machines by that source's own identifiers.
    pub(crate) machines: u32,
    /// Machines that no other kind of source knows.
    pub(crate) only_here: u32,
}

/// How many doubles one kind of identifier joined.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct IdentifierCount {
    /// The kind of identifier.
    pub(crate) kind: &'static str,
    /// How many.
    pub(crate) count: u32,
}

/// Two machines that might be one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct UnsurePair {
    /// One.
    pub(crate) first: Machine,
    /// The other.
    pub(crate) second: Machine,
    /// What they share and what keeps them apart.
    pub(crate) why: Shown,
}

/// Identifiers of one kind that were not believed for one reason.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Disqualified {
    /// The kind of identifier.
    pub(crate) kind: &'static str,
    /// Why they were not believed.
    pub(crate) why: Shown,
    /// How many.
    pub(crate) count: u32,
}

impl Reconciliation {
    pub(crate) fn new(reconciliation: &review::Reconciliation, door: &Door<'_>) -> Self {
        Self {
            by_source: door.each(&reconciliation.by_source, |count, door| SourceCount {
                source: door.text(&count.source),
                machines: count.machines,
                only_here: count.only_here,
            }),
            hosts: reconciliation.hosts,
            merged: reconciliation.merged,
            merged_by: door.each(&reconciliation.merged_by, |(kind, count), _| {
                IdentifierCount {
                    kind: kind.words(),
                    count: *count,
                }
            }),
            unsure: Listing::new(
                &reconciliation.unsure,
                door,
                |pair| pair.first.organisation.as_ref(),
                |pair, door| UnsurePair {
                    first: Machine::new(&pair.first, door),
                    second: Machine::new(&pair.second, door),
                    why: door.text(&pair.why),
                },
            ),
            unsure_total: reconciliation.unsure_total,
            disqualified: door.each(&reconciliation.disqualified, |(kind, why, count), door| {
                Disqualified {
                    kind: kind.words(),
                    why: door.text(why),
                    count: *count,
                }
            }),
        }
    }
}
