//! Hosts that are all in the same state, counted by cell or network, of which any one may be next.

use crate::draws::Draws;
use crate::fast::urn::Urn;

/// How many there are in each place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crowd {
    counts: Vec<u32>,
    urn: Urn,
    positions: Vec<u32>,
}

impl Crowd {
    /// None in any of so many places.
    pub(crate) fn reset(&mut self, places: usize) {
        self.counts.clear();
        self.counts.resize(places, 0);
        self.positions.resize(places, 0);
        self.urn.clear();
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let words = self.counts.capacity() + self.positions.capacity();
        words * size_of::<u32>() + self.urn.bytes()
    }

    /// There are so many more of them in a place; nothing, if the crowd was reset to no places.
    #[inline]
    pub(crate) fn add(&mut self, place: u32, more: i32) {
        let Some(count) = self.counts.get_mut(place as usize) else {
            return;
        };
        let old = u64::from(*count);
        *count = count.wrapping_add_signed(more);
        let new = u64::from(*count);
        self.urn.change(place, old, new, &mut self.positions);
    }

    /// The place of one of them, each with the same chance; there is one.
    #[inline]
    pub(crate) fn draw(&self, draws: &mut Draws) -> u32 {
        let weight = |place: u32| u64::from(self.counts[place as usize]);
        self.urn.draw(draws, weight).0
    }
}
