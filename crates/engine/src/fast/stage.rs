//! How many hosts of a cell are in which stage of their infection.

use crate::fast::cells::NONE;

/// The rolls.
pub(crate) const LATENT: usize = 0;
pub(crate) const ACTIVE: usize = 1;
pub(crate) const DORMANT: usize = 2;
pub(crate) const PENDING: usize = 3;

/// The infected hosts of a cell, in half a cache line. Pairs: not disabled, disabled.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(crate) struct Stage {
    /// Where what has become of them is drawn only when it is asked for: when the next of them leaves its state without memory;
    /// infinity if none will.
    pub(crate) next_hours: f64,
    pub(crate) active: [u32; 2],
    pub(crate) dormant: [u32; 2],
    /// Removed and disabled; those removed in service are of no more interest.
    pub(crate) out: u32,
    /// How many names it has among those that the payload has not struck yet.
    pub(crate) pending: u32,
}

/// What only some inputs need to know of the infected hosts of a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seldom {
    pub(crate) latent: u32,
    /// How often its latent hosts were answered; starts drawn before are void.
    pub(crate) restarts: u32,
    /// How many names it has on the rolls of latent, active and dormant hosts.
    pub(crate) names: [u32; 3],
    /// For a single host's first cell, how often it left activity or was switched off; calls drawn before are void.
    pub(crate) spell: u32,
    /// The first of its sweeping hosts, or [`NONE`].
    pub(crate) sweepers: u32,
}

impl Seldom {
    pub(crate) const EMPTY: Self = Self {
        latent: 0,
        restarts: 0,
        names: [0; 3],
        spell: 0,
        sweepers: NONE,
    };
}

impl Stage {
    pub(crate) const EMPTY: Self = Self {
        next_hours: f64::INFINITY,
        active: [0; 2],
        dormant: [0; 2],
        out: 0,
        pending: 0,
    };

    pub(crate) fn active_count(&self) -> u32 {
        self.active[0] + self.active[1]
    }

    pub(crate) fn dormant_count(&self) -> u32 {
        self.dormant[0] + self.dormant[1]
    }

    /// How many of them leave activity, and how many wake, per hour, where each does at these rates.
    pub(crate) fn rates(&self, leaves: f64, wakes: f64) -> [f64; 2] {
        [
            f64::from(self.active_count()) * leaves,
            f64::from(self.dormant_count()) * wakes,
        ]
    }

    /// How many hosts the names on one of the rolls stand for; on that of latent hosts none of these.
    #[inline]
    pub(crate) fn counted(&self, roll: usize) -> u32 {
        match roll {
            ACTIVE => self.active_count(),
            DORMANT => self.dormant_count(),
            _ => self.active[0] + self.dormant[0],
        }
    }

    /// Those that staff may rebuild.
    pub(crate) fn rebuildable(&self) -> u32 {
        self.active_count() + self.dormant_count() + self.out
    }
}
