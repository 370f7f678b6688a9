//! Where machines stand whose address nobody knows: drawn among the networks of their organisation.

use wardround_engine::Attachment;
use wardround_estate::{Estate, Network, OrganisationId};
use wardround_evidence::{NetworkKind, Role};

use crate::draws::{Decides, unit};

/// How many machines without a known network share one that is made up for them.
const MADE_UP_SIZE: usize = 200;

/// Whether the worms of the profiles look into a network: they probe addresses of IPv4 alone. A network whose addresses
/// nobody knows counts.
pub(super) fn is_probed(network: &Network) -> bool {
    network.blocks.is_empty() || probed_addresses(network) > 0.0
}

/// How many addresses of a network can be probed.
pub(super) fn probed_addresses(network: &Network) -> f64 {
    network
        .blocks
        .iter()
        .filter(|block| block.max_prefix_len() == 32)
        .map(|block| 2f64.powi(i32::from(block.max_prefix_len() - block.prefix_len())))
        .sum()
}

/// The networks that a world has, and the choices for machines without an address.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// For each organisation: the networks of its desks and of its servers, with running totals of their machines.
    choices: Vec<[Vec<(u32, f64)>; 2]>,
    /// Networks made up for organisations that have none, after the estate's own.
    pub(super) made_up: Vec<OrganisationId>,
    /// For machines without a known network that is probed: their index, organisation and whether they are servers.
    unplaced: Vec<(u32, OrganisationId, usize)>,
    /// The first network of each machine; `u32::MAX` where it is drawn.
    first: Vec<u32>,
    /// The further networks of machines that have several.
    pub(super) further: Vec<Attachment>,
    /// How many machines stand in each network for certain.
    attached: Vec<u32>,
}

impl Places {
    pub(super) fn new(estate: &Estate) -> Self {
        let networks = estate.networks.len();
        let mut weights = vec![[0.0f64; 2]; networks];
        let mut unplaced = Vec::new();
        let mut first = Vec::with_capacity(estate.hosts.len());
        let mut further = Vec::new();
        let mut attached = vec![0u32; networks];
        for (index, host) in (0u32..).zip(&estate.hosts) {
            let server = usize::from(matches!(
                host.role,
                Some(Role::Server | Role::DomainController)
            ));
            let networks = host.networks.iter();
            let mut probed = networks.filter(|id| is_probed(estate.network(**id)));
            let own = probed.next();
            first.push(own.map_or(u32::MAX, |network| network.0));
            if own.is_none() {
                unplaced.push((index, host.organisation, server));
            }
            further.extend(probed.clone().map(|network| Attachment {
                host: index,
                network: network.0,
            }));
            for network in own.into_iter().chain(probed) {
                attached[network.0 as usize] += 1;
            }
            for network in &host.networks {
                if estate.network(*network).organisation == host.organisation {
                    weights[network.0 as usize][server] += 1.0;
                }
            }
        }
        let mut choices: Vec<[Vec<(u32, f64)>; 2]> =
            vec![[Vec::new(), Vec::new()]; estate.organisations.len()];
        for (index, network) in (0u32..).zip(&estate.networks) {
            for server in [0, 1] {
                if !is_probed(network) {
                    continue;
                }
                let fits = match network.kind {
                    NetworkKind::Server => server == 1,
                    NetworkKind::User => server == 0,
                    NetworkKind::Other => true,
                    NetworkKind::Clinical | NetworkKind::Guest | NetworkKind::Management => false,
                };
                let weight = weights[index as usize][server] + f64::from(u8::from(fits));
                let list = &mut choices[network.organisation.0 as usize][server];
                let before = list.last().map_or(0.0, |(_, total)| *total);
                if weight > 0.0 {
                    list.push((index, before + weight));
                }
            }
        }
        let mut places = Self {
            choices,
            made_up: Vec::new(),
            unplaced,
            first,
            further,
            attached,
        };
        places.make_up(networks);
        places.attached.resize(networks + places.made_up.len(), 0);
        places
    }

    fn make_up(&mut self, networks: usize) {
        let mut needed = vec![0usize; self.choices.len()];
        for (_, organisation, server) in &self.unplaced {
            let choices = &self.choices[organisation.0 as usize];
            if choices[*server].is_empty() && choices[1 - *server].is_empty() {
                needed[organisation.0 as usize] += 1;
            }
        }
        for (organisation, machines) in (0u32..).zip(needed) {
            for number in 0..machines.div_ceil(MADE_UP_SIZE) {
                let index = u32::try_from(networks + self.made_up.len()).unwrap_or(u32::MAX);
                self.made_up.push(OrganisationId(organisation));
                self.choices[organisation as usize][0].push((index, (number + 1) as f64));
            }
        }
    }

    /// The first network of each machine in one world, and how many machines stand in each network.
    pub(super) fn settled(&self, seed: u64, world: u64) -> (Vec<u32>, Vec<u32>) {
        let (mut first, mut attached) = (self.first.clone(), self.attached.clone());
        for (host, network) in self.draw(seed, world) {
            first[host as usize] = network;
            attached[network as usize] += 1;
        }
        (first, attached)
    }

    /// The network of each machine without an address, in one world.
    fn draw(&self, seed: u64, world: u64) -> impl Iterator<Item = (u32, u32)> {
        self.unplaced
            .iter()
            .filter_map(move |(host, organisation, server)| {
                let choices = &self.choices[organisation.0 as usize];
                let list = if choices[*server].is_empty() {
                    &choices[1 - *server]
                } else {
                    &choices[*server]
                };
                let total = list.last()?.1;
                let at = total * unit(seed, world, Decides::Placement, &[u64::from(*host)]);
                let chosen = list
                    .partition_point(|(_, running)| *running <= at)
                    .min(list.len() - 1);
                Some((*host, list[chosen].0))
            })
    }
}
