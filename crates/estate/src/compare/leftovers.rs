//! Machines of one estate without a partner in the other: alone, or part of another machine there.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{Digest, Identifier, OrganisationName};

use super::matching::{apart, disbelieved, whose};
use crate::estate::{Estate, Host, HostId, StatementId};

/// A machine of which the other estate knows nothing that is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    /// The machine.
    pub host: HostId,
    /// The machine of the other estate that has its address, where nothing else is known of this one. Addresses are lent: the
    /// two may or may not be one.
    pub address_of: Option<HostId>,
}

/// What became of the machines without a partner, in the order of their estate.
pub(super) struct Leftovers {
    pub(super) alone: Vec<Alone>,
    /// With the machine of the other estate that they are part of.
    pub(super) within: Vec<(HostId, HostId)>,
}

/// A leftover is part of a machine of the other estate that has a partner when that one holds a statement of it, or an
/// identifier that is a machine's own, and nothing keeps them apart.
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
    let mut leftovers = Leftovers {
        alone: Vec::new(),
        within: Vec::new(),
    };
    if free.is_empty() {
        return leftovers;
    }
    let by_statement = by_statement(estate, &free, other, paired_there);
    let by_identifier = by_identifier(estate, &free, other, paired_there);
    let by_address = by_address(estate, &free, other);
    for (host, _) in free {
        match by_statement.get(&host).or_else(|| by_identifier.get(&host)) {
            Some(whole) => leftovers.within.push((host, *whole)),
            None => leftovers.alone.push(Alone {
                host,
                address_of: by_address.get(&host).copied().flatten(),
            }),
        }
    }
    leftovers
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
    for whole in paired_there {
        for statement in &other.host(*whole).statements {
            if let Some(part) = wanted.get(&place(other, *statement)) {
                found.entry(*part).or_insert(*whole);
            }
        }
    }
    found
}

/// A statement as any estate that read the same file knows it.
fn place(estate: &Estate, id: StatementId) -> (Digest, u32) {
    let source = &estate.readings[id.reading as usize].source;
    (source.digest, id.statement)
}

fn by_identifier(
    estate: &Estate,
    free: &[(HostId, &Host)],
    other: &Estate,
    paired_there: &BTreeSet<HostId>,
) -> BTreeMap<HostId, HostId> {
    let doubted = disbelieved(estate, other);
    let mut wanted: BTreeMap<&Identifier, Vec<HostId>> = BTreeMap::new();
    for (id, host) in free {
        let own = host.identifiers.iter().filter(|it| is_own(it));
        for identifier in own.filter(|it| !doubted.contains(it)) {
            wanted.entry(identifier).or_default().push(*id);
        }
    }
    let mut found = BTreeMap::new();
    for whole in paired_there {
        for held in &other.host(*whole).identifiers {
            for part in wanted.get(held).into_iter().flatten() {
                if !apart((estate, *part), (other, *whole), held.kind(), &doubted) {
                    found.entry(*part).or_insert(*whole);
                }
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

/// Who has the addresses of machines that nothing else is known of, inside their organisation; none where several have one.
fn by_address(
    estate: &Estate,
    free: &[(HostId, &Host)],
    other: &Estate,
) -> BTreeMap<HostId, Option<HostId>> {
    let is_address = |it: &Identifier| matches!(it, Identifier::Address(_));
    let mut wanted: BTreeMap<(&Identifier, Option<&OrganisationName>), HostId> = BTreeMap::new();
    for (id, host) in free {
        if host.identifiers.iter().all(is_address) {
            let keys = host.identifiers.iter().map(|it| (it, whose(estate, *id)));
            wanted.extend(keys.map(|key| (key, *id)));
        }
    }
    let mut found = BTreeMap::new();
    for (holder, host) in other.hosts() {
        for address in host.identifiers.iter().filter(|it| is_address(it)) {
            if let Some(part) = wanted.get(&(address, whose(other, holder))) {
                found
                    .entry(*part)
                    .and_modify(|held| *held = None)
                    .or_insert(Some(holder));
            }
        }
    }
    found
}
