//! Probes and attempts: where each goes, and what it meets.

use wardround_engine::{Across, Event, Scope, StreamKind};

use super::{Happening, Literal, Status};

impl Literal<'_> {
    pub(super) fn sweep(&mut self, host: usize) {
        self.hosts[host].sweep += 1;
        let sweep = self.hosts[host].sweep;
        for (stream, it) in self.input.streams.iter().enumerate() {
            if it.kind != StreamKind::Sweep || !self.carries(host, stream) {
                continue;
            }
            let mut came = self.now;
            for position in 0..self.attached[host].len() {
                let network = self.attached[host][position];
                let addresses = self.occupants[network].len();
                let takes = addresses as f64 / it.probes_per_hour;
                for address in 0..addresses {
                    let hours = came + takes * self.random.unit();
                    let probe = Happening::SweepProbe {
                        host,
                        stream,
                        network,
                        address,
                        came,
                        sweep,
                    };
                    self.at(hours, probe);
                }
                came += takes;
            }
        }
    }

    pub(super) fn sweep_probe(
        &mut self,
        host: usize,
        vector: u8,
        network: usize,
        address: usize,
        came: f64,
    ) {
        let target = self.occupants[network][address];
        if target.is_none_or(|target| self.hosts[target].susceptible_since > came) {
            return;
        }
        self.probe_address(host, vector, network, address);
    }

    pub(super) fn uniform_probe(&mut self, host: usize, stream: usize, infection: u32) {
        if self.hosts[host].infection != infection {
            return;
        }
        let it = self.input.streams[stream];
        let StreamKind::Uniform(scope) = it.kind else {
            unreachable!("the probe is of a uniform stream")
        };
        let next = Happening::UniformProbe {
            host,
            stream,
            infection,
        };
        self.after_wait(it.probes_per_hour, next);
        if !self.is_spreading(host) || self.attached[host].is_empty() {
            return;
        }
        let start = self.random.pick(&self.attached[host]);
        let networks = &self.input.networks;
        let is_in_scope = |id: usize| match scope {
            Scope::Network => id == start,
            Scope::Organisation => networks[id].organisation == networks[start].organisation,
            Scope::Realm => networks[id].realm == networks[start].realm,
        };
        let size = match (scope, networks[start].realm) {
            (Scope::Realm, None) => return,
            (Scope::Realm, Some(realm)) => self.input.realms[realm as usize].addresses as usize,
            _ => (0..networks.len())
                .filter(|&id| is_in_scope(id))
                .map(|id| self.occupants[id].len())
                .sum(),
        };
        let mut address = self.random.below(size);
        for id in (0..networks.len()).filter(|&id| is_in_scope(id)) {
            let addresses = self.occupants[id].len();
            if address < addresses {
                self.probe_address(host, it.vector, id, address);
                return;
            }
            address -= addresses;
        }
    }

    pub(super) fn probe_address(
        &mut self,
        source: usize,
        vector: u8,
        network: usize,
        address: usize,
    ) {
        let Some(target) = self.occupants[network][address] else {
            return;
        };
        let attached = &self.attached[source];
        if !attached.iter().any(|&from| self.reaches_now(from, network)) {
            return;
        }
        let organisation = |id: usize| self.input.networks[id].organisation;
        let across = if attached.contains(&network) {
            Across::SameNetwork
        } else if attached
            .iter()
            .any(|&from| organisation(from) == organisation(network))
        {
            Across::SameOrganisation
        } else {
            Across::BetweenOrganisations
        };
        self.meet(target, vector, across, Some(source));
    }

    pub(super) fn attempt(&mut self, contact: usize, infection: u32) {
        let it = self.input.contacts[contact];
        let (from, to) = (it.from as usize, it.to as usize);
        if self.hosts[from].infection != infection {
            return;
        }
        let next = Happening::Attempt { contact, infection };
        self.after_wait(it.attempts_per_hour.into(), next);
        // Reading: a host without a network is outside all borders, so a border that is cut is between it and
        // whatever is inside.
        let (a, b) = (self.organisation(from), self.organisation(to));
        let is_isolated = |side: Option<usize>| side.is_some_and(|it| self.is_isolated[it]);
        let is_cut = a != b && (is_isolated(a) || is_isolated(b));
        if self.is_spreading(from) && !is_cut {
            self.meet(to, it.vector, Across::Contact, Some(from));
        }
    }

    pub(super) fn pressure_begins(&mut self, step: usize) {
        self.pressure_step = Some(step);
        for host in 0..self.hosts.len() {
            self.next_outside_probe(host, step);
        }
    }

    pub(super) fn next_outside_probe(&mut self, host: usize, step: usize) {
        let outside = self.input.outside.as_ref().expect("it presses");
        let per_hour = outside.pressure[step].probes_per_hour;
        let is_exposed = self.input.classes[self.hosts[host].class].is_exposed;
        // A host without a network is not probed, from outside neither.
        if is_exposed && !self.attached[host].is_empty() {
            self.after_wait(per_hour, Happening::OutsideProbe { host, step });
        }
    }

    pub(super) fn outside_probe(&mut self, host: usize, step: usize) {
        if self.pressure_step != Some(step) {
            return;
        }
        self.next_outside_probe(host, step);
        let vector = self.input.outside.as_ref().expect("it presses").vector;
        if !self
            .organisation(host)
            .is_some_and(|it| self.is_isolated[it])
        {
            self.meet(host, vector, Across::Outside, None);
        }
    }

    /// A probe or attempt has come to a host.
    pub(super) fn meet(&mut self, target: usize, vector: u8, across: Across, from: Option<usize>) {
        if self.hosts[target].status != Status::Susceptible || !self.is_on(target) {
            return;
        }
        let class = &self.input.classes[self.hosts[target].class];
        let opening = class.openings[usize::from(vector)];
        if self.random.unit() < opening.success.into() {
            self.infect(target, across, from);
        } else if self.random.unit() < opening.crash.into() {
            self.become_(target, Status::Crashed);
            self.note(Event::Crashed {
                unit: target as u32,
            });
        }
    }
}
