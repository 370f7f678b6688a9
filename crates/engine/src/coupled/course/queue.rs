//! Which listener is due first: the times of all, and in order those of the next slice of time.
//!
//! Most changes concern listeners that are not due soon: they only write a time. When a slice is over, one pass over all
//! times, which lie next to one another, finds who is due in the next one; only those few are kept in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A slice is made about as long as it takes for this part of all listeners to be due in it.
const PART: usize = 64;

/// As many listeners as it is not worth leaving out.
const FEW: usize = 64;

/// So many times are gone through without asking after each.
const GROUP: usize = 16;

/// Times of a fixed number of listeners, each of which can be changed at any time.
#[derive(Clone, Debug, Default)]
pub(in crate::coupled) struct Queue {
    times: Vec<f64>,
    /// Who was said to be due in this slice, and when, by the bits of a time that is not negative; void if the time has
    /// been changed since.
    near: BinaryHeap<Reverse<(u64, u32)>>,
    /// Everyone due before this moment is among those near.
    end: f64,
    /// How long the next slice will be.
    width: f64,
    /// With more near the slice is given up.
    most: usize,
}

impl Queue {
    /// So many listeners, none of which is ever due.
    pub(in crate::coupled) fn reset(&mut self, count: usize) {
        self.times.clear();
        self.times.resize(count, f64::INFINITY);
        self.width = 1.0;
        self.part_anew();
    }

    /// The first listener that is due, and when. `reckon` says when one is due, if better is known than was set.
    #[inline]
    pub(in crate::coupled) fn first(&mut self, reckon: impl Fn(u32) -> f64) -> (f64, u32) {
        loop {
            let (time, listener) = self.nearest();
            if time < f64::INFINITY || !self.next_slice(&reckon) {
                return (time, listener);
            }
        }
    }

    /// Takes the first listener out, for its time will be set; and says when the next may be due.
    #[inline]
    pub(in crate::coupled) fn take_first(&mut self) -> f64 {
        self.near.pop();
        self.nearest().0.min(self.end)
    }

    /// Changes when a listener is due.
    #[inline]
    pub(in crate::coupled) fn set(&mut self, listener: u32, time: f64) {
        self.times[listener as usize] = time;
        if time < self.end {
            if self.near.len() >= self.most {
                self.part_anew();
            } else {
                self.near.push(Reverse((time.to_bits(), listener)));
            }
        }
    }

    /// Changes when a listener is due; [`Queue::part_anew`] has to follow.
    #[inline]
    pub(in crate::coupled) fn set_unsettled(&mut self, listener: u32, time: f64) {
        self.times[listener as usize] = time;
    }

    /// Gives the slice up: who is due first is found anew.
    pub(in crate::coupled) fn part_anew(&mut self) {
        self.near.clear();
        self.end = 0.0;
    }

    /// The first of those near.
    #[inline]
    fn nearest(&mut self) -> (f64, u32) {
        while let Some(&Reverse((bits, listener))) = self.near.peek() {
            if self.times[listener as usize].to_bits() == bits {
                return (f64::from_bits(bits), listener);
            }
            self.near.pop();
        }
        (f64::INFINITY, 0)
    }

    /// Goes on to the next slice in which anyone is due, if there is one.
    #[inline(never)]
    fn next_slice(&mut self, reckon: impl Fn(u32) -> f64) -> bool {
        if self.end == f64::INFINITY {
            return false;
        }
        let wanted = (self.times.len() / PART).max(FEW);
        let is_few = self.times.len() <= FEW;
        self.end = if is_few {
            f64::INFINITY
        } else {
            self.end + self.width
        };
        let mut found = self.gather();
        if !found && !is_few {
            let first = self.times.iter().copied().fold(f64::INFINITY, lesser);
            // A slice has to be longer than nothing.
            self.end = (first + self.width).max(first.next_up());
            found = self.gather();
        }
        // All at once: the memory of one is fetched while others are reckoned with.
        let mut near = std::mem::take(&mut self.near).into_vec();
        near.retain_mut(|Reverse((bits, listener))| {
            let time = reckon(*listener);
            self.times[*listener as usize] = time;
            *bits = time.to_bits();
            time < self.end
        });
        self.near = near.into();
        let count = self.near.len();
        self.most = 4 * wanted.max(count);
        self.width *= (wanted as f64 / count.max(1) as f64).clamp(0.5, 2.0);
        found
    }

    /// Puts those due before the end in order.
    fn gather(&mut self) -> bool {
        let mut near = std::mem::take(&mut self.near).into_vec();
        near.clear();
        for (group, times) in (0..).zip(self.times.chunks(GROUP)) {
            if times.iter().copied().fold(f64::INFINITY, lesser) < self.end {
                for (listener, &time) in (group * GROUP as u32..).zip(times) {
                    if time < self.end {
                        near.push(Reverse((time.to_bits(), listener)));
                    }
                }
            }
        }
        let found = !near.is_empty();
        self.near = near.into();
        found
    }
}

#[inline]
fn lesser(one: f64, other: f64) -> f64 {
    if one < other { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn the_first_is_the_first() {
        let mut draws = Draws::new(1, 1);
        for count in [1, 2, 64, 65, 600, 9000] {
            let mut queue = Queue::default();
            queue.reset(count);
            let mut times = vec![f64::INFINITY; count];
            let mut now = 0.0;
            for turn in 0..3000 {
                let entry = draws.below(count as u32);
                let time = now + draws.unit();
                times[entry as usize] = time;
                if turn % 97 == 0 {
                    queue.set_unsettled(entry, time);
                    queue.part_anew();
                } else {
                    queue.set(entry, time);
                }
                let least = times.iter().copied().fold(f64::INFINITY, f64::min);
                let (first, who) = queue.first(|listener| times[listener as usize]);
                assert_eq!(first, least);
                assert_eq!(first, times[who as usize]);
                if turn % 3 == 0 {
                    times[who as usize] = f64::INFINITY;
                    let others = times.iter().copied().fold(f64::INFINITY, f64::min);
                    assert!(queue.take_first() <= others);
                    queue.set(who, f64::INFINITY);
                    now = first;
                }
            }
        }
    }
}
