//! From where a listing's machine spoke.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wardround_evidence::{Address, Identifier};

use super::conversations::Listed;
use super::places::Places;
use super::stays::Within;
use crate::estate::{HostId, NetworkId, StatementId};

/// One listing that has a date and still speaks.
pub(super) struct Listing {
    pub(super) host: HostId,
    pub(super) statement: StatementId,
    pub(super) moment: Timestamp,
}

/// The networks that the lines of a listing may have been spoken from.
pub(super) struct Viewpoint {
    networks: BTreeSet<NetworkId>,
    /// Where the addresses of others are to be looked for.
    pub(super) withins: BTreeSet<Within>,
}

impl Viewpoint {
    /// The only one; which of several it was is not kept.
    pub(super) fn network(&self) -> Option<NetworkId> {
        let only = self.networks.first().copied();
        only.filter(|_| self.networks.len() == 1)
    }
}

impl Listed<'_> {
    /// From where a listing's machine speaks to such an address: from its own addresses of the same version. A listing speaks
    /// for long, and its machine may have moved since; what was taken elsewhere, or does not say where, is not followed.
    pub(super) fn viewpoint(
        &self,
        places: &Places<'_>,
        listing: &Listing,
        peer: Address,
    ) -> Option<Viewpoint> {
        let host = &self.hosts[listing.host.0 as usize];
        let mut networks = BTreeSet::new();
        for identifier in &self.statement(listing.statement).subject {
            if let Identifier::Address(address) = identifier
                && address.ip().is_ipv4() == peer.ip().is_ipv4()
            {
                networks.insert(places.of(host, *address)?);
            }
        }
        let withins = networks.iter().flat_map(|id| self.withins(*id)).collect();
        (!networks.is_empty()).then_some(Viewpoint { networks, withins })
    }

    /// From where the addresses of a network are those of its machines. Networks of nobody have nothing to do with each other.
    pub(super) fn withins(&self, network: NetworkId) -> impl Iterator<Item = Within> {
        let network = self.network(network);
        let realm = network.realm.map(Within::Realm);
        let organisation = Some(network.organisation).filter(|owner| *owner != self.nobody);
        let organisation = organisation.map(Within::Organisation);
        organisation.into_iter().chain(realm)
    }
}
