//! Machines of one estate without a partner in the other: alone, or part of another machine there.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{Digest, Identifier};

use super::matching::disbelieved;
use crate::estate::{Estate, Host, HostId, StatementId};

/// What became of the machines without a partner, in the order of their estate.
pub(super) struct Leftovers {
    /// Nothing of them belongs to a machine of the other estate.
    pub(super) alone: Vec<HostId>,
    /// With the machine of the other estate that they are part of.
    pub(super) within: Vec<(HostId, HostId)>,
}

/// A leftover is part of a machine of the other estate that has a partner when that one holds a statement of it or, by more
/// than a name or address that may be lent, everything that it is known by.
pub(super) fn leftovers(
    estate: &Estate,
    paired: &BTreeSet<HostId>,
    other: &Estate,
    paired_there: &BTreeSet<HostId>,
) -> Leftovers {
    let free: Vec<(HostId, &Host)> = estate
        .hosts()
        .filter(|(id, _)| !paired.contains(id))
        .collect();
    let by_statement = by_statement(estate, &free, other, paired_there);
    let doubted = disbelieved(estate, other);
    let by_identifiers = by_identifiers(&free, other, paired_there, &doubted);
    let mut leftovers = Leftovers {
        alone: Vec::new(),
        within: Vec::new(),
    };
    for (id, _) in free {
        match by_statement.get(&id).or_else(|| by_identifiers.get(&id)) {
            Some(whole) => leftovers.within.push((id, *whole)),
            None => leftovers.alone.push(id),
        }
    }
    leftovers
}

fn place(estate: &Estate, id: StatementId) -> (Digest, u32) {
    let source = &estate.readings[id.reading as usize].source;
    (source.digest, id.statement)
}

fn by_statement(
    estate: &Estate,
    free: &[(HostId, &Host)],
    other: &Estate,
    paired_there: &BTreeSet<HostId>,
) -> BTreeMap<HostId, HostId> {
    let mut wanted: BTreeMap<(Digest, u32), HostId> = BTreeMap::new();
    for (id, host) in free {
        let places = host.statements.iter().map(|it| place(estate, *it));
        wanted.extend(places.map(|place| (place, *id)));
    }
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    for whole in paired_there {
        for statement in &other.host(*whole).statements {
            if let Some(part) = wanted.get(&place(other, *statement)) {
                found.entry(*part).or_insert(*whole);
            }
        }
    }
    found
}

fn by_identifiers(
    free: &[(HostId, &Host)],
    other: &Estate,
    paired_there: &BTreeSet<HostId>,
    doubted: &BTreeSet<&Identifier>,
) -> BTreeMap<HostId, HostId> {
    let mut wanted: BTreeMap<&Identifier, Vec<(HostId, &Host)>> = BTreeMap::new();
    for (id, host) in free {
        let own = host.identifiers.iter();
        for identifier in own.filter(|it| is_own(it) && !doubted.contains(it)) {
            wanted.entry(identifier).or_default().push((*id, host));
        }
    }
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    for whole in paired_there {
        let held = &other.host(*whole).identifiers;
        for (part, host) in held.iter().filter_map(|it| wanted.get(it)).flatten() {
            if host.identifiers.iter().all(|it| held.contains(it)) {
                found.entry(*part).or_insert(*whole);
            }
        }
    }
    found
}

/// Whether an identifier is a machine's own, and not lent or used by others too.
const fn is_own(identifier: &Identifier) -> bool {
    !matches!(
        identifier,
        Identifier::Address(_) | Identifier::ShortName(_)
    )
}
