//! Joining statements into machines.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Identifier, IdentifierKind, Reading};

use super::addresses::join_by_address;
use super::cluster::Cluster;
use super::disqualify::{Holders, disqualify};
use super::joiner::Joiner;
use super::names::{is_shared_name, join_shared_names};
use super::reconciliation::Disqualified;
use crate::StatementId;
use crate::owners::Owners;

/// Statements joined into machines.
#[derive(Debug)]
pub(crate) struct Merged {
    /// The statements of each machine, in order.
    pub(crate) machines: Vec<Vec<StatementId>>,
    /// Pairs of machines that a link would have joined, with the words for what kept them apart.
    pub(crate) unsure: Vec<(usize, usize, String)>,
    /// Identifiers that were not believed.
    pub(crate) disqualified: Vec<Disqualified>,
}

/// Joins the statements of all readings that `speaks` admits; `moment_of` gives each its best known time, `owners` tells
/// whose machines they speak of.
pub(crate) fn merge(
    readings: &[Reading],
    owners: &Owners,
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
    speaks: &dyn Fn(StatementId) -> bool,
    window: SignedDuration,
) -> Merged {
    let nodes: Vec<StatementId> = statements(readings).filter(|id| speaks(*id)).collect();
    let times: Vec<Option<Timestamp>> = nodes.iter().map(|id| moment_of(*id)).collect();
    let subject = |node: u32| -> &[Identifier] {
        let id = nodes[node as usize];
        &readings[id.reading as usize].statements[id.statement as usize].subject
    };
    let mut holders: Holders<'_> = BTreeMap::new();
    for node in (0..).take(nodes.len()) {
        for identifier in subject(node) {
            holders.entry(identifier).or_default().push(node);
        }
    }
    let disqualified = disqualify(&holders, &subject, &times, window);
    holders.retain(|identifier, _| !disqualified.contains_key(*identifier));

    let clusters = (0..)
        .zip(&nodes)
        .map(|(node, id)| {
            let mut cluster = Cluster::default();
            for identifier in subject(node) {
                if !disqualified.contains_key(identifier) {
                    cluster.add(identifier, times[node as usize]);
                }
            }
            cluster.owners.extend(owners.of(id.reading, subject(node)));
            cluster
        })
        .collect();
    let mut joiner = Joiner::new(clusters, window);
    for (identifier, nodes) in &holders {
        if identifier.kind() != IdentifierKind::Address && !is_shared_name(identifier) {
            joiner.join_all(nodes, identifier.kind());
        }
    }
    join_shared_names(&mut joiner, holders.iter());
    for (identifier, nodes) in &holders {
        if identifier.kind() == IdentifierKind::Address {
            join_by_address(&mut joiner, nodes, &times);
        }
    }
    finish(joiner, &nodes, disqualified)
}

fn statements(readings: &[Reading]) -> impl Iterator<Item = StatementId> {
    (0..).zip(readings).flat_map(|(reading, content)| {
        (0..)
            .take(content.statements.len())
            .map(move |statement| StatementId { reading, statement })
    })
}

fn finish(
    mut joiner: Joiner<'_>,
    nodes: &[StatementId],
    disqualified: BTreeMap<&Identifier, &'static str>,
) -> Merged {
    let mut machine_of_root: BTreeMap<u32, usize> = BTreeMap::new();
    let mut machines: Vec<Vec<StatementId>> = Vec::new();
    for (node, id) in (0..).zip(nodes) {
        let root = joiner.root(node);
        let machine = *machine_of_root.entry(root).or_insert_with(|| {
            machines.push(Vec::new());
            machines.len() - 1
        });
        machines[machine].push(*id);
    }
    let mut unsure = BTreeMap::new();
    for ((one, other), (kind, apart)) in joiner.take_unsure() {
        let (one, other) = (joiner.root(one), joiner.root(other));
        if one == other {
            continue;
        }
        let (one, other) = (machine_of_root[&one], machine_of_root[&other]);
        unsure
            .entry((one.min(other), one.max(other)))
            .or_insert_with(|| {
                let kind = kind.words();
                let article = if kind.starts_with(['a', 'e', 'E']) {
                    "an"
                } else {
                    "a"
                };
                format!("they share {article} {kind}, but {}", apart.words())
            });
    }
    Merged {
        machines,
        unsure: unsure
            .into_iter()
            .map(|((one, other), why)| (one, other, why))
            .collect(),
        disqualified: disqualified
            .into_iter()
            .map(|(identifier, why)| Disqualified {
                identifier: identifier.clone(),
                why,
            })
            .collect(),
    }
}
