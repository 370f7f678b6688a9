//! Who was when at the addresses that listings name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::{Address, Identifier};

use super::around::{Around, Stay};
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

/// Who was where at the addresses of others in conversations.
pub(super) type Stays = BTreeMap<(Address, Within), Around>;

impl Listed<'_> {
    /// Who was where at the addresses of others in conversations.
    pub(super) fn stays(&self, places: &Places<'_>, listings: &[Listing]) -> Stays {
        let lines = listings
            .iter()
            .flat_map(|listing| self.conversations(listing.statement));
        let peers: BTreeSet<Address> = lines.map(|line| line.conversation.peer).collect();
        let mut stays = BTreeMap::new();
        for (id, host) in (0..).map(HostId).zip(self.hosts) {
            let mut seen: Vec<(Address, Timestamp)> = Vec::new();
            for statement in &host.statements {
                for identifier in &self.statement(*statement).subject {
                    if let Identifier::Address(address) = identifier
                        && peers.contains(address)
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
        let stays = stays.into_iter();
        stays
            .map(|(key, stays)| (key, Around::new(stays)))
            .collect()
    }

    /// Takes one sighting of a machine, later than its others at the address. It must still stand in a network there.
    fn stay(
        &self,
        stays: &mut BTreeMap<(Address, Within), Vec<Stay>>,
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
        let around = from
            .withins
            .iter()
            .filter_map(|within| stays.get(&(peer, *within)));
        around
            .flat_map(|around| around.at(moment, self.lease_window))
            .collect()
    }
}
