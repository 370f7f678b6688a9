//! What is due at a known time, earliest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::fast::run::earlier;

/// Something that happens at its time unless it has become void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// An organisation acts.
    Act { organisation: u32 },
    /// A sweep's next probe that may do something.
    Probe { search: u32 },
    /// A sweep has gone through a network and comes to the next of its host's.
    NextNetwork { search: u32 },
    /// A host tries a contact, if it is still in the spell of activity in which this was drawn.
    Call { call: u32, spell: u32 },
}

/// How many buckets there are: a word of 64 bits tells which of 64 are not empty.
const BUCKETS: usize = 4096;

/// The queue. Events at the same time come in the order in which they were added.
///
/// A calendar (Brown, *Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem*, 1988):
/// each event goes to the bucket of its time, which is sorted when its first is due. Only what is added to a bucket that has
/// begun waits in a heap.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    buckets_per_hour: f64,
    buckets: Vec<Vec<Event>>,
    /// Bit b of word w is set where bucket 64·w + b is not empty.
    used: [u64; BUCKETS / 64],
    /// The bucket that has begun, from the last event to the first, and its number.
    begun: Vec<Event>,
    number: usize,
    near: BinaryHeap<Event>,
    /// When the first event of the buckets that have not begun is due.
    later_hours: f64,
    next_hours: f64,
    added: u32,
}

impl Default for Queue {
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
            added: 0,
        }
    }
}

impl Queue {
    /// No events, until a horizon.
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
        self.added = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, hours: f64, happening: Happening) {
        let event = Event {
            hours,
            order: self.added,
            happening,
        };
        self.added = self.added.wrapping_add(1);
        self.next_hours = earlier(self.next_hours, hours);
        let number = ((hours * self.buckets_per_hour) as usize).min(BUCKETS - 1);
        if number <= self.number {
            self.near.push(event);
        } else {
            self.buckets[number].push(event);
            self.used[number / 64] |= 1 << (number % 64);
            self.later_hours = earlier(self.later_hours, hours);
        }
    }

    /// When the next event is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        self.next_hours
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Happening> {
        self.begin();
        let event = if self.begun.last() > self.near.peek() {
            self.begun.pop()
        } else {
            self.near.pop()
        };
        self.find_next();
        event.map(|event| event.happening)
    }

    /// The organisation that acts by this time, if that is what comes next.
    #[inline]
    pub(crate) fn pop_act(&mut self, now: f64) -> Option<u32> {
        if self.next_hours > now {
            return None;
        }
        self.begin();
        match self.begun.last().max(self.near.peek())?.happening {
            Happening::Act { organisation } => {
                self.pop();
                Some(organisation)
            }
            _ => None,
        }
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let buckets: usize = self.buckets.iter().map(Vec::capacity).sum();
        (buckets + self.begun.capacity() + self.near.capacity()) * size_of::<Event>()
            + self.buckets.capacity() * size_of::<Vec<Event>>()
    }

    #[inline]
    fn find_next(&mut self) {
        let near = self.begun.last().max(self.near.peek());
        self.next_hours = near.map_or(self.later_hours, |event| event.hours);
    }

    /// If nothing of the bucket that has begun is left, the next one begins.
    #[inline]
    fn begin(&mut self) {
        if self.begun.is_empty() && self.near.is_empty() {
            self.begin_bucket();
        }
    }

    fn begin_bucket(&mut self) {
        let Some(number) = self.next_bucket() else {
            return;
        };
        self.number = number;
        self.used[number / 64] &= !(1 << (number % 64));
        std::mem::swap(&mut self.begun, &mut self.buckets[number]);
        self.begun.sort_unstable();
        let later = self.next_bucket().map(|number| &self.buckets[number]);
        let hours = later.into_iter().flatten().map(|event| event.hours);
        self.later_hours = hours.fold(f64::INFINITY, earlier);
    }

    /// The first bucket that is not empty; those before the one that has begun are.
    fn next_bucket(&self) -> Option<usize> {
        let words = self.used.iter().enumerate().skip(self.number / 64);
        let (word, used) = words.into_iter().find(|(_, used)| **used != 0)?;
        Some(64 * word + used.trailing_zeros() as usize)
    }
}

#[derive(Clone, Copy, Debug)]
struct Event {
    hours: f64,
    order: u32,
    happening: Happening,
}

impl Ord for Event {
    /// The earlier event is the greater, since the heap gives the greatest first.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = other.hours.total_cmp(&self.hours);
        by_time.then(other.order.cmp(&self.order))
    }
}

impl PartialOrd for Event {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Event {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn events_come_by_time_and_then_in_the_order_added() {
        let mut queue = Queue::default();
        queue.reset(2.0);
        for (hours, organisation) in [(2.0, 0), (1.0, 1), (2.0, 2), (0.0, 3), (1.0, 4)] {
            queue.push(hours, Happening::Act { organisation });
        }
        assert_eq!(queue.next_hours(), 0.0);
        let order: Vec<Happening> = std::iter::from_fn(|| queue.pop()).collect();
        let expected = [3, 1, 4, 0, 2].map(|organisation| Happening::Act { organisation });
        assert_eq!(order, expected);
        assert_eq!(queue.next_hours(), f64::INFINITY);
    }
    /// A list that is searched for the earliest each time is the naive twin.
    #[test]
    fn a_calendar_gives_what_a_list_would() {
        let mut draws = Draws::new(8, 0);
        let mut queue = Queue::default();
        for horizon in [0.01, 5.0, 30_000.0] {
            queue.reset(horizon);
            let mut list: Vec<(f64, u32)> = Vec::new();
            let mut now = 0.0;
            for organisation in 0..6_000 {
                let wait = [0.0, 1e-5, 0.01, 0.7][draws.below(4) as usize] * draws.unit();
                let hours = (now + wait * horizon).min(horizon);
                queue.push(hours, Happening::Act { organisation });
                list.push((hours, organisation));
                if draws.below(3) > 0 {
                    let earliest = (0..list.len())
                        .min_by(|&one, &other| list[one].0.total_cmp(&list[other].0));
                    let (due, expected) = list.remove(earliest.expect("one was added"));
                    assert_eq!(queue.next_hours(), due);
                    assert_eq!(queue.pop_act(due - 1e-9), None);
                    assert_eq!(queue.pop_act(due), Some(expected));
                    now = due;
                }
            }
            // The next horizon finds some left over.
        }
    }
}
