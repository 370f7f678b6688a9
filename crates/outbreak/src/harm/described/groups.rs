//! Groups of machines that services depend on, and which machine is in which.

use std::collections::BTreeMap;

use wardround_estate::{Estate, Host};
use wardround_evidence::{NetworkKind, Role};

use crate::harm::{CLINICAL, SERVERS, USERS};

/// Every group that a service depends on. Each organisation has three: its users', servers and clinical machines.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// How many machines each group has.
    pub(super) machines: Vec<u32>,
    /// The groups of each host: a position in `sets`.
    pub(super) set_of_host: Vec<u32>,
    /// Sets of groups that some host is in, each once.
    pub(super) sets: Vec<Vec<u32>>,
}

/// The groups of every organisation, by [`USERS`], [`SERVERS`] and [`CLINICAL`].
pub(super) const EACH: u32 = 3;

/// What a machine is to a service: users', server or clinical; none for appliances.
pub(super) fn place_of(estate: &Estate, host: &Host) -> Option<usize> {
    match host.role {
        Some(Role::Server | Role::DomainController) => return Some(SERVERS),
        Some(Role::Clinical) => return Some(CLINICAL),
        Some(Role::Appliance) => return None,
        Some(Role::Workstation) | None => {}
    }
    let is_in = |kind| {
        let mut networks = host.networks.iter();
        networks.any(|network| estate.network(*network).kind == kind)
    };
    if is_in(NetworkKind::Clinical) {
        Some(CLINICAL)
    } else if host.role.is_none() && (host.product.is_server() || is_in(NetworkKind::Server)) {
        Some(SERVERS)
    } else {
        Some(USERS)
    }
}

impl Groups {
    /// The organisations' groups, and one more for each list of hosts.
    pub(super) fn new(estate: &Estate, further: &[Vec<u32>]) -> Self {
        let own = estate.organisations.len() as u32 * EACH;
        let mut of_host: Vec<Vec<u32>> = estate
            .hosts
            .iter()
            .map(|host| {
                let place = place_of(estate, host).and_then(|place| u32::try_from(place).ok());
                place
                    .map(|place| host.organisation.0 * EACH + place)
                    .into_iter()
                    .collect()
            })
            .collect();
        for (group, hosts) in (own..).zip(further) {
            for host in hosts {
                of_host[*host as usize].push(group);
            }
        }
        let mut machines = vec![0; own as usize + further.len()];
        let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut set_of_host = Vec::with_capacity(of_host.len());
        for groups in of_host {
            groups
                .iter()
                .for_each(|group| machines[*group as usize] += 1);
            let next = numbers.len() as u32;
            set_of_host.push(*numbers.entry(groups).or_insert(next));
        }
        let mut sets = vec![Vec::new(); numbers.len()];
        for (groups, number) in numbers {
            sets[number as usize] = groups;
        }
        Self {
            machines,
            set_of_host,
            sets,
        }
    }
}
