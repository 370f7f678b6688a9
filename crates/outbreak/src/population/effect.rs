//! Changes to a world.

use std::collections::BTreeSet;

use wardround_estate::{HostId, NetworkId, OrganisationId, Passage, Question};
use wardround_evidence::{Direction, Truth};

/// A place where traffic is let through or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The border of an organisation, towards every realm.
    Border(OrganisationId, Direction),
    /// The boundary of a network inside its organisation.
    Boundary(NetworkId, Direction),
}

/// One change to a world, for every threat that depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// These machines have the fix: the ways in that it closes are closed.
    Close(Vec<HostId>),
    /// A safeguard holds on these machines, whatever evidence says; nothing where the threat does not ask for it.
    Hold(Question, Vec<HostId>),
    /// What is unknown of these machines is as given: every unknown safeguard holds, or fails.
    Settle(Vec<HostId>, Truth),
    /// The threat's port is let through or not at a point, links and proven pairs through it included when denied.
    Set(Point, Passage),
}

/// The points that effects shut, also for what was proven to pass before.
pub(super) struct Shut {
    points: BTreeSet<Point>,
}

impl Shut {
    /// Of effects on one point the last stands.
    pub(super) fn by(effects: &[Effect]) -> Self {
        let mut points = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::Set(point, Passage::Denied) => {
                    points.insert(*point);
                }
                Effect::Set(point, _) => {
                    points.remove(point);
                }
                _ => {}
            }
        }
        Self { points }
    }

    /// Whether one of them lies on the way from one network to another, each with its organisation.
    pub(super) fn parts(
        &self,
        from: (NetworkId, OrganisationId),
        to: (NetworkId, OrganisationId),
    ) -> bool {
        let is_shut = |point| self.points.contains(&point);
        let at_boundary = is_shut(Point::Boundary(from.0, Direction::Out))
            || is_shut(Point::Boundary(to.0, Direction::In));
        let at_border = from.1 != to.1
            && (is_shut(Point::Border(from.1, Direction::Out))
                || is_shut(Point::Border(to.1, Direction::In)));
        from.0 != to.0 && (at_boundary || at_border)
    }
}
