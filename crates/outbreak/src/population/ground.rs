//! Networks, boundaries, links and realms of one world, every enforcement point settled.

use std::collections::BTreeMap;

use rand_distr::{Beta, Distribution};
use wardround_engine::{Attachment, Host, Link, Network, Realm};
use wardround_estate::{NetworkId, OrganisationId, Passage};
use wardround_evidence::Direction;

use super::Settle;
use super::draw::Draw;
use super::effect::{Effect, Point};
use super::placement::probed_addresses;
use super::unknowns::PassagePrior;
use crate::draws::{Decides, generator, unit};
use crate::threat::{ScopeName, StreamProfile};

/// The engine wants an address for every machine.
pub(super) fn make_room(networks: &mut [Network], hosts: &[Host], further: &[Attachment]) {
    let mut attached = vec![0.0f64; networks.len()];
    let firsts = hosts.iter().filter_map(|host| host.network);
    for network in firsts.chain(further.iter().map(|more| more.network)) {
        attached[network as usize] += 1.0;
    }
    for (network, attached) in networks.iter_mut().zip(attached) {
        network.addresses = network.addresses.max(attached).max(1.0);
    }
}

pub(super) fn realms_that_hold(networks: &[Network], at_least: Vec<f64>) -> Vec<Realm> {
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

impl Draw<'_> {
    /// Whether a machine has something that a share of its organisation's machines has, the share drawn once for the world.
    pub(super) fn has_direct(
        &self,
        decides: Decides,
        host: u32,
        organisation: u32,
        prior: PassagePrior,
    ) -> bool {
        match self.settle {
            Settle::Against => false,
            Settle::InFavour => true,
            Settle::Drawn => {
                let share = self.share_of(decides, &[u64::MAX, u64::from(organisation)], prior);
                unit(self.seed, self.world, decides, &[u64::from(host)]) < share
            }
        }
    }

    /// A share with this prior, drawn under a key.
    fn share_of(&self, decides: Decides, key: &[u64], prior: PassagePrior) -> f64 {
        let PassagePrior {
            mean_allowed,
            certainty_points,
        } = prior;
        let (a, b) = (
            mean_allowed * certainty_points,
            (1.0 - mean_allowed) * certainty_points,
        );
        Beta::new(a, b).map_or(mean_allowed, |beta| {
            beta.sample(&mut generator(self.seed, self.world, decides, key))
        })
    }

    /// Networks with every point settled, links, and the least address space of each realm.
    pub(super) fn ground(&self, effects: &[Effect]) -> (Vec<Network>, Vec<Link>, Vec<f64>) {
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
                let prior = if border { rules.border } else { rules.boundary };
                let key = [u64::from(organisation.0), u64::from(border)];
                draw.share_of(Decides::PassageShare, &key, prior)
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
