//! Who was when at the addresses that listings name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::{Address, Identifier};

use super::conversations::Listed;
use super::places::Places;
use super::viewpoint::{Listing, Viewpoint};
use crate::estate::{HostId, NetworkId, OrganisationId};

/// From where an address is that of a machine: from all of its network's organisation, and of its realm. Thousands of
/// organisations use the same private addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    Organisation(OrganisationId),
    Realm(u32),
}

/// A machine that was seen at an address, again and again within a lease window.
pub(super) struct Stay {
    first: Timestamp,
    last: Timestamp,
    host: HostId,
    network: NetworkId,
}

/// Who was where at the addresses of others in conversations.
pub(super) type Stays = BTreeMap<(Address, Within), Vec<Stay>>;

impl Listed<'_> {
    /// Who was where at the addresses of others in conversations.
    pub(super) fn stays(&self, places: &Places<'_>, listings: &[Listing]) -> Stays {
        let lines = listings
            .iter()
            .flat_map(|listing| self.conversations(listing.statement));
        let peers = lines.map(|line| line.conversation.peer);
        let peers: BTreeSet<Identifier> = peers
            .filter_map(Identifier::address)
            .filter(|identifier| !(self.is_disqualified)(identifier))
            .collect();
        let mut stays = Stays::new();
        for (id, host) in (0..).map(HostId).zip(self.hosts) {
            let mut seen: Vec<(Address, Timestamp)> = Vec::new();
            for statement in &host.statements {
                for identifier in &self.statement(*statement).subject {
                    if let Identifier::Address(address) = identifier
                        && peers.contains(identifier)
                        && let Some(moment) = (self.moment_of)(*statement)
                    {
                        seen.push((*address, moment));
                    }
                }
            }
            seen.sort_unstable();
            for (address, moment) in seen {
                self.stay(&mut stays, places, id, address, moment);
            }
        }
        stays
    }

    /// Takes one sighting of a machine, later than its others at the address. It must still stand in a network there.
    fn stay(
        &self,
        stays: &mut Stays,
        places: &Places<'_>,
        host: HostId,
        address: Address,
        moment: Timestamp,
    ) {
        let Some(network) = places.of(&self.hosts[host.0 as usize], address) else {
            return;
        };
        for within in self.withins(network) {
            let there = stays.entry((address, within)).or_default();
            match there.last_mut() {
                // Between two sightings of one lease no moment is farther from both than that.
                Some(stay)
                    if stay.host == host
                        && moment.duration_since(stay.last) <= self.lease_window =>
                {
                    stay.last = moment;
                }
                _ => there.push(Stay {
                    first: moment,
                    last: moment,
                    host,
                    network,
                }),
            }
        }
    }

    /// The machines that an address may have been at a moment, each with its network there; two are as good as all.
    pub(super) fn others(
        &self,
        stays: &Stays,
        from: &Viewpoint,
        moment: Timestamp,
        peer: Address,
    ) -> BTreeMap<HostId, NetworkId> {
        let mut others = BTreeMap::new();
        for within in &from.withins {
            for stay in stays.get(&(peer, *within)).into_iter().flatten() {
                let is_around = moment.duration_since(stay.last) <= self.lease_window
                    && stay.first.duration_since(moment) <= self.lease_window;
                if is_around {
                    others.insert(stay.host, stay.network);
                }
                if others.len() > 1 {
                    return others;
                }
            }
        }
        others
    }
}
