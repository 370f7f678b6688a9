//! Whom machines deal with. No export that is read lists conversations or log-on rights, so all of them are drawn.

use wardround_engine::{Contact, Network};
use wardround_evidence::Role;

use super::draw::{Draw, Parameter};
use super::unknowns::ContactPrior;
use crate::draws::{Decides, OfMachines};
use crate::threat::{ContactKind, StreamProfile};

/// Machines by organisation.
struct ByOrganisation {
    /// Where each organisation's machines begin in `machines`; one more at the end.
    starts: Vec<u32>,
    machines: Vec<u32>,
}

impl ByOrganisation {
    fn new(draw: &Draw<'_>, servers: bool) -> Self {
        let census = &draw.population.census;
        let organisations = draw.population.estate.organisations.len();
        let is_wanted = |kind: u32| {
            let role = census.kinds[kind as usize].0.role;
            !servers || matches!(role, Some(Role::Server | Role::DomainController))
        };
        let owner = |kind: u32| census.kinds[kind as usize].0.organisation.0 as usize;
        let mut starts = vec![0u32; organisations + 1];
        for kind in &census.of_host {
            starts[owner(*kind) + 1] += u32::from(is_wanted(*kind));
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut machines = vec![0u32; starts[organisations] as usize];
        for (machine, kind) in (0u32..).zip(&census.of_host) {
            if is_wanted(*kind) {
                let place = &mut next[owner(*kind)];
                machines[*place as usize] = machine;
                *place += 1;
            }
        }
        Self { starts, machines }
    }

    fn of(&self, organisation: u32) -> &[u32] {
        let place = organisation as usize;
        &self.machines[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

impl Draw<'_> {
    /// Contacts between machines of one organisation. A drawn pair proves nothing, so it stands only where the boundaries
    /// let the port pass; one by credentials starts only at machines that hold some. `carries` gives for each machine the ways
    /// that it uses, by bit.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the engine keeps the pace of contacts in 32 bits"
    )]
    pub(super) fn contacts(
        &self,
        places: &[u32],
        networks: &[Network],
        carries: impl Fn(u32) -> u8,
    ) -> Vec<Contact> {
        let mut contacts = Vec::new();
        let census = &self.population.census;
        for (number, stream) in (0u64..).zip(&self.population.profile.streams) {
            let StreamProfile::Contacts { along, .. } = stream else {
                continue;
            };
            let rules = &self.population.rules;
            let (prior, of_servers) = match along {
                ContactKind::Conversations => (rules.conversations, true),
                ContactKind::LogOns => (rules.log_ons, false),
            };
            let each = each(prior, self.parameter_unit(Parameter::ContactsEach(number)));
            let pace = self.parameter(Parameter::Stream(number), stream.per_hour());
            let vector = self.vector_of(stream);
            let all = ByOrganisation::new(self, false);
            let servers = ByOrganisation::new(self, of_servers);
            let numbers = OfMachines::new(self.seed, self.worlds.unknowns, Decides::Contact);
            let key = |draw: u32| number as u32 * 4096 + draw;
            for (machine, kind) in (0u32..).zip(&census.of_host) {
                if carries(machine) >> vector & 1 == 0 {
                    continue;
                }
                let organisation = census.kinds[*kind as usize].0.organisation.0;
                let mut others = servers.of(organisation);
                if others.is_empty() {
                    others = all.of(organisation);
                }
                let more = numbers.unit(machine, key(0)) < each.fract();
                let first = contacts.len();
                for draw in 0..each.floor() as u32 + u32::from(more) {
                    let at = numbers.unit(machine, key(1 + draw)) * others.len() as f64;
                    let other = others[(at as usize).min(others.len() - 1)];
                    let passes = || passes(places, networks, machine, other);
                    let is_new = || {
                        let known = &contacts[first..];
                        !known.iter().any(|contact: &Contact| contact.to == other)
                    };
                    if other != machine && is_new() && passes() {
                        contacts.push(Contact {
                            from: machine,
                            to: other,
                            vector,
                            attempts_per_hour: pace as f32,
                        });
                    }
                }
            }
        }
        contacts
    }
}

fn each(prior: ContactPrior, unit: f64) -> f64 {
    let (low, high) = (prior.machines_each_low, prior.machines_each_high);
    low * (high / low).powf(unit)
}

fn passes(places: &[u32], networks: &[Network], from: u32, to: u32) -> bool {
    let (from, to) = (places[from as usize], places[to as usize]);
    let at = |place: u32| networks.get(place as usize);
    match (at(from), at(to)) {
        (Some(out), Some(into)) => from == to || out.leaves && into.enters,
        _ => false,
    }
}
