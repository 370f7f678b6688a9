//! What a host is at a moment.

/// Where a host stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::coupled) enum Status {
    #[default]
    Susceptible,
    Latent,
    Active,
    Dormant,
    Removed,
    Crashed,
    Rebuilt,
}

/// What else is to be known of a host, if anything happens to infected hosts at all; two in one line of the cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
pub(in crate::coupled) struct Life {
    /// How often it has been infected.
    pub(in crate::coupled) infections: u32,
    /// Counts changes of status; what is due for an earlier one is void.
    pub(in crate::coupled) phase: u32,
    /// How many times it became active.
    pub(in crate::coupled) activities: u32,
    /// How many sweeps it began.
    pub(in crate::coupled) sweeps: u32,
    pub(in crate::coupled) is_talking: bool,
    pub(in crate::coupled) is_probing: bool,
    pub(in crate::coupled) is_sweeping: bool,
    pub(in crate::coupled) is_disabled: bool,
    /// Whether it is in the list of infected hosts that are switched on and off.
    pub(in crate::coupled) is_listed: bool,
}

/// How a host calls and is called, if anyone has contacts.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::coupled) struct Talk {
    /// Counts the times that it went on or stopped calling; calls of an earlier one are void.
    pub(in crate::coupled) turn: u32,
    /// Counts the times that all calls to it began anew; earlier ones are void.
    pub(in crate::coupled) anew: u32,
    /// For how many hours it had called in this activity, at `since`.
    pub(in crate::coupled) hours: f64,
    /// Since when it calls.
    pub(in crate::coupled) since: f64,
}
