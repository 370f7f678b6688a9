//! Hosts that are all in the same state, counted by network, of which any one may be next.

use crate::draws::Draws;
use crate::plain::fast::urn::Urn;

/// How many there are in each network.
#[derive(Clone, Debug)]
pub(crate) struct Crowd {
    counts: Vec<u32>,
    urn: Urn,
    positions: Vec<u32>,
}

impl Crowd {
    /// None in any of so many networks.
    pub(crate) fn reset(&mut self, networks: usize) {
        self.counts.clear();
        self.counts.resize(networks, 0);
        self.positions.resize(networks, 0);
        self.urn.clear();
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let words = self.counts.capacity() + self.positions.capacity();
        words * size_of::<u32>() + self.urn.bytes()
    }

    #[inline]
    pub(crate) fn total(&self) -> u64 {
        self.urn.total()
    }

    /// There are so many more of them in a network.
    #[inline]
    pub(crate) fn add(&mut self, network: u32, more: i32) {
        let count = &mut self.counts[network as usize];
        let old = u64::from(*count);
        *count = count.wrapping_add_signed(more);
        let new = u64::from(*count);
        self.urn.change(network, old, new, &mut self.positions);
    }

    /// The network of one of them, each with the same chance; there is one.
    #[inline]
    pub(crate) fn draw(&self, draws: &mut Draws) -> u32 {
        let weight = |network: u32| u64::from(self.counts[network as usize]);
        self.urn.draw(draws, weight).0
    }
}

impl Default for Crowd {
    fn default() -> Self {
        Self {
            counts: Vec::new(),
            urn: Urn::new(),
            positions: Vec::new(),
        }
    }
}
