//! Joining by names that are not unique: those without a domain, or in a domain that anyone may use.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{HostName, Identifier, IdentifierKind};

use super::cluster::Apart;
use super::joiner::{Joiner, MOST_COMPARED};
use crate::OrganisationId;

/// Last labels that belong to nobody (RFC 6761, RFC 6762 with its appendix G, RFC 8375).
const SHARED_DOMAINS: [&str; 11] = [
    "arpa",
    "corp",
    "home",
    "internal",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "private",
    "test",
    "workgroup",
];

/// The domain of a name, where it can belong to someone.
pub(super) fn own_domain(name: &HostName) -> Option<String> {
    name.domain().filter(|domain| {
        let last = domain.rsplit('.').next().unwrap_or_default();
        !SHARED_DOMAINS.contains(&last)
    })
}

/// Whether an identifier is a name that different organisations may both use.
pub(super) fn is_shared_name(identifier: &Identifier) -> bool {
    match identifier {
        Identifier::ShortName(_) => true,
        Identifier::FullName(name) => own_domain(name).is_none(),
        _ => false,
    }
}

/// Joins statements by their shared names, and these to full ones. A name is given out anew in each organisation, so machines
/// of two organisations that share one are not even unsure.
pub(super) fn join_shared_names<'a>(
    joiner: &mut Joiner<'_>,
    holders: impl Iterator<Item = (&'a &'a Identifier, &'a Vec<u32>)>,
) {
    let mut by_short: BTreeMap<String, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
    for (identifier, nodes) in holders {
        if let Identifier::FullName(name) | Identifier::ShortName(name) = identifier {
            let (full, shared) = by_short.entry(name.short()).or_default();
            if is_shared_name(identifier) {
                shared.extend(nodes);
            } else {
                full.extend(nodes);
            }
        }
    }
    for (full, mut shared) in by_short.into_values() {
        shared.sort_unstable();
        shared.dedup();
        if !shared.is_empty() {
            join_alike(joiner, &shared);
            join_to_full(joiner, &full, &shared);
        }
    }
}

/// Joins inside each organisation; what no organisation owns is joined where just one machine fits.
fn join_alike(joiner: &mut Joiner<'_>, nodes: &[u32]) {
    let (owned, unowned) = by_owner(joiner, nodes.iter().copied());
    for nodes in owned.values() {
        joiner.join_all(nodes, IdentifierKind::ShortName);
    }
    let roots: BTreeSet<u32> = owned
        .into_values()
        .flatten()
        .map(|node| joiner.root(node))
        .collect();
    let mut rest = Vec::new();
    for node in unowned {
        if !join_to_only(joiner, &roots, node) {
            rest.push(node);
        }
    }
    joiner.join_all(&rest, IdentifierKind::ShortName);
}

/// A name without a domain is the same name as one with a domain, where only one machine has it.
fn join_to_full(joiner: &mut Joiner<'_>, full: &[u32], shared: &[u32]) {
    let roots: BTreeSet<u32> = full.iter().map(|node| joiner.root(*node)).collect();
    let (owned, unowned) = by_owner(joiner, roots.iter().copied());
    let unowned: BTreeSet<u32> = unowned.into_iter().collect();
    let shared: BTreeSet<u32> = shared.iter().map(|node| joiner.root(*node)).collect();
    for node in shared {
        let owners: Vec<OrganisationId> = joiner.cluster(node).owners.keys().copied().collect();
        let own: BTreeSet<u32> = owners
            .iter()
            .filter_map(|owner| owned.get(owner))
            .flatten()
            .copied()
            .collect();
        let candidates = match (owners.is_empty(), own.is_empty()) {
            (true, _) => &roots,
            (false, true) => &unowned,
            (false, false) => &own,
        };
        join_to_only(joiner, candidates, node);
    }
}

/// Joins a statement to the only one of these sets that it fits. With several it is kept apart and unsure, which settles it
/// too; says false where none fits.
fn join_to_only(joiner: &mut Joiner<'_>, candidates: &BTreeSet<u32>, node: u32) -> bool {
    let kind = IdentifierKind::ShortName;
    let own = joiner.root(node);
    if candidates.contains(&own) {
        return true;
    }
    let mut fitting: Vec<u32> = Vec::new();
    for candidate in candidates.iter().take(MOST_COMPARED) {
        let root = joiner.root(*candidate);
        if root == own {
            return true;
        }
        if !fitting.contains(&root) && joiner.fits(root, own, kind) {
            fitting.push(root);
        }
    }
    match fitting.as_slice() {
        [] => false,
        [only] if candidates.len() <= MOST_COMPARED => joiner.join(*only, own, kind),
        [first, ..] => {
            joiner.keep_apart(*first, own, kind, Apart::Several);
            true
        }
    }
}

/// Statements by each organisation that owns their sets, and those that none owns.
fn by_owner(
    joiner: &mut Joiner<'_>,
    nodes: impl Iterator<Item = u32>,
) -> (BTreeMap<OrganisationId, Vec<u32>>, Vec<u32>) {
    let mut owned: BTreeMap<OrganisationId, Vec<u32>> = BTreeMap::new();
    let mut unowned = Vec::new();
    for node in nodes {
        let owners = &joiner.cluster(node).owners;
        if owners.is_empty() {
            unowned.push(node);
        }
        for owner in owners.keys() {
            owned.entry(*owner).or_default().push(node);
        }
    }
    (owned, unowned)
}
