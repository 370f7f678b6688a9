//! Cells that the payload will strike, and organisations whose staff will rebuild a host, by time.
//!
//! Times are sorted only when they come near: each goes to the bucket of its time, and a bucket is sorted when it begins. So
//! whose turns come next is known, and nothing is searched for. What is due before the bucket that has begun ends waits in
//! a heap.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::calendar::earlier;
use crate::fast::ahead::ROUND;

/// The most buckets.
const MOST: f64 = 4096.0;
/// How many buckets a mean wait takes up.
const PER_MEAN: f64 = 64.0;
/// How many bits tell a time within its bucket.
const TICK_BITS: u32 = 32;

/// What is due at known times, where none of it changes a rate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dates {
    /// A bucket has 2³² ticks.
    ticks_per_hour: f64,
    hours_per_tick: f64,
    /// The last tick of the last bucket.
    last: u64,
    /// Where in the time of its bucket each is, and then whose it is.
    buckets: Vec<Vec<u64>>,
    /// The bucket that has begun, from the last to the first, and its number.
    begun: Vec<u64>,
    number: u64,
    /// The bits of a time, and whose it is.
    near: BinaryHeap<Reverse<(u64, u32)>>,
    next_hours: f64,
    /// How many of the next were handed out as the next round.
    read: usize,
}

impl Dates {
    /// Nothing is due yet, until a horizon; in the mean so long after it is known.
    pub(crate) fn reset(&mut self, mean_hours: f64, horizon_hours: f64) {
        let count = (horizon_hours * PER_MEAN / mean_hours)
            .clamp(1.0, MOST)
            .ceil();
        let ticks = count * (1_u64 << TICK_BITS) as f64;
        self.ticks_per_hour = ticks / horizon_hours;
        self.hours_per_tick = horizon_hours / ticks;
        self.buckets.iter_mut().for_each(Vec::clear);
        // The horizon itself is in the last.
        self.buckets.resize_with(count as usize + 1, Vec::new);
        self.last = ((self.buckets.len() as u64) << TICK_BITS) - 1;
        self.begun.clear();
        self.number = 0;
        self.near.clear();
        self.next_hours = f64::INFINITY;
        self.read = 0;
    }

    /// Nothing is due, ever.
    pub(crate) fn clear(&mut self) {
        self.buckets.clear();
        self.begun.clear();
        self.near.clear();
        self.next_hours = f64::INFINITY;
    }

    /// The bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let buckets: usize = self.buckets.iter().map(Vec::capacity).sum();
        (buckets + self.begun.capacity()) * size_of::<u64>()
            + self.buckets.capacity() * size_of::<Vec<u64>>()
            + self.near.capacity() * size_of::<(u64, u32)>()
    }

    /// When the next is due; infinity if there is none.
    #[inline]
    pub(crate) fn next_hours(&self) -> f64 {
        self.next_hours
    }

    /// Somebody's turn comes at this time, before the horizon and not before anything that has happened.
    #[inline]
    pub(crate) fn push(&mut self, hours: f64, whose: u32) {
        // A signed number takes fewer instructions.
        let tick = ((hours * self.ticks_per_hour) as i64 as u64).min(self.last);
        let number = tick >> TICK_BITS;
        if number <= self.number {
            self.near.push(Reverse((hours.to_bits(), whose)));
            self.next_hours = earlier(self.next_hours, hours);
            return;
        }
        self.buckets[number as usize].push(tick << TICK_BITS | u64::from(whose));
        if self.next_hours == f64::INFINITY {
            self.find_next();
        }
    }

    /// Whose turn comes next.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<u32> {
        self.read = self.read.saturating_sub(1);
        let whose = if self.near.is_empty() {
            self.begun.pop().map(|date| date as u32)
        } else {
            self.pop_nearest()
        };
        self.find_next();
        whose
    }

    /// The same, where some wait in the heap.
    fn pop_nearest(&mut self) -> Option<u32> {
        let from_begun = self.begun_hours();
        match self.near.peek() {
            Some(&Reverse((bits, whose))) if f64::from_bits(bits) <= from_begun => {
                self.near.pop();
                Some(whose)
            }
            _ => self.begun.pop().map(|date| date as u32),
        }
    }

    /// Whose turns come next unless others come in between; only once for each round of them.
    #[inline]
    pub(crate) fn next_round(&mut self) -> Option<[u32; ROUND]> {
        if self.read > 0 {
            return None;
        }
        let round: [u64; ROUND] = *self.begun.last_chunk()?;
        self.read = ROUND;
        Some(round.map(|date| date as u32))
    }

    /// When the next of the bucket that has begun is due; infinity if none of it is left.
    #[inline]
    fn begun_hours(&self) -> f64 {
        let hours = |date: &u64| {
            let tick = self.number << TICK_BITS | date >> TICK_BITS;
            tick as i64 as f64 * self.hours_per_tick
        };
        self.begun.last().map_or(f64::INFINITY, hours)
    }

    #[inline]
    fn find_next(&mut self) {
        if self.near.is_empty() {
            if self.begun.is_empty() {
                self.begin_bucket();
            }
            self.next_hours = self.begun_hours();
        } else {
            self.find_nearest();
        }
    }

    /// The same, where some wait in the heap.
    fn find_nearest(&mut self) {
        let near = self.near.peek();
        let from_near = near.map_or(f64::INFINITY, |&Reverse((bits, _))| f64::from_bits(bits));
        self.next_hours = earlier(self.begun_hours(), from_near);
    }

    /// The next bucket that is not empty begins.
    #[inline(never)]
    fn begin_bucket(&mut self) {
        let mut later = self.number as usize + 1..self.buckets.len();
        if let Some(number) = later.find(|&number| !self.buckets[number].is_empty()) {
            self.number = number as u64;
            std::mem::swap(&mut self.begun, &mut self.buckets[number]);
            self.begun.sort_unstable_by_key(|&date| Reverse(date));
            self.read = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn turns_come_in_the_order_of_their_times() {
        let mut draws = Draws::new(3, 0);
        for mean_hours in [0.01, 1.0, 500.0] {
            let mut dates = Dates::default();
            dates.reset(mean_hours, 30.0);
            let mut now = 0.0;
            let mut times = Vec::new();
            let mut came = 0;
            for _ in 0..4_000 {
                let hours = now + mean_hours * draws.exponential();
                if hours <= 30.0 {
                    dates.push(hours, times.len() as u32);
                    times.push(hours);
                }
                if draws.below(3) > 0 && dates.next_hours() < f64::INFINITY {
                    let due = dates.next_hours();
                    assert!(due >= now - 1e-9);
                    let whose = dates.pop().expect("one is due") as usize;
                    assert!((times[whose] - due).abs() < 1e-6);
                    now = due.max(now);
                    came += 1;
                }
            }
            while dates.pop().is_some() {
                came += 1;
            }
            assert_eq!(came, times.len());
            assert_eq!(dates.next_hours(), f64::INFINITY);
        }
    }
}
