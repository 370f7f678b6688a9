//! What is due at a moment that is known beforehand.

use crate::calendar::Calendar;
use crate::coupled::course::ahead::AHEAD;

/// Something that will happen, unless what it belongs to has ended by then.
///
/// At one moment organisations act and the kill switch goes live first, then the week goes on, then comes the rest; the
/// order of the variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::coupled) enum Happening {
    /// An organisation acts.
    Acts {
        organisation: u32,
    },
    /// The kill switch goes live.
    Live,
    /// An hour begins as which some schedule switches.
    Hour {
        hour: u32,
    },
    /// A step of the pressure from outside.
    Pressure {
        step: u32,
    },
    /// Latency is over.
    Starts {
        host: u32,
        infection: u32,
    },
    FallsDormant {
        host: u32,
        phase: u32,
    },
    Wakes {
        host: u32,
        phase: u32,
    },
    IsRemoved {
        host: u32,
        phase: u32,
    },
    PayloadStrikes {
        host: u32,
        infection: u32,
    },
    /// A sweep comes to one of its host's networks.
    SweepComes {
        host: u32,
        sweep: u32,
        stream: u32,
        position: u32,
    },
    /// A sweep comes to a host that it infects or crashes.
    SweepHits {
        from: u32,
        to: u32,
        sweep: u32,
        vector: u32,
        infections: u32,
        is_crash: bool,
    },
    /// A call infects or crashes the host that is called. `attempt` counts those that came while it was off.
    CallHits {
        call: u32,
        talk: u32,
        callee: u32,
        is_crash: bool,
        attempt: u32,
    },
    /// Staff patch a host.
    Patch {
        organisation: u32,
    },
    /// Staff rebuild a host.
    Rebuild {
        organisation: u32,
    },
}

impl Happening {
    /// The host that it is about, or one of them.
    #[inline]
    fn host(self) -> Option<u32> {
        match self {
            Self::Starts { host, .. }
            | Self::FallsDormant { host, .. }
            | Self::Wakes { host, .. }
            | Self::IsRemoved { host, .. }
            | Self::PayloadStrikes { host, .. }
            | Self::SweepComes { host, .. }
            | Self::SweepHits { to: host, .. } => Some(host),
            _ => None,
        }
    }
}

/// All that is to happen until the horizon.
#[derive(Clone, Debug, Default)]
pub(in crate::coupled) struct Timers {
    calendar: Calendar<Happening>,
    horizon: f64,
}

impl Timers {
    pub(in crate::coupled) fn reset(&mut self, horizon: f64) {
        self.calendar.reset(horizon);
        self.horizon = horizon;
    }

    /// When the next is due.
    #[inline]
    pub(in crate::coupled) fn next_hours(&self) -> f64 {
        self.calendar.next_hours()
    }

    #[inline]
    pub(in crate::coupled) fn pop(&mut self) -> Option<(f64, Happening)> {
        self.calendar.pop()
    }

    /// The host that will be read of soon.
    #[inline]
    pub(in crate::coupled) fn host_ahead(&self) -> Option<u32> {
        self.calendar.ahead(AHEAD)?.host()
    }

    /// Lets it happen at a time, if that is not after the horizon.
    #[inline]
    pub(in crate::coupled) fn add(&mut self, hours: f64, happening: Happening) {
        if hours <= self.horizon {
            self.calendar.push(hours, happening);
        }
    }
}
