//! What the fast engine is told: networks with counts of hosts, instead of hosts.

use crate::plain::{Delay, Network, Realm, Scope};

/// Everything that one course depends on, apart from its random draws.
///
/// Networks, boundaries, scopes and delays mean what they mean in an [`Input`](crate::plain::Input).
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// Routable domains that several organisations may share.
    pub realms: Vec<Realm>,
    /// Networks, each of one organisation. At most 2²⁴.
    pub networks: Vec<Network>,
    /// The classes of hosts: the chance, above 0 and at most 1, that one probe that reaches such a host infects it. At
    /// most [`Cells::MAX_CLASSES`], and at least one.
    pub successes: Vec<f32>,
    /// How many hosts of each class each network has, network by network: the hosts of class c in network n are at
    /// n × classes + c. Hosts that no probe can infect are not here. At most [`Cells::MAX_HOSTS`] in all, and in each
    /// network at most as many as it has addresses.
    pub hosts: Vec<u32>,
    /// How an active host looks for others; all streams act at once and independently.
    pub streams: Vec<CellStream>,
    /// Hours from infection until the host becomes active.
    pub latency: Delay,
    /// Mean hours, 0 or more, from becoming active until the host is removed, exponentially distributed. `None`: never.
    pub removal_mean_hours: Option<f64>,
    /// The hosts infected at time 0.
    pub entries: CellEntries,
    /// The course ends after this many hours. More than 0, at most
    /// [`Input::MAX_HORIZON_HOURS`](crate::plain::Input::MAX_HORIZON_HOURS).
    pub horizon_hours: f64,
}

impl Cells {
    /// How many classes of hosts there may be.
    pub const MAX_CLASSES: usize = 8;
    /// How many hosts there may be in all networks together, entries included.
    pub const MAX_HOSTS: u32 = (1 << 24) - 1;

    pub(crate) fn hosts_of(&self, network: usize) -> &[u32] {
        let classes = self.successes.len();
        &self.hosts[network * classes..(network + 1) * classes]
    }
}

/// A Poisson process of probes of each active host, each to an address drawn uniformly from the scope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellStream {
    /// What the address is drawn from.
    pub scope: Scope,
    /// Probes per hour and active host, 0 to [`Input::MAX_PROBES_PER_HOUR`](crate::plain::Input::MAX_PROBES_PER_HOUR).
    pub probes_per_hour: f64,
}

/// Which hosts are infected at time 0. An entry needs no probe and succeeds whatever its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellEntries {
    /// One of these, drawn uniformly in each course. Not empty.
    OneOf(Vec<CellEntry>),
    /// All of these. Not empty; a cell is named once for each of its hosts that enters.
    These(Vec<CellEntry>),
}

impl CellEntries {
    pub(crate) fn all(&self) -> &[CellEntry] {
        let (Self::OneOf(entries) | Self::These(entries)) = self;
        entries
    }
}

/// A host infected at time 0, by its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellEntry {
    /// The network that it is attached to.
    pub network: u32,
    /// Its class. `None`: a host that no probe can infect, beside those of [`Cells::hosts`].
    pub class: Option<u8>,
}
