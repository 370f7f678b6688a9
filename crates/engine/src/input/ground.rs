//! Where hosts are and what they are: realms, networks, links, classes, hosts, contacts.

/// A routable domain: a hospital group's network, a national network, the internet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Realm {
    /// How many addresses a realm-wide probe is drawn from. At least 1, at least the sum of its networks' addresses, and
    /// more where the rest of the realm is empty or not described.
    pub addresses: f64,
}

/// One network and the boundaries that its hosts see. They are the same for all vectors.
///
/// Network a reaches network b if they are the same; or, within one organisation, if `a.leaves` and `b.enters`; or,
/// between organisations that share a realm, if `a.leaves`, `a.leaves_organisation`, `b.enters_organisation` and
/// `b.enters`; or by a [`Link`]. Between organisations nothing reaches anything while one of the two is isolated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Network {
    /// Whose it is.
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

/// A one-way permission from network to network that holds whatever the boundaries say; isolation ends it where it leads
/// from one organisation to another.
///
/// It adds reach, not address space: a stream probes across it only where its [`Scope`](crate::Scope) covers the far
/// network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The network that reaches.
    pub from: u32,
    /// The network that is reached.
    pub to: u32,
}

/// A kind of host: everything that decides how it fares, but where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// How open it is to each vector, [`Input::vectors`](crate::Input::vectors) of them.
    pub openings: Vec<Opening>,
    /// Whether an active host of this class uses the streams of each vector. As many as `openings`. A vector that needs
    /// something found on the host (a stored credential) is carried by those that have it.
    pub carries: Vec<bool>,
    /// Whether the kill switch, once live, answers this host (it has direct egress and names resolve).
    pub answers_kill_switch: bool,
    /// Whether pressure from outside reaches it.
    pub is_exposed: bool,
    /// When it is switched on, by position in [`Input::schedules`](crate::Input::schedules). `None`: always. A host that is
    /// off neither probes nor is probed, and makes and takes no call; the clocks of the worm on it go on.
    pub schedule: Option<u16>,
    /// The class that it becomes when staff patch it; `None`: there is nothing to patch. That class has the same
    /// `schedule`, `answers_kill_switch` and `is_exposed`, no further `patched`, and each of its openings is either this
    /// class's or closed.
    pub patched: Option<u16>,
}

/// What one probe that reaches a susceptible host does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// The chance, 0 to 1, that it infects it. 0: cannot be infected this way (patched, not listening, another system).
    pub success: f32,
    /// The chance, 0 to 1, that a probe that does not infect it crashes it instead. A crashed host is out of service:
    /// never infected.
    pub crash: f32,
}

impl Opening {
    /// Nothing happens.
    pub const CLOSED: Self = Self {
        success: 0.0,
        crash: 0.0,
    };

    /// The chance that one probe crashes it: that it does not infect it, and then crashes it.
    pub(crate) fn crash_chance(self) -> f64 {
        (1.0 - f64::from(self.success)) * f64::from(self.crash)
    }
}

/// Which hours of the week something is on, from Monday 00:00.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Whether it is on in each hour of the week.
    pub is_on: [bool; 168],
}

/// One machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// The network that it is attached to, and by which it belongs to an organisation. `None`: none; then it can be an
    /// entry and have contacts, but neither probes nor is probed.
    pub network: Option<u32>,
    /// Its class.
    pub class: u16,
}

/// A further network of a host that has several, with one address in each.
///
/// Such a host reaches whatever any of its networks reaches, and is reached at each of its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The host, which has a [`Host::network`].
    pub host: u32,
    /// The further network, each once.
    pub network: u32,
}

/// A one-way conversation or log-on right between two hosts, along which an active host tries the other.
///
/// It proves its pair: boundaries do not matter, nor what the caller's class carries. While the organisation of either is
/// isolated no attempt crosses its border; a host without a network is outside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// The host that calls.
    pub from: u32,
    /// The host that is called; another one.
    pub to: u32,
    /// By which vector: the opening that an attempt meets.
    pub vector: u8,
    /// Attempts per hour while `from` is active and on, a Poisson process: 0 to
    /// [`Input::MAX_PER_HOUR`](crate::Input::MAX_PER_HOUR).
    pub attempts_per_hour: f32,
}
