//! Networks, their boundaries, and how fast an active host probes one address.

use std::collections::BTreeMap;

use crate::coupled::prepare::{Grouped, NONE};
use crate::{Input, Scope, StreamKind};

/// A network as its hosts see it.
#[derive(Clone, Copy, Debug)]
pub(in crate::coupled) struct Place {
    pub(in crate::coupled) organisation: u32,
    /// The networks of its organisation in its realm, as a number.
    pub(in crate::coupled) group: u32,
    /// [`NONE`] without one.
    pub(in crate::coupled) realm: u32,
    pub(in crate::coupled) leaves: bool,
    pub(in crate::coupled) enters: bool,
    /// Whether probes may leave it for other organisations.
    pub(in crate::coupled) leaves_far: bool,
    /// Whether probes of other organisations may enter it.
    pub(in crate::coupled) enters_far: bool,
}

/// Networks with their weights: probes per hour to one address by one active host with one network.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Ground {
    pub(in crate::coupled) vectors: usize,
    pub(in crate::coupled) places: Vec<Place>,
    /// Organisation and realm of each group.
    pub(in crate::coupled) groups: Vec<(u32, u32)>,
    /// The first group of each organisation, and after the last.
    pub(in crate::coupled) first_group: Vec<u32>,
    /// The networks of each organisation.
    pub(in crate::coupled) networks: Grouped<u32>,
    /// Links between two networks where the boundaries do not allow it anyway, in order.
    pub(in crate::coupled) links: Vec<(u32, u32)>,
    of_network: Vec<f64>,
    of_organisation: Vec<f64>,
    of_realm: Vec<f64>,
}

impl Ground {
    pub(in crate::coupled) fn new(input: &Input) -> Self {
        let vectors = usize::from(input.vectors);
        let mut numbers = BTreeMap::new();
        for network in &input.networks {
            let realm = network.realm.unwrap_or(NONE);
            numbers.insert((network.organisation, realm), 0);
        }
        for (number, group) in (0..).zip(numbers.values_mut()) {
            *group = number;
        }
        let groups: Vec<(u32, u32)> = numbers.keys().copied().collect();
        let organisations = 0..=input.organisations.len();
        let before = |organisation| groups.partition_point(|it| (it.0 as usize) < organisation);
        let first_group: Vec<u32> = organisations.map(|it| before(it) as u32).collect();
        let places = input.networks.iter().map(|network| {
            let realm = network.realm.unwrap_or(NONE);
            Place {
                organisation: network.organisation,
                group: numbers[&(network.organisation, realm)],
                realm,
                leaves: network.leaves,
                enters: network.enters,
                leaves_far: network.leaves && network.leaves_organisation,
                enters_far: network.enters && network.enters_organisation,
            }
        });
        let mut links: Vec<(u32, u32)> = input
            .links
            .iter()
            .map(|link| (link.from, link.to))
            .filter(|&(from, to)| from != to && !input.boundaries_allow(from, to))
            .collect();
        links.sort_unstable();
        links.dedup();
        let mut addresses = vec![0.0; input.organisations.len()];
        for network in &input.networks {
            addresses[network.organisation as usize] += network.addresses;
        }
        let of_network = input.networks.iter().map(|network| network.addresses);
        let of_realm = input.realms.iter().map(|realm| realm.addresses);
        Self {
            vectors,
            places: places.collect(),
            groups,
            first_group,
            networks: Grouped::new(
                input.organisations.len(),
                (0..)
                    .zip(&input.networks)
                    .map(|(id, it)| (it.organisation, id)),
            ),
            links,
            of_network: weights(input, Scope::Network, of_network),
            of_organisation: weights(input, Scope::Organisation, addresses.into_iter()),
            of_realm: weights(input, Scope::Realm, of_realm),
        }
    }

    /// By streams whose scope is the network.
    #[inline]
    pub(in crate::coupled) fn of_network(&self, network: u32, vector: u32) -> f64 {
        self.of_network[network as usize * self.vectors + vector as usize]
    }

    /// By streams whose scope is the organisation.
    #[inline]
    pub(in crate::coupled) fn of_organisation(&self, organisation: u32, vector: u32) -> f64 {
        self.of_organisation[organisation as usize * self.vectors + vector as usize]
    }

    /// By streams whose scope is the realm.
    #[inline]
    pub(in crate::coupled) fn of_realm(&self, realm: u32, vector: u32) -> f64 {
        if realm == NONE {
            return 0.0;
        }
        self.of_realm[realm as usize * self.vectors + vector as usize]
    }

    /// Where links lead from a network.
    pub(in crate::coupled) fn links_from(&self, network: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.links.partition_point(|link| link.0 < network);
        let links = self.links[first..].iter();
        links
            .take_while(move |link| link.0 == network)
            .map(|link| link.1)
    }

    /// Whether a probe from one network into another arrives while these organisations are isolated.
    pub(in crate::coupled) fn reaches(&self, from: u32, to: u32, is_isolated: &[bool]) -> bool {
        let (a, b) = (&self.places[from as usize], &self.places[to as usize]);
        let is_linked = || self.links.binary_search(&(from, to)).is_ok();
        if from == to {
            true
        } else if a.organisation == b.organisation {
            (a.leaves && b.enters) || is_linked()
        } else {
            let is_cut =
                is_isolated[a.organisation as usize] || is_isolated[b.organisation as usize];
            let is_allowed = a.realm != NONE && a.realm == b.realm && a.leaves_far && b.enters_far;
            !is_cut && (is_allowed || is_linked())
        }
    }
}

fn weights(input: &Input, scope: Scope, addresses: impl Iterator<Item = f64>) -> Vec<f64> {
    let rate_of = |vector: u8| -> f64 {
        let streams = input.streams.iter();
        streams
            .filter(|it| it.vector == vector && it.kind == StreamKind::Uniform(scope))
            .map(|it| it.probes_per_hour)
            .sum()
    };
    let rates: Vec<f64> = (0..input.vectors).map(rate_of).collect();
    addresses
        .flat_map(|addresses| {
            rates
                .iter()
                .map(move |rate| rate / addresses)
                .collect::<Vec<f64>>()
        })
        .collect()
}
