//! Every service of an estate, what it needs, and who needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use wardround_estate::{Estate, OrganisationId};
use wardround_evidence::{
    DeclaredService, Digest, HostName, Identifier, NetworkName, OrganisationKind, ServiceName,
};

use super::groups::{EACH, Groups, place_of};
use crate::harm::{CLINICAL, DrawnServices, SERVERS, Service, ServiceRules, USERS};

/// The services of an estate, in an order in which each stands after those that it needs.
#[derive(Clone, Debug)]
pub struct EstateServices {
    pub(crate) rules: ServiceRules,
    services: Vec<ServiceEntry>,
    groups: Groups,
    services_of_group: Vec<Vec<u32>>,
    services_of_organisation: Vec<Vec<u32>>,
    dependents: Vec<Vec<u32>>,
    kinds: Vec<OrganisationKind>,
    /// What of the description could not be used, a sentence each, without names.
    pub notes: Vec<String>,
}

/// One service of an estate.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceEntry {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its name where it is described: the one to show, else its identifier.
    pub name: Option<ServiceName>,
    /// The kind of its activity, by position among the rules' activities.
    pub activity: usize,
    /// How many units it does.
    pub(crate) units: Units,
    /// Its groups of machines by what they are to it: users', servers, clinical.
    pub(crate) groups: [Option<u32>; 3],
    /// The services that it needs, by position.
    pub needs: Vec<u32>,
}

/// How many units a service does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Units {
    /// None: only others need it.
    None,
    /// So many on an ordinary working day, as described.
    EachWorkingDay(f64),
    /// As its kind of organisation does with so many machines.
    ByMachines(u32),
}

impl EstateServices {
    /// The services of an estate under rules.
    ///
    /// A described service stands in place of its organisation's default of the same activity; where a row says how much
    /// it does and not of what, the organisation has no defaults. A row without numbers has the units of the default.
    #[must_use]
    pub fn new(estate: &Estate, rules: ServiceRules) -> Self {
        let mut build = Build::new(estate, &rules);
        build.declare();
        build.add_defaults();
        let Build {
            entries,
            further,
            mut notes,
            ..
        } = build;
        let groups = Groups::new(estate, &further);
        let services = in_order(entries, &mut notes);
        let mut services_of_group = vec![Vec::new(); groups.machines.len()];
        let mut services_of_organisation = vec![Vec::new(); estate.organisations.len()];
        let mut dependents = vec![Vec::new(); services.len()];
        for (number, service) in (0u32..).zip(&services) {
            for group in service.groups.iter().flatten() {
                services_of_group[*group as usize].push(number);
            }
            services_of_organisation[service.organisation.0 as usize].push(number);
            for need in &service.needs {
                dependents[*need as usize].push(number);
            }
        }
        Self {
            rules,
            services,
            groups,
            services_of_group,
            services_of_organisation,
            dependents,
            kinds: estate.organisations.iter().map(|row| row.kind).collect(),
            notes,
        }
    }

    /// All services.
    #[must_use]
    pub fn services(&self) -> &[ServiceEntry] {
        &self.services
    }

    /// The rules.
    #[must_use]
    pub const fn rules(&self) -> &ServiceRules {
        &self.rules
    }

    /// One service with its numbers settled. Its groups are [`ServiceEntry`]'s three, each as one.
    pub(crate) fn settled(&self, number: u32, drawn: &DrawnServices) -> Service {
        let entry = &self.services[number as usize];
        let mut service = drawn.service(entry.activity, 0.0);
        service.units_per_day = match entry.units {
            Units::None => 0.0,
            Units::EachWorkingDay(units) => {
                let working: f64 = service.by_weekday[..5].iter().sum();
                units * 5.0 / (7.0 * working)
            }
            Units::ByMachines(machines) => {
                let kind = self.kinds[entry.organisation.0 as usize];
                let defaults = drawn.services_of(kind, machines);
                let of_it = defaults
                    .iter()
                    .filter(|other| other.activity == entry.activity);
                of_it.map(|other| other.units_per_day).sum()
            }
        };
        service
    }

    /// How many machines each group has.
    pub(crate) fn machines_of(&self, group: u32) -> u32 {
        self.groups.machines[group as usize]
    }

    pub(crate) const fn group_count(&self) -> usize {
        self.groups.machines.len()
    }

    /// The set of groups that a host is in.
    pub(crate) fn set_of(&self, host: u32) -> u32 {
        self.groups.set_of_host[host as usize]
    }

    pub(crate) fn groups_in(&self, set: u32) -> &[u32] {
        &self.groups.sets[set as usize]
    }

    pub(crate) fn of_group(&self, group: u32) -> &[u32] {
        &self.services_of_group[group as usize]
    }

    pub(crate) fn of_organisation(&self, organisation: u32) -> &[u32] {
        let of = self.services_of_organisation.get(organisation as usize);
        of.map_or(&[], Vec::as_slice)
    }

    /// How many services of an organisation do units of their own.
    pub(crate) fn working(&self, organisation: u32) -> usize {
        let own = self.of_organisation(organisation).iter();
        own.filter(|number| self.services[**number as usize].units != Units::None)
            .count()
    }

    pub(crate) fn dependents(&self, number: u32) -> &[u32] {
        &self.dependents[number as usize]
    }

    /// Whether a group is one of servers: they come back sooner.
    pub(crate) fn holds_servers(&self, group: u32) -> bool {
        let services = &self.services_of_group[group as usize];
        services
            .first()
            .is_some_and(|number| self.services[*number as usize].groups[SERVERS] == Some(group))
    }

    /// A digest of all that losses take from it; names have no part in it.
    pub(crate) fn digest(&self) -> Digest {
        let mut text = format!("{:?}", self.rules);
        for service in &self.services {
            let ServiceEntry {
                organisation,
                activity,
                units,
                groups,
                needs,
                ..
            } = service;
            let _ = write!(
                text,
                "{organisation:?}{activity}{units:?}{groups:?}{needs:?}"
            );
        }
        let _ = write!(
            text,
            "{:?}{:?}{:?}",
            self.kinds, self.groups.machines, self.groups.sets
        );
        let mut bytes = text.into_bytes();
        for set in &self.groups.set_of_host {
            bytes.extend_from_slice(&set.to_le_bytes());
        }
        Digest::of(&bytes)
    }
}

/// An entry whose needs are still names.
struct Named<'a> {
    entry: ServiceEntry,
    needs: Vec<Option<usize>>,
    row: Option<&'a DeclaredService>,
}

struct Build<'a> {
    estate: &'a Estate,
    rules: &'a ServiceRules,
    entries: Vec<Named<'a>>,
    /// Hosts of groups beyond the organisations' own.
    further: Vec<Vec<u32>>,
    machines: Vec<u32>,
    has_defaults: Vec<bool>,
    notes: Vec<String>,
}

impl<'a> Build<'a> {
    fn new(estate: &'a Estate, rules: &'a ServiceRules) -> Self {
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

    fn declare(&mut self) {
        let organisations: BTreeMap<_, _> = (0u32..)
            .zip(&self.estate.organisations)
            .filter_map(|(number, row)| Some((row.id.as_ref()?, OrganisationId(number))))
            .collect();
        let networks: BTreeMap<&NetworkName, u32> = (0u32..)
            .zip(&self.estate.networks)
            .filter_map(|(number, network)| Some((network.id.as_ref()?, number)))
            .collect();
        let named_hosts = self.named_hosts();
        let mut rows: Vec<&DeclaredService> = self.estate.services.iter().collect();
        rows.sort_by_key(|row| &row.id);
        let other = self.rules.activity("other");
        let mut strays = [0; 3];
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
                (None, Some(_)) => Units::ByMachines(self.machines[organisation.0 as usize]),
                (None, None) => Units::None,
            };
            if stated.is_none() && row.activity_per_weekday.is_some() {
                self.has_defaults[organisation.0 as usize] = false;
            }
            let (groups, unknown) = self.groups_of(row, organisation, &networks, &named_hosts);
            strays[2] += unknown;
            self.entries.push(Named {
                entry: ServiceEntry {
                    organisation,
                    name: Some(row.name.clone().unwrap_or_else(|| row.id.clone())),
                    activity,
                    units,
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

    /// Hosts by each of their names, in lower case, and by its first part.
    fn named_hosts(&self) -> BTreeMap<String, Vec<u32>> {
        let mut named: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (id, host) in self.estate.hosts() {
            for identifier in &host.identifiers {
                let (Identifier::FullName(name) | Identifier::ShortName(name)) = identifier else {
                    continue;
                };
                let full = name.as_key().to_lowercase();
                let short = full.split('.').next().unwrap_or_default().to_owned();
                for name in [full, short] {
                    let hosts = named.entry(name).or_default();
                    if !hosts.contains(&id.0) {
                        hosts.push(id.0);
                    }
                }
            }
        }
        named
    }

    /// The groups that a row selects, and how many of its selectors select nothing that is known.
    fn groups_of(
        &mut self,
        row: &DeclaredService,
        organisation: OrganisationId,
        networks: &BTreeMap<&NetworkName, u32>,
        named: &BTreeMap<String, Vec<u32>>,
    ) -> ([Option<u32>; 3], usize) {
        if row.networks.is_empty() && row.hosts.is_empty() {
            return (whole(organisation), 0);
        }
        let known = |name: &NetworkName| networks.get(name).copied();
        let wanted: Vec<u32> = row.networks.iter().filter_map(known).collect();
        let mut unknown = row.networks.len() - wanted.len();
        let mut hosts: Vec<u32> = Vec::new();
        if !wanted.is_empty() {
            let all = self.estate.hosts().filter(|(_, host)| {
                let mut networks = host.networks.iter();
                networks.any(|network| wanted.contains(&network.0))
            });
            hosts.extend(all.map(|(id, _)| id.0));
        }
        for name in &row.hosts {
            let found = self.hosts_named(name, organisation, named);
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
        named: &BTreeMap<String, Vec<u32>>,
    ) -> Vec<u32> {
        let all = named.get(&name.as_key().to_lowercase());
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

    fn add_defaults(&mut self) {
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

/// The three groups of a whole organisation.
fn whole(organisation: OrganisationId) -> [Option<u32>; 3] {
    std::array::from_fn(|place| Some(organisation.0 * EACH + place as u32))
}

/// Entries so that each stands after those that it needs; a need that closes a circle is left out, and noted.
fn in_order(entries: Vec<Named<'_>>, notes: &mut Vec<String>) -> Vec<ServiceEntry> {
    let needs: Vec<Vec<usize>> = entries
        .iter()
        .map(|named| named.needs.iter().flatten().copied().collect())
        .collect();
    let mut order: Vec<usize> = Vec::with_capacity(entries.len());
    // Untouched, on the path from the root, done.
    let mut state = vec![0u8; entries.len()];
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut circles = 0;
    for root in 0..entries.len() {
        let mut path = vec![(root, 0)];
        while let Some((entry, next)) = path.last_mut() {
            let entry = *entry;
            if *next == 0 {
                if state[entry] == 2 {
                    path.pop();
                    continue;
                }
                state[entry] = 1;
            }
            let Some(need) = needs[entry].get(*next).copied() else {
                state[entry] = 2;
                order.push(entry);
                path.pop();
                continue;
            };
            *next += 1;
            if state[need] == 1 {
                circles += 1;
                continue;
            }
            kept[entry].push(need);
            if state[need] == 0 {
                path.push((need, 0));
            }
        }
    }
    if circles > 0 {
        notes.push(format!(
            "Services that need one that needs them in turn, which is left out: {circles}."
        ));
    }
    let mut place = vec![0u32; entries.len()];
    for (number, entry) in (0u32..).zip(&order) {
        place[*entry] = number;
    }
    let mut entries: Vec<Option<ServiceEntry>> = entries
        .into_iter()
        .zip(kept)
        .map(|(named, kept)| {
            let mut needs: Vec<u32> = kept.into_iter().map(|need| place[need]).collect();
            needs.sort_unstable();
            needs.dedup();
            Some(ServiceEntry {
                needs,
                ..named.entry
            })
        })
        .collect();
    let taken = order.into_iter().filter_map(|entry| entries[entry].take());
    taken.collect()
}
