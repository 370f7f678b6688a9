//! Contacts: an active host tries those that it calls.
//!
//! A call's first hit is due after so many hours of the caller being active and on, drawn for each activity; while it is
//! off that clock stands. A hit that comes while the host that is called is off is followed by another from the moment
//! that it is switched on; exponential waits have no memory. When that host becomes susceptible again, or is no longer
//! answered, all calls to it begin anew.

use crate::coupled::course::names::For;
use crate::coupled::course::timers::Happening;
use crate::coupled::course::{Course, Status};
use crate::coupled::prepare::Call;
use crate::keys::Key;
use crate::{Across, Watch};

/// Why a wait is drawn.
#[derive(Clone, Copy)]
enum Wait {
    /// For the first hit of an activity.
    First,
    /// After the caller was off, and the first hit had been.
    Resumed,
    /// For the host that is called has been switched on.
    SwitchedOn,
    /// For calls to it begin anew.
    Anew,
}

impl<W: Watch> Course<'_, W> {
    pub(in crate::coupled) fn begin_talk(&mut self, host: u32) {
        if self.prepared.contacts.has_none(host) {
            return;
        }
        self.scratch.talks[host as usize].hours = 0.0;
        if self.is_on(host) {
            self.go_on_talking(host);
        }
    }

    pub(in crate::coupled) fn pause_talk(&mut self, host: u32) {
        let life = &mut self.scratch.lives[host as usize];
        if life.is_talking {
            life.is_talking = false;
            let talk = &mut self.scratch.talks[host as usize];
            talk.turn += 1;
            talk.hours += self.now - talk.since;
        }
    }

    pub(in crate::coupled) fn end_talk(&mut self, host: u32) {
        self.pause_talk(host);
    }

    pub(in crate::coupled) fn go_on_talking(&mut self, host: u32) {
        let prepared = self.prepared;
        if prepared.contacts.has_none(host) {
            return;
        }
        let life = &mut self.scratch.lives[host as usize];
        life.is_talking = true;
        let activity = life.activities;
        let talk = &mut self.scratch.talks[host as usize];
        talk.turn += 1;
        talk.since = self.now;
        let (talked, talk) = (talk.hours, talk.turn);
        for position in prepared.contacts.from.range(host) {
            let position = position as u32;
            let call = prepared.contacts.from.at(position);
            for is_crash in [false, true] {
                let Some(per_hour) = self.hits_per_hour(call, is_crash) else {
                    continue;
                };
                let key = self.call_name(call, is_crash).of(activity);
                let first = key.of(Wait::First as u32).wait(per_hour);
                let wait = if first > talked {
                    first - talked
                } else {
                    key.of(Wait::Resumed as u32).of(talk).wait(per_hour)
                };
                self.add_call(position, self.now + wait, is_crash, 0);
            }
        }
    }

    fn add_call(&mut self, position: u32, hours: f64, is_crash: bool, attempt: u32) {
        let call = self.prepared.contacts.from.at(position);
        let hits = Happening::CallHits {
            call: position,
            talk: self.scratch.talks[call.from as usize].turn,
            callee: self.scratch.talks[call.to as usize].anew,
            is_crash,
            attempt,
        };
        self.at(hours, hits);
    }

    /// How often a call would hit as the host that is called is now; `None` if never again before it begins anew.
    fn hits_per_hour(&self, call: Call, is_crash: bool) -> Option<f64> {
        if self.scratch.statuses[call.to as usize] != Status::Susceptible {
            return None;
        }
        let chance = self.chance(call.to, call.vector)[usize::from(is_crash)];
        let is_cut = self.organisation(call.from) != self.organisation(call.to)
            && (self.is_isolated(call.from) || self.is_isolated(call.to));
        (chance > 0.0 && !is_cut).then_some(call.attempts_per_hour * chance)
    }

    fn call_name(&self, call: Call, is_crash: bool) -> Key {
        let way = 2 * call.vector + u32::from(is_crash);
        self.name(For::Call, call.from).of(call.to).of(way)
    }

    pub(in crate::coupled) fn call_hits(
        &mut self,
        position: u32,
        talk: u32,
        callee: u32,
        is_crash: bool,
        attempt: u32,
    ) {
        let prepared = self.prepared;
        let call = prepared.contacts.from.at(position);
        let from = &self.scratch.talks[call.from as usize];
        let to = &self.scratch.talks[call.to as usize];
        if from.turn != talk || to.anew != callee {
            return;
        }
        let Some(per_hour) = self.hits_per_hour(call, is_crash) else {
            return;
        };
        if self.is_on(call.to) {
            self.meet(call.to, call.vector, is_crash, Across::Contact, call.from);
            return;
        }
        let class = usize::from(self.scratch.classes[call.to as usize]);
        let schedule = prepared.input.classes[class].schedule;
        let attempt = attempt + 1;
        let key = self.call_name(call, is_crash);
        let key = key.of(self.scratch.lives[call.from as usize].activities);
        let wait = key
            .of(Wait::SwitchedOn as u32)
            .of(talk)
            .of(attempt)
            .wait(per_hour);
        let on = prepared.week.switched_on(schedule, self.now, self.hour);
        self.add_call(position, on + wait, is_crash, attempt);
    }

    /// All calls to a host begin anew.
    pub(in crate::coupled) fn call_again(&mut self, host: u32) {
        let prepared = self.prepared;
        let Some(to) = &prepared.contacts.to else {
            return;
        };
        let Some(talk) = self.scratch.talks.get_mut(host as usize) else {
            return;
        };
        talk.anew += 1;
        let callee = talk.anew;
        for &position in to.of(host) {
            let call = prepared.contacts.from.at(position);
            if !self.scratch.lives[call.from as usize].is_talking {
                continue;
            }
            for is_crash in [false, true] {
                if let Some(per_hour) = self.hits_per_hour(call, is_crash) {
                    let key = self.call_name(call, is_crash).of(callee);
                    let wait = key.of(Wait::Anew as u32).wait(per_hour);
                    self.add_call(position, self.now + wait, is_crash, 0);
                }
            }
        }
    }

    /// An organisation that has isolated itself gets no answer any more: calls inside it count again.
    pub(in crate::coupled) fn call_again_in(&mut self, organisation: u32) {
        let prepared = self.prepared;
        if prepared.contacts.to.is_none() || !self.is_live || prepared.contacts.from.len() == 0 {
            return;
        }
        for &host in prepared.staffed.of(organisation) {
            if self.scratch.statuses[host as usize] == Status::Susceptible {
                self.call_again(host);
            }
        }
    }
}
