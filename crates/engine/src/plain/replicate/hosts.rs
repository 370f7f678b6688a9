//! Where each host stands.

/// A host's compartment.
///
/// Being removed is not one of them: an active host is removed once its time has come, which nobody needs to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Susceptible,
    /// Infected, not yet active.
    Latent,
    /// Active, or removed after that.
    Active,
    /// The kill switch ended its start. A probe can still crash it.
    Answered,
    Crashed,
}

/// What happened to a host so far. Each field is meaningless until the host has come that far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Journey {
    /// Its position in the history's infections.
    pub(crate) infection: u32,
    /// How the probe came that infected it.
    pub(crate) by: By,
    /// When it is removed; infinity for never.
    pub(crate) active_until: f64,
    /// When the kill switch ended its start.
    pub(crate) answered_hours: f64,
}

/// How a probe came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum By {
    /// Not by a probe: an entry.
    #[default]
    Hand,
    /// By a uniform stream.
    Uniform { from: u32 },
    /// By one of a host's sweeps, at the address in this network.
    Sweep { from: u32, sweep: u8, network: u32 },
}

impl By {
    /// The host that probed.
    pub(crate) fn source(self) -> Option<u32> {
        match self {
            Self::Hand => None,
            Self::Uniform { from } | Self::Sweep { from, .. } => Some(from),
        }
    }
}
