//! What is due at a known time, earliest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

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

/// The queue. Events at the same time come in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    events: BinaryHeap<Event>,
    added: u32,
}

impl Queue {
    pub(crate) fn clear(&mut self) {
        self.events.clear();
        self.added = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, hours: f64, happening: Happening) {
        self.events.push(Event {
            hours,
            order: self.added,
            happening,
        });
        self.added = self.added.wrapping_add(1);
    }

    /// When the next event is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        let next = self.events.peek();
        next.map_or(f64::INFINITY, |event| event.hours)
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Happening> {
        self.events.pop().map(|event| event.happening)
    }

    /// The organisation that acts by this time, if that is what comes next.
    #[inline]
    pub(crate) fn pop_act(&mut self, now: f64) -> Option<u32> {
        let next = self.events.peek()?;
        match next.happening {
            Happening::Act { organisation } if next.hours <= now => {
                self.events.pop();
                Some(organisation)
            }
            _ => None,
        }
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.events.capacity() * size_of::<Event>()
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

    #[test]
    fn events_come_by_time_and_then_in_the_order_added() {
        let mut queue = Queue::default();
        for (hours, organisation) in [(2.0, 0), (1.0, 1), (2.0, 2), (0.0, 3), (1.0, 4)] {
            queue.push(hours, Happening::Act { organisation });
        }
        assert_eq!(queue.next_hours(), 0.0);
        let order: Vec<Happening> = std::iter::from_fn(|| queue.pop()).collect();
        let expected = [3, 1, 4, 0, 2].map(|organisation| Happening::Act { organisation });
        assert_eq!(order, expected);
        assert_eq!(queue.next_hours(), f64::INFINITY);
    }
}
