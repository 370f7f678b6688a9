//! Every service of an estate, what it needs, and who needs it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use wardround_estate::{Estate, OrganisationId};
use wardround_evidence::{Digest, OrganisationKind, ServiceName};

use super::declared::Build;
use super::groups::Groups;
use super::order::in_order;
use crate::harm::{DrawnServices, SERVERS, Service, ServiceNumber, ServiceRules};

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
    /// Its own share (0 to 1) kept up on paper, where it is described.
    pub(crate) kept_on_paper: Option<f64>,
    /// Its own share (0 to 1) of units not done that are done later, where it is described.
    pub(crate) postponed: Option<f64>,
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

    /// The rules' numbers that bear on some service of the estate.
    #[must_use]
    pub fn numbers(&self) -> Vec<ServiceNumber> {
        let mut activities = vec![false; self.rules.activities.len()];
        let mut kinds = BTreeSet::new();
        for service in &self.services {
            activities[service.activity] = true;
            if matches!(service.units, Units::ByMachines(_)) {
                kinds.insert((
                    self.kinds[service.organisation.0 as usize],
                    service.activity,
                ));
            }
        }
        let bears = |number: &ServiceNumber| match (number.kind, number.activity) {
            (_, None) => true,
            (None, Some(activity)) => activities[activity],
            (Some(kind), Some(activity)) => kinds.contains(&(kind, activity)),
        };
        if self.services.is_empty() {
            return Vec::new();
        }
        self.rules.numbers().into_iter().filter(bears).collect()
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
        service.kept_on_paper = entry.kept_on_paper.unwrap_or(service.kept_on_paper);
        service.postponed = entry.postponed.unwrap_or(service.postponed);
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
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut text = format!("{:?}", self.rules);
        for service in &self.services {
            let ServiceEntry {
                organisation,
                activity,
                units,
                kept_on_paper,
                postponed,
                groups,
                needs,
                name: _,
            } = service;
            let _ = write!(
                text,
                "{organisation:?}{activity}{units:?}{kept_on_paper:?}{postponed:?}{groups:?}{needs:?}"
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
