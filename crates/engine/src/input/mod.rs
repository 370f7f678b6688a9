//! What the engine is told: address spaces, boundaries, hosts, how the worm looks for more of them, and who responds.
//!
//! Plain public data in plain units. Positions in `realms`, `organisations`, `networks`, `classes` and `hosts` are the
//! ids that other fields and the [`Event`](crate::Event)s use. What is allowed in each field is checked before anything
//! is sampled; see [`InputError`](crate::InputError).

mod ground;
mod people;
mod worm;

pub use crate::input::ground::{
    Attachment, Class, Contact, Host, Link, Network, Opening, Realm, Schedule,
};
pub use crate::input::people::{Organisation, Response};
pub use crate::input::worm::{
    Dormancy, Entries, KillSwitch, Outside, Payload, Pressure, Scope, Stream, StreamKind,
};

use crate::Delay;

/// Everything that one replicate depends on, apart from its random draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Routable domains that several organisations may share.
    pub realms: Vec<Realm>,
    /// Whose networks there are, and how they respond.
    pub organisations: Vec<Organisation>,
    /// Networks, each of one organisation.
    pub networks: Vec<Network>,
    /// Permissions between pairs of networks that hold whatever the boundaries say.
    pub links: Vec<Link>,
    /// How many vectors the worm has, 1 to [`Input::MAX_VECTORS`]: ways from host to host with their own chances.
    pub vectors: u8,
    /// The kinds of host. At least one where there are hosts.
    pub classes: Vec<Class>,
    /// When the hosts of a class are switched on, and when staff work.
    pub schedules: Vec<Schedule>,
    /// All hosts, open to the worm or not.
    pub hosts: Vec<Host>,
    /// The networks of hosts that have several, besides [`Host::network`], in order of their hosts.
    pub further: Vec<Attachment>,
    /// Pairs of hosts of which one calls the other, whatever boundaries say.
    pub contacts: Vec<Contact>,
    /// How an active host looks for others; all streams act at once and independently.
    pub streams: Vec<Stream>,
    /// Hours from infection until the host becomes active.
    pub latency: Delay,
    /// Whether active hosts fall silent for a while.
    pub dormancy: Option<Dormancy>,
    /// Mean hours of activity, exponentially distributed, until the worm is gone from a host by itself, which is then
    /// *removed*: silent for good, and not infected again. It runs while the host is active. `None`: never.
    pub removal_mean_hours: Option<f64>,
    /// What puts a host out of service, if anything does.
    pub payload: Option<Payload>,
    /// The check that the worm makes at each start, if it has one.
    pub kill_switch: Option<KillSwitch>,
    /// What presses in from outside all realms.
    pub outside: Option<Outside>,
    /// The hour of the week at time 0: Monday 00:00 is 0. At least 0 and below 168.
    pub start_hour_of_week: f64,
    /// The hosts infected at time 0.
    pub entries: Entries,
    /// The replicate ends after this many hours. More than 0, at most [`Input::MAX_HORIZON_HOURS`].
    pub horizon_hours: f64,
}

impl Input {
    /// The longest horizon that is accepted: one leap year.
    pub const MAX_HORIZON_HOURS: f64 = 366.0 * 24.0;
    /// The fastest stream, contact or response that is accepted, per hour.
    pub const MAX_PER_HOUR: f64 = 1e9;
    /// How many vectors a worm may have.
    pub const MAX_VECTORS: u8 = 4;

    /// The organisation that a host belongs to: that of [`Host::network`].
    ///
    /// # Panics
    ///
    /// If there is no such host, or its network does not exist.
    pub fn organisation_of(&self, host: u32) -> Option<u32> {
        let network = self.hosts[host as usize].network?;
        Some(self.networks[network as usize].organisation)
    }

    /// All networks that a host is attached to, [`Host::network`] first.
    ///
    /// # Panics
    ///
    /// If there is no such host.
    pub fn networks_of(&self, host: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.further.partition_point(|more| more.host < host);
        let further = self.further[first..]
            .iter()
            .take_while(move |more| more.host == host)
            .map(|more| more.network);
        self.hosts[host as usize].network.into_iter().chain(further)
    }

    /// Whether the boundaries and links let a probe from one network into another while neither organisation is
    /// isolated.
    ///
    /// # Panics
    ///
    /// If there is no such network.
    pub fn reaches(&self, from: u32, to: u32) -> bool {
        from == to || self.boundaries_allow(from, to) || self.is_linked(from, to)
    }

    /// Whether the boundaries, links aside, let a probe from one network into another while neither organisation is isolated.
    ///
    /// # Panics
    ///
    /// If there is no such network.
    pub fn boundaries_allow(&self, from: u32, to: u32) -> bool {
        let (a, b) = (&self.networks[from as usize], &self.networks[to as usize]);
        if a.organisation == b.organisation {
            a.leaves && b.enters
        } else {
            let same_realm = a.realm.is_some() && a.realm == b.realm;
            same_realm && a.leaves && a.leaves_organisation && b.enters_organisation && b.enters
        }
    }

    fn is_linked(&self, from: u32, to: u32) -> bool {
        self.links.contains(&Link { from, to })
    }
}
