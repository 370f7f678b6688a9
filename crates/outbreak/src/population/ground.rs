//! Networks, links and realms of one world.

use std::collections::BTreeMap;

use wardround_engine::{Link, Network, Realm};
use wardround_estate::{NetworkId, Passage};
use wardround_evidence::Direction;

use super::draw::{Draw, Parameter};
use super::effect::{Effect, Point, Shut};
use super::passages::Passages;
use super::placement::probed_addresses;
use crate::threat::{ScopeName, StreamProfile};

/// Where a world's machines stand.
pub(super) struct Ground {
    pub(super) networks: Vec<Network>,
    pub(super) links: Vec<Link>,
    /// The least address space of each realm: the shared ones, then each organisation's own.
    realms: Vec<f64>,
}

impl Ground {
    /// Makes room for all machines, of which so many stand in each network: the engine wants an address for each.
    pub(super) fn with_room_for(
        mut self,
        attached: &[u32],
    ) -> (Vec<Network>, Vec<Link>, Vec<Realm>) {
        for (network, attached) in self.networks.iter_mut().zip(attached) {
            network.addresses = network.addresses.max(f64::from(*attached)).max(1.0);
        }
        let mut sums = vec![0.0f64; self.realms.len()];
        for network in &self.networks {
            if let Some(realm) = network.realm {
                sums[realm as usize] += network.addresses;
            }
        }
        let realms = sums
            .into_iter()
            .zip(&self.realms)
            .map(|(sum, least)| Realm {
                addresses: sum.max(*least).max(1.0),
            })
            .collect();
        (self.networks, self.links, realms)
    }
}

impl Draw<'_> {
    /// Networks with every point settled, links, and the least address space of each realm.
    pub(super) fn ground(&self, effects: &[Effect]) -> Ground {
        let population = self.population;
        let estate = population.estate;
        let set: BTreeMap<Point, Passage> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Set(point, passage) => Some((*point, *passage)),
                _ => None,
            })
            .collect();
        let mut passages = Passages::new(*self);
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
        let shut = Shut::by(effects);
        let links = population
            .reach
            .links
            .iter()
            .filter(|link| {
                let at = |id: NetworkId| (id, estate.network(id).organisation);
                !shut.parts(at(link.from), at(link.to))
            })
            .map(|link| Link {
                from: link.from.0,
                to: link.to.0,
            })
            .collect();
        Ground {
            networks,
            links,
            realms: vec![self.address_space(); (shared + organisations) as usize],
        }
    }

    /// The least address space of a realm: what a stream that probes all of it is said to draw from.
    fn address_space(&self) -> f64 {
        // Streams that probe realms say the same of them, as profiles are checked for.
        let said = (0u64..)
            .zip(&self.population.profile.streams)
            .find_map(|(number, stream)| match stream {
                StreamProfile::Uniform {
                    scope: ScopeName::Realm,
                    addresses: Some(addresses),
                    ..
                } => Some((number, addresses)),
                _ => None,
            });
        said.map_or(1.0, |(number, addresses)| {
            self.parameter(Parameter::Addresses(number), addresses)
        })
    }
}
