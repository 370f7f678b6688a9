//! The openings that are still left in each set of networks, ready to draw one at random.
//!
//! Within a set they are kept in *lists* of similar chance (within a factor of two), so that drawing from a list and
//! then rejecting by the ratio to its highest chance seldom rejects, however unequal the hosts are.
//!
//! An opening may be put to rest for a while, as that of a host which may yet come back. Otherwise lists only shrink.

use crate::plain::prepare::openings::Opening;
use crate::plain::prepare::sets::NONE;

/// What is left to find.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets {
    /// The opening at each place. Those of a list stand together: first those awake, then those at rest, then those
    /// removed.
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
    /// How many are not removed.
    pub(crate) remaining: u32,
    /// How many of these are not at rest.
    pub(crate) awake: u32,
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
        for list in &mut lists {
            list.awake = list.remaining;
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

    /// One of the list's remaining openings, by its place among them; those awake come first.
    #[inline]
    pub(crate) fn opening(&self, list: u32, place: u32) -> u32 {
        self.openings[(self.list(list).first + place) as usize]
    }

    /// Openings awake × highest chance, summed over a set's lists: how many things one probe to each address of the
    /// set would do, at most.
    #[inline]
    pub(crate) fn weight(&self, set: u32) -> f64 {
        let range = self.lists_of(set);
        let lists = &self.lists[range.start as usize..range.end as usize];
        lists.iter().map(List::weight).sum()
    }

    /// Takes an opening, which is still there, out of all its lists.
    #[inline]
    pub(crate) fn remove(&mut self, id: u32, opening: &Opening, sets: &[u32; 3]) {
        self.rest(id, opening, sets);
        self.in_each_list(id, opening, sets, |list, _| {
            list.remaining -= 1;
            list.remaining
        });
    }

    /// Puts an opening to rest, if it is awake.
    #[inline]
    pub(crate) fn rest(&mut self, id: u32, opening: &Opening, sets: &[u32; 3]) {
        self.in_each_list(id, opening, sets, |list, place| {
            if place < list.awake {
                list.awake -= 1;
                list.awake
            } else {
                place
            }
        });
    }

    /// Wakes an opening that is at rest.
    pub(crate) fn wake(&mut self, id: u32, opening: &Opening, sets: &[u32; 3]) {
        self.in_each_list(id, opening, sets, |list, _| {
            list.awake += 1;
            list.awake - 1
        });
    }

    /// Moves an opening within each of its lists: `change` is given its place in the list and says where it goes; what
    /// stood there takes its place.
    #[inline]
    fn in_each_list(
        &mut self,
        id: u32,
        opening: &Opening,
        sets: &[u32; 3],
        change: impl Fn(&mut List, u32) -> u32,
    ) {
        for (kind, &set) in sets.iter().enumerate() {
            if set == NONE {
                continue;
            }
            let list = &mut self.lists[(set * self.lists_per_set + opening.level) as usize];
            let from = self.places[id as usize][kind];
            let to = list.first + change(list, from - list.first);
            let other = self.openings[to as usize];
            self.openings.swap(from as usize, to as usize);
            self.places[other as usize][kind] = from;
            self.places[id as usize][kind] = to;
        }
    }
}

impl List {
    #[inline]
    pub(crate) fn weight(&self) -> f64 {
        f64::from(self.awake) * self.highest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::prepare::openings::Ends;

    const SETS: [u32; 3] = [0, 1, NONE];

    fn opening() -> Opening {
        Opening {
            host: 0,
            network: 0,
            chance: 0.5,
            any_chance: 0.5,
            ends: Ends::Infected,
            level: 0,
        }
    }

    fn awake(targets: &Targets) -> Vec<u32> {
        let awake =
            |list| (0..targets.list(list).awake).map(move |place| targets.opening(list, place));
        let (mut alone, mut inside): (Vec<u32>, Vec<u32>) =
            (awake(0).collect(), awake(1).collect());
        alone.sort_unstable();
        inside.sort_unstable();
        assert_eq!(
            alone, inside,
            "all sets of a network lose the same openings"
        );
        alone
    }

    #[test]
    fn openings_rest_wake_and_go() {
        let mut targets = Targets::new(&[opening(); 6], 1, &[SETS], 2);
        assert_eq!(targets.weight(0), 3.0);
        targets.rest(1, &opening(), &SETS);
        targets.rest(4, &opening(), &SETS);
        targets.rest(4, &opening(), &SETS);
        assert_eq!(awake(&targets), [0, 2, 3, 5]);
        targets.remove(0, &opening(), &SETS);
        targets.remove(1, &opening(), &SETS);
        assert_eq!(awake(&targets), [2, 3, 5]);
        assert_eq!(targets.list(0).remaining, 4);
        targets.wake(4, &opening(), &SETS);
        assert_eq!(awake(&targets), [2, 3, 4, 5]);
        assert_eq!(targets.weight(1), 2.0);
        for id in [5, 2, 4, 3] {
            targets.remove(id, &opening(), &SETS);
        }
        assert_eq!(
            (targets.list(0).remaining, targets.list(1).remaining),
            (0, 0)
        );
    }
}
