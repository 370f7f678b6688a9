//! Clocks of accumulated force and how fast they go.

use crate::Watch;
use crate::coupled::course::Course;

/// A clock that goes at a steady rate between two events.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::coupled) struct Clock {
    /// Force per hour now.
    pub(in crate::coupled) rate: f64,
    /// What the rate does not pass without all listeners being told.
    pub(in crate::coupled) bound: f64,
    /// What it showed when the rate was last changed.
    value: f64,
    /// When that was.
    since: f64,
}

impl Clock {
    /// What it shows now.
    #[inline]
    pub(in crate::coupled) fn shows(&self, now: f64) -> f64 {
        self.value + self.rate * (now - self.since)
    }

    #[inline]
    fn go_on(&mut self, now: f64, rate: f64) {
        self.value = self.shows(now);
        self.since = now;
        self.rate = rate;
    }
}

/// How far a rate may grow before all listeners are told again.
///
/// Listeners of a clock that many hear reckon with its bound, so they are told seldom and look too early, rather than told
/// at every infection. A smaller factor means fewer looks and more telling.
const GROWTH: f64 = 1.1;

/// Where more listeners than this and than one in [`PART`] have to be told, who is due first is found anew: all times are gone
/// through for it.
const MANY: usize = 64;
const PART: usize = 64;

impl<W: Watch> Course<'_, W> {
    /// Changes how fast a clock goes.
    #[inline]
    pub(in crate::coupled) fn set_rate(&mut self, id: u32, rate: f64) {
        let is_near = self.prepared.clocks.is_near(id);
        let clock = &mut self.scratch.clocks[id as usize];
        if rate == clock.rate {
            return;
        }
        let grows = rate > clock.rate;
        clock.go_on(self.now, rate);
        if is_near {
            clock.bound = rate;
            if grows {
                self.tell(id);
            }
        } else if rate > clock.bound {
            clock.bound = rate * GROWTH;
            self.tell(id);
        } else if 2.0 * rate < clock.bound {
            // What was reckoned with a larger bound stays a lower bound.
            clock.bound = rate * GROWTH;
        }
    }

    /// Lets all listeners of a clock reckon again.
    fn tell(&mut self, id: u32) {
        let prepared = self.prepared;
        let listeners = prepared.listeners.of_clock.of(id);
        if listeners.len() <= MANY.max(prepared.listeners.all.len() / PART) {
            for &listener in listeners {
                if listener != self.hearing {
                    let due = self.reckon(listener);
                    self.scratch.queue.set(listener, due);
                }
            }
        } else {
            for &listener in listeners {
                let due = self.reckon(listener);
                self.scratch.queue.set_unsettled(listener, due);
            }
            self.scratch.queue.part_anew();
        }
    }
}
