//! What the words of rows on log-ons stand for.

use std::collections::BTreeMap;

use wardround_evidence::{HostName, Identifier};

use crate::estate::{Host, HostId, Network, NetworkId, Organisation, OrganisationId};

/// One end of a row, as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Network(NetworkId),
    Organisation(OrganisationId),
    Machine(HostId),
}

/// What the words of the rows stand for.
pub(super) struct Ends<'a> {
    networks: BTreeMap<&'a str, NetworkId>,
    organisations: BTreeMap<&'a str, OrganisationId>,
    /// Machines by each name that some row has, in lower case: their whole name, or its first part.
    named: BTreeMap<String, Vec<HostId>>,
    /// The machines of each end, in order.
    machines: BTreeMap<End, Vec<HostId>>,
}

impl<'a> Ends<'a> {
    pub(super) fn new<'b>(
        words: impl Iterator<Item = &'b HostName>,
        hosts: &[Host],
        networks: &'a [Network],
        organisations: &'a [Organisation],
    ) -> Self {
        let mut named: BTreeMap<String, Vec<HostId>> =
            words.map(|word| (key(word), Vec::new())).collect();
        let mut machines: BTreeMap<End, Vec<HostId>> = BTreeMap::new();
        for (id, host) in (0..).map(HostId).zip(hosts) {
            if named.is_empty() {
                break;
            }
            let own = [End::Machine(id), End::Organisation(host.organisation)];
            let networks = host.networks.iter().copied().map(End::Network);
            for end in own.into_iter().chain(networks) {
                machines.entry(end).or_default().push(id);
            }
            for identifier in &host.identifiers {
                let (Identifier::FullName(name) | Identifier::ShortName(name)) = identifier else {
                    continue;
                };
                for name in [key(name), name.short()] {
                    // Hosts come in order, so one that has a name twice is the last already.
                    if let Some(named) = named.get_mut(&name)
                        && named.last() != Some(&id)
                    {
                        named.push(id);
                    }
                }
            }
        }
        let networks = (0..).map(NetworkId).zip(networks);
        let organisations = (0..).map(OrganisationId).zip(organisations);
        Self {
            networks: networks
                .filter_map(|(id, network)| Some((network.id.as_ref()?.as_key(), id)))
                .collect(),
            organisations: organisations
                .filter_map(|(id, row)| Some((row.id.as_ref()?.as_key(), id)))
                .collect(),
            named,
            machines,
        }
    }

    /// One end: a network, an organisation, or the machine of that name.
    pub(super) fn of(&self, column: &str, word: &HostName) -> Result<End, String> {
        if let Some(network) = self.networks.get(word.as_key()) {
            return Ok(End::Network(*network));
        }
        if let Some(organisation) = self.organisations.get(word.as_key()) {
            return Ok(End::Organisation(*organisation));
        }
        match self.named.get(&key(word)).map_or(&[][..], Vec::as_slice) {
            [] => Err(format!(
                "`{column}` names no network, organisation or machine that is known"
            )),
            [only] => Ok(End::Machine(*only)),
            _ => Err(format!(
                "several machines have the name in `{column}`; write it with its domain"
            )),
        }
    }

    /// The machines of an end, in order, each once.
    pub(super) fn machines(&self, end: End) -> &[HostId] {
        self.machines.get(&end).map_or(&[], Vec::as_slice)
    }
}

fn key(name: &HostName) -> String {
    name.as_key().to_lowercase()
}
