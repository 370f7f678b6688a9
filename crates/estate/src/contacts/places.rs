//! In which of a machine's networks an address lies.

use std::collections::BTreeMap;

use ipnet::IpNet;
use wardround_evidence::Address;

use crate::estate::{Host, Network, NetworkId};

/// The described networks by their blocks.
pub(super) struct Places<'a> {
    networks: &'a [Network],
    /// Several organisations may describe one private block.
    described: BTreeMap<IpNet, Vec<NetworkId>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(networks: &'a [Network]) -> Self {
        let mut described: BTreeMap<IpNet, Vec<NetworkId>> = BTreeMap::new();
        for (id, network) in (0..).map(NetworkId).zip(networks) {
            if !network.assumed {
                for block in &network.blocks {
                    described.entry(*block).or_default().push(id);
                }
            }
        }
        Self {
            networks,
            described,
        }
    }

    /// The network in which a machine would have stood at an address, if it stands there now: of the narrowest block around the
    /// address, as when machines are placed.
    pub(super) fn of(&self, host: &Host, address: Address) -> Option<NetworkId> {
        let network = |id: &NetworkId| &self.networks[id.0 as usize];
        let around = self.narrowest(address);
        let own = around.iter().find(|id| host.networks.contains(id));
        let is_described = match around {
            [] => false,
            [_] => true,
            several => {
                let mut owners = several.iter().map(|id| network(id).organisation);
                owners.any(|owner| owner == host.organisation)
            }
        };
        if own.is_some() || is_described {
            return own.copied();
        }
        let mut assumed = host.networks.iter().filter(|id| network(id).assumed);
        assumed.find(|id| network(id).holds(address)).copied()
    }

    fn narrowest(&self, address: Address) -> &[NetworkId] {
        let whole = IpNet::from(address.ip());
        let blocks = std::iter::successors(Some(whole), IpNet::supernet);
        let mut found = blocks.filter_map(|block| self.described.get(&block));
        found.next().map_or(&[], Vec::as_slice)
    }
}
