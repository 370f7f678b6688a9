//! When the next host of a listener falls, and that it falls.

use crate::coupled::course::names;
use crate::coupled::course::{Clock, Course, Ear, Fall, Status};
use crate::coupled::prepare::{Gate, NONE};
use crate::{Across, Watch};

impl Ear {
    /// A moment before which none of a listener's hosts falls, whatever else happens without it being told.
    #[inline]
    pub(in crate::coupled) fn due(&self, clocks: &[Clock], now: f64) -> f64 {
        if self.is_deaf {
            return f64::INFINITY;
        }
        let clocks = self.clocks.map(|clock| &clocks[clock as usize]);
        let shown: f64 = clocks.iter().map(|clock| clock.shows(now)).sum();
        let bound: f64 = clocks.iter().map(|clock| clock.bound).sum();
        now + wait(self.next + self.offset - shown, bound)
    }
}

impl<W: Watch> Course<'_, W> {
    /// A moment before which none of a listener's hosts falls, whatever else happens without it being told.
    #[inline]
    pub(in crate::coupled) fn reckon(&self, listener: u32) -> f64 {
        self.scratch.ears[listener as usize].due(&self.scratch.clocks, self.now)
    }

    /// A listener's moment has come: its next host falls if it does before anything else changes.
    #[inline]
    pub(in crate::coupled) fn hear(&mut self, listener: u32, timer: f64) {
        let ear = &self.scratch.ears[listener as usize];
        let clocks = ear.clocks.map(|clock| &self.scratch.clocks[clock as usize]);
        let shown: f64 = clocks.iter().map(|clock| clock.shows(self.now)).sum();
        let rate: f64 = clocks.iter().map(|clock| clock.rate).sum();
        let gap = ear.next + ear.offset - shown;
        let falls = self.now + wait(gap, rate);
        let others = self.scratch.queue.take_first();
        if falls > others.min(timer) {
            // Others come first. The bound may lie so near that the moment would not move.
            let bound: f64 = clocks.iter().map(|clock| clock.bound).sum();
            let due = (self.now + wait(gap, bound)).max(self.now.next_up());
            self.scratch.queue.set(listener, due);
        } else if falls > self.prepared.input.horizon_hours {
            self.scratch.queue.set(listener, falls);
        } else {
            self.now = falls;
            self.hearing = listener;
            let fall = self.scratch.take_fall(listener);
            self.hit(listener, fall);
            self.hearing = NONE;
            let records = self.scratch.records(self.prepared);
            records.expect_fall(&self.scratch.ears[listener as usize]);
            let due = self.reckon(listener);
            self.scratch.queue.set(listener, due);
        }
    }

    #[inline]
    fn hit(&mut self, listener: u32, fall: Fall) {
        let prepared = self.prepared;
        let it = &prepared.listeners.all[listener as usize];
        let host = fall.host;
        let is_void = self.scratch.statuses[host as usize] != Status::Susceptible
            || self.infections(host) != fall.ordinal
            || (it.is_outside() && self.is_isolated(host))
            || self.chance(host, it.vector)[usize::from(it.is_crash)] == 0.0;
        if is_void {
            return;
        }
        if it.is_crash {
            self.crash(host);
        } else {
            let (across, from) = self.origin(it, host);
            self.infect(host, across, from);
        }
    }

    /// Draws new thresholds for a host that is susceptible again.
    pub(in crate::coupled) fn listen_again(&mut self, host: u32) {
        let prepared = self.prepared;
        let Some(of_host) = &prepared.listeners.of_host else {
            return;
        };
        let ordinal = self.infections(host);
        for &listener in of_host.of(host) {
            let it = &prepared.listeners.all[listener as usize];
            let chance = self.chance(host, it.vector)[usize::from(it.is_crash)];
            if chance > 0.0 {
                let address = prepared.address(host, it.network);
                let key = names::thresholds(self.root, it);
                let draw = names::threshold(key, host, address, ordinal).exponential();
                let threshold = self.heard(listener) + draw / chance;
                let fall = Fall {
                    threshold,
                    host,
                    ordinal,
                };
                self.scratch.add_fall(listener, fall);
                if listener != self.hearing {
                    let due = self.reckon(listener);
                    self.scratch.queue.set(listener, due);
                }
            }
        }
    }

    /// What a listener has heard so far.
    fn heard(&self, listener: u32) -> f64 {
        let ear = &self.scratch.ears[listener as usize];
        if ear.is_deaf {
            ear.offset
        } else {
            self.shown(ear.clocks) - ear.offset
        }
    }

    fn shown(&self, clocks: [u32; 3]) -> f64 {
        let clocks = clocks.map(|clock| self.scratch.clocks[clock as usize].shows(self.now));
        clocks.iter().sum()
    }

    /// Lets a listener hear what it should hear from now on.
    pub(in crate::coupled) fn attend(&mut self, listener: u32) {
        let prepared = self.prepared;
        let it = &prepared.listeners.all[listener as usize];
        let heard = self.heard(listener);
        let is_deaf = self.should_be_deaf(listener);
        let mut clocks = it.clocks;
        if let Some(place) = prepared.ground.places.get(it.network as usize)
            && self.scratch.is_isolated[place.organisation as usize]
        {
            clocks[2] = prepared.clocks.silent();
        }
        let shown = self.shown(clocks);
        let ear = &mut self.scratch.ears[listener as usize];
        ear.is_deaf = is_deaf;
        ear.clocks = clocks;
        ear.offset = if is_deaf { heard } else { shown - heard };
        let due = self.reckon(listener);
        self.scratch.queue.set(listener, due);
    }

    /// Whether what a listener would hear does not count now.
    pub(in crate::coupled) fn should_be_deaf(&self, listener: u32) -> bool {
        let it = &self.prepared.listeners.all[listener as usize];
        let is_off = it
            .schedule
            .is_some_and(|schedule| !self.scratch.is_on[usize::from(schedule)]);
        let is_shut = match it.gate {
            Gate::Open => false,
            Gate::Live => self.is_live,
            Gate::Answered(organisation) => {
                self.is_live && !self.scratch.is_isolated[organisation as usize]
            }
        };
        is_off || is_shut
    }

    /// A probe or an attempt comes to a host that it infects or crashes if it can.
    pub(in crate::coupled) fn meet(
        &mut self,
        host: u32,
        vector: u32,
        is_crash: bool,
        across: Across,
        from: u32,
    ) {
        let is_open = self.scratch.statuses[host as usize] == Status::Susceptible
            && self.is_on(host)
            && self.chance(host, vector)[usize::from(is_crash)] > 0.0;
        if !is_open {
            return;
        }
        if is_crash {
            self.crash(host);
        } else if !self.is_answered(host) {
            self.infect(host, across, Some(from));
        }
    }
}

/// How long a clock takes to go a way.
#[inline]
fn wait(way: f64, rate: f64) -> f64 {
    if way <= 0.0 {
        0.0
    } else if rate > 0.0 {
        way / rate
    } else {
        f64::INFINITY
    }
}
