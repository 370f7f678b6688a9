//! From the description's rows on log-ons to pairs of machines.

use std::collections::{BTreeMap, BTreeSet};

use wardround_evidence::{Declaration, HostName, Identifier, LogOn, Position, Reading, Skipped};

use crate::estate::{Host, HostId, Network, NetworkId, Organisation, OrganisationId};

/// More pairs than this would be an estate where everyone may do anything, which a share says better than a list.
const MOST_PAIRS: usize = 1_000_000;

/// Pairs of machines of which the users of one may log on to the other, in order. A row whose ends are not known is set down
/// among the skipped records of its file, with its line.
pub(crate) fn log_ons(
    readings: &mut [Reading],
    hosts: &[Host],
    networks: &[Network],
    organisations: &[Organisation],
) -> Vec<(HostId, HostId)> {
    let rows = rows(readings);
    let ends = Ends::new(&rows, hosts, networks, organisations);
    let mut pairs = BTreeSet::new();
    for (reading, position, row) in &rows {
        if let Err(reason) = add(&mut pairs, &ends, row) {
            let skipped = &mut readings[*reading].skipped;
            let record = Skipped {
                position: *position,
                reason,
            };
            // Evidence that was resolved before says so already.
            if !skipped.contains(&record) {
                skipped.push(record);
            }
        }
    }
    pairs.into_iter().collect()
}

fn rows(readings: &[Reading]) -> Vec<(usize, Position, LogOn)> {
    let mut rows = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        for (position, declaration) in &reading.declarations {
            if let Declaration::LogOn(row) = declaration {
                rows.push((number, *position, row.clone()));
            }
        }
    }
    rows
}

fn add(pairs: &mut BTreeSet<(HostId, HostId)>, ends: &Ends<'_>, row: &LogOn) -> Result<(), String> {
    let from = ends.of("from", &row.from)?;
    let to = ends.of("to", &row.to)?;
    if pairs.len() + from.len().saturating_mul(to.len()) > MOST_PAIRS {
        return Err(format!(
            "more than {MOST_PAIRS} pairs of machines would be listed; name smaller groups"
        ));
    }
    for from in &from {
        let others = to.iter().filter(|to| *to != from);
        pairs.extend(others.map(|to| (*from, *to)));
    }
    Ok(())
}

/// What the words of the rows stand for.
struct Ends<'a> {
    hosts: &'a [Host],
    networks: BTreeMap<&'a str, NetworkId>,
    organisations: BTreeMap<&'a str, OrganisationId>,
    /// Machines by each name that some row has, in lower case: their whole name, or its first part.
    machines: BTreeMap<String, Vec<HostId>>,
}

impl<'a> Ends<'a> {
    fn new(
        rows: &[(usize, Position, LogOn)],
        hosts: &'a [Host],
        networks: &'a [Network],
        organisations: &'a [Organisation],
    ) -> Self {
        let words = rows.iter().flat_map(|(_, _, row)| [&row.from, &row.to]);
        let mut machines: BTreeMap<String, Vec<HostId>> =
            words.map(|word| (key(word), Vec::new())).collect();
        for (id, host) in (0..).map(HostId).zip(hosts) {
            if machines.is_empty() {
                break;
            }
            for identifier in &host.identifiers {
                let (Identifier::FullName(name) | Identifier::ShortName(name)) = identifier else {
                    continue;
                };
                for name in [key(name), name.short()] {
                    // Hosts come in order, so one that has a name twice is the last already.
                    if let Some(named) = machines.get_mut(&name)
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
            hosts,
            networks: networks
                .filter_map(|(id, network)| Some((network.id.as_ref()?.as_key(), id)))
                .collect(),
            organisations: organisations
                .filter_map(|(id, row)| Some((row.id.as_ref()?.as_key(), id)))
                .collect(),
            machines,
        }
    }

    /// The machines of one end: a network's, an organisation's, or the one of that name.
    fn of(&self, column: &str, word: &HostName) -> Result<Vec<HostId>, String> {
        let all = |is_there: &dyn Fn(&Host) -> bool| {
            let hosts = (0..).map(HostId).zip(self.hosts);
            hosts
                .filter(|(_, host)| is_there(host))
                .map(|(id, _)| id)
                .collect()
        };
        if let Some(network) = self.networks.get(word.as_key()) {
            return Ok(all(&|host| host.networks.contains(network)));
        }
        if let Some(organisation) = self.organisations.get(word.as_key()) {
            return Ok(all(&|host| host.organisation == *organisation));
        }
        match self.machines.get(&key(word)).map_or(&[][..], Vec::as_slice) {
            [] => Err(format!(
                "`{column}` names no network, organisation or machine that is known"
            )),
            [only] => Ok(vec![*only]),
            _ => Err(format!(
                "several machines have the name in `{column}`; write it with its domain"
            )),
        }
    }
}

fn key(name: &HostName) -> String {
    name.as_key().to_lowercase()
}
