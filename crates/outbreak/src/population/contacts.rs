//! Whom machines deal with: what conversations and described log-on rights tell; and others that are drawn, since neither is
//! ever whole.

use std::collections::BTreeSet;

use wardround_engine::{Contact, Input};
use wardround_estate::{NetworkId, OrganisationId};
use wardround_evidence::Role;

use super::acquaintances::Acquaintance;
use super::draw::{Draw, Parameter};
use super::effect::{Effect, Shut};
use super::unknowns::ContactPrior;
use super::world::Settle;
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
    /// The contacts of a world whose `input` has none yet. Known ones stand where the world lets the port pass, or where a
    /// conversation proved that it does; an effect that shuts a point on the way ends both. Beyond them each machine has so
    /// many inside its organisation, drawn, but for the world where all that is unknown is in our favour: a drawn pair proves
    /// nothing, so it stands only where the boundaries let the port pass. What is known takes none of these away, or a forged
    /// listing could spare machines. What goes by credentials starts at machines that hold some, and at those of which a log-on
    /// right is known.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the engine keeps the pace of contacts in 32 bits"
    )]
    pub(super) fn contacts(&self, input: &Input, effects: &[Effect]) -> Vec<Contact> {
        let mut contacts = Vec::new();
        let census = &self.population.census;
        let ways = Ways::new(input, effects);
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
            let contact = |from, to| Contact {
                from,
                to,
                vector,
                attempts_per_hour: pace as f32,
            };
            let all = ByOrganisation::new(self, false);
            let servers = ByOrganisation::new(self, of_servers);
            let numbers = OfMachines::new(self.seed, self.worlds.unknowns, Decides::Contact);
            let key = |draw: u32| number as u32 * 4096 + draw;
            let mut known = self.population.acquaintances.along(*along);
            for (machine, kind) in (0u32..).zip(&census.of_host) {
                let own = known.partition_point(|pair| pair.from == machine);
                let (own, rest) = known.split_at(own);
                known = rest;
                let class = &input.classes[usize::from(input.hosts[machine as usize].class)];
                let carries = class.carries[usize::from(vector)];
                let first = contacts.len();
                if carries || *along == ContactKind::LogOns {
                    let standing = own.iter().filter(|pair| ways.lets_pass(pair));
                    contacts.extend(standing.map(|pair| contact(pair.from, pair.to)));
                }
                if !carries || self.settle == Settle::InFavour {
                    continue;
                }
                let organisation = census.kinds[*kind as usize].0.organisation.0;
                let mut others = servers.of(organisation);
                if others.is_empty() {
                    others = all.of(organisation);
                }
                let more = numbers.unit(machine, key(0)) < each.fract();
                for draw in 0..each.floor() as u32 + u32::from(more) {
                    let at = numbers.unit(machine, key(1 + draw)) * others.len() as f64;
                    let other = others[(at as usize).min(others.len() - 1)];
                    let is_new = || {
                        let known = &contacts[first..];
                        !known.iter().any(|contact: &Contact| contact.to == other)
                    };
                    if other != machine && is_new() && ways.lets_pass_inside(machine, other) {
                        contacts.push(contact(machine, other));
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

/// Where the port passes in one world.
struct Ways<'a> {
    input: &'a Input,
    links: BTreeSet<(u32, u32)>,
    shut: Shut,
}

impl<'a> Ways<'a> {
    fn new(input: &'a Input, effects: &[Effect]) -> Self {
        let links = input.links.iter();
        Self {
            input,
            links: links.map(|link| (link.from, link.to)).collect(),
            shut: Shut::by(effects),
        }
    }

    /// Whether it passes from one end of a known pair to the other, by any of their networks.
    fn lets_pass(&self, pair: &Acquaintance) -> bool {
        let mut from = self.input.networks_of(pair.from);
        from.any(|from| {
            let mut to = self.input.networks_of(pair.to);
            to.any(|to| {
                from == to
                    || pair.proven && !self.shut.parts(self.place(from), self.place(to))
                    || self.input.boundaries_allow(from, to)
                    || self.links.contains(&(from, to))
            })
        })
    }

    fn place(&self, network: u32) -> (NetworkId, OrganisationId) {
        let organisation = self.input.networks[network as usize].organisation;
        (NetworkId(network), OrganisationId(organisation))
    }

    /// Whether it passes between the first networks of two machines of one organisation.
    fn lets_pass_inside(&self, from: u32, to: u32) -> bool {
        let network = |machine: u32| self.input.hosts[machine as usize].network;
        match (network(from), network(to)) {
            (Some(from), Some(to)) => from == to || self.input.boundaries_allow(from, to),
            _ => false,
        }
    }
}
