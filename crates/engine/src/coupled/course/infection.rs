//! What becomes of a host: infection, latency, activity, sleep, removal, the payload, the kill switch.

use crate::coupled::course::names::{For, named};
use crate::coupled::course::timers::Happening;
use crate::coupled::course::{Course, Status};
use crate::keys::Key;
use crate::{Across, Delay, Event, Watch};

impl<W: Watch> Course<'_, W> {
    /// A susceptible host, or an entry, is infected.
    #[inline]
    pub(in crate::coupled) fn infect(&mut self, host: u32, across: Across, from: Option<u32>) {
        self.scratch.statuses[host as usize] = Status::Latent;
        if !self.prepared.has_lives {
            self.note(Event::Infected {
                unit: host,
                across,
                from,
                is_repeat: false,
            });
            self.scratch.statuses[host as usize] = Status::Active;
            self.probe(host, true);
            return;
        }
        let life = &mut self.scratch.lives[host as usize];
        let is_repeat = life.infections > 0;
        life.infections += 1;
        life.phase += 1;
        let infection = life.infections;
        self.note(Event::Infected {
            unit: host,
            across,
            from,
            is_repeat,
        });
        self.list_switched(host);
        self.notice(host, false);
        match self.prepared.input.latency {
            Delay::Fixed(0.0) => self.start(host),
            latency => {
                let hours = self.name(For::Latency, host).of(infection).hours(latency);
                self.at(self.now + hours, Happening::Starts { host, infection });
            }
        }
    }

    #[inline]
    pub(in crate::coupled) fn crash(&mut self, host: u32) {
        self.scratch.statuses[host as usize] = Status::Crashed;
        self.note(Event::Crashed { unit: host });
    }

    pub(in crate::coupled) fn latency_ends(&mut self, host: u32, infection: u32) {
        let is_latent = self.scratch.statuses[host as usize] == Status::Latent;
        if is_latent && self.infections(host) == infection {
            self.start(host);
        }
    }

    /// The host becomes active after its latency.
    fn start(&mut self, host: u32) {
        self.scratch.statuses[host as usize] = Status::Active;
        let infection = self.infections(host);
        if let Some(payload) = self.prepared.input.payload {
            if payload.mean_hours == 0.0 {
                self.disable(host);
                if payload.ends_spread {
                    return;
                }
            } else {
                let wait = self.name(For::Payload, host).of(infection).exponential();
                let hours = self.now + payload.mean_hours * wait;
                self.at(hours, Happening::PayloadStrikes { host, infection });
            }
        }
        self.become_active(host);
        if self.is_on(host) {
            self.begin_sweeps(host);
        }
    }

    fn become_active(&mut self, host: u32) {
        self.change(host, Status::Active);
        let life = &mut self.scratch.lives[host as usize];
        life.activities += 1;
        let (activity, phase) = (life.activities, life.phase);
        let dormancy = self.prepared.input.dormancy;
        let sleeps = dormancy.map_or(f64::INFINITY, |dormancy| {
            let name = self.name(For::Activity, host).of(activity);
            self.now + name.wait(dormancy.falls_per_hour)
        });
        let mean = self.prepared.input.removal_mean_hours;
        let removed = mean.map_or(f64::INFINITY, |mean| {
            // Exponential waits have no memory: each activity may draw its own.
            let name = self.name(For::Removal, host).of(activity);
            self.now + mean * name.exponential()
        });
        // The first of the two ends what the other is about.
        if sleeps <= removed {
            self.at(sleeps, Happening::FallsDormant { host, phase });
        } else {
            self.at(removed, Happening::IsRemoved { host, phase });
        }
        self.begin_talk(host);
        if self.is_on(host) {
            self.set_probing(host, true);
        }
        self.wake_staff_for_rebuilding(host);
    }

    pub(in crate::coupled) fn fall_dormant(&mut self, host: u32, phase: u32) {
        if self.scratch.lives[host as usize].phase != phase {
            return;
        }
        self.cease(host, Status::Dormant);
        let life = &self.scratch.lives[host as usize];
        let (activity, phase) = (life.activities, life.phase);
        let wakes = self
            .prepared
            .input
            .dormancy
            .map_or(0.0, |it| it.wakes_per_hour);
        let hours = self.now + self.name(For::Sleep, host).of(activity).wait(wakes);
        self.at(hours, Happening::Wakes { host, phase });
    }

    pub(in crate::coupled) fn wake(&mut self, host: u32, phase: u32) {
        if self.scratch.lives[host as usize].phase == phase {
            self.become_active(host);
        }
    }

    pub(in crate::coupled) fn be_removed(&mut self, host: u32, phase: u32) {
        if self.scratch.lives[host as usize].phase == phase {
            self.cease(host, Status::Removed);
        }
    }

    pub(in crate::coupled) fn payload_strikes(&mut self, host: u32, infection: u32) {
        let status = self.scratch.statuses[host as usize];
        let is_infected = matches!(status, Status::Active | Status::Dormant);
        if is_infected && self.infections(host) == infection {
            self.disable(host);
        }
    }

    fn disable(&mut self, host: u32) {
        self.scratch.lives[host as usize].is_disabled = true;
        self.note(Event::Disabled { unit: host });
        self.notice(host, true);
        if self.prepared.input.payload.is_some_and(|it| it.ends_spread) {
            self.cease(host, Status::Removed);
        }
        self.wake_staff_for_rebuilding(host);
    }

    /// An infected host is switched on and looks the name up, which may end the infection.
    pub(in crate::coupled) fn look_up(&mut self, host: u32) {
        if !self.is_answered(host) {
            return;
        }
        let was_disabled = self.scratch.lives[host as usize].is_disabled;
        self.note(Event::Answered {
            unit: host,
            was_disabled,
        });
        if was_disabled {
            self.cease(host, Status::Removed);
        } else {
            self.cease(host, Status::Susceptible);
            self.listen_again(host);
            self.call_again(host);
            self.wake_staff_for_patching(host);
        }
    }

    /// Ends whatever a host does and gives it another status.
    pub(in crate::coupled) fn cease(&mut self, host: u32, status: Status) {
        self.change(host, status);
        self.scratch.lives[host as usize].is_sweeping = false;
        self.end_talk(host);
        self.set_probing(host, false);
    }

    pub(in crate::coupled) fn set_probing(&mut self, host: u32, probes: bool) {
        let life = &mut self.scratch.lives[host as usize];
        if life.is_probing != probes {
            life.is_probing = probes;
            self.probe(host, probes);
        }
    }

    fn change(&mut self, host: u32, status: Status) {
        self.scratch.statuses[host as usize] = status;
        self.scratch.lives[host as usize].phase += 1;
    }

    // What holds now.

    /// Whether the kill switch would end a start now.
    pub(in crate::coupled) fn is_answered(&self, host: u32) -> bool {
        let class = usize::from(self.scratch.classes[host as usize]);
        self.is_live
            && self.prepared.input.classes[class].answers_kill_switch
            && !self.is_isolated(host)
    }

    /// Whether the host's organisation is isolated.
    pub(in crate::coupled) fn is_isolated(&self, host: u32) -> bool {
        let organisation = self.organisation(host);
        organisation.is_some_and(|it| self.scratch.is_isolated[it as usize])
    }

    pub(in crate::coupled) fn organisation(&self, host: u32) -> Option<u32> {
        let network = self.prepared.network(host)?;
        Some(self.prepared.ground.places[network as usize].organisation)
    }

    #[inline]
    pub(in crate::coupled) fn is_on(&self, host: u32) -> bool {
        if self.scratch.is_on.is_empty() {
            return true;
        }
        let class = usize::from(self.scratch.classes[host as usize]);
        let schedule = self.prepared.input.classes[class].schedule;
        schedule.is_none_or(|it| self.scratch.is_on[usize::from(it)])
    }

    /// How often a host has been infected.
    #[inline]
    pub(in crate::coupled) fn infections(&self, host: u32) -> u32 {
        let life = self.scratch.lives.get(host as usize);
        life.map_or(0, |life| life.infections)
    }

    #[inline]
    pub(in crate::coupled) fn chance(&self, host: u32, vector: u32) -> [f64; 2] {
        let class = self.scratch.classes[host as usize];
        self.prepared.chance(class, vector)
    }

    /// The name of a draw about a host.
    #[inline]
    pub(in crate::coupled) fn name(&self, what: For, host: u32) -> Key {
        named(self.root, what).of(host)
    }
}
