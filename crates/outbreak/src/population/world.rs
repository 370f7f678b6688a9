//! One world: every unknown settled, ready for the engine.

use std::collections::BTreeMap;

use rand_distr::{Beta, Distribution};
use wardround_engine::plain::{
    Delay, Entries, Host, Input, KillSwitch, Link, Network, Realm, Scope, Stream,
};
use wardround_estate::{Family, NetworkId, OrganisationId, Passage};
use wardround_evidence::{Direction, Truth};

use super::Population;
use super::effect::{Effect, Point};
use super::member::Open;
use super::placement::{is_probed, probed_addresses};
use super::unknowns::PassagePrior;
use crate::draws::{Decides, generator, unit};
use crate::scenario::{Entry, KillSwitchState, Scenario};
use crate::threat::{ScopeName, StreamProfile};

/// How what is unknown is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Drawn from what is known of its like.
    Drawn,
    /// Every unknown against us: open, allowed.
    Against,
    /// Every unknown for us: closed, denied.
    InFavour,
}

/// A world, and which of its machines are open by a draw rather than by evidence.
pub(crate) struct World {
    pub(crate) input: Input,
    pub(crate) drawn_open: Vec<bool>,
}

impl Population<'_> {
    /// How many machines are open to the threat, in each of the scenario's worlds.
    #[must_use]
    pub fn open_machines(&self, scenario: &Scenario, settle: Settle) -> Vec<u32> {
        (0..scenario.worlds)
            .map(|world| {
                let draw = Draw {
                    population: self,
                    seed: scenario.seed,
                    world: u64::from(world),
                    settle,
                };
                let open = draw.open_hosts(&[]).0;
                u32::try_from(open.iter().filter(|open| **open).count()).unwrap_or(u32::MAX)
            })
            .collect()
    }

    /// The world with a number under a scenario: the same number and seed settle the same unknowns alike, whatever the effects.
    pub(crate) fn world(
        &self,
        scenario: &Scenario,
        world: u64,
        settle: Settle,
        effects: &[Effect],
    ) -> World {
        let draw = Draw {
            population: self,
            seed: scenario.seed,
            world,
            settle,
        };
        let (open, drawn_open) = draw.open_hosts(effects);
        let (networks, links, realms) = draw.ground(effects);
        let success = draw.success();
        let mut hosts: Vec<Host> = self
            .members
            .iter()
            .zip(&self.estate.hosts)
            .zip(&open)
            .map(|((member, host), open)| {
                let (success, crash) = success[&member.family];
                let networks = host.networks.iter();
                let probed = networks.filter(|id| is_probed(self.estate.network(**id)));
                Host {
                    networks: probed.map(|network| network.0).collect(),
                    success: if *open { success } else { 0.0 },
                    crash: if *open { crash } else { 0.0 },
                    // Whether a machine resolves names directly is not asked yet: with a switch that is live, all of them do.
                    answers_kill_switch: true,
                }
            })
            .collect();
        for (host, network) in self.places.draw(scenario.seed, world) {
            hosts[host as usize].networks.push(network);
        }
        let mut networks = networks;
        make_room(&mut networks, &hosts);
        let realms = realms_that_hold(&networks, realms);
        let kill_switch = match (&self.profile.kill_switch, scenario.kill_switch) {
            (Some(_), KillSwitchState::LiveFrom(hours)) => Some(KillSwitch {
                live_from_hours: hours,
            }),
            _ => None,
        };
        let entries = match &scenario.entry {
            Entry::AnyWorkstation => self.entries.clone(),
            Entry::OneOf(hosts) => hosts.iter().map(|host| host.0).collect(),
        };
        let input = Input {
            realms,
            networks,
            links,
            hosts,
            streams: draw.streams(),
            latency: Delay::Exponential {
                mean: draw.parameter(0, &self.profile.latency_hours),
            },
            removal: None,
            kill_switch,
            entries: Entries::OneOf(entries),
            horizon_hours: scenario.horizon_hours,
        };
        World { input, drawn_open }
    }
}

/// The engine wants an address for every machine.
fn make_room(networks: &mut [Network], hosts: &[Host]) {
    let mut attached = vec![0.0f64; networks.len()];
    for host in hosts {
        for network in &host.networks {
            attached[*network as usize] += 1.0;
        }
    }
    for (network, attached) in networks.iter_mut().zip(attached) {
        network.addresses = network.addresses.max(attached).max(1.0);
    }
}

fn realms_that_hold(networks: &[Network], at_least: Vec<f64>) -> Vec<Realm> {
    let mut sums = vec![0.0f64; at_least.len()];
    for network in networks {
        if let Some(realm) = network.realm {
            sums[realm as usize] += network.addresses;
        }
    }
    sums.into_iter()
        .zip(at_least)
        .map(|(sum, least)| Realm {
            addresses: sum.max(least).max(1.0),
        })
        .collect()
}

struct Draw<'a> {
    population: &'a Population<'a>,
    seed: u64,
    world: u64,
    settle: Settle,
}

impl Draw<'_> {
    fn parameter(&self, number: u64, quantity: &crate::threat::Quantity) -> f64 {
        quantity.at(unit(self.seed, self.world, Decides::Parameter, &[number]))
    }

    /// Which machines are open, and which of them by a draw.
    fn open_hosts(&self, effects: &[Effect]) -> (Vec<bool>, Vec<bool>) {
        let population = self.population;
        let shares = population
            .shares
            .draw(self.seed, self.world, &population.rules);
        let mut settled: BTreeMap<u32, Truth> = BTreeMap::new();
        let mut closed: Vec<bool> = vec![false; population.members.len()];
        for effect in effects {
            match effect {
                Effect::Close(hosts) => {
                    hosts.iter().for_each(|host| closed[host.0 as usize] = true)
                }
                Effect::Settle(hosts, truth) => {
                    settled.extend(hosts.iter().map(|host| (host.0, *truth)));
                }
                Effect::Set(..) => {}
            }
        }
        let mut open = Vec::with_capacity(closed.len());
        let mut drawn = Vec::with_capacity(closed.len());
        for (index, member) in (0u32..).zip(&population.members) {
            let known = member.open();
            let is_open =
                match known {
                    Open::Yes => true,
                    Open::No => false,
                    Open::Unknown => {
                        let truth = settled.get(&index).copied().or(match self.settle {
                            Settle::Drawn => None,
                            Settle::Against => Some(Truth::Fails),
                            Settle::InFavour => Some(Truth::Holds),
                        });
                        match truth {
                            Some(truth) => truth == Truth::Fails,
                            None => member.conditions.iter().enumerate().all(
                                |(condition, (truth, gap))| {
                                    *truth == Truth::Fails
                                        || unit(
                                            self.seed,
                                            self.world,
                                            Decides::Host,
                                            &[u64::from(index), condition as u64],
                                        ) < shares.missing(condition, member, *gap)
                                },
                            ),
                        }
                    }
                };
            let is_open = is_open && !closed[index as usize];
            open.push(is_open);
            drawn.push(is_open && known == Open::Unknown);
        }
        (open, drawn)
    }

    /// Networks with every point settled, links, and the least address space of each realm.
    fn ground(&self, effects: &[Effect]) -> (Vec<Network>, Vec<Link>, Vec<f64>) {
        let population = self.population;
        let estate = population.estate;
        let set: BTreeMap<Point, Passage> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Set(point, passage) => Some((*point, *passage)),
                _ => None,
            })
            .collect();
        let mut passages = Passages::new(self);
        let shared = u32::try_from(estate.reach.realms.len()).unwrap_or(u32::MAX);
        let organisations = u32::try_from(estate.organisations.len()).unwrap_or(u32::MAX);
        let mut networks =
            Vec::with_capacity(estate.networks.len() + population.places.made_up.len());
        for (index, (network, rules)) in
            (0u32..).zip(estate.networks.iter().zip(&population.reach.networks))
        {
            let id = NetworkId(index);
            let organisation = network.organisation;
            let mut passes = |known: Passage, point: Point| {
                passages.passes(
                    set.get(&point).copied().unwrap_or(known),
                    point,
                    organisation,
                )
            };
            networks.push(Network {
                organisation: organisation.0,
                realm: Some(network.realm.unwrap_or(shared + organisation.0)),
                addresses: probed_addresses(network),
                leaves: passes(rules.leaves, Point::Boundary(id, Direction::Out)),
                enters: passes(rules.enters, Point::Boundary(id, Direction::In)),
                leaves_organisation: passes(
                    rules.leaves_organisation,
                    Point::Border(organisation, Direction::Out),
                ),
                enters_organisation: passes(
                    rules.enters_organisation,
                    Point::Border(organisation, Direction::In),
                ),
            });
        }
        for organisation in &population.places.made_up {
            let id = NetworkId(u32::try_from(networks.len()).unwrap_or(u32::MAX));
            let mut passes = |point: Point| {
                let known = set.get(&point).copied().unwrap_or(Passage::Unknown);
                passages.passes(known, point, *organisation)
            };
            networks.push(Network {
                organisation: organisation.0,
                realm: Some(shared + organisation.0),
                addresses: 256.0,
                leaves: passes(Point::Boundary(id, Direction::Out)),
                enters: passes(Point::Boundary(id, Direction::In)),
                leaves_organisation: false,
                enters_organisation: false,
            });
        }
        let denied = |point: Point| set.get(&point) == Some(&Passage::Denied);
        let links = population
            .reach
            .links
            .iter()
            .filter(|link| {
                let from = estate.network(link.from).organisation;
                let to = estate.network(link.to).organisation;
                let at_boundary = denied(Point::Boundary(link.from, Direction::Out))
                    || denied(Point::Boundary(link.to, Direction::In));
                let at_border = from != to
                    && (denied(Point::Border(from, Direction::Out))
                        || denied(Point::Border(to, Direction::In)));
                !at_boundary && !at_border
            })
            .map(|link| Link {
                from: link.from.0,
                to: link.to.0,
            })
            .collect();
        let space = population
            .profile
            .streams
            .iter()
            .filter_map(|stream| match stream {
                StreamProfile::Uniform {
                    scope: ScopeName::Realm,
                    addresses,
                    ..
                } => addresses.as_ref().map(|addresses| addresses.high),
                _ => None,
            })
            .fold(1.0, f64::max);
        (
            networks,
            links,
            vec![space; (shared + organisations) as usize],
        )
    }

    fn streams(&self) -> Vec<Stream> {
        (1u64..)
            .zip(&self.population.profile.streams)
            .filter_map(|(number, stream)| match stream {
                StreamProfile::Sweep {
                    probes_per_hour, ..
                } => Some(Stream::Sweep {
                    probes_per_hour: self.parameter(number, probes_per_hour),
                }),
                StreamProfile::Uniform {
                    scope,
                    probes_per_hour,
                    ..
                } => Some(Stream::Uniform {
                    scope: match scope {
                        ScopeName::Network => Scope::Network,
                        ScopeName::Organisation => Scope::Organisation,
                        ScopeName::Realm => Scope::Realm,
                    },
                    probes_per_hour: self.parameter(number, probes_per_hour),
                }),
                // `left_out` says so.
                StreamProfile::Contacts { .. } => None,
            })
            .collect()
    }

    /// The chances of success and of a crash by family, drawn once for the world.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the engine keeps chances in 32 bits"
    )]
    fn success(&self) -> BTreeMap<Family, (f32, f32)> {
        let vector = self.population.profile.first_vector();
        (100u64..)
            .zip(
                crate::threat::FAMILIES
                    .into_iter()
                    .chain([Family::NotWindows]),
            )
            .map(|(number, family)| {
                let success = self.parameter(number, vector.success.of(family)) as f32;
                let crash = vector
                    .crash
                    .of(family)
                    .map_or(0.0, |crash| self.parameter(number + 100, crash) as f32);
                (family, (success, crash))
            })
            .collect()
    }
}

/// Settles enforcement points: each organisation has a share of points that let the port pass, drawn once per world.
struct Passages<'a> {
    draw: &'a Draw<'a>,
    shares: BTreeMap<(OrganisationId, bool), f64>,
}

impl<'a> Passages<'a> {
    const fn new(draw: &'a Draw<'a>) -> Self {
        Self {
            draw,
            shares: BTreeMap::new(),
        }
    }

    fn passes(&mut self, known: Passage, point: Point, organisation: OrganisationId) -> bool {
        match (known, self.draw.settle) {
            (Passage::Allowed, _) | (Passage::Unknown, Settle::Against) => true,
            (Passage::Denied, _) | (Passage::Unknown, Settle::InFavour) => false,
            (Passage::Unknown, Settle::Drawn) => {
                let border = matches!(point, Point::Border(..));
                let share = self.share(organisation, border);
                let draw = self.draw;
                unit(draw.seed, draw.world, Decides::Passage, &point_key(point)) < share
            }
        }
    }

    fn share(&mut self, organisation: OrganisationId, border: bool) -> f64 {
        let draw = self.draw;
        *self
            .shares
            .entry((organisation, border))
            .or_insert_with(|| {
                let rules = &draw.population.rules;
                let PassagePrior {
                    mean_allowed,
                    certainty_points,
                } = if border { rules.border } else { rules.boundary };
                let key = [u64::from(organisation.0), u64::from(border)];
                Beta::new(
                    mean_allowed * certainty_points,
                    (1.0 - mean_allowed) * certainty_points,
                )
                .map_or(mean_allowed, |beta| {
                    beta.sample(&mut generator(
                        draw.seed,
                        draw.world,
                        Decides::PassageShare,
                        &key,
                    ))
                })
            })
    }
}

fn point_key(point: Point) -> [u64; 3] {
    let way = |direction| u64::from(direction == Direction::In);
    match point {
        Point::Border(organisation, direction) => [0, u64::from(organisation.0), way(direction)],
        Point::Boundary(network, direction) => [1, u64::from(network.0), way(direction)],
    }
}
