//! The week: hosts are switched on and off, and staff go on working.

use crate::Watch;
use crate::coupled::course::ahead::AHEAD;
use crate::coupled::course::timers::Happening;
use crate::coupled::course::{Course, Status};

impl<W: Watch> Course<'_, W> {
    pub(in crate::coupled) fn next_hour(&mut self) {
        if let Some(hour) = self.prepared.week.next_switch(self.hour) {
            let hours = self.prepared.week.begins(hour);
            self.at(hours, Happening::Hour { hour });
        }
    }

    /// Switches on and off what the week says.
    pub(in crate::coupled) fn begin_hour(&mut self, hour: u32) {
        let prepared = self.prepared;
        self.hour = hour;
        self.next_hour();
        let before = std::mem::take(&mut self.scratch.is_on);
        let schedules = 0..before.len() as u16;
        self.scratch.is_on = schedules.map(|it| prepared.week.is_on(it, hour)).collect();
        for (schedule, &was_on) in (0..).zip(&before) {
            if was_on != self.scratch.is_on[schedule as usize] {
                for &listener in prepared.listeners.of_schedule.of(schedule) {
                    self.attend(listener);
                }
            }
        }
        self.switch_hosts(&before);
        for organisation in 0..prepared.input.organisations.len() as u32 {
            self.wake_staff(organisation, false);
        }
    }

    /// All names are looked up before any sweep begins.
    fn switch_hosts(&mut self, before: &[bool]) {
        let switched = std::mem::take(&mut self.scratch.switched);
        let is_infected = |course: &Self, host: u32| {
            let status = course.scratch.statuses[host as usize];
            matches!(status, Status::Latent | Status::Active | Status::Dormant)
        };
        for (host, later) in with_later(&switched) {
            self.scratch.records(self.prepared).expect(later);
            if is_infected(self, host) {
                match (self.was_on(host, before), self.is_on(host)) {
                    (false, true) => self.look_up(host),
                    (true, false) => self.switch_off(host),
                    _ => {}
                }
            }
        }
        for (host, later) in with_later(&switched) {
            self.scratch.records(self.prepared).expect(later);
            let is_active = self.scratch.statuses[host as usize] == Status::Active;
            if is_active && !self.was_on(host, before) && self.is_on(host) {
                self.set_probing(host, true);
                self.go_on_talking(host);
                self.begin_sweeps(host);
            }
        }
        let mut switched = switched;
        switched.retain(|&host| {
            let stays = is_infected(self, host);
            if !stays {
                self.scratch.lives[host as usize].is_listed = false;
            }
            stays
        });
        self.scratch.switched = switched;
    }

    fn switch_off(&mut self, host: u32) {
        self.scratch.lives[host as usize].is_sweeping = false;
        self.pause_talk(host);
        self.set_probing(host, false);
    }

    fn was_on(&self, host: u32, before: &[bool]) -> bool {
        let class = usize::from(self.scratch.classes[host as usize]);
        let schedule = self.prepared.input.classes[class].schedule;
        schedule.is_none_or(|it| before[usize::from(it)])
    }

    /// Remembers an infected host that is switched on and off.
    pub(in crate::coupled) fn list_switched(&mut self, host: u32) {
        let class = usize::from(self.scratch.classes[host as usize]);
        let life = &mut self.scratch.lives[host as usize];
        if self.prepared.input.classes[class].schedule.is_some() && !life.is_listed {
            life.is_listed = true;
            self.scratch.switched.push(host);
        }
    }

    /// From now on the kill switch answers.
    pub(in crate::coupled) fn go_live(&mut self) {
        self.is_live = true;
        for listener in 0..self.prepared.listeners.all.len() as u32 {
            self.attend(listener);
        }
    }
}

/// Each of some hosts, and one whose turn comes some time after it (near the end some other).
fn with_later(hosts: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let later = hosts.iter().skip(AHEAD).chain(hosts);
    hosts.iter().copied().zip(later.copied())
}
