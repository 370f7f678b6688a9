//! How many hosts of a cell are in which stage of their infection.

use crate::fast::cells::NONE;

/// The rolls.
pub(crate) const LATENT: usize = 0;
pub(crate) const ACTIVE: usize = 1;
pub(crate) const DORMANT: usize = 2;
pub(crate) const PENDING: usize = 3;

/// The infected hosts of a cell, in one cache line. Pairs: not disabled, disabled.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct Stage {
    pub(crate) latent: u32,
    pub(crate) active: [u32; 2],
    pub(crate) dormant: [u32; 2],
    /// Removed and disabled; those removed in service are of no more interest.
    pub(crate) out: u32,
    /// How often its latent hosts were answered; starts drawn before are void.
    pub(crate) restarts: u32,
    /// How many names it has on the rolls of latent, active, dormant and not yet disabled hosts.
    pub(crate) names: [u32; 4],
    /// For a single host's first cell, how often it left activity or was switched off; calls drawn before are void.
    pub(crate) spell: u32,
    /// The first of its sweeping hosts, or [`NONE`].
    pub(crate) sweepers: u32,
}

impl Stage {
    pub(crate) const EMPTY: Self = Self {
        latent: 0,
        active: [0; 2],
        dormant: [0; 2],
        out: 0,
        restarts: 0,
        names: [0; 4],
        spell: 0,
        sweepers: NONE,
    };

    pub(crate) fn active_count(&self) -> u32 {
        self.active[0] + self.active[1]
    }

    /// How many hosts the names on one of the rolls stand for.
    #[inline]
    pub(crate) fn counted(&self, roll: usize) -> u32 {
        match roll {
            LATENT => self.latent,
            ACTIVE => self.active_count(),
            DORMANT => self.dormant[0] + self.dormant[1],
            _ => self.active[0] + self.dormant[0],
        }
    }

    /// Those that staff may rebuild.
    pub(crate) fn rebuildable(&self) -> u32 {
        self.active_count() + self.dormant[0] + self.dormant[1] + self.out
    }
}
