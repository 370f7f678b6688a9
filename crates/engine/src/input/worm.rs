//! How the worm looks for hosts, rests, hurts and stops.

/// The address space that a uniform stream draws from, as seen from the network that the probe starts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The network itself.
    Network,
    /// All networks of its organisation, whatever their realm.
    Organisation,
    /// Its realm, [`Realm::addresses`](crate::Realm::addresses) in all. From a network without a realm such probes find
    /// nothing.
    Realm,
}

/// One way in which each active host that is on, and whose class carries the vector, looks for others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// Which of a host's openings a probe meets.
    pub vector: u8,
    /// Where probes go.
    pub kind: StreamKind,
    /// Probes per hour and host, 0 to [`Input::MAX_PER_HOUR`](crate::Input::MAX_PER_HOUR).
    pub probes_per_hour: f64,
}

/// Where the probes of a stream go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// A Poisson process of probes, each to an address drawn uniformly from the scope.
    ///
    /// A host with several networks starts each probe from one of them, chosen uniformly; the choice decides the
    /// address space, while the probe arrives if *any* of the host's networks reaches the network it is addressed to.
    Uniform(Scope),
    /// Each address of every attached network once, in random order, then nothing until the next sweep.
    ///
    /// A sweep begins when the host becomes active after its latency, and when it is switched on while active; if it is
    /// off when its latency ends the sweep begins when it is switched on. It ends for good when the host is switched
    /// off, falls dormant, is removed or rebuilt; waking begins none. The networks are swept one after the other, in the
    /// order of [`Input::networks_of`](crate::Input::networks_of); one with n addresses takes n / `probes_per_hour`
    /// hours. Within that time each address is probed at a uniform moment, independently of the others. A host that
    /// becomes susceptible again after the sweep came to its network is passed over by it; of hosts that are switched on
    /// at one moment names are looked up before sweeps begin.
    Sweep,
}

/// Falling silent and waking, memoryless.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dormancy {
    /// The rate per hour at which an active host falls dormant: it then neither probes nor tries its contacts.
    pub falls_per_hour: f64,
    /// The rate per hour at which a dormant host becomes active again.
    pub wakes_per_hour: f64,
}

/// What puts an infected host out of service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payload {
    /// Mean hours from becoming active, exponentially distributed, until it strikes and the host is *disabled*; 0: at
    /// once. It runs while the host is active or dormant.
    pub mean_hours: f64,
    /// Whether a host that is disabled also stops spreading: it is removed at that moment.
    pub ends_spread: bool,
}

/// A name that the worm looks up once at each start, and that stops this start if it is answered.
///
/// A host *is answered* while the switch is live, its class answers and its organisation is not isolated. A start is the
/// moment of infection, and each moment at which a latent, active or dormant host is switched on. An answered infection
/// leaves the host as it was; it is no event. An entry that is answered at time 0 is not infected. An answered start of
/// an infected host ends the infection: the host is susceptible again, or removed if it was disabled before. Hosts that
/// have started go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KillSwitch {
    /// Starts at or after this many hours are answered. 0 or less: from the beginning.
    pub live_from_hours: f64,
}

/// Probes from outside all realms to hosts that have a network and whose class is exposed, whatever the boundaries say.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// Which of a host's openings a probe meets.
    pub vector: u8,
    /// How fast, from when on; hours ascending. Before the first: nothing.
    pub pressure: Vec<Pressure>,
}

/// The pressure from an hour on, until the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pressure {
    /// From when on, in hours.
    pub from_hours: f64,
    /// Probes per hour to each exposed host, 0 to [`Input::MAX_PER_HOUR`](crate::Input::MAX_PER_HOUR).
    pub probes_per_hour: f64,
}

/// Which hosts are infected at time 0.
///
/// An entry needs no probe and succeeds whatever the host's openings (a person opened it) and whether or not it is on;
/// the kill switch is asked, and its latency applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entries {
    /// One of these hosts, drawn uniformly in each replicate. Not empty.
    OneOf(Vec<u32>),
    /// All of these hosts, each named once. Not empty.
    These(Vec<u32>),
    /// None: whatever comes, comes from outside.
    Nobody,
}
