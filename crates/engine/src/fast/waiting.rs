//! Hosts that are infected and wait for their start, by the time at which it is due.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use crate::Delay;
use crate::calendar::earlier;
use crate::draws::Draws;
use crate::fast::ahead::ROUND;

/// How a start comes, as far as the loop has to tell cases apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Latency {
    /// At once.
    None,
    /// At this rate per hour, whenever the host was infected.
    Rate(f64),
    /// It is drawn and waits in [`Waiting`].
    Drawn(Delay),
}

impl Latency {
    pub(crate) fn new(delay: Delay) -> Self {
        match delay {
            // A rate stays finite however short the wait.
            Delay::Exponential { mean } if mean > 0.0 => Self::Rate((1.0 / mean).min(1e300)),
            Delay::Fixed(hours) | Delay::Uniform { to: hours, .. } if hours > 0.0 => {
                Self::Drawn(delay)
            }
            _ => Self::None,
        }
    }
}

/// The starts that are due, earliest first. After fixed delays they come in the order of the infections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting {
    in_order: VecDeque<Due>,
    sorted: BinaryHeap<Due>,
    next_hours: f64,
    /// How many of the next starts were handed out as the next round.
    read: usize,
}

impl Waiting {
    pub(crate) fn clear(&mut self) {
        self.in_order.clear();
        self.sorted.clear();
        self.next_hours = f64::INFINITY;
        self.read = 0;
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        (self.in_order.capacity() + self.sorted.capacity()) * size_of::<Due>()
    }

    /// A host of this cell was infected now; its start comes after a delay, unless the horizon does.
    #[inline]
    pub(crate) fn push(
        &mut self,
        now: f64,
        delay: Delay,
        horizon: f64,
        start: Start,
        draws: &mut Draws,
    ) {
        let hours = now + delay.draw(draws);
        if hours > horizon {
            return;
        }
        let due = Due { hours, start };
        if matches!(delay, Delay::Fixed(_)) {
            self.in_order.push_back(due);
        } else {
            self.sorted.push(due);
        }
        self.next_hours = earlier(self.next_hours, hours);
    }

    /// When the next start is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        self.next_hours
    }

    /// The next start.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Start> {
        self.read = self.read.saturating_sub(1);
        let next = self.in_order.pop_front().or_else(|| self.sorted.pop());
        let after = self.in_order.front().or_else(|| self.sorted.peek());
        self.next_hours = after.map_or(f64::INFINITY, |due| due.hours);
        next.map(|due| due.start)
    }

    /// The cells of the starts that come next, where that is known; only once for each round of them.
    #[inline]
    pub(crate) fn next_round(&mut self) -> Option<[u32; ROUND]> {
        if self.read > 0 || self.in_order.len() < ROUND {
            return None;
        }
        self.read = ROUND;
        Some(std::array::from_fn(|place| self.in_order[place].start.cell))
    }
}

/// A start that is due, void if its cell's latent hosts have been answered since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Start {
    pub(crate) cell: u32,
    pub(crate) restarts: u32,
}

#[derive(Clone, Copy, Debug)]
struct Due {
    hours: f64,
    start: Start,
}

impl Ord for Due {
    /// The earlier is the greater, since the heap gives the greatest first.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let by_time = other.hours.total_cmp(&self.hours);
        by_time.then(other.start.cmp(&self.start))
    }
}

impl PartialOrd for Due {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}
