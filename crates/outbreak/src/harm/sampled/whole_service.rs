//! How many organisations of a whole service one outbreak infects, disrupts and spares.
//!
//! *Infected*: a machine of it was taken. *Disrupted*: none was, and it cut itself off, or a service of it could not be done as
//! ever; so the auditors of May 2017 told 34 trusts infected from 46 disrupted. *Spared*: neither.

use std::collections::BTreeMap;

use wardround_estate::Estate;
use wardround_evidence::OrganisationKind;

use super::distribution::Distribution;
use super::fate::{Fates, GroupFate, PairFate};
use super::rows::LossPart;
use crate::ensemble::Part;
use crate::harm::EstateServices;

/// What an ensemble's outbreaks do to the organisations of an estate.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeService {
    /// Outbreaks.
    pub replicates: u32,
    /// All organisations that are described and have machines or services.
    pub all: Struck,
    /// The same by kind of organisation.
    pub kinds: Vec<(OrganisationKind, Struck)>,
    /// Who shares whose fate: all organisations, and groups of them that have something in common.
    pub groups: Vec<GroupFate>,
    /// Pairs that are hit together more often than if each had its own fate, most so first.
    pub pairs: Vec<PairFate>,
}

/// Numbers of organisations, over outbreaks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Struck {
    /// How many there are.
    pub organisations: u32,
    /// A machine of theirs is taken.
    pub infected: Distribution,
    /// None is, and they cut themselves off or cannot do their services as ever.
    pub disrupted: Distribution,
    /// Either.
    pub hit: Distribution,
    /// Neither.
    pub spared: Distribution,
}

/// An organisation that one outbreak hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) organisation: u32,
    pub(super) is_infected: bool,
}

/// Counts the organisations that an ensemble's outbreaks hit. Both parts are of the same replicates; of any cut the same.
#[must_use]
pub fn whole_service(
    part: &Part,
    losses: &LossPart,
    services: &EstateServices,
    estate: &Estate,
) -> WholeService {
    let counted = counted(estate, services);
    let kind = |organisation: u32| estate.organisations[organisation as usize].kind;
    let mut kinds: BTreeMap<OrganisationKind, Counts> = BTreeMap::new();
    let mut all = Counts::default();
    for organisation in (0..).zip(&counted).filter_map(of_counted) {
        kinds.entry(kind(organisation)).or_default().organisations += 1;
        all.organisations += 1;
    }
    each_outbreak(part, losses, services, &counted, |hits| {
        let (mut of_kinds, mut of_all) = (BTreeMap::new(), [0; 2]);
        for hit in hits {
            let place = usize::from(!hit.is_infected);
            of_kinds.entry(kind(hit.organisation)).or_insert([0; 2])[place] += 1;
            of_all[place] += 1;
        }
        all.hits.push(of_all);
        for (kind, hits) in of_kinds {
            kinds.entry(kind).or_default().hits.push(hits);
        }
    });
    let outbreaks = part.replicates.len();
    let fates = Fates::new(part, losses, services, estate, &counted);
    WholeService {
        replicates: u32::try_from(outbreaks).unwrap_or(u32::MAX),
        all: all.sum(outbreaks),
        kinds: kinds
            .into_iter()
            .map(|(kind, counts)| (kind, counts.sum(outbreaks)))
            .collect(),
        groups: fates.groups(),
        pairs: fates.pairs(part, losses, services, &counted),
    }
}

/// Which organisations are counted.
fn counted(estate: &Estate, services: &EstateServices) -> Vec<bool> {
    let mut has_machines = vec![false; estate.organisations.len()];
    for host in &estate.hosts {
        has_machines[host.organisation.0 as usize] = true;
    }
    let organisations = (0..).zip(&estate.organisations);
    organisations
        .zip(has_machines)
        .map(|((number, organisation), has_machines)| {
            let is_at_stake = has_machines || !services.of_organisation(number).is_empty();
            organisation.id.is_some() && is_at_stake
        })
        .collect()
}

pub(super) fn of_counted((number, is_counted): (u32, &bool)) -> Option<u32> {
    is_counted.then_some(number)
}

/// Tells of each outbreak which organisations it hits, ascending.
pub(super) fn each_outbreak(
    part: &Part,
    losses: &LossPart,
    services: &EstateServices,
    counted: &[bool],
    mut tell: impl FnMut(&[Hit]),
) {
    let mut infected = part.organisations.iter().peekable();
    let mut lost = losses.rows.iter().peekable();
    let mut cut = losses.cut_off.iter().peekable();
    let mut hits: BTreeMap<u32, bool> = BTreeMap::new();
    let mut listed: Vec<Hit> = Vec::new();
    for row in &part.replicates {
        let replicate = row.replicate;
        hits.clear();
        while let Some(row) = infected.next_if(|row| row.replicate <= replicate) {
            hits.insert(row.organisation, true);
        }
        while let Some(row) = lost.next_if(|row| row.replicate <= replicate) {
            let owner = services.services()[row.service as usize].organisation;
            *hits.entry(owner.0).or_default() |= row.is_infected;
        }
        while let Some((_, organisation)) = cut.next_if(|(of, _)| *of <= replicate) {
            hits.entry(*organisation).or_default();
        }
        listed.clear();
        listed.extend(
            hits.iter()
                .filter(|(organisation, _)| counted.get(**organisation as usize) == Some(&true))
                .map(|(organisation, is_infected)| Hit {
                    organisation: *organisation,
                    is_infected: *is_infected,
                }),
        );
        tell(&listed);
    }
}

/// Counts by outbreak: infected, and disrupted without.
#[derive(Default)]
struct Counts {
    organisations: u32,
    hits: Vec<[u32; 2]>,
}

impl Counts {
    fn sum(&self, outbreaks: usize) -> Struck {
        let of = |of: fn(&[u32; 2]) -> u32| {
            let values = self.hits.iter().map(|hits| f64::from(of(hits)));
            Distribution::of(values.collect(), outbreaks)
        };
        let hit = of(|[infected, disrupted]| infected + disrupted);
        Struck {
            organisations: self.organisations,
            infected: of(|[infected, _]| *infected),
            disrupted: of(|[_, disrupted]| *disrupted),
            spared: hit.left_of(f64::from(self.organisations)),
            hit,
        }
    }
}
