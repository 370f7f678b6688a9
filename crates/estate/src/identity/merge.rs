//! Joining statements into machines.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Identifier, IdentifierKind, OrganisationName, Reading};

use super::belief::Life;
use super::belief::{Lives, lived_together, placeholder};
use super::cluster::{Apart, Cluster};
use super::reconciliation::Disqualified;
use crate::StatementId;
use crate::description::Authority;

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

/// Joins the statements of all readings that `speaks` admits; `moment_of` gives each its best known time.
pub(crate) fn merge(
    readings: &[Reading],
    authorities: &[Authority],
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
    speaks: &dyn Fn(StatementId) -> bool,
    window: SignedDuration,
) -> Merged {
    let nodes: Vec<StatementId> = statements(readings).filter(|id| speaks(*id)).collect();
    let mut holders: BTreeMap<&Identifier, Vec<u32>> = BTreeMap::new();
    for (node, id) in (0..).zip(&nodes) {
        for identifier in &readings[id.reading as usize].statements[id.statement as usize].subject {
            holders.entry(identifier).or_default().push(node);
        }
    }
    let times: Vec<Option<Timestamp>> = nodes.iter().map(|id| moment_of(*id)).collect();
    let subject = |node: u32| -> &[Identifier] {
        let id = nodes[node as usize];
        &readings[id.reading as usize].statements[id.statement as usize].subject
    };
    let disqualified = disqualify(&holders, &subject, &times, window);

    let owners = owner_numbers(authorities);
    let clusters = (0..)
        .zip(&nodes)
        .map(|(node, id)| {
            let mut cluster = Cluster::default();
            for identifier in subject(node) {
                if !disqualified.contains_key(identifier) {
                    cluster.add(identifier, times[node as usize]);
                }
            }
            cluster.owners.extend(owners[id.reading as usize]);
            cluster
        })
        .collect();
    let mut joiner = Joiner {
        parents: (0..).take(nodes.len()).collect(),
        clusters,
        apart: BTreeMap::new(),
        window,
    };
    let believed = || {
        holders
            .iter()
            .filter(|(identifier, _)| !disqualified.contains_key(**identifier))
    };
    for (identifier, nodes) in believed() {
        if identifier.kind() != IdentifierKind::Address {
            joiner.join_all(nodes, identifier.kind());
        }
    }
    joiner.join_short_to_full(believed());
    for (identifier, nodes) in believed() {
        if identifier.kind() == IdentifierKind::Address {
            joiner.join_by_address(nodes, &times);
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

/// The one organisation that each reading speaks for, as a number.
fn owner_numbers(authorities: &[Authority]) -> Vec<Option<u32>> {
    let mut numbers: BTreeMap<&OrganisationName, u32> = BTreeMap::new();
    authorities
        .iter()
        .map(|authority| {
            authority.sole().map(|organisation| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(organisation).or_insert(next)
            })
        })
        .collect()
}

/// Identifiers that are placeholders, or that machines living side by side carry.
fn disqualify<'a>(
    holders: &BTreeMap<&'a Identifier, Vec<u32>>,
    subject: &dyn Fn(u32) -> &'a [Identifier],
    times: &[Option<Timestamp>],
    window: SignedDuration,
) -> BTreeMap<&'a Identifier, &'static str> {
    let mut disqualified = BTreeMap::new();
    for (identifier, nodes) in holders {
        if let Some(why) = placeholder(identifier) {
            disqualified.insert(*identifier, why);
            continue;
        }
        if nodes.len() > 1
            && identifier.kind() <= IdentifierKind::Mac
            && identifier.kind() != IdentifierKind::Agent
            && carried_by_two(nodes, subject, times, window)
        {
            disqualified.insert(*identifier, "carried by two machines at the same time");
        }
    }
    disqualified
}

/// Whether different names, or different agents of one scheme, lived side by side under an identifier.
fn carried_by_two<'a>(
    nodes: &[u32],
    subject: &dyn Fn(u32) -> &'a [Identifier],
    times: &[Option<Timestamp>],
    window: SignedDuration,
) -> bool {
    let mut agents: BTreeMap<&str, Lives<'_>> = BTreeMap::new();
    let mut names: BTreeMap<String, Option<Life>> = BTreeMap::new();
    for node in nodes {
        for identifier in subject(*node) {
            match identifier {
                Identifier::Agent(id) => {
                    let key = id.as_key();
                    let scheme = key.split(':').next().unwrap_or_default();
                    let lives = agents.entry(scheme).or_default();
                    Life::stretch(lives.entry(key).or_default(), times[*node as usize]);
                }
                Identifier::FullName(name) | Identifier::ShortName(name) => {
                    Life::stretch(
                        names.entry(name.short()).or_default(),
                        times[*node as usize],
                    );
                }
                _ => {}
            }
        }
    }
    let names: Lives<'_> = names
        .iter()
        .map(|(name, life)| (name.as_str(), *life))
        .collect();
    lived_together(&names, window) || agents.values().any(|lives| lived_together(lives, window))
}

struct Joiner<'a> {
    parents: Vec<u32>,
    clusters: Vec<Cluster<'a>>,
    apart: BTreeMap<(u32, u32), (IdentifierKind, Apart)>,
    window: SignedDuration,
}

impl Joiner<'_> {
    fn root(&mut self, node: u32) -> u32 {
        let mut root = node;
        while self.parents[root as usize] != root {
            root = self.parents[root as usize];
        }
        let mut walk = node;
        while self.parents[walk as usize] != root {
            walk = std::mem::replace(&mut self.parents[walk as usize], root);
        }
        root
    }

    fn join(&mut self, one: u32, other: u32, kind: IdentifierKind) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return true;
        }
        let (keep, lose) = (one.min(other), one.max(other));
        let apart =
            self.clusters[keep as usize].apart(&self.clusters[lose as usize], kind, self.window);
        if let Some(apart) = apart {
            self.apart.entry((keep, lose)).or_insert((kind, apart));
            return false;
        }
        let lost = std::mem::take(&mut self.clusters[lose as usize]);
        self.clusters[keep as usize].absorb(lost);
        self.parents[lose as usize] = keep;
        true
    }

    /// Joins all holders of one identifier, each to the first of them that it may be joined to.
    fn join_all(&mut self, nodes: &[u32], kind: IdentifierKind) {
        let mut groups: Vec<u32> = Vec::new();
        for node in nodes {
            if !groups
                .iter()
                .any(|group| self.root(*group) == self.root(*node))
                && !(0..groups.len().min(MOST_GROUPS))
                    .any(|group| self.join(groups[group], *node, kind))
            {
                groups.push(*node);
            }
        }
    }

    /// An address binds two sightings of it that lie within the window, in order of time. Undated sightings bind nothing.
    fn join_by_address(&mut self, nodes: &[u32], times: &[Option<Timestamp>]) {
        let mut dated: Vec<(Timestamp, u32)> = nodes
            .iter()
            .filter_map(|node| Some((times[*node as usize]?, *node)))
            .collect();
        dated.sort_unstable();
        for pair in dated.windows(2) {
            if pair[1].0.duration_since(pair[0].0) <= self.window {
                self.join(pair[0].1, pair[1].1, IdentifierKind::Address);
            }
        }
    }

    /// A name without a domain is the same name as one with a domain, where only one machine has it.
    fn join_short_to_full<'b>(
        &mut self,
        holders: impl Iterator<Item = (&'b &'b Identifier, &'b Vec<u32>)>,
    ) {
        let mut by_short: BTreeMap<String, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (identifier, nodes) in holders {
            match identifier {
                Identifier::FullName(name) => {
                    by_short.entry(name.short()).or_default().0.extend(nodes)
                }
                Identifier::ShortName(name) => {
                    by_short.entry(name.short()).or_default().1.extend(nodes)
                }
                _ => {}
            }
        }
        for (full, short) in by_short.into_values() {
            let full: BTreeSet<u32> = full.into_iter().map(|node| self.root(node)).collect();
            for node in short {
                self.join_to_one(&full, node);
            }
        }
    }

    fn join_to_one(&mut self, full: &BTreeSet<u32>, node: u32) {
        let own = self.root(node);
        let owners = self.clusters[own as usize].owners.clone();
        let mut fitting: BTreeSet<u32> = full.iter().map(|one| self.root(*one)).collect();
        if fitting.contains(&own) {
            return;
        }
        if fitting.len() > 1 && !owners.is_empty() {
            fitting.retain(|root| !self.clusters[*root as usize].owners.is_disjoint(&owners));
        }
        match fitting.first() {
            Some(only) if fitting.len() == 1 => {
                self.join(*only, own, IdentifierKind::ShortName);
            }
            Some(first) => {
                self.apart
                    .entry((own.min(*first), own.max(*first)))
                    .or_insert((IdentifierKind::ShortName, Apart::Several));
            }
            None => {}
        }
    }
}

/// How many groups one identifier may split into before further holders are only compared with these.
const MOST_GROUPS: usize = 16;

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
    for ((one, other), (kind, apart)) in std::mem::take(&mut joiner.apart) {
        let (one, other) = (joiner.root(one), joiner.root(other));
        if one == other || apart == Apart::Hardware {
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
