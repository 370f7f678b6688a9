//! What one threat's outbreaks do to the organisations of a whole service.

use wardround_evidence::{NetworkName, OrganisationName, ServiceName};

use super::Amount;

/// How many organisations outbreaks infect, disrupt and spare, and who shares whose fate.
#[derive(Clone, Debug, Default)]
pub struct WholeService {
    /// All organisations.
    pub all: Struck,
    /// The same by kind of organisation: `hospital trusts`.
    pub kinds: Vec<(String, Struck)>,
    /// Groups of organisations that have something in common, the whole estate first.
    pub groups: Vec<GroupFate>,
    /// Pairs that are hit together more often than if each had its own fate.
    pub pairs: Vec<PairFate>,
}

/// Numbers of organisations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Struck {
    /// How many there are.
    pub organisations: u32,
    /// A machine of theirs is taken.
    pub infected: Amount,
    /// None is, and they cut themselves off or cannot do their services as ever.
    pub disrupted: Amount,
    /// Neither.
    pub spared: Amount,
}

/// What organisations have in common.
#[derive(Clone, Debug)]
pub enum InCommon {
    /// Nothing but the estate.
    Estate,
    /// Who patches their machines.
    Administrator(Option<OrganisationName>),
    /// A network beyond their own.
    Realm(NetworkName),
    /// A service that they do or need, and whose it is.
    Service(Option<ServiceName>, Option<OrganisationName>),
}

/// How far a group is hit together.
#[derive(Clone, Debug)]
pub struct GroupFate {
    /// What its organisations have in common.
    pub in_common: InCommon,
    /// How many they are.
    pub organisations: u32,
    /// The share (0 to 1) of outbreaks that hit one of them, on average.
    pub hit: f64,
    /// Where one is hit, the share (0 to 1) of the others that are too.
    pub together: f64,
    /// The same if each had its own fate.
    pub if_apart: f64,
    /// The share (0 to 1) of outbreaks that hit at least half of them.
    pub half: f64,
}

/// Two organisations that are hit together.
#[derive(Clone, Debug)]
pub struct PairFate {
    /// One.
    pub first: OrganisationName,
    /// The other.
    pub second: OrganisationName,
    /// The shares (0 to 1) of outbreaks that hit each.
    pub hit: [f64; 2],
    /// The share that hits both.
    pub both: f64,
    /// The same if each had its own fate.
    pub if_apart: f64,
}
