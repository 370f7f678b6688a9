//! Which clock has which number.

use crate::coupled::prepare::Ground;

/// Clocks of accumulated force, in hits per address; each vector has its own.
///
/// *Net*: what only the hosts of a network, links and hosts with several networks add. *Wide* and *narrow*: what an
/// organisation's networks of one realm that may be left add for its networks that may be entered: wide for those that
/// also hear the realm's clock, narrow for those that do not. *Realm*: what all networks add that may be left for other
/// organisations. *Outside*: the pressure from there. *Silent*: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::coupled) struct ClockIds {
    vectors: u32,
    first_group: u32,
    first_realm: u32,
    outside: u32,
}

impl ClockIds {
    pub(in crate::coupled) fn new(ground: &Ground, realms: usize) -> Self {
        let vectors = ground.vectors as u32;
        let first_group = ground.places.len() as u32 * vectors;
        let first_realm = first_group + 2 * ground.groups.len() as u32 * vectors;
        Self {
            vectors,
            first_group,
            first_realm,
            outside: first_realm + realms as u32 * vectors,
        }
    }

    #[inline]
    pub(in crate::coupled) fn net(self, network: u32, vector: u32) -> u32 {
        network * self.vectors + vector
    }

    #[inline]
    pub(in crate::coupled) fn wide(self, group: u32, vector: u32) -> u32 {
        self.first_group + 2 * group * self.vectors + vector
    }

    #[inline]
    pub(in crate::coupled) fn narrow(self, group: u32, vector: u32) -> u32 {
        self.first_group + (2 * group + 1) * self.vectors + vector
    }

    #[inline]
    pub(in crate::coupled) fn realm(self, realm: u32, vector: u32) -> u32 {
        self.first_realm + realm * self.vectors + vector
    }

    pub(in crate::coupled) fn outside(self) -> u32 {
        self.outside
    }

    pub(in crate::coupled) fn silent(self) -> u32 {
        self.outside + 1
    }

    /// How many clocks there are.
    pub(in crate::coupled) fn count(self) -> usize {
        self.outside as usize + 2
    }

    /// Whether a clock belongs to one network or to the outside, so that few hear it.
    #[inline]
    pub(in crate::coupled) fn is_near(self, clock: u32) -> bool {
        clock < self.first_group || clock >= self.outside
    }
}
