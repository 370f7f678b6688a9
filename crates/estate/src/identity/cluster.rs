//! Sets of statements that may be one machine, and what keeps two of them apart.

use jiff::SignedDuration;
use wardround_evidence::{Identifier, IdentifierKind};

use super::belief::Life;
use super::few::Few;
use super::names::own_domain;
use crate::OrganisationId;

/// What is known of a set of statements taken to be one machine.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster<'a> {
    pub(super) uuids: Few<&'a str>,
    pub(super) serials: Few<&'a str>,
    /// By scheme and identifier.
    pub(super) agents: Few<&'a str, Option<Life>>,
    /// By short name.
    pub(super) names: Few<String, Option<Life>>,
    pub(super) domains: Few<String>,
    /// Organisations that its sources alone speak for, or whose domain it is in.
    pub(super) owners: Few<OrganisationId>,
}

/// Why two sets are not joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Apart {
    /// Different BIOS UUIDs or serial numbers: certainly two machines.
    Hardware,
    /// Two agents reported side by side.
    Agents,
    /// Two names were in use side by side.
    Names,
    /// Two organisations' machines.
    Owners,
    /// Several machines have that name.
    Several,
    /// Several machines had that address within one lease.
    Shared,
    /// The address was seen again after a lease had passed.
    Later,
    /// When one of them was seen at the address nobody tells.
    Undated,
}

impl Apart {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Hardware => "their hardware identifiers differ",
            Self::Agents => "two agents reported under it at the same time",
            Self::Names => "two names were in use at the same time",
            Self::Owners => "they belong to different organisations",
            Self::Several => "several machines have it",
            Self::Shared => "several machines had it within one lease",
            Self::Later => "more than a lease lies between the sightings",
            Self::Undated => "nobody tells when one of them had it",
        }
    }
}

impl<'a> Cluster<'a> {
    /// What keeps these apart when a link of `kind` would join them; none when they may be one.
    pub(super) fn apart(
        &self,
        other: &Self,
        kind: IdentifierKind,
        window: SignedDuration,
    ) -> Option<Apart> {
        if differ(&self.uuids, &other.uuids) || differ(&self.serials, &other.serials) {
            return Some(Apart::Hardware);
        }
        if kind <= IdentifierKind::Agent {
            return None;
        }
        if self.agents_side_by_side(other, window) {
            return Some(Apart::Agents);
        }
        let names_matter = matches!(kind, IdentifierKind::Mac | IdentifierKind::Address);
        if names_matter && self.names_side_by_side(other, kind, window) {
            return Some(Apart::Names);
        }
        let places_matter = matches!(kind, IdentifierKind::ShortName | IdentifierKind::Address);
        if places_matter
            && (differ(&self.domains, &other.domains) || differ(&self.owners, &other.owners))
        {
            return Some(Apart::Owners);
        }
        None
    }

    /// Two installations of one kind of agent that reported at the same time are two machines.
    fn agents_side_by_side(&self, other: &Self, window: SignedDuration) -> bool {
        self.agents.iter().any(|(one, life)| {
            other.agents.iter().any(|(two, other_life)| {
                one != two && scheme(one) == scheme(two) && side_by_side(*life, *other_life, window)
            })
        })
    }

    /// A machine has one name at a time; across an address any difference of names is enough.
    fn names_side_by_side(
        &self,
        other: &Self,
        kind: IdentifierKind,
        window: SignedDuration,
    ) -> bool {
        if self.names.is_empty() || other.names.is_empty() {
            return false;
        }
        if self.names.meets(&other.names) {
            return false;
        }
        kind == IdentifierKind::Address
            || self.names.values().any(|life| {
                other
                    .names
                    .values()
                    .any(|other_life| side_by_side(*life, *other_life, window))
            })
    }

    /// Whether nothing but addresses is known of it.
    pub(super) fn is_bare(&self) -> bool {
        self.uuids.is_empty()
            && self.serials.is_empty()
            && self.agents.is_empty()
            && self.names.is_empty()
    }

    /// Takes in another one; the smaller is moved.
    pub(super) fn absorb(&mut self, mut other: Self) {
        if other.names.len() + other.agents.len() > self.names.len() + self.agents.len() {
            std::mem::swap(self, &mut other);
        }
        self.uuids.extend(other.uuids.into_keys());
        self.serials.extend(other.serials.into_keys());
        self.domains.extend(other.domains.into_keys());
        self.owners.extend(other.owners.into_keys());
        for (agent, life) in other.agents.into_entries() {
            stretch(self.agents.entry(agent), life);
        }
        for (name, life) in other.names.into_entries() {
            stretch(self.names.entry(name), life);
        }
    }

    pub(super) fn add(&mut self, identifier: &'a Identifier, moment: Option<jiff::Timestamp>) {
        match identifier {
            Identifier::BiosUuid(id) => {
                self.uuids.entry(id.as_key());
            }
            Identifier::Serial(id) => {
                self.serials.entry(id.as_key());
            }
            Identifier::Agent(id) => {
                Life::stretch(self.agents.entry(id.as_key()), moment);
            }
            Identifier::FullName(name) | Identifier::ShortName(name) => {
                Life::stretch(self.names.entry(name.short()), moment);
                self.domains.extend(own_domain(name));
            }
            Identifier::Mac(_) | Identifier::Address(_) => {}
        }
    }
}

fn stretch(life: &mut Option<Life>, by: Option<Life>) {
    if let Some(by) = by {
        Life::stretch(life, Some(by.first));
        Life::stretch(life, Some(by.last));
    }
}

fn side_by_side(one: Option<Life>, other: Option<Life>, window: SignedDuration) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.overlaps(other, window),
        // Undated: nothing says that one followed the other.
        _ => false,
    }
}

fn scheme(agent: &str) -> &str {
    agent.split(':').next().unwrap_or_default()
}

fn differ<T: Ord>(one: &Few<T>, other: &Few<T>) -> bool {
    !one.is_empty() && !other.is_empty() && !one.meets(other)
}
