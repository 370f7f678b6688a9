//! What organisations notice, and what their staff do.

use wardround_engine::{Event, Organisation, Response};

use super::{Happening, Literal, Status};

impl<'a> Literal<'a> {
    pub(super) fn notice(&mut self, host: usize, is_disabled: bool) {
        let Some(organisation) = self.organisation(host) else {
            return;
        };
        let Some(response) = self.response(organisation) else {
            return;
        };
        if response.counts_disabled != is_disabled {
            return;
        }
        self.infections[organisation] += 1;
        if response.after_infections == Some(self.infections[organisation]) {
            let hours = self.now + self.delay(response.delay);
            self.at(hours, Happening::Acts { organisation });
        }
    }

    pub(super) fn act(&mut self, organisation: usize) {
        if std::mem::replace(&mut self.has_acted[organisation], true) {
            return;
        }
        let response = self
            .response(organisation)
            .expect("who acts has a response");
        self.is_isolated[organisation] = response.isolates;
        self.note(Event::Acted {
            organisation: organisation as u32,
        });
        self.after_wait(response.patches_per_hour, Happening::Patch { organisation });
        self.after_wait(
            response.rebuilds_per_hour,
            Happening::Rebuild { organisation },
        );
    }

    pub(super) fn patch(&mut self, organisation: usize) {
        let response = self
            .response(organisation)
            .expect("who acts has a response");
        self.after_wait(response.patches_per_hour, Happening::Patch { organisation });
        let patched = |host: usize| self.input.classes[self.hosts[host].class].patched;
        let open = |host: &usize| {
            self.organisation(*host) == Some(organisation)
                && self.hosts[*host].status == Status::Susceptible
                && self.is_on(*host)
                && patched(*host).is_some()
        };
        let hosts: Vec<usize> = (0..self.hosts.len()).filter(open).collect();
        if self.is_staffed(response) && !hosts.is_empty() {
            let host = self.random.pick(&hosts);
            let class = self.input.classes[self.hosts[host].class].patched;
            self.hosts[host].class = class.expect("there was something to patch").into();
            self.note(Event::Patched { unit: host as u32 });
        }
    }

    pub(super) fn rebuild(&mut self, organisation: usize) {
        let response = self
            .response(organisation)
            .expect("who acts has a response");
        self.after_wait(
            response.rebuilds_per_hour,
            Happening::Rebuild { organisation },
        );
        let broken = |host: &usize| {
            let now = &self.hosts[*host];
            self.organisation(*host) == Some(organisation)
                && (now.is_disabled || matches!(now.status, Status::Active | Status::Dormant))
        };
        let hosts: Vec<usize> = (0..self.hosts.len()).filter(broken).collect();
        if self.is_staffed(response) && !hosts.is_empty() {
            let host = self.random.pick(&hosts);
            let was_disabled = std::mem::replace(&mut self.hosts[host].is_disabled, false);
            self.become_(host, Status::Rebuilt);
            self.note(Event::Rebuilt {
                unit: host as u32,
                was_disabled,
            });
        }
    }

    pub(super) fn response(&self, organisation: usize) -> Option<&'a Response> {
        let organisation: &'a Organisation = &self.input.organisations[organisation];
        organisation.response.as_ref()
    }

    pub(super) fn is_staffed(&self, response: &Response) -> bool {
        let schedule = response.staff_schedule;
        schedule.is_none_or(|it| self.is_on[usize::from(it)])
    }
}
