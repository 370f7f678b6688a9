//! What an active host adds to which clock.
//!
//! A host with one network and no link from it is *plain*: counts of active hosts by network, group and realm say all. A
//! host with several networks, or with one that links lead from, is *special*: it is gone through address by address,
//! one list for all that are attached alike. For each network that is of one of its organisations, or that a link leads
//! to, the list says how often one of its addresses is probed. What the realm's clock counts anyway is not said again.

use std::collections::BTreeMap;

use crate::Input;
use crate::coupled::prepare::{Ground, Grouped, NONE};

/// What special hosts with the same networks have in common.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Special {
    pub(in crate::coupled) networks: Vec<u32>,
    /// All networks that it may reach other than by the realm's clock, in order.
    may_reach: Vec<u32>,
}

/// What one active special host adds at the addresses of one network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::coupled) struct Share {
    pub(in crate::coupled) network: u32,
    pub(in crate::coupled) vector: u32,
    /// To the network's own clock.
    pub(in crate::coupled) net: f64,
    /// To what comes from the same network.
    pub(in crate::coupled) same_network: f64,
    /// To what comes from the same organisation.
    pub(in crate::coupled) same_organisation: f64,
}

/// The profile of each host: its network, or after all networks the special ones.
#[derive(Clone, Debug)]
pub(in crate::coupled) struct Profiles {
    pub(in crate::coupled) of_host: Vec<u32>,
    pub(in crate::coupled) specials: Vec<Special>,
    /// The special profiles that an organisation's isolation changes.
    pub(in crate::coupled) touching: Grouped<u32>,
}

impl Profiles {
    pub(in crate::coupled) fn new(input: &Input, ground: &Ground) -> Self {
        let networks = ground.places.len() as u32;
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut specials = Vec::new();
        let mut special = |attached: Vec<u32>| {
            let number = numbers.entry(attached).or_insert_with_key(|attached| {
                specials.push(Special::new(attached, ground));
                networks + specials.len() as u32 - 1
            });
            *number
        };
        let mut of_host: Vec<u32> = Vec::with_capacity(input.hosts.len());
        let mut is_linked = vec![false; networks as usize];
        for &(from, _) in &ground.links {
            is_linked[from as usize] = true;
        }
        for host in &input.hosts {
            of_host.push(match host.network {
                Some(network) if is_linked[network as usize] => special(vec![network]),
                Some(network) => network,
                None => NONE,
            });
        }
        for more in input.further.chunk_by(|one, other| one.host == other.host) {
            let host = more[0].host;
            let mut attached: Vec<u32> = input.networks_of(host).collect();
            attached.sort_unstable();
            of_host[host as usize] = special(attached);
        }
        let organisation = |network: &u32| ground.places[*network as usize].organisation;
        let touching = (0..).zip(&specials).flat_map(|(number, special)| {
            let mut organisations: Vec<u32> = special.may_reach.iter().map(organisation).collect();
            organisations.sort_unstable();
            organisations.dedup();
            organisations.into_iter().map(move |it| (it, number))
        });
        let touching = Grouped::new(input.organisations.len(), touching);
        Self {
            of_host,
            specials,
            touching,
        }
    }
}

impl Special {
    fn new(networks: &[u32], ground: &Ground) -> Self {
        let organisation = |network: u32| ground.places[network as usize].organisation;
        let mut may_reach = Vec::new();
        for &network in networks {
            may_reach.extend(ground.networks.of(organisation(network)));
        }
        may_reach.extend(
            networks
                .iter()
                .flat_map(|&network| ground.links_from(network)),
        );
        may_reach.sort_unstable();
        may_reach.dedup();
        Self {
            networks: networks.to_vec(),
            may_reach,
        }
    }

    /// A host with one network, to ask how often it probes.
    pub(in crate::coupled) fn plain(network: u32) -> Self {
        Self {
            networks: vec![network],
            may_reach: Vec::new(),
        }
    }

    /// How often it probes one address of a network.
    pub(in crate::coupled) fn probes_per_hour(
        &self,
        ground: &Ground,
        network: u32,
        vector: u32,
        is_isolated: &[bool],
    ) -> f64 {
        let (near, far) = self.near_and_far(ground, network, vector, is_isolated);
        near + far
    }

    /// How often it probes one address of a network by streams of the two narrower scopes, and of the realm's.
    fn near_and_far(
        &self,
        ground: &Ground,
        network: u32,
        vector: u32,
        is_isolated: &[bool],
    ) -> (f64, f64) {
        let mut networks = self.networks.iter();
        if !networks.any(|&from| ground.reaches(from, network, is_isolated)) {
            return (0.0, 0.0);
        }
        let to = &ground.places[network as usize];
        let (mut near, mut far) = (0.0, 0.0);
        for &from in &self.networks {
            let place = &ground.places[from as usize];
            if from == network {
                near += ground.of_network(network, vector);
            }
            if place.organisation == to.organisation {
                near += ground.of_organisation(to.organisation, vector);
            }
            if place.realm == to.realm {
                far += ground.of_realm(to.realm, vector);
            }
        }
        let count = self.networks.len() as f64;
        (near / count, far / count)
    }

    /// What it adds to the clock of a realm, by all its networks there if one of them may be left for others.
    pub(in crate::coupled) fn of_realm(
        &self,
        ground: &Ground,
        realm: u32,
        vector: u32,
        is_isolated: &[bool],
    ) -> f64 {
        let in_realm = |it: &&u32| ground.places[**it as usize].realm == realm;
        let count = self.networks.iter().filter(in_realm).count();
        let mut networks = self.networks.iter().filter(in_realm);
        let leaves = networks.any(|&network| {
            let place = &ground.places[network as usize];
            place.leaves_far && !is_isolated[place.organisation as usize]
        });
        if leaves && realm != NONE {
            count as f64 / self.networks.len() as f64 * ground.of_realm(realm, vector)
        } else {
            0.0
        }
    }

    /// What it adds to all other clocks.
    pub(in crate::coupled) fn shares(&self, ground: &Ground, is_isolated: &[bool]) -> Vec<Share> {
        let mut shares = Vec::new();
        for &network in &self.may_reach {
            let to = &ground.places[network as usize];
            let hears_realm = to.enters_far && !is_isolated[to.organisation as usize];
            let is_same = self.networks.contains(&network);
            let mut own = self.networks.iter();
            let is_own = own.any(|&it| ground.places[it as usize].organisation == to.organisation);
            for vector in 0..ground.vectors as u32 {
                let (near, far) = self.near_and_far(ground, network, vector, is_isolated);
                let total = near + far;
                let is_counted =
                    hears_realm && self.of_realm(ground, to.realm, vector, is_isolated) > 0.0;
                if total > 0.0 {
                    shares.push(Share {
                        network,
                        vector,
                        net: if is_counted { near } else { total },
                        same_network: if is_same { total } else { 0.0 },
                        same_organisation: if is_own && !is_same { total } else { 0.0 },
                    });
                }
            }
        }
        shares
    }
}
