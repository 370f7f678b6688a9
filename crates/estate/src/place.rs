//! Whose a machine is, and in which networks it was last seen.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use jiff::{SignedDuration, Timestamp};
use prefix_trie::PrefixMap;
use wardround_evidence::{Address, Identifier, NetworkKind, NetworkName, Reading, SiteName};

use crate::description::Description;
use crate::estate::{Host, Network, NetworkId, OrganisationId, StatementId};
use crate::owners::Owners;

/// Where a machine was placed.
pub(crate) struct Placed {
    pub(crate) organisation: OrganisationId,
    pub(crate) networks: Vec<NetworkId>,
}

/// The networks that there are, and those that had to be assumed on the way.
pub(crate) struct Ground<'a> {
    owners: &'a Owners,
    described: Vec<Network>,
    realms: Vec<String>,
    /// Several organisations may describe one private block.
    v4: PrefixMap<Ipv4Net, Vec<NetworkId>>,
    v6: PrefixMap<Ipv6Net, Vec<NetworkId>>,
    /// The only organisation, where just one is described.
    only: Option<OrganisationId>,
    nobody: OrganisationId,
    assumed: BTreeMap<(IpNet, OrganisationId), NetworkId>,
    lease_window: SignedDuration,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(
        description: &Description,
        owners: &'a Owners,
        nobody: OrganisationId,
        lease_window: SignedDuration,
    ) -> Self {
        let only = (description.organisations.len() == 1).then_some(OrganisationId(0));
        let mut ground = Self {
            owners,
            described: Vec::new(),
            realms: Vec::new(),
            v4: PrefixMap::new(),
            v6: PrefixMap::new(),
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
        let ids: BTreeMap<_, OrganisationId> = description
            .organisations
            .keys()
            .zip((0..).map(OrganisationId))
            .collect();
        for (id, row) in (0..).map(NetworkId).zip(description.networks.values()) {
            for block in &row.blocks {
                match block {
                    IpNet::V4(block) => self.v4.entry(block.trunc()).or_default().push(id),
                    IpNet::V6(block) => self.v6.entry(block.trunc()).or_default().push(id),
                }
            }
            let realm = row.realm.as_ref().and_then(|realm| {
                self.realms
                    .binary_search(realm)
                    .ok()
                    .and_then(|index| u32::try_from(index).ok())
            });
            self.described.push(Network {
                id: Some(row.id.clone()),
                name: row.name.clone().unwrap_or_else(|| row.id.clone()),
                organisation: ids[&row.organisation],
                blocks: row.blocks.iter().map(IpNet::trunc).collect(),
                realm,
                site: row.site.clone().map(|site| named(description, site)),
                kind: row.kind,
                assumed: false,
            });
        }
    }

    /// Places one machine by its newest addresses, its domain, and who speaks for it.
    pub(crate) fn place(
        &mut self,
        readings: &[Reading],
        moment_of: &dyn Fn(StatementId) -> Option<Timestamp>,
        host: &Host,
    ) -> Placed {
        let addresses = newest_addresses(readings, moment_of, host, self.lease_window);
        let organisation = self
            .by_domain(host)
            .or_else(|| self.by_networks(&addresses))
            .or_else(|| self.by_authority(host))
            .or(self.only)
            .unwrap_or(self.nobody);
        let mut networks = BTreeSet::new();
        for address in addresses {
            let network = match self.described(address) {
                [only] => Some(*only),
                several => several
                    .iter()
                    .find(|id| self.owner_of(**id) == organisation)
                    .copied(),
            };
            networks.insert(network.unwrap_or_else(|| self.assume(address, organisation)));
        }
        Placed {
            organisation,
            networks: networks.into_iter().collect(),
        }
    }

    /// The described networks with the longest block around an address; several, where organisations share a private one.
    fn described(&self, address: Address) -> &[NetworkId] {
        let found = match address.ip() {
            IpAddr::V4(address) => self.v4.get_lpm(&Ipv4Net::from(address)).map(|(_, ids)| ids),
            IpAddr::V6(address) => self.v6.get_lpm(&Ipv6Net::from(address)).map(|(_, ids)| ids),
        };
        found.map_or(&[], Vec::as_slice)
    }

    fn owner_of(&self, network: NetworkId) -> OrganisationId {
        self.described[network.0 as usize].organisation
    }

    /// The organisation whose domain the machine's full names end in.
    fn by_domain(&self, host: &Host) -> Option<OrganisationId> {
        let owners = host
            .identifiers
            .iter()
            .filter_map(|identifier| match identifier {
                Identifier::FullName(name) => self.owners.by_domain(name),
                _ => None,
            });
        only(owners)
    }

    /// The one organisation that described the networks of these addresses.
    fn by_networks(&self, addresses: &BTreeSet<Address>) -> Option<OrganisationId> {
        let networks = addresses
            .iter()
            .flat_map(|address| self.described(*address));
        only(networks.map(|id| self.owner_of(*id)))
    }

    /// The one organisation that the machine's sources alone speak for.
    fn by_authority(&self, host: &Host) -> Option<OrganisationId> {
        let readings = host.statements.iter().map(|id| id.reading);
        only(readings.filter_map(|reading| self.owners.of_reading(reading)))
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
                id: None,
                name: NetworkName::new(block.to_string()),
                organisation,
                blocks: vec![block],
                realm: None,
                site: None,
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

/// A site by its name where the first row that describes it has one, else by its identifier.
fn named(description: &Description, site: SiteName) -> SiteName {
    let row = description.sites.iter().find(|row| row.id == site);
    row.and_then(|row| row.name.clone()).unwrap_or(site)
}

/// The only one that these are, if they are all the same.
fn only(owners: impl Iterator<Item = OrganisationId>) -> Option<OrganisationId> {
    let owners: BTreeSet<OrganisationId> = owners.collect();
    owners.first().copied().filter(|_| owners.len() == 1)
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
