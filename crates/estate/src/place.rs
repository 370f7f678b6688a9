//! Whose a machine is, and in which networks it was last seen.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use jiff::{SignedDuration, Timestamp};
use prefix_trie::PrefixMap;
use wardround_evidence::{Address, Identifier, NetworkKind, NetworkName, Reading};

use crate::description::{Authority, Description};
use crate::estate::{Host, Network, NetworkId, Organisation, OrganisationId, StatementId};

/// Where a machine was placed.
pub(crate) struct Placed {
    pub(crate) organisation: OrganisationId,
    pub(crate) networks: Vec<NetworkId>,
}

/// The networks that there are, and those that had to be assumed on the way.
pub(crate) struct Ground {
    described: Vec<Network>,
    realms: Vec<String>,
    v4: PrefixMap<Ipv4Net, NetworkId>,
    v6: PrefixMap<Ipv6Net, NetworkId>,
    domains: BTreeMap<String, OrganisationId>,
    by_id: BTreeMap<String, OrganisationId>,
    /// The only organisation, where just one is described.
    only: Option<OrganisationId>,
    nobody: OrganisationId,
    assumed: BTreeMap<(IpNet, OrganisationId), NetworkId>,
    lease_window: SignedDuration,
}

impl Ground {
    pub(crate) fn new(
        description: &Description,
        organisations: &[Organisation],
        nobody: OrganisationId,
        lease_window: SignedDuration,
    ) -> Self {
        let by_id: BTreeMap<String, OrganisationId> = (0..)
            .map(OrganisationId)
            .zip(organisations)
            .filter_map(|(id, organisation)| {
                Some((organisation.id.as_ref()?.as_key().to_owned(), id))
            })
            .collect();
        let domains = description
            .organisations
            .values()
            .flat_map(|row| {
                let owner = by_id[row.id.as_key()];
                row.domains.iter().map(move |domain| {
                    (
                        domain.as_key().trim_start_matches('.').to_lowercase(),
                        owner,
                    )
                })
            })
            .collect();
        let only = (by_id.len() == 1).then_some(OrganisationId(0));
        let mut ground = Self {
            described: Vec::new(),
            realms: Vec::new(),
            v4: PrefixMap::new(),
            v6: PrefixMap::new(),
            domains,
            by_id,
            only,
            nobody,
            assumed: BTreeMap::new(),
            lease_window,
        };
        ground.add_described(description);
        ground
    }

    fn add_described(&mut self, description: &Description) {
        let realms: BTreeSet<&String> = description
            .networks
            .values()
            .filter_map(|row| row.realm.as_ref())
            .collect();
        self.realms = realms.into_iter().cloned().collect();
        for (id, row) in (0..).map(NetworkId).zip(description.networks.values()) {
            for block in &row.blocks {
                match block {
                    IpNet::V4(block) => drop(self.v4.insert(block.trunc(), id)),
                    IpNet::V6(block) => drop(self.v6.insert(block.trunc(), id)),
                }
            }
            let realm = row.realm.as_ref().and_then(|realm| {
                self.realms
                    .binary_search(realm)
                    .ok()
                    .and_then(|index| u32::try_from(index).ok())
            });
            self.described.push(Network {
                name: row.name.clone().unwrap_or_else(|| row.id.clone()),
                organisation: self.by_id[row.organisation.as_key()],
                blocks: row.blocks.iter().map(IpNet::trunc).collect(),
                realm,
                kind: row.kind,
                assumed: false,
            });
        }
    }

    /// Places one machine by its newest addresses, its domain, and who speaks for it.
    pub(crate) fn place(
        &mut self,
        readings: &[Reading],
        authorities: &[Authority],
        moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
        host: &Host,
    ) -> Placed {
        let addresses = newest_addresses(readings, moment_of, host, self.lease_window);
        let described: BTreeSet<NetworkId> = addresses
            .iter()
            .filter_map(|address| self.described_network(*address))
            .collect();
        let organisation = self
            .by_domain(host)
            .or_else(|| {
                let owners: BTreeSet<_> = described
                    .iter()
                    .map(|id| self.described[id.0 as usize].organisation)
                    .collect();
                (owners.len() == 1)
                    .then(|| owners.first().copied())
                    .flatten()
            })
            .or_else(|| self.by_authority(authorities, host))
            .or(self.only)
            .unwrap_or(self.nobody);
        let mut networks = described;
        for address in addresses {
            if self.described_network(address).is_none() {
                networks.insert(self.assume(address, organisation));
            }
        }
        Placed {
            organisation,
            networks: networks.into_iter().collect(),
        }
    }

    fn described_network(&self, address: Address) -> Option<NetworkId> {
        match address.ip() {
            IpAddr::V4(address) => self.v4.get_lpm(&Ipv4Net::from(address)).map(|(_, id)| *id),
            IpAddr::V6(address) => self.v6.get_lpm(&Ipv6Net::from(address)).map(|(_, id)| *id),
        }
    }

    /// The organisation whose domain the machine's full names end in, the longest match first.
    fn by_domain(&self, host: &Host) -> Option<OrganisationId> {
        if self.domains.is_empty() {
            return None;
        }
        let mut owners = BTreeSet::new();
        for identifier in &host.identifiers {
            let Identifier::FullName(name) = identifier else {
                continue;
            };
            let domain = name.domain().unwrap_or_default();
            let mut rest = domain.as_str();
            loop {
                if let Some(owner) = self.domains.get(rest) {
                    owners.insert(*owner);
                    break;
                }
                match rest.split_once('.') {
                    Some((_, shorter)) => rest = shorter,
                    None => break,
                }
            }
        }
        (owners.len() == 1)
            .then(|| owners.first().copied())
            .flatten()
    }

    /// The one organisation that the machine's sources alone speak for.
    fn by_authority(&self, authorities: &[Authority], host: &Host) -> Option<OrganisationId> {
        let owners: BTreeSet<OrganisationId> = host
            .statements
            .iter()
            .filter_map(|id| authorities[id.reading as usize].sole())
            .filter_map(|name| self.by_id.get(name.as_key()).copied())
            .collect();
        (owners.len() == 1)
            .then(|| owners.first().copied())
            .flatten()
    }

    /// A /24 (IPv4) or /64 (IPv6) around an address that no description places. Numbers are given in `finish`.
    fn assume(&mut self, address: Address, organisation: OrganisationId) -> NetworkId {
        let prefix = if address.ip().is_ipv4() { 24 } else { 64 };
        let block = IpNet::new_assert(address.ip(), prefix).trunc();
        let next = self.described.len() + self.assumed.len();
        *self
            .assumed
            .entry((block, organisation))
            .or_insert_with(|| NetworkId(u32::try_from(next).unwrap_or(u32::MAX)))
    }

    /// The networks, described first, then assumed ones in the order of their blocks; hosts are renumbered to match.
    pub(crate) fn finish(self, hosts: &mut [Host]) -> (Vec<Network>, Vec<String>) {
        let mut networks = self.described;
        let mut renumbered: BTreeMap<NetworkId, NetworkId> = BTreeMap::new();
        for ((block, organisation), old) in self.assumed {
            renumbered.insert(
                old,
                NetworkId(u32::try_from(networks.len()).unwrap_or(u32::MAX)),
            );
            networks.push(Network {
                name: NetworkName::new(block.to_string()),
                organisation,
                blocks: vec![block],
                realm: None,
                kind: NetworkKind::Other,
                assumed: true,
            });
        }
        for host in hosts {
            for network in &mut host.networks {
                *network = renumbered.get(network).copied().unwrap_or(*network);
            }
            host.networks.sort_unstable();
        }
        (networks, self.realms)
    }
}

/// The addresses of a machine that were current when it was last seen at one.
fn newest_addresses(
    readings: &[Reading],
    moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
    host: &Host,
    window: SignedDuration,
) -> BTreeSet<Address> {
    let mut sightings: Vec<(Option<Timestamp>, Address)> = Vec::new();
    for id in &host.statements {
        let statement = &readings[id.reading as usize].statements[id.statement as usize];
        for identifier in &statement.subject {
            if let Identifier::Address(address) = identifier {
                sightings.push((moment_of(*id), *address));
            }
        }
    }
    let newest = sightings.iter().filter_map(|(moment, _)| *moment).max();
    sightings
        .into_iter()
        .filter(|(moment, _)| match (newest, moment) {
            (Some(newest), Some(moment)) => newest.duration_since(*moment) <= window,
            (Some(_), None) => false,
            (None, _) => true,
        })
        .map(|(_, address)| address)
        .collect()
}
