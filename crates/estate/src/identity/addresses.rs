//! Joining by address, inside a lease window and never where several machines had it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::IdentifierKind;

use super::cluster::Apart;
use super::joiner::{Joiner, MOST_COMPARED};

const KIND: IdentifierKind = IdentifierKind::Address;

/// Joins the sightings of one address. Two known machines seen there one after the other within the window are joined where
/// nothing keeps them apart. A sighting that only knows the address goes to the one machine that was seen there within the
/// window before or after; where there were several it stays apart, and where there was none it goes to its like. Undated
/// sightings bind nothing.
pub(super) fn join_by_address(joiner: &mut Joiner<'_>, nodes: &[u32], times: &[Option<Timestamp>]) {
    let mut sightings: Vec<(Timestamp, u32)> = nodes
        .iter()
        .filter_map(|node| Some((times[*node as usize]?, *node)))
        .collect();
    sightings.sort_unstable();
    let (bare, known): (Vec<_>, Vec<_>) = sightings
        .iter()
        .copied()
        .partition(|(_, node)| joiner.cluster(*node).is_bare());
    for pair in known.windows(2) {
        if within(joiner, pair[0].0, pair[1].0) {
            joiner.join(pair[0].1, pair[1].1, KIND);
        }
    }
    let alone = join_bare_to_known(joiner, &bare, &known);
    for pair in sightings.windows(2) {
        let [(before, one), (after, other)] = *pair else {
            continue;
        };
        let alone_ends = u8::from(alone.contains(&one)) + u8::from(alone.contains(&other));
        let is_within = within(joiner, before, after);
        if alone_ends == 2 && is_within {
            joiner.join(one, other, KIND);
        } else if alone_ends > 0 && !is_within && joiner.fits(one, other, KIND) {
            joiner.keep_apart(one, other, KIND, Apart::Later);
        }
    }
}

/// Gives bare sightings, in order of time, to the known machines around them; returns those around which none fits.
fn join_bare_to_known(
    joiner: &mut Joiner<'_>,
    bare: &[(Timestamp, u32)],
    known: &[(Timestamp, u32)],
) -> BTreeSet<u32> {
    let labels: Vec<u32> = known.iter().map(|(_, node)| joiner.root(*node)).collect();
    let (mut first, mut end) = (0, 0);
    // How many sightings of each known machine lie around the moment.
    let mut around: BTreeMap<u32, usize> = BTreeMap::new();
    let mut alone = BTreeSet::new();
    for (moment, node) in bare {
        while end < known.len()
            && (known[end].0 <= *moment || within(joiner, *moment, known[end].0))
        {
            *around.entry(labels[end]).or_default() += 1;
            end += 1;
        }
        while first < end && known[first].0 < *moment && !within(joiner, known[first].0, *moment) {
            if let Some(count) = around.get_mut(&labels[first]) {
                *count -= 1;
                if *count == 0 {
                    around.remove(&labels[first]);
                }
            }
            first += 1;
        }
        let mut fitting: Vec<u32> = Vec::new();
        for label in around.keys().take(MOST_COMPARED) {
            let root = joiner.root(*label);
            if !fitting.contains(&root) && joiner.fits(root, *node, KIND) {
                fitting.push(root);
            }
        }
        match fitting.as_slice() {
            [] => {
                alone.insert(*node);
            }
            [only] => {
                joiner.join(*only, *node, KIND);
            }
            [one, ..] => joiner.keep_apart(*one, *node, KIND, Apart::Shared),
        }
    }
    alone
}

fn within(joiner: &Joiner<'_>, before: Timestamp, after: Timestamp) -> bool {
    after.duration_since(before) <= joiner.window()
}
