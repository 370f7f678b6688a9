//! Organisations notice, act, isolate themselves, patch and rebuild.

use crate::coupled::course::names::{For, named};
use crate::coupled::course::timers::Happening;
use crate::coupled::course::{Course, Status};
use crate::{Event, Watch};

/// Where an organisation stands.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::coupled) struct Staff {
    /// Infections of its hosts so far, or hosts disabled where it counts these.
    infections: u32,
    has_acted: bool,
    /// How often staff turned to patching and to rebuilding.
    turns: [u32; 2],
    /// Whether there was nothing to patch or rebuild, so that a turn comes only once there may be.
    is_idle: [bool; 2],
}

impl<W: Watch> Course<'_, W> {
    /// One more of an organisation's hosts has been infected, or disabled.
    pub(in crate::coupled) fn notice(&mut self, host: u32, is_disabled: bool) {
        let Some(organisation) = self.organisation(host) else {
            return;
        };
        let input = self.prepared.input;
        let Some(response) = &input.organisations[organisation as usize].response else {
            return;
        };
        if response.counts_disabled != is_disabled {
            return;
        }
        let staff = &mut self.scratch.staffs[organisation as usize];
        staff.infections += 1;
        if response.after_infections == Some(staff.infections) {
            let delay = named(self.root, For::Response).of(organisation);
            let hours = self.now + delay.hours(response.delay);
            self.at(hours, Happening::Acts { organisation });
        }
    }

    pub(in crate::coupled) fn act(&mut self, organisation: u32) {
        let staff = &mut self.scratch.staffs[organisation as usize];
        if std::mem::replace(&mut staff.has_acted, true) {
            return;
        }
        self.note(Event::Acted { organisation });
        let input = self.prepared.input;
        let response = input.organisations[organisation as usize].response.as_ref();
        if response.is_some_and(|response| response.isolates) {
            self.isolate(organisation);
            self.call_again_in(organisation);
        }
        self.next_turn(organisation, false);
        self.next_turn(organisation, true);
    }

    /// When staff turn to patching or rebuilding next: after some hours of work.
    fn next_turn(&mut self, organisation: u32, rebuilds: bool) {
        let input = self.prepared.input;
        let Some(response) = &input.organisations[organisation as usize].response else {
            return;
        };
        let (per_hour, happening) = if rebuilds {
            (
                response.rebuilds_per_hour,
                Happening::Rebuild { organisation },
            )
        } else {
            (response.patches_per_hour, Happening::Patch { organisation })
        };
        if per_hour == 0.0 {
            return;
        }
        let staff = &mut self.scratch.staffs[organisation as usize];
        let kind = usize::from(rebuilds);
        staff.is_idle[kind] = false;
        staff.turns[kind] += 1;
        let turn = staff.turns[kind];
        let name = named(self.root, For::Turn).of(organisation).of(kind as u32);
        let wait = name.of(turn).wait(per_hour);
        let schedule = response.staff_schedule;
        let hours = self
            .prepared
            .week
            .after(schedule, self.now, self.hour, wait);
        self.at(hours, happening);
    }

    /// There may be something to do again.
    pub(in crate::coupled) fn wake_staff(&mut self, organisation: u32, rebuilds: bool) {
        if self.scratch.staffs[organisation as usize].is_idle[usize::from(rebuilds)] {
            self.next_turn(organisation, rebuilds);
        }
    }

    pub(in crate::coupled) fn wake_staff_for_patching(&mut self, host: u32) {
        if let Some(organisation) = self.organisation(host) {
            self.wake_staff(organisation, false);
        }
    }

    pub(in crate::coupled) fn wake_staff_for_rebuilding(&mut self, host: u32) {
        if let Some(organisation) = self.organisation(host) {
            self.wake_staff(organisation, true);
        }
    }

    pub(in crate::coupled) fn patch(&mut self, organisation: u32) {
        let classes = &self.prepared.input.classes;
        let patched = |course: &Self, host: u32| {
            let class = course.scratch.classes[host as usize];
            classes[usize::from(class)].patched
        };
        let picked = self.pick(organisation, false, |course, host| {
            course.scratch.statuses[host as usize] == Status::Susceptible
                && patched(course, host).is_some()
                && course.is_on(host)
        });
        if let Some(host) = picked
            && let Some(class) = patched(self, host)
        {
            self.scratch.classes[host as usize] = class;
            self.note(Event::Patched { unit: host });
            self.next_turn(organisation, false);
        }
    }

    pub(in crate::coupled) fn rebuild(&mut self, organisation: u32) {
        let picked = self.pick(organisation, true, |course, host| {
            let status = course.scratch.statuses[host as usize];
            matches!(status, Status::Active | Status::Dormant)
                || course.scratch.lives[host as usize].is_disabled
        });
        if let Some(host) = picked {
            let life = &mut self.scratch.lives[host as usize];
            let was_disabled = std::mem::replace(&mut life.is_disabled, false);
            self.cease(host, Status::Rebuilt);
            self.note(Event::Rebuilt {
                unit: host,
                was_disabled,
            });
            self.next_turn(organisation, true);
        }
    }

    /// The first of an organisation's hosts for which it holds, in an order that is drawn for each turn: every one is
    /// first equally often, and two worlds pick the same one if it is there in both.
    fn pick(
        &mut self,
        organisation: u32,
        rebuilds: bool,
        holds: impl Fn(&Self, u32) -> bool,
    ) -> Option<u32> {
        let kind = usize::from(rebuilds);
        let turn = self.scratch.staffs[organisation as usize].turns[kind];
        let name = named(self.root, For::Pick)
            .of(organisation)
            .of(kind as u32)
            .of(turn);
        let hosts = self.prepared.staffed.of(organisation).iter().copied();
        let hosts = hosts.filter(|&host| holds(self, host));
        let picked = hosts.min_by_key(|&host| name.of(host).word());
        self.scratch.staffs[organisation as usize].is_idle[kind] = picked.is_none();
        picked
    }
}
