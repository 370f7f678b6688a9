//! What is due at known times, earliest first.

use std::collections::BinaryHeap;

/// How many buckets there are: a word of 64 bits tells which of 64 are not empty.
const BUCKETS: usize = 4096;

/// Things that are due until a horizon. Of those due at the same time the least comes first.
///
/// A calendar (Brown, *Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem*, 1988):
/// each goes to the bucket of its time, which is sorted when its first is due. Only what is added to a bucket that has begun
/// waits in a heap. So a million that wait cost no search, and are not in the way of those that are near.
#[derive(Clone, Debug)]
pub(crate) struct Calendar<T> {
    buckets_per_hour: f64,
    buckets: Vec<Vec<Due<T>>>,
    /// Bit b of word w is set where bucket 64·w + b is not empty.
    used: [u64; BUCKETS / 64],
    /// The bucket that has begun, from the last to the first, and its number.
    begun: Vec<Due<T>>,
    number: usize,
    near: BinaryHeap<Due<T>>,
    /// When the first of the buckets that have not begun is due.
    later_hours: f64,
    next_hours: f64,
}

/// Something and the bits of its time, which is not negative: so their order is that of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Due<T> {
    bits: u64,
    what: T,
}

impl<T> Due<T> {
    #[inline]
    fn hours(&self) -> f64 {
        f64::from_bits(self.bits)
    }
}

impl<T: Ord> Ord for Due<T> {
    /// The earlier is the greater, since the heap gives the greatest first.
    #[inline]
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_time = other.bits.cmp(&self.bits);
        by_time.then_with(|| other.what.cmp(&self.what))
    }
}

impl<T: Ord> PartialOrd for Due<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Default for Calendar<T>
where
    Due<T>: Ord,
{
    fn default() -> Self {
        Self {
            buckets_per_hour: 0.0,
            buckets: Vec::new(),
            used: [0; BUCKETS / 64],
            begun: Vec::new(),
            number: 0,
            near: BinaryHeap::new(),
            later_hours: f64::INFINITY,
            next_hours: f64::INFINITY,
        }
    }
}

impl<T: Ord> Calendar<T> {
    /// Nothing is due, until a horizon.
    pub(crate) fn reset(&mut self, horizon_hours: f64) {
        while let Some(number) = self.next_bucket() {
            self.buckets[number].clear();
            self.used[number / 64] &= !(1 << (number % 64));
        }
        self.buckets.resize_with(BUCKETS, Vec::new);
        self.buckets_per_hour = BUCKETS as f64 / horizon_hours;
        self.begun.clear();
        self.number = 0;
        self.near.clear();
        self.later_hours = f64::INFINITY;
        self.next_hours = f64::INFINITY;
    }

    /// Adds something that is due at this time, which is not negative.
    #[inline]
    pub(crate) fn push(&mut self, hours: f64, what: T) {
        // Not the zero that is negative.
        let hours = hours + 0.0;
        let due = Due {
            bits: hours.to_bits(),
            what,
        };
        self.next_hours = earlier(self.next_hours, hours);
        let number = ((hours * self.buckets_per_hour) as usize).min(BUCKETS - 1);
        if number <= self.number {
            self.near.push(due);
        } else {
            self.buckets[number].push(due);
            self.used[number / 64] |= 1 << (number % 64);
            self.later_hours = earlier(self.later_hours, hours);
        }
    }

    /// When the next is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        self.next_hours
    }

    /// What is due next.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<&T> {
        self.begin();
        let due = self.begun.last().max(self.near.peek());
        due.map(|due| &due.what)
    }

    /// What comes so many after the next of those whose order is known, unless others come in between.
    #[inline]
    pub(crate) fn ahead(&self, places: usize) -> Option<&T> {
        let place = self.begun.len().checked_sub(1 + places)?;
        self.begun.get(place).map(|due| &due.what)
    }

    /// Takes what is due next, with its time.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(f64, T)> {
        self.begin();
        let due = if self.begun.last() > self.near.peek() {
            self.begun.pop()
        } else {
            self.near.pop()
        };
        let next = self.begun.last().max(self.near.peek());
        self.next_hours = next.map_or(self.later_hours, Due::hours);
        due.map(|due| (due.hours(), due.what))
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let buckets: usize = self.buckets.iter().map(Vec::capacity).sum();
        (buckets + self.begun.capacity() + self.near.capacity()) * size_of::<Due<T>>()
            + self.buckets.capacity() * size_of::<Vec<Due<T>>>()
    }

    /// If nothing of the bucket that has begun is left, the next one begins.
    #[inline]
    fn begin(&mut self) {
        if self.begun.is_empty() && self.near.is_empty() {
            self.begin_bucket();
        }
    }

    #[inline(never)]
    fn begin_bucket(&mut self) {
        let Some(number) = self.next_bucket() else {
            return;
        };
        self.number = number;
        self.used[number / 64] &= !(1 << (number % 64));
        std::mem::swap(&mut self.begun, &mut self.buckets[number]);
        self.begun.sort_unstable();
        let later = self.next_bucket().map(|number| &self.buckets[number]);
        let hours = later.into_iter().flatten().map(Due::hours);
        self.later_hours = hours.fold(f64::INFINITY, earlier);
    }

    /// The first bucket that is not empty; those before the one that has begun are.
    fn next_bucket(&self) -> Option<usize> {
        let words = self.used.iter().enumerate().skip(self.number / 64);
        let (word, used) = words.into_iter().find(|(_, used)| **used != 0)?;
        Some(64 * word + used.trailing_zeros() as usize)
    }
}

/// The earlier of two times, neither of which is NaN: `f64::min` would look whether one is.
#[inline]
pub(crate) fn earlier(one: f64, other: f64) -> f64 {
    if other < one { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn what_is_due_at_the_same_time_comes_in_its_own_order() {
        let mut calendar = Calendar::default();
        calendar.reset(2.0);
        for (hours, what) in [(2.0, 3), (1.0, 5), (2.0, 2), (0.0, 3), (1.0, 4), (-0.0, 1)] {
            calendar.push(hours, what);
        }
        assert_eq!(calendar.next_hours(), 0.0);
        assert_eq!(calendar.peek(), Some(&1));
        let order: Vec<(f64, i32)> = std::iter::from_fn(|| calendar.pop()).collect();
        let expected = [(0.0, 1), (0.0, 3), (1.0, 4), (1.0, 5), (2.0, 2), (2.0, 3)];
        assert_eq!(order, expected);
        assert_eq!(calendar.next_hours(), f64::INFINITY);
        assert_eq!(calendar.peek(), None);
    }

    /// A list that is searched for the earliest each time is the naive twin.
    #[test]
    fn a_calendar_gives_what_a_list_would() {
        let mut draws = Draws::new(8, 0);
        let mut calendar = Calendar::default();
        for horizon in [0.01, 5.0, 30_000.0] {
            calendar.reset(horizon);
            let mut list: Vec<(f64, u32)> = Vec::new();
            let mut now = 0.0;
            for what in 0..6_000 {
                let wait = [0.0, 1e-5, 0.01, 0.7][draws.below(4) as usize] * draws.unit();
                let hours = (now + wait * horizon).min(horizon);
                calendar.push(hours, what);
                list.push((hours, what));
                if draws.below(3) > 0 {
                    let earliest = (0..list.len())
                        .min_by(|&one, &other| list[one].0.total_cmp(&list[other].0));
                    let (due, expected) = list.remove(earliest.expect("one was added"));
                    assert_eq!(calendar.next_hours(), due);
                    assert_eq!(calendar.peek(), Some(&expected));
                    assert_eq!(calendar.pop(), Some((due, expected)));
                    now = due;
                }
            }
            // The next horizon finds some left over.
        }
    }
}
