//! What is due at a known time, earliest first.

use std::cmp::Ordering;

use crate::calendar::Calendar;

/// Something that happens at its time unless it has become void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// An organisation acts.
    Act { organisation: u32 },
    /// An organisation's staff have time for a patch.
    Patch { organisation: u32 },
    /// They have time to rebuild a host.
    Rebuild { organisation: u32 },
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
    calendar: Calendar<Added>,
    added: u32,
}

impl Queue {
    /// No events, until a horizon.
    pub(crate) fn reset(&mut self, horizon_hours: f64) {
        self.calendar.reset(horizon_hours);
        self.added = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, hours: f64, happening: Happening) {
        let order = self.added;
        self.added = self.added.wrapping_add(1);
        self.calendar.push(hours, Added { order, happening });
    }

    /// When the next event is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        self.calendar.next_hours()
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Happening> {
        self.calendar.pop().map(|(_, added)| added.happening)
    }

    /// The organisation that acts by this time, if that is what comes next.
    #[inline]
    pub(crate) fn pop_act(&mut self, now: f64) -> Option<u32> {
        if self.next_hours() > now {
            return None;
        }
        match self.calendar.peek()?.happening {
            Happening::Act { organisation } => {
                self.pop();
                Some(organisation)
            }
            _ => None,
        }
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.calendar.bytes()
    }
}

/// What was added, and how many were before it.
#[derive(Clone, Copy, Debug)]
struct Added {
    order: u32,
    happening: Happening,
}

impl Ord for Added {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.cmp(&other.order)
    }
}

impl PartialOrd for Added {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Added {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Added {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_in_the_order_added() {
        let mut queue = Queue::default();
        queue.reset(2.0);
        for (hours, organisation) in [(2.0, 0), (1.0, 1), (2.0, 2), (0.0, 3), (1.0, 4)] {
            queue.push(hours, Happening::Act { organisation });
        }
        assert_eq!(queue.next_hours(), 0.0);
        assert_eq!(queue.pop_act(-1.0), None);
        assert_eq!(queue.pop_act(0.0), Some(3));
        let order: Vec<Happening> = std::iter::from_fn(|| queue.pop()).collect();
        let expected = [1, 4, 0, 2].map(|organisation| Happening::Act { organisation });
        assert_eq!(order, expected);
        assert_eq!(queue.next_hours(), f64::INFINITY);
    }
}
