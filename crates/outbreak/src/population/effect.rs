//! Changes to a world.

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
