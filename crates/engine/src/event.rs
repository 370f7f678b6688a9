//! What happens in a replicate, as it is told to whoever watches.

/// Something that happened to a host or an organisation.
///
/// A *unit* is what the sampler tells apart: in [`coupled`](crate::coupled) a host by its position; in
/// [`fast`](crate::fast) one host of a cell, any of the hosts that were alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A host was infected; it becomes active one latency later.
    Infected {
        /// Which.
        unit: u32,
        /// What the infection crossed.
        across: Across,
        /// The unit that it came from; `None` for an entry, from outside, or where [`Watch::WANTS_SOURCES`] is off.
        from: Option<u32>,
        /// Whether it had been infected before in this replicate, and a start was answered since.
        is_repeat: bool,
    },
    /// A probe crashed a susceptible host.
    Crashed {
        /// Which.
        unit: u32,
    },
    /// The payload struck.
    Disabled {
        /// Which.
        unit: u32,
    },
    /// The kill switch answered a start of an infected host, which is susceptible again or, if disabled, removed.
    Answered {
        /// Which.
        unit: u32,
        /// Whether it had been disabled and stays so.
        was_disabled: bool,
    },
    /// Staff patched a susceptible host.
    Patched {
        /// Which; in the fast sampler of its new class.
        unit: u32,
    },
    /// Staff rebuilt a host.
    Rebuilt {
        /// Which.
        unit: u32,
        /// Whether it had been disabled, and is in service again.
        was_disabled: bool,
    },
    /// An organisation began to act.
    Acted {
        /// Which.
        organisation: u32,
    },
}

/// What an infection crossed to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Across {
    /// Nothing: it was an entry.
    Entry,
    /// It came from outside all realms.
    Outside,
    /// It came along a contact.
    Contact,
    /// It came to an address in a network that the source is attached to.
    SameNetwork,
    /// It came to another network of an organisation that the source has a network of.
    SameOrganisation,
    /// It came to another organisation.
    BetweenOrganisations,
}

impl Across {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [
        Self::Entry,
        Self::Outside,
        Self::Contact,
        Self::SameNetwork,
        Self::SameOrganisation,
        Self::BetweenOrganisations,
    ];
}

/// Whoever is told what happens, in order of time.
///
/// A sampler is generic over it, so what a watcher ignores costs nothing.
pub trait Watch {
    /// Whether [`Event::Infected::from`](Event::Infected) is wanted. It does not change the draws of what happens.
    const WANTS_SOURCES: bool = false;
    /// Whether [`Event::Infected::across`](Event::Infected) is wanted. If neither it nor the source is, a sampler that
    /// would have to draw it may say anything.
    const WANTS_ACROSS: bool = true;

    /// Something happened at so many hours, at most the horizon.
    fn note(&mut self, hours: f64, event: Event);

    /// Whether nothing more is wanted of this replicate: [`fast`](crate::fast) then ends it early.
    fn is_done(&self) -> bool {
        false
    }
}

/// Nobody watches.
impl Watch for () {
    const WANTS_ACROSS: bool = false;

    fn note(&mut self, _: f64, _: Event) {}
}

/// Everything is written down.
impl Watch for Vec<(f64, Event)> {
    const WANTS_SOURCES: bool = true;

    fn note(&mut self, hours: f64, event: Event) {
        self.push((hours, event));
    }
}
