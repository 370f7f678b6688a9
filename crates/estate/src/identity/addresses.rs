//! Joining by address: inside a lease window, inside one organisation, and never where several machines had it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::IdentifierKind;

use super::cluster::Apart;
use super::joiner::{Joiner, MOST_COMPARED};
use crate::OrganisationId;

const KIND: IdentifierKind = IdentifierKind::Address;

/// One machine seen at the address. Organisations use the same private addresses, so whose it is tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sighting {
    moment: Timestamp,
    node: u32,
    owner: Option<OrganisationId>,
}

/// Joins the sightings of one address. Two known machines seen there one after the other within the window are joined where
/// nothing keeps them apart. A sighting that only knows the address goes to the one machine that was seen there within the
/// window before or after; where there were several it stays apart, and where there was none it goes to its like. Undated
/// sightings bind nothing: they may be another's, which is noted.
pub(super) fn join_by_address(joiner: &mut Joiner<'_>, nodes: &[u32], times: &[Option<Timestamp>]) {
    let mut sightings: Vec<Sighting> = nodes
        .iter()
        .filter_map(|node| {
            Some(Sighting {
                moment: times[*node as usize]?,
                node: *node,
                owner: joiner.cluster(*node).owners.keys().next().copied(),
            })
        })
        .collect();
    sightings.sort_unstable();
    let (bare, known): (Vec<_>, Vec<_>) = sightings
        .iter()
        .copied()
        .partition(|sighting| joiner.cluster(sighting.node).is_bare());
    for group in by_owner(&known) {
        for pair in group.windows(2) {
            if within(joiner, pair[0], pair[1]) {
                joiner.join(pair[0].node, pair[1].node, KIND);
            }
        }
    }
    let alone = join_bare_to_known(joiner, &bare, &known);
    for group in by_owner(&sightings) {
        for pair in group.windows(2) {
            join_like_to_like(joiner, pair[0], pair[1], &alone);
        }
    }
    note_undated(joiner, nodes, times);
}

/// Notes for each machine that was seen at the address at some time that nobody tells one that it may be.
fn note_undated(joiner: &mut Joiner<'_>, nodes: &[u32], times: &[Option<Timestamp>]) {
    let mut compared: Vec<u32> = Vec::new();
    for node in nodes {
        let root = joiner.root(*node);
        if compared.len() < MOST_COMPARED && !compared.contains(&root) {
            compared.push(root);
        }
    }
    for node in nodes.iter().filter(|node| times[**node as usize].is_none()) {
        let root = joiner.root(*node);
        let mut others = compared.iter().filter(|other| **other != root);
        if let Some(other) = others.find(|other| joiner.fits(**other, root, KIND)) {
            joiner.keep_apart(*other, root, KIND, Apart::Undated);
        }
    }
}

/// Of two sightings in a row, joins those that are both alone, and notes one that came after a lease had passed.
fn join_like_to_like(
    joiner: &mut Joiner<'_>,
    before: Sighting,
    after: Sighting,
    alone: &BTreeSet<u32>,
) {
    let (one, other) = (alone.contains(&before.node), alone.contains(&after.node));
    let is_within = within(joiner, before, after);
    if one && other && is_within {
        joiner.join(before.node, after.node, KIND);
    } else if (one || other) && !is_within && joiner.fits(before.node, after.node, KIND) {
        joiner.keep_apart(before.node, after.node, KIND, Apart::Later);
    }
}

/// Sightings by whose they are, each in order of time; all together where no two organisations are among them.
fn by_owner(sightings: &[Sighting]) -> Vec<Vec<Sighting>> {
    let owners: BTreeSet<OrganisationId> = sightings.iter().filter_map(|it| it.owner).collect();
    if owners.len() < 2 {
        return vec![sightings.to_vec()];
    }
    let mut groups: BTreeMap<Option<OrganisationId>, Vec<Sighting>> = BTreeMap::new();
    for sighting in sightings {
        groups.entry(sighting.owner).or_default().push(*sighting);
    }
    groups.into_values().collect()
}

/// Known machines around a moment: by owner, how many sightings of each.
type Around = BTreeMap<Option<OrganisationId>, BTreeMap<u32, usize>>;

/// Gives bare sightings, in order of time, to the known machines around them; returns those around which none fits.
fn join_bare_to_known(
    joiner: &mut Joiner<'_>,
    bare: &[Sighting],
    known: &[Sighting],
) -> BTreeSet<u32> {
    let labels: Vec<u32> = known.iter().map(|it| joiner.root(it.node)).collect();
    let (mut first, mut end) = (0, 0);
    let mut around: Around = BTreeMap::new();
    let mut alone = BTreeSet::new();
    for sighting in bare {
        let reaches = |joiner: &Joiner<'_>, it: Sighting| {
            it.moment <= sighting.moment || within(joiner, *sighting, it)
        };
        while end < known.len() && reaches(joiner, known[end]) {
            let machines = around.entry(known[end].owner).or_default();
            *machines.entry(labels[end]).or_default() += 1;
            end += 1;
        }
        while first < end
            && known[first].moment < sighting.moment
            && !within(joiner, known[first], *sighting)
        {
            leave(&mut around, known[first].owner, labels[first]);
            first += 1;
        }
        let mut fitting: Vec<u32> = Vec::new();
        for label in candidates(&around, sighting.owner) {
            let root = joiner.root(label);
            if !fitting.contains(&root) && joiner.fits(root, sighting.node, KIND) {
                fitting.push(root);
            }
        }
        match fitting.as_slice() {
            [] => {
                alone.insert(sighting.node);
            }
            [only] => {
                joiner.join(*only, sighting.node, KIND);
            }
            [one, ..] => joiner.keep_apart(*one, sighting.node, KIND, Apart::Shared),
        }
    }
    alone
}

fn leave(around: &mut Around, owner: Option<OrganisationId>, label: u32) {
    if let Some(machines) = around.get_mut(&owner)
        && let Some(count) = machines.get_mut(&label)
    {
        *count -= 1;
        if *count == 0 {
            machines.remove(&label);
        }
    }
}

/// The machines that a bare sighting may be: its owner's and nobody's, or anybody's where its owner is not known. More than a
/// few are as good as all.
fn candidates(around: &Around, owner: Option<OrganisationId>) -> Vec<u32> {
    let of = |owner| around.get(&owner).into_iter().flat_map(BTreeMap::keys);
    if owner.is_some() {
        let own = of(owner).take(MOST_COMPARED);
        return own.chain(of(None).take(MOST_COMPARED)).copied().collect();
    }
    let all = around.values().flat_map(BTreeMap::keys);
    all.take(MOST_COMPARED).copied().collect()
}

fn within(joiner: &Joiner<'_>, before: Sighting, after: Sighting) -> bool {
    after.moment.duration_since(before.moment) <= joiner.window()
}
