//! Machines that fare alike: a class for each way of being, packed into one number.

use wardround_engine::{Class, Opening};

/// What decides how a machine fares, packed: which ways in are open to it and which it uses, its family of system, whether a
/// kill switch answers it, whether it faces the internet, whether an outbreak may start at it, its hours, and whether it is
/// open by a draw only, which is not the engine's affair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ClassKey(u64);

const CARRIES: u32 = 4;
const FAMILY: u32 = 8;
const ANSWERS: u32 = 12;
const EXPOSED: u32 = 13;
const ENTRY: u32 = 14;
const DRAWN: u32 = 15;
const SCHEDULE: u32 = 16;

impl ClassKey {
    pub(super) const fn family(number: u8) -> Self {
        Self((number as u64) << FAMILY)
    }

    pub(super) const fn with_open(self, ways: u8) -> Self {
        Self(self.0 & !0xf | ways as u64)
    }

    pub(super) const fn with_carried(self, ways: u8) -> Self {
        Self(self.0 | (ways as u64) << CARRIES)
    }

    pub(super) const fn with_answers(self) -> Self {
        Self(self.0 | 1 << ANSWERS)
    }

    pub(super) const fn with_exposed(self) -> Self {
        Self(self.0 | 1 << EXPOSED)
    }

    pub(super) const fn with_entry(self) -> Self {
        Self(self.0 | 1 << ENTRY)
    }

    pub(super) const fn with_drawn(self) -> Self {
        Self(self.0 | 1 << DRAWN)
    }

    pub(super) const fn with_schedule(self, schedule: u16) -> Self {
        Self(self.0 | (schedule as u64 + 1) << SCHEDULE)
    }

    /// A machine that is closed in every way is of no family, unless an outbreak may start at it.
    pub(super) const fn forgetful(self) -> Self {
        if self.open() == 0 && self.0 >> ENTRY & 1 == 0 {
            Self(self.0 & !(0xf << FAMILY))
        } else {
            self
        }
    }

    pub(super) const fn open(self) -> u8 {
        (self.0 & 0xf) as u8
    }

    pub(super) const fn carries(self) -> u8 {
        (self.0 >> CARRIES & 0xf) as u8
    }

    const fn family_number(self) -> usize {
        (self.0 >> FAMILY & 0xf) as usize
    }

    const fn schedule(self) -> Option<u16> {
        ((self.0 >> SCHEDULE & 0xffff) as u16).checked_sub(1)
    }
}

/// The classes of a world, numbered in the order in which they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    keys: Vec<ClassKey>,
    /// The keys in their order, and their numbers.
    sorted: Vec<(ClassKey, u16)>,
    last: Option<(ClassKey, u16)>,
}

impl Classes {
    /// The number of a class; the last one is remembered, for neighbours are often alike.
    #[inline]
    pub(super) fn number(&mut self, key: ClassKey) -> u16 {
        if let Some((last, number)) = self.last
            && last == key
        {
            return number;
        }
        let number = match self.sorted.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(place) => self.sorted[place].1,
            Err(place) => {
                let number = u16::try_from(self.keys.len()).unwrap_or(u16::MAX);
                self.keys.push(key);
                self.sorted.insert(place, (key, number));
                number
            }
        };
        self.last = Some((key, number));
        number
    }

    /// The classes for the engine. `openings` are those of each family and way; staff close the ways of `patched`, if any.
    pub(super) fn build(
        mut self,
        openings: &[Vec<Opening>],
        ways: usize,
        patched: u8,
    ) -> Vec<Class> {
        let mut classes = Vec::with_capacity(self.keys.len());
        // Patched classes are added on the way; there is nothing more to patch in them.
        while classes.len() < self.keys.len() {
            let key = self.keys[classes.len()];
            let remains = key.open() & !patched;
            let patched =
                (remains != key.open()).then(|| self.number(key.with_open(remains).forgetful()));
            let has = |bits: u8, way: usize| bits >> way & 1 == 1;
            let opening = |way: usize| {
                if has(key.open(), way) {
                    openings[key.family_number()][way]
                } else {
                    Opening::CLOSED
                }
            };
            classes.push(Class {
                openings: (0..ways).map(opening).collect(),
                carries: (0..ways).map(|way| has(key.carries(), way)).collect(),
                answers_kill_switch: key.0 >> ANSWERS & 1 == 1,
                is_exposed: key.0 >> EXPOSED & 1 == 1,
                schedule: key.schedule(),
                patched,
            });
        }
        classes
    }
}

#[cfg(test)]
mod tests {
    use super::{ClassKey, Classes};
    use wardround_engine::Opening;

    #[test]
    fn a_class_is_patched_into_one_with_nothing_to_patch() {
        let open = Opening {
            success: 0.5,
            crash: 0.0,
        };
        let mut classes = Classes::default();
        let key = ClassKey::family(2)
            .with_open(0b11)
            .with_carried(0b01)
            .with_schedule(3);
        assert_eq!((classes.number(key), classes.number(key)), (0, 0));
        let built = classes.build(&vec![vec![open; 2]; 8], 2, 0b01);
        assert_eq!(built.len(), 2);
        assert_eq!((built[0].patched, built[1].patched), (Some(1), None));
        assert_eq!(built[1].openings, [Opening::CLOSED, open]);
        assert_eq!(built[0].carries, [true, false]);
        assert_eq!((built[0].schedule, built[1].schedule), (Some(3), Some(3)));
    }
}
