//! The openings that are still left in each set of networks, ready to draw one at random.
//!
//! Within a set they are kept in *lists* of similar chance (within a factor of two), so that drawing from a list and
//! then rejecting by the ratio to its highest chance seldom rejects, however unequal the hosts are. Lists only ever
//! shrink.

use crate::prepare::openings::Opening;
use crate::prepare::sets::NONE;

/// What is left to find.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets {
    /// The opening at each place; a list's remaining openings stand at the front of its places.
    openings: Vec<u32>,
    /// Where each opening stands in the list of each kind of set; meaningless once it is removed.
    places: Vec<[u32; 3]>,
    lists: Vec<List>,
    /// How many lists each set has.
    lists_per_set: u32,
}

/// Openings of similar chance in one set.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct List {
    first: u32,
    pub(crate) remaining: u32,
    /// The highest chance of an opening that was ever in it.
    pub(crate) highest: f64,
    /// The highest chance that a probe to any of them does anything.
    pub(crate) highest_any: f64,
}

impl Targets {
    /// Puts each opening into the sets of its network.
    pub(crate) fn new(
        openings: &[Opening],
        lists_per_set: u32,
        sets_of_network: &[[u32; 3]],
        set_count: u32,
    ) -> Self {
        let sets_of = |opening: &Opening| {
            let sets = sets_of_network[opening.network as usize];
            sets.into_iter().enumerate().filter(|&(_, set)| set != NONE)
        };
        let mut lists = vec![List::default(); (set_count * lists_per_set) as usize];
        for opening in openings {
            for (_, set) in sets_of(opening) {
                let list = &mut lists[(set * lists_per_set + opening.level) as usize];
                list.remaining += 1;
                list.highest = list.highest.max(opening.chance);
                list.highest_any = list.highest_any.max(opening.any_chance);
            }
        }
        let mut first = 0;
        for list in &mut lists {
            list.first = first;
            first += std::mem::take(&mut list.remaining);
        }

        let mut places = vec![[0; 3]; openings.len()];
        let mut at_place = vec![0; first as usize];
        for (opening, id) in openings.iter().zip(0..) {
            for (kind, set) in sets_of(opening) {
                let list = &mut lists[(set * lists_per_set + opening.level) as usize];
                let place = list.first + list.remaining;
                list.remaining += 1;
                at_place[place as usize] = id;
                places[id as usize][kind] = place;
            }
        }
        Self {
            openings: at_place,
            places,
            lists,
            lists_per_set,
        }
    }

    /// Becomes a copy of `other`, re-using its own memory.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.openings.clone_from(&other.openings);
        self.places.clone_from(&other.places);
        self.lists.clone_from(&other.lists);
        self.lists_per_set = other.lists_per_set;
    }

    /// The ids of a set's lists.
    #[inline]
    pub(crate) fn lists_of(&self, set: u32) -> std::ops::Range<u32> {
        set * self.lists_per_set..(set + 1) * self.lists_per_set
    }

    #[inline]
    pub(crate) fn list(&self, list: u32) -> &List {
        &self.lists[list as usize]
    }

    /// One of the list's remaining openings, by its place among them.
    #[inline]
    pub(crate) fn opening(&self, list: u32, place: u32) -> u32 {
        self.openings[(self.list(list).first + place) as usize]
    }

    /// Remaining openings × highest chance, summed over a set's lists: how many things one probe to each address of the
    /// set would do, at most.
    #[inline]
    pub(crate) fn weight(&self, set: u32) -> f64 {
        let range = self.lists_of(set);
        let lists = &self.lists[range.start as usize..range.end as usize];
        lists.iter().map(List::weight).sum()
    }

    /// Takes an opening, which is still there, out of all its lists.
    #[inline]
    pub(crate) fn remove(&mut self, id: u32, opening: &Opening, sets_of_network: &[u32; 3]) {
        for (kind, &set) in sets_of_network.iter().enumerate() {
            if set == NONE {
                continue;
            }
            let list = &mut self.lists[(set * self.lists_per_set + opening.level) as usize];
            list.remaining -= 1;
            let last = (list.first + list.remaining) as usize;
            let place = self.places[id as usize][kind];
            let moved = self.openings[last];
            self.openings[place as usize] = moved;
            self.places[moved as usize][kind] = place;
        }
    }
}

impl List {
    #[inline]
    pub(crate) fn weight(&self) -> f64 {
        f64::from(self.remaining) * self.highest
    }
}
