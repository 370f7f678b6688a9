//! The loop: what is due next, a timer or a threshold.

use crate::coupled::Scratch;
use crate::coupled::course::Records;
use crate::coupled::course::names::{For, named};
use crate::coupled::course::timers::Happening;
use crate::coupled::prepare::{NONE, Prepared};
use crate::keys::Key;
use crate::{Across, Entries, Event, Watch};

/// One outbreak under way.
pub(in crate::coupled) struct Course<'a, W> {
    pub(in crate::coupled) prepared: &'a Prepared<'a>,
    pub(in crate::coupled) scratch: &'a mut Scratch,
    watch: &'a mut W,
    pub(in crate::coupled) root: Key,
    pub(in crate::coupled) now: f64,
    /// The hour that has begun last, of those as which anything switches.
    pub(in crate::coupled) hour: u32,
    pub(in crate::coupled) is_live: bool,
    /// The listener that a hit comes from at this moment, which will reckon again anyway.
    pub(in crate::coupled) hearing: u32,
}

impl<'a, W: Watch> Course<'a, W> {
    pub(in crate::coupled) fn new(
        prepared: &'a Prepared<'a>,
        seed: u64,
        replicate: u64,
        scratch: &'a mut Scratch,
        watch: &'a mut W,
    ) -> Self {
        let root = Key::new(seed, replicate);
        scratch.reset(prepared, root, W::WANTS_SOURCES);
        Self {
            prepared,
            scratch,
            watch,
            root,
            now: 0.0,
            hour: prepared.week.first_hour(),
            is_live: false,
            hearing: NONE,
        }
    }

    pub(in crate::coupled) fn run(mut self) {
        self.begin();
        let horizon = self.prepared.input.horizon_hours;
        loop {
            let timer = self.scratch.timers.next_hours();
            let (due, listener) = self.first();
            if due < timer {
                if due > horizon {
                    return;
                }
                self.now = due;
                self.hear(listener, timer);
            } else {
                let Some((hours, happening)) = self.scratch.timers.pop() else {
                    return;
                };
                self.now = hours;
                if let Some(host) = self.scratch.timers.host_ahead() {
                    self.scratch.records(self.prepared).expect(host);
                }
                self.happen(happening);
            }
        }
    }

    /// Which listener is due first, and when.
    #[inline]
    fn first(&mut self) -> (f64, u32) {
        let now = self.now;
        let Scratch {
            queue,
            ears,
            clocks,
            falls,
            lives,
            statuses,
            classes,
            ..
        } = &mut *self.scratch;
        let records = Records {
            prepared: self.prepared,
            falls,
            lives,
            statuses,
            classes,
        };
        queue.first(|listener| {
            let ear = &ears[listener as usize];
            records.expect_fall(ear);
            ear.due(clocks, now)
        })
    }

    fn begin(&mut self) {
        let input = self.prepared.input;
        if let Some(switch) = input.kill_switch {
            self.is_live = switch.live_from_hours <= 0.0;
            if !self.is_live {
                self.at(switch.live_from_hours, Happening::Live);
            }
        }
        for listener in 0..self.prepared.listeners.all.len() as u32 {
            self.scratch.ears[listener as usize].is_deaf = self.should_be_deaf(listener);
        }
        self.next_hour();
        if let Some(outside) = &input.outside {
            for (step, pressure) in (0..).zip(&outside.pressure) {
                if pressure.from_hours <= 0.0 {
                    self.press(step);
                } else {
                    self.at(pressure.from_hours, Happening::Pressure { step });
                }
            }
        }
        for (organisation, it) in (0..).zip(&input.organisations) {
            match it.response.as_ref().and_then(|response| response.at_hours) {
                // Who acts at hour 0 has acted before the entries.
                Some(hours) if hours <= 0.0 => self.act(organisation),
                Some(hours) => self.at(hours, Happening::Acts { organisation }),
                None => {}
            }
        }
        let entry = named(self.root, For::Entry);
        match &input.entries {
            Entries::These(hosts) => hosts.iter().for_each(|&host| self.enter(host)),
            Entries::OneOf(hosts) => {
                // Each is first equally often; and still is if others are struck off the list.
                let first = hosts.iter().min_by_key(|host| entry.of(**host).word());
                first.into_iter().for_each(|&host| self.enter(host));
            }
            Entries::Nobody => {}
        }
    }

    fn enter(&mut self, host: u32) {
        if !self.is_answered(host) {
            self.infect(host, Across::Entry, None);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Acts { organisation } => self.act(organisation),
            Happening::Live => self.go_live(),
            Happening::Hour { hour } => self.begin_hour(hour),
            Happening::Pressure { step } => self.press(step),
            Happening::Starts { host, infection } => self.latency_ends(host, infection),
            Happening::FallsDormant { host, phase } => self.fall_dormant(host, phase),
            Happening::Wakes { host, phase } => self.wake(host, phase),
            Happening::IsRemoved { host, phase } => self.be_removed(host, phase),
            Happening::PayloadStrikes { host, infection } => self.payload_strikes(host, infection),
            Happening::SweepComes {
                host,
                sweep,
                stream,
                position,
            } => {
                let life = &self.scratch.lives[host as usize];
                if life.is_sweeping && life.sweeps == sweep {
                    self.sweep_comes(host, stream, position);
                }
            }
            Happening::SweepHits {
                from,
                to,
                sweep,
                vector,
                infections,
                is_crash,
            } => {
                let life = &self.scratch.lives[from as usize];
                let is_new = self.scratch.lives[to as usize].infections == infections;
                if life.is_sweeping && life.sweeps == sweep && is_new {
                    self.meet(to, vector, is_crash, Across::SameNetwork, from);
                }
            }
            Happening::CallHits {
                call,
                talk,
                callee,
                is_crash,
                attempt,
            } => self.call_hits(call, talk, callee, is_crash, attempt),
            Happening::Patch { organisation } => self.patch(organisation),
            Happening::Rebuild { organisation } => self.rebuild(organisation),
        }
    }

    fn press(&mut self, step: u32) {
        let outside = self.prepared.input.outside.as_ref();
        let outside = outside.expect("a step belongs to the pressure from outside");
        let rate = outside.pressure[step as usize].probes_per_hour;
        self.set_rate(self.prepared.clocks.outside(), rate);
    }

    /// Tells whoever watches.
    #[inline]
    pub(in crate::coupled) fn note(&mut self, event: Event) {
        self.watch.note(self.now, event);
    }

    #[inline]
    pub(in crate::coupled) fn at(&mut self, hours: f64, happening: Happening) {
        self.scratch.timers.add(hours, happening);
    }
}
