//! What the engine is told: address spaces, boundaries, hosts, and how the worm looks for more of them.
//!
//! Plain public data in plain units. Positions in `realms`, `networks` and `hosts` are the ids that the other fields
//! and the [`History`](crate::plain::History) use. What is allowed in each field is checked by
//! [`Prepared::new`](crate::plain::Prepared::new).

use crate::plain::Delay;

/// Everything that one replicate depends on, apart from its random draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Routable domains that several organisations may share.
    pub realms: Vec<Realm>,
    /// Networks, each of one organisation.
    pub networks: Vec<Network>,
    /// Permissions between pairs of networks that hold whatever the boundaries say.
    pub links: Vec<Link>,
    /// All hosts, open to the worm or not.
    pub hosts: Vec<Host>,
    /// How an active host looks for others; all streams act at once and independently.
    pub streams: Vec<Stream>,
    /// Hours from infection until the host becomes active.
    pub latency: Delay,
    /// Hours from becoming active until the host is removed (cleaned, cut off): it then stops probing and is not
    /// infected again. `None`: never.
    pub removal: Option<Delay>,
    /// The check that the worm makes at each start, if it has one.
    pub kill_switch: Option<KillSwitch>,
    /// The hosts infected at time 0.
    pub entries: Entries,
    /// The replicate ends after this many hours. More than 0, at most [`Input::MAX_HORIZON_HOURS`].
    pub horizon_hours: f64,
}

impl Input {
    /// The longest horizon that is accepted: one leap year.
    pub const MAX_HORIZON_HOURS: f64 = 366.0 * 24.0;
    /// The fastest stream that is accepted, in probes per hour and host.
    pub const MAX_PROBES_PER_HOUR: f64 = 1e9;
}

/// A routable domain: a hospital group's network, a national network, the internet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Realm {
    /// How many addresses a realm-wide probe is drawn from. At least 1, at least the sum of its networks' addresses, and
    /// more where the rest of the realm is empty or not described.
    pub addresses: f64,
}

/// One network and the boundaries that its hosts see.
///
/// Network a reaches network b if they are the same; or, within one organisation, if `a.leaves` and `b.enters`; or,
/// between organisations that share a realm, if `a.leaves`, `a.leaves_organisation`, `b.enters_organisation` and
/// `b.enters`; or by a [`Link`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Network {
    /// Whose it is. Any number; equal numbers mean one organisation.
    pub organisation: u32,
    /// The realm that its addresses belong to. `None`: the organisation's own, and only a link reaches it from outside.
    pub realm: Option<u32>,
    /// How many addresses its blocks hold. At least 1, and at least one for each attached host.
    pub addresses: f64,
    /// The internal boundary: whether probes may leave this network.
    pub leaves: bool,
    /// The internal boundary: whether probes from elsewhere may enter this network.
    pub enters: bool,
    /// The organisation's border as this network sees it: whether probes may leave for other organisations.
    pub leaves_organisation: bool,
    /// The organisation's border as this network sees it: whether probes from other organisations may come in.
    pub enters_organisation: bool,
}

/// A one-way permission from network to network that holds whatever the boundaries say.
///
/// It adds reach, not address space: a stream probes across it only where its [`Scope`] covers the far network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The network that reaches.
    pub from: u32,
    /// The network that is reached.
    pub to: u32,
}

/// One machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// The networks that it is attached to, each once, with one address in each. Usually one; with none it can be an
    /// entry, but neither probes nor is probed.
    ///
    /// A host with several reaches whatever any of them reaches, and is reached at each of its addresses.
    pub networks: Vec<u32>,
    /// The chance, 0 to 1, that one probe that reaches it infects it. 0: cannot be infected by a probe (patched, not
    /// listening, another system).
    pub success: f32,
    /// The chance, 0 to 1, that a probe that reaches it and does not infect it crashes it instead. A crashed host is
    /// out of service: never infected.
    pub crash: f32,
    /// Whether the kill switch, once live, answers this host (it has direct egress and names resolve).
    pub answers_kill_switch: bool,
}

/// The address space that a uniform stream draws from, as seen from the network that the probe starts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The network itself.
    Network,
    /// All networks of its organisation, whatever their realm.
    Organisation,
    /// Its realm, [`Realm::addresses`] in all. From a network without a realm such probes find nothing.
    Realm,
}

/// One way in which each active host looks for others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stream {
    /// A Poisson process of probes, each to an address drawn uniformly from the scope.
    ///
    /// A host with several networks starts each probe from one of them, chosen uniformly; the choice decides the
    /// address space, while the probe arrives if *any* of the host's networks reaches the network it is addressed to.
    Uniform {
        /// What the address is drawn from.
        scope: Scope,
        /// Probes per hour and active host, 0 to [`Input::MAX_PROBES_PER_HOUR`].
        probes_per_hour: f64,
    },
    /// Each address of every attached network once, in random order, then nothing until the next start.
    ///
    /// The networks are swept one after the other in the order of [`Host::networks`]; one with n addresses takes
    /// n / `probes_per_hour` hours. Within that time each address is probed at a uniform moment, independently of the
    /// others.
    Sweep {
        /// Probes per hour and active host (workers × rate of each), 0 to [`Input::MAX_PROBES_PER_HOUR`].
        probes_per_hour: f64,
    },
}

/// A name that the worm looks up once at each start, and that stops this start if it is answered.
///
/// A start that is answered ends: the host is neither active nor disabled, and stays susceptible. Hosts that are
/// already active go on. Once live the switch stays live, so whatever infects an answered host again ends in the same
/// way; such repeats change nothing and are neither drawn nor recorded. Later probes can still crash it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KillSwitch {
    /// Starts at or after this many hours are answered, on hosts that the answer can reach. 0 or less: from the
    /// beginning.
    pub live_from_hours: f64,
}

/// Which hosts are infected at time 0.
///
/// An entry needs no probe and succeeds whatever the host's `success` (a person opened it); its latency applies and,
/// when it starts, so does the kill switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entries {
    /// One of these hosts, drawn uniformly in each replicate. Not empty.
    OneOf(Vec<u32>),
    /// All of these hosts, each named once. Not empty.
    These(Vec<u32>),
}
