//! From rows of a description and the kinds of organisations to services.

use std::collections::{BTreeMap, BTreeSet};

use wardround_estate::{Estate, OrganisationId};
use wardround_evidence::{DeclaredService, HostName, Identifier, NetworkName, ServiceName};

use super::groups::{EACH, place_of};
use super::plan::{ServiceEntry, Units};
use crate::harm::{CLINICAL, SERVERS, ServiceRules, USERS};

/// An entry whose needs are still names.
pub(super) struct Named<'a> {
    pub(super) entry: ServiceEntry,
    pub(super) needs: Vec<Option<usize>>,
    row: Option<&'a DeclaredService>,
}

pub(super) struct Build<'a> {
    estate: &'a Estate,
    rules: &'a ServiceRules,
    pub(super) entries: Vec<Named<'a>>,
    /// Hosts of groups beyond the organisations' own.
    pub(super) further: Vec<Vec<u32>>,
    machines: Vec<u32>,
    has_defaults: Vec<bool>,
    pub(super) notes: Vec<String>,
}

impl<'a> Build<'a> {
    pub(super) fn new(estate: &'a Estate, rules: &'a ServiceRules) -> Self {
        let mut machines = vec![0; estate.organisations.len()];
        for host in &estate.hosts {
            machines[host.organisation.0 as usize] += 1;
        }
        Self {
            estate,
            rules,
            entries: Vec::new(),
            further: Vec::new(),
            has_defaults: vec![true; machines.len()],
            machines,
            notes: Vec::new(),
        }
    }

    pub(super) fn declare(&mut self) {
        let organisations: BTreeMap<_, _> = (0u32..)
            .zip(&self.estate.organisations)
            .filter_map(|(number, row)| Some((row.id.as_ref()?, OrganisationId(number))))
            .collect();
        let selected = Selected::by(&self.estate.services, self.estate);
        let mut rows: Vec<&DeclaredService> = self.estate.services.iter().collect();
        rows.sort_by_key(|row| &row.id);
        let other = self.rules.activity("other");
        let mut strays = [0; 3];
        // Rows of one activity without a number share what their organisation does of it by its machines.
        let mut unnumbered: BTreeMap<(u32, usize), (u32, u32)> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.activity_per_weekday.is_none()) {
            let organisation = organisations.get(&row.organisation);
            let activity = row.activity.as_ref().and_then(|id| self.rules.activity(id));
            if let (Some(organisation), Some(activity)) = (organisation, activity) {
                unnumbered.entry((organisation.0, activity)).or_default().0 += 1;
            }
        }
        for row in rows {
            let Some(organisation) = organisations.get(&row.organisation).copied() else {
                strays[0] += 1;
                continue;
            };
            let stated = row.activity.as_ref().and_then(|id| self.rules.activity(id));
            if row.activity.is_some() && stated.is_none() {
                strays[1] += 1;
            }
            let Some(activity) = stated.or(other) else {
                continue;
            };
            let units = match (row.activity_per_weekday, stated) {
                (Some(units), _) => Units::EachWorkingDay(units),
                (None, Some(_)) => {
                    let machines = self.machines[organisation.0 as usize];
                    let (rows, before) = unnumbered.entry((organisation.0, activity)).or_default();
                    *before += 1;
                    Units::ByMachines(share_of(machines, *before, *rows))
                }
                (None, None) => Units::None,
            };
            if stated.is_none() && row.activity_per_weekday.is_some() {
                self.has_defaults[organisation.0 as usize] = false;
            }
            let (groups, unknown) = self.groups_of(row, organisation, &selected);
            strays[2] += unknown;
            self.entries.push(Named {
                entry: ServiceEntry {
                    organisation,
                    name: Some(row.name.clone().unwrap_or_else(|| row.id.clone())),
                    activity,
                    units,
                    kept_on_paper: row.kept_on_paper_percent.map(|percent| percent / 100.0),
                    postponed: row.postponed_percent.map(|percent| percent / 100.0),
                    groups,
                    needs: Vec::new(),
                },
                needs: Vec::new(),
                row: Some(row),
            });
        }
        self.note_strays(strays);
        self.find_needs();
    }

    fn note_strays(&mut self, [owners, activities, selectors]: [usize; 3]) {
        if owners > 0 {
            self.notes.push(format!(
                "Services left out because they belong to an organisation that is not described: {owners}."
            ));
        }
        if activities > 0 {
            self.notes.push(format!(
                "Services whose kind of activity is not known, which is not priced: {activities}."
            ));
        }
        if selectors > 0 {
            self.notes.push(format!(
                "Networks and machines that services depend on and that nothing speaks of, so that nothing can befall them: {selectors}."
            ));
        }
    }

    /// The groups that a row selects, and how many of its selectors select nothing that is known.
    fn groups_of(
        &mut self,
        row: &DeclaredService,
        organisation: OrganisationId,
        selected: &Selected<'_>,
    ) -> ([Option<u32>; 3], usize) {
        if row.networks.is_empty() && row.hosts.is_empty() {
            return (whole(organisation), 0);
        }
        let mut unknown = 0;
        let mut hosts: Vec<u32> = Vec::new();
        for name in &row.networks {
            match selected.networks.get(name) {
                Some(network) => {
                    hosts.extend(selected.by_network.get(network).into_iter().flatten())
                }
                None => unknown += 1,
            }
        }
        for name in &row.hosts {
            let found = self.hosts_named(name, organisation, selected);
            unknown += usize::from(found.is_empty());
            hosts.extend(found);
        }
        hosts.sort_unstable();
        hosts.dedup();
        let mut groups = [None; 3];
        for place in [USERS, SERVERS, CLINICAL] {
            let of_place = hosts.iter().copied().filter(|host| {
                place_of(self.estate, &self.estate.hosts[*host as usize]) == Some(place)
            });
            let of_place: Vec<u32> = of_place.collect();
            if !of_place.is_empty() {
                let own = self.estate.organisations.len() as u32 * EACH;
                groups[place] = Some(own + self.further.len() as u32);
                self.further.push(of_place);
            }
        }
        (groups, unknown)
    }

    /// The hosts of a name: those of the organisation where it has one of that name.
    fn hosts_named(
        &self,
        name: &HostName,
        organisation: OrganisationId,
        selected: &Selected<'_>,
    ) -> Vec<u32> {
        let all = selected.by_name.get(&name.as_key().to_lowercase());
        let all = all.map_or(&[][..], Vec::as_slice);
        let is_own = |host: &&u32| self.estate.hosts[**host as usize].organisation == organisation;
        let own: Vec<u32> = all.iter().filter(is_own).copied().collect();
        if own.is_empty() { all.to_vec() } else { own }
    }

    fn find_needs(&mut self) {
        let mut strays = 0;
        let mut numbers: BTreeMap<&ServiceName, usize> = BTreeMap::new();
        for (number, named) in self.entries.iter().enumerate() {
            if let Some(row) = named.row {
                numbers.entry(&row.id).or_insert(number);
            }
        }
        let needs: Vec<Vec<Option<usize>>> = self
            .entries
            .iter()
            .map(|named| {
                let rows = named.row.into_iter().flat_map(|row| &row.services);
                rows.map(|id| numbers.get(id).copied()).collect()
            })
            .collect();
        for (named, needs) in self.entries.iter_mut().zip(needs) {
            strays += needs.iter().filter(|need| need.is_none()).count();
            named.needs = needs;
        }
        if strays > 0 {
            self.notes.push(format!(
                "Services that others need and that are not described, so that nothing can befall them: {strays}."
            ));
        }
    }

    pub(super) fn add_defaults(&mut self) {
        let drawn = self.rules.draw_with(|_| 0.5);
        let described: BTreeSet<(u32, usize)> = self
            .entries
            .iter()
            .map(|named| (named.entry.organisation.0, named.entry.activity))
            .collect();
        for (number, organisation) in (0u32..).zip(&self.estate.organisations) {
            let machines = self.machines[number as usize];
            if !self.has_defaults[number as usize] || machines == 0 {
                continue;
            }
            for service in drawn.services_of(organisation.kind, machines) {
                if described.contains(&(number, service.activity)) {
                    continue;
                }
                self.entries.push(Named {
                    entry: ServiceEntry {
                        organisation: OrganisationId(number),
                        name: None,
                        activity: service.activity,
                        units: Units::ByMachines(machines),
                        kept_on_paper: None,
                        postponed: None,
                        groups: whole(OrganisationId(number)),
                        needs: Vec::new(),
                    },
                    needs: Vec::new(),
                    row: None,
                });
            }
        }
    }
}

/// What the rows' selectors select of an estate.
struct Selected<'a> {
    /// Networks by their names.
    networks: BTreeMap<&'a NetworkName, u32>,
    /// Hosts in each network that some row names.
    by_network: BTreeMap<u32, Vec<u32>>,
    /// Hosts by each name that some row names, in lower case: their whole name, or its first part.
    by_name: BTreeMap<String, Vec<u32>>,
}

impl<'a> Selected<'a> {
    fn by(rows: &[DeclaredService], estate: &'a Estate) -> Self {
        let networks: BTreeMap<&NetworkName, u32> = (0u32..)
            .zip(&estate.networks)
            .filter_map(|(number, network)| Some((network.id.as_ref()?, number)))
            .collect();
        let wanted = rows.iter().flat_map(|row| &row.networks);
        let mut by_network: BTreeMap<u32, Vec<u32>> = wanted
            .filter_map(|name| Some((*networks.get(name)?, Vec::new())))
            .collect();
        let wanted = rows.iter().flat_map(|row| &row.hosts);
        let mut by_name: BTreeMap<String, Vec<u32>> = wanted
            .map(|name| (name.as_key().to_lowercase(), Vec::new()))
            .collect();
        for (id, host) in estate.hosts() {
            // Hosts come in order, so one that has a name twice is the last already.
            let put = |hosts: Option<&mut Vec<u32>>| {
                if let Some(hosts) = hosts.filter(|hosts| hosts.last() != Some(&id.0)) {
                    hosts.push(id.0);
                }
            };
            for network in &host.networks {
                put(by_network.get_mut(&network.0));
            }
            if by_name.is_empty() {
                continue;
            }
            for identifier in &host.identifiers {
                if let Identifier::FullName(name) | Identifier::ShortName(name) = identifier {
                    let full = name.as_key().to_lowercase();
                    put(by_name.get_mut(full.split('.').next().unwrap_or_default()));
                    put(by_name.get_mut(&full));
                }
            }
        }
        Self {
            networks,
            by_network,
            by_name,
        }
    }
}

/// The `place`th of so many shares of a count, from 1; together they are all of it.
fn share_of(count: u32, place: u32, shares: u32) -> u32 {
    let until = |place: u32| u64::from(count) * u64::from(place) / u64::from(shares.max(1));
    (until(place) - until(place.saturating_sub(1))) as u32
}

/// The three groups of a whole organisation.
fn whole(organisation: OrganisationId) -> [Option<u32>; 3] {
    std::array::from_fn(|place| Some(organisation.0 * EACH + place as u32))
}

#[cfg(test)]
mod tests {
    use super::share_of;

    #[test]
    fn rows_of_one_activity_share_it_and_together_have_all() {
        let shares: Vec<u32> = (1..=3).map(|place| share_of(100, place, 3)).collect();
        assert_eq!(shares.iter().sum::<u32>(), 100);
        assert!(shares.iter().all(|share| (33..=34).contains(share)));
        assert_eq!(share_of(100, 1, 1), 100);
    }
}
