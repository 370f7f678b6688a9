//! Which machine of one estate is which of the other.

use std::collections::{BTreeMap, VecDeque};

use wardround_evidence::{Identifier, IdentifierKind};

use crate::estate::{Estate, Host, HostId};

/// Pairs of hosts, each in at most one.
///
/// Hosts with the very same identifiers are the same. Then kinds of identifier are asked from the strongest to the weakest. A value pairs two hosts when it belongs to one that is
/// still free on either side, and nothing keeps them apart: different hardware, or, where only an address is shared, different
/// names, since addresses are lent. The rule treats both sides alike.
pub(super) fn pairs(before: &Estate, after: &Estate) -> Vec<(HostId, HostId)> {
    let mut partner_before = vec![None; before.hosts.len()];
    let mut partner_after = vec![None; after.hosts.len()];
    for (first, second) in alike(before, after) {
        partner_before[first.0 as usize] = Some(second);
        partner_after[second.0 as usize] = Some(first);
    }
    for kind in KINDS {
        let one = owners(before, kind, &partner_before);
        let other = owners(after, kind, &partner_after);
        for (identifier, owner) in one {
            let (Some(first), Some(Some(second))) = (owner, other.get(identifier).copied()) else {
                continue;
            };
            let free = partner_before[first.0 as usize].is_none()
                && partner_after[second.0 as usize].is_none();
            if free && !apart(before.host(first), after.host(second), kind) {
                partner_before[first.0 as usize] = Some(second);
                partner_after[second.0 as usize] = Some(first);
            }
        }
    }
    let partners = (0..).map(HostId).zip(partner_before);
    partners
        .filter_map(|(first, second)| Some((first, second?)))
        .collect()
}

const KINDS: [IdentifierKind; 7] = [
    IdentifierKind::BiosUuid,
    IdentifierKind::Serial,
    IdentifierKind::Agent,
    IdentifierKind::Mac,
    IdentifierKind::FullName,
    IdentifierKind::ShortName,
    IdentifierKind::Address,
];

/// Hosts with the very same identifiers, in the order in which an estate has them.
fn alike(before: &Estate, after: &Estate) -> Vec<(HostId, HostId)> {
    let mut known: BTreeMap<&[Identifier], VecDeque<HostId>> = BTreeMap::new();
    for (id, host) in (0..).map(HostId).zip(&before.hosts) {
        known.entry(&host.identifiers).or_default().push_back(id);
    }
    let hosts = (0..).map(HostId).zip(&after.hosts);
    hosts
        .filter_map(|(id, host)| {
            let same = known.get_mut(host.identifiers.as_slice())?;
            Some((same.pop_front()?, id))
        })
        .collect()
}

/// Whose each identifier of a kind is among the hosts without a partner; none where it is of several.
fn owners<'e>(
    estate: &'e Estate,
    kind: IdentifierKind,
    partners: &[Option<HostId>],
) -> BTreeMap<&'e Identifier, Option<HostId>> {
    let mut owners = BTreeMap::new();
    for ((id, host), partner) in (0..).map(HostId).zip(&estate.hosts).zip(partners) {
        if partner.is_some() {
            continue;
        }
        for identifier in of_kind(host, kind) {
            owners
                .entry(identifier)
                .and_modify(|owner| *owner = None)
                .or_insert(Some(id));
        }
    }
    owners
}

fn of_kind(host: &Host, kind: IdentifierKind) -> impl Iterator<Item = &Identifier> {
    let identifiers = host.identifiers.iter();
    identifiers.filter(move |identifier| identifier.kind() == kind)
}

/// Whether something keeps two hosts apart that share an identifier of a kind.
fn apart(one: &Host, other: &Host, kind: IdentifierKind) -> bool {
    let differ = |kind| {
        let mut ours = of_kind(one, kind).peekable();
        let both = ours.peek().is_some() && of_kind(other, kind).next().is_some();
        both && !ours.any(|identifier| other.identifiers.contains(identifier))
    };
    let hardware = [IdentifierKind::BiosUuid, IdentifierKind::Serial];
    let names = [IdentifierKind::FullName, IdentifierKind::ShortName];
    hardware.into_iter().any(differ)
        || (kind == IdentifierKind::Address && names.into_iter().any(differ))
}
