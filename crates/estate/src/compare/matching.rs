//! Which machine of one estate is which of the other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use wardround_evidence::{Identifier, IdentifierKind, OrganisationName};

use crate::estate::{Estate, Host, HostId};

/// Pairs of hosts, each in at most one.
///
/// Hosts of one organisation with the very same identifiers are the same. Then kinds of identifier are asked from the
/// strongest to the weakest. A value pairs two hosts when it belongs to one that is still free on either side, and nothing
/// keeps them apart: different hardware, or, where only an address is shared, different names, since addresses are lent. An
/// address means something inside one organisation only, and a name without a domain first there. What either estate does
/// not believe pairs nothing and keeps nothing apart. The rule treats both sides alike.
pub(super) fn pairs(before: &Estate, after: &Estate) -> Vec<(HostId, HostId)> {
    let described = [before, after]
        .iter()
        .all(|estate| estate.organisations.len() > 1);
    let doubted = disbelieved(before, after);
    let mut partner_before = vec![None; before.hosts.len()];
    let mut partner_after = vec![None; after.hosts.len()];
    for (first, second) in alike(before, after, described) {
        partner_before[first.0 as usize] = Some(second);
        partner_after[second.0 as usize] = Some(first);
    }
    for (kind, within) in KINDS {
        let within = within && described;
        let one = owners(before, kind, within, &doubted, &partner_before);
        let other = owners(after, kind, within, &doubted, &partner_after);
        for (key, owner) in one {
            let (Some(first), Some(Some(second))) = (owner, other.get(&key).copied()) else {
                continue;
            };
            let free = partner_before[first.0 as usize].is_none()
                && partner_after[second.0 as usize].is_none();
            if free && !apart((before, first), (after, second), kind, &doubted) {
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

/// Kinds of identifier, and whether a value is asked for within each organisation alone.
const KINDS: [(IdentifierKind, bool); 8] = [
    (IdentifierKind::BiosUuid, false),
    (IdentifierKind::Serial, false),
    (IdentifierKind::Agent, false),
    (IdentifierKind::Mac, false),
    (IdentifierKind::FullName, false),
    (IdentifierKind::ShortName, true),
    (IdentifierKind::ShortName, false),
    (IdentifierKind::Address, true),
];

/// The identifiers that one of the estates does not believe: placeholders, and what several machines carry.
pub(super) fn disbelieved<'e>(before: &'e Estate, after: &'e Estate) -> BTreeSet<&'e Identifier> {
    let of = |estate: &'e Estate| &estate.reconciliation.disqualified;
    let both = of(before).iter().chain(of(after));
    both.map(|it| &it.identifier).collect()
}

/// The organisation that a host belongs to, where it is described.
pub(super) fn whose(estate: &Estate, id: HostId) -> Option<&OrganisationName> {
    estate
        .organisation(estate.host(id).organisation)
        .id
        .as_ref()
}

/// Hosts of one organisation with the very same identifiers, in the order in which an estate has them. Where one estate
/// describes no organisation, there is nothing to tell them by.
fn alike(before: &Estate, after: &Estate, described: bool) -> Vec<(HostId, HostId)> {
    type Key<'e> = (&'e [Identifier], Option<&'e OrganisationName>);
    let mut known: BTreeMap<Key<'_>, VecDeque<HostId>> = BTreeMap::new();
    for (id, host) in before.hosts() {
        let whose = whose(before, id).filter(|_| described);
        let key = (host.identifiers.as_slice(), whose);
        known.entry(key).or_default().push_back(id);
    }
    after
        .hosts()
        .filter_map(|(id, host)| {
            let whose = whose(after, id).filter(|_| described);
            let same = known.get_mut(&(host.identifiers.as_slice(), whose))?;
            Some((same.pop_front()?, id))
        })
        .collect()
}

/// Whose each identifier of a kind is among the hosts without a partner, each organisation's `within` it alone; none where
/// it is of several.
fn owners<'e>(
    estate: &'e Estate,
    kind: IdentifierKind,
    within: bool,
    doubted: &BTreeSet<&Identifier>,
    partners: &[Option<HostId>],
) -> BTreeMap<(&'e Identifier, Option<&'e OrganisationName>), Option<HostId>> {
    let mut owners = BTreeMap::new();
    for ((id, host), partner) in estate.hosts().zip(partners) {
        if partner.is_some() {
            continue;
        }
        let whose = whose(estate, id).filter(|_| within);
        let identifiers = of_kind(host, kind).filter(|it| !doubted.contains(it));
        for identifier in identifiers {
            owners
                .entry((identifier, whose))
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
pub(super) fn apart(
    (before, first): (&Estate, HostId),
    (after, second): (&Estate, HostId),
    kind: IdentifierKind,
    doubted: &BTreeSet<&Identifier>,
) -> bool {
    let (one, other) = (before.host(first), after.host(second));
    let differ = |kind| {
        let believed = |it: &&Identifier| !doubted.contains(it);
        let mut ours = of_kind(one, kind).filter(believed).peekable();
        let both = ours.peek().is_some() && of_kind(other, kind).any(|it| believed(&it));
        both && !ours.any(|identifier| other.identifiers.contains(identifier))
    };
    let hardware = [IdentifierKind::BiosUuid, IdentifierKind::Serial];
    let names = [IdentifierKind::FullName, IdentifierKind::ShortName];
    let organisations = whose(before, first).zip(whose(after, second));
    let of_two_organisations = organisations.is_some_and(|(one, other)| one != other);
    hardware.into_iter().any(differ)
        || (kind == IdentifierKind::Address && names.into_iter().any(differ))
        || (kind == IdentifierKind::ShortName && of_two_organisations)
}
