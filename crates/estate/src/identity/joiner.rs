//! Sets of statements that grow as links join them.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use wardround_evidence::IdentifierKind;

use super::cluster::{Apart, Cluster};

/// How many machines that share an identifier are compared with a further one that carries it.
pub(super) const MOST_COMPARED: usize = 16;

/// Statements, by number, in sets that are one machine each.
pub(super) struct Joiner<'a> {
    parents: Vec<u32>,
    clusters: Vec<Cluster<'a>>,
    window: SignedDuration,
    unsure: BTreeMap<(u32, u32), (IdentifierKind, Apart)>,
}

impl<'a> Joiner<'a> {
    /// Every statement on its own.
    pub(super) fn new(clusters: Vec<Cluster<'a>>, window: SignedDuration) -> Self {
        Self {
            parents: (0..).take(clusters.len()).collect(),
            clusters,
            window,
            unsure: BTreeMap::new(),
        }
    }

    pub(super) const fn window(&self) -> SignedDuration {
        self.window
    }

    /// The number that stands for the set of a statement.
    pub(super) fn root(&mut self, node: u32) -> u32 {
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

    /// What is known of the set of a statement.
    pub(super) fn cluster(&mut self, node: u32) -> &Cluster<'a> {
        let root = self.root(node);
        &self.clusters[root as usize]
    }

    /// Whether a link of a kind may join the sets of two statements, or they are one already.
    pub(super) fn fits(&mut self, one: u32, other: u32, kind: IdentifierKind) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        one == other
            || self.clusters[one as usize]
                .apart(&self.clusters[other as usize], kind, self.window)
                .is_none()
    }

    /// Joins the sets of two statements, or notes what keeps them apart. Says whether they are one now.
    pub(super) fn join(&mut self, one: u32, other: u32, kind: IdentifierKind) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return true;
        }
        let (keep, lose) = (one.min(other), one.max(other));
        let apart =
            self.clusters[keep as usize].apart(&self.clusters[lose as usize], kind, self.window);
        if let Some(apart) = apart {
            self.keep_apart(keep, lose, kind, apart);
            return false;
        }
        let lost = std::mem::take(&mut self.clusters[lose as usize]);
        self.clusters[keep as usize].absorb(lost);
        self.parents[lose as usize] = keep;
        true
    }

    /// Notes two sets that a link of a kind would have joined. Different hardware is certainly two machines.
    pub(super) fn keep_apart(&mut self, one: u32, other: u32, kind: IdentifierKind, apart: Apart) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other && apart != Apart::Hardware {
            self.unsure
                .entry((one.min(other), one.max(other)))
                .or_insert((kind, apart));
        }
    }

    /// Joins all holders of one identifier, each to the first of them that it may be joined to.
    pub(super) fn join_all(&mut self, nodes: &[u32], kind: IdentifierKind) {
        let mut groups: Vec<u32> = Vec::new();
        for node in nodes {
            let root = self.root(*node);
            let is_known = groups.iter().any(|group| self.root(*group) == root)
                || groups.iter().any(|group| self.join(*group, *node, kind));
            if !is_known && groups.len() < MOST_COMPARED {
                groups.push(*node);
            }
        }
    }

    /// Pairs that were kept apart, each statement by its own number.
    pub(super) fn take_unsure(&mut self) -> BTreeMap<(u32, u32), (IdentifierKind, Apart)> {
        std::mem::take(&mut self.unsure)
    }
}
