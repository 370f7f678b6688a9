//! A list that only the team may read, with counts per organisation for the others.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use wardround_evidence::OrganisationName;

use super::{Door, Shown};

/// Lines for the team; for others only how many of them each organisation has.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Listing_of_{T}")]
pub(crate) struct Listing<T> {
    /// The lines; empty for everyone but the team.
    pub(crate) lines: Vec<T>,
    /// How many lines there are, shown or not.
    pub(crate) total: usize,
    /// How many lines each organisation has, most first; empty for the team, who can read them.
    pub(crate) per_organisation: Vec<OrganisationCount>,
}

/// How many lines of a list one organisation has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct OrganisationCount {
    /// The organisation; none for machines that no organisation claims.
    pub(crate) organisation: Option<Shown>,
    /// How many lines.
    pub(crate) count: usize,
}

impl<T> Listing<T> {
    pub(crate) fn new<From>(
        items: &[From],
        door: &Door<'_>,
        organisation: impl Fn(&From) -> Option<&OrganisationName>,
        make: impl Fn(&From, &Door<'_>) -> T,
    ) -> Self {
        let total = items.len();
        if door.names_hosts() {
            return Self {
                lines: door.each(items, make),
                total,
                per_organisation: Vec::new(),
            };
        }
        let mut counts: BTreeMap<Option<&OrganisationName>, usize> = BTreeMap::new();
        for item in items {
            *counts.entry(organisation(item)).or_default() += 1;
        }
        let mut per_organisation: Vec<OrganisationCount> = counts
            .into_iter()
            .map(|(name, count)| OrganisationCount {
                organisation: name.map(|name| door.organisation(name)),
                count,
            })
            .collect();
        per_organisation.sort_by(|a, b| {
            (b.count.cmp(&a.count)).then_with(|| a.organisation.cmp(&b.organisation))
        });
        Self {
            lines: Vec::new(),
            total,
            per_organisation,
        }
    }

    /// Whether there are lines that this audience may not read.
    pub(crate) fn is_withheld(&self) -> bool {
        self.lines.len() < self.total
    }
}
