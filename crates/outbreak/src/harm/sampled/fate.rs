//! Who shares whose fate: how much more often organisations are hit together than if each had its own fate.
//!
//! Sums by group and a bitmap of the most often hit keep the memory bounded at thousands of organisations; a matrix of all pairs
//! would not.

use std::collections::{BTreeMap, BTreeSet};

use wardround_estate::{Estate, OrganisationId};

use super::rows::LossPart;
use super::whole_service::{each_outbreak, of_counted};
use crate::ensemble::Part;
use crate::harm::EstateServices;

/// Pairs are sought among so many organisations: those hit most often, but not always.
const AMONG: usize = 32;

/// So many pairs are told.
const PAIRS: usize = 10;

/// Pairs that so many outbreaks hit together: of fewer the next seed would tell others.
const TOGETHER: u64 = 10;

/// What organisations of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InCommon {
    /// Nothing but the estate: the measure for the others.
    Estate,
    /// Who patches their machines.
    Administrator(OrganisationId),
    /// A network beyond their own, by position among the estate's realms.
    Realm(u32),
    /// A service that they do or need, by position among [`EstateServices::services`].
    Service(u32),
}

/// How far a group of organisations is hit together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupFate {
    /// What they have in common.
    pub in_common: InCommon,
    /// How many they are.
    pub organisations: u32,
    /// The share (0 to 1) of outbreaks that hit one of them, on average.
    pub hit: f64,
    /// Where one is hit, the share (0 to 1) of the others that are hit too.
    pub together: f64,
    /// The same if each were hit as often as it is, and each on its own.
    pub if_apart: f64,
    /// The share (0 to 1) of outbreaks that hit at least half of them.
    pub half: f64,
}

/// Two organisations that are hit together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairFate {
    /// Which.
    pub pair: [OrganisationId; 2],
    /// The share (0 to 1) of outbreaks that hit each.
    pub hit: [f64; 2],
    /// The share that hit both.
    pub both: f64,
    /// The same if each had its own fate.
    pub if_apart: f64,
}

/// What the outbreaks add up to.
pub(super) struct Fates {
    outbreaks: u64,
    /// How often each organisation is hit.
    hits: Vec<u64>,
    groups: Vec<Group>,
}

struct Group {
    in_common: InCommon,
    members: Vec<u32>,
    /// Over outbreaks: members hit, ordered pairs of members hit, and outbreaks that hit at least half.
    hits: u64,
    pairs: u64,
    halves: u64,
}

impl Fates {
    pub(super) fn new(
        part: &Part,
        losses: &LossPart,
        services: &EstateServices,
        estate: &Estate,
        counted: &[bool],
    ) -> Self {
        let mut groups = grouped(services, estate, counted);
        let mut groups_of: Vec<Vec<u32>> = vec![Vec::new(); counted.len()];
        for (number, group) in (0u32..).zip(&groups) {
            for member in &group.members {
                groups_of[*member as usize].push(number);
            }
        }
        let mut hits = vec![0; counted.len()];
        let mut of_groups: BTreeMap<u32, u64> = BTreeMap::new();
        each_outbreak(part, losses, services, counted, |outbreak| {
            of_groups.clear();
            for hit in outbreak {
                hits[hit.organisation as usize] += 1;
                for group in &groups_of[hit.organisation as usize] {
                    *of_groups.entry(*group).or_default() += 1;
                }
            }
            for (group, count) in &of_groups {
                let group = &mut groups[*group as usize];
                group.hits += count;
                group.pairs += count * (count - 1);
                group.halves += u64::from(2 * count >= group.members.len() as u64);
            }
        });
        Self {
            outbreaks: part.replicates.len() as u64,
            hits,
            groups,
        }
    }

    /// Groups that anything hit: the whole estate first, then those whose members share most beyond chance.
    pub(super) fn groups(&self) -> Vec<GroupFate> {
        let mut told: Vec<GroupFate> = self
            .groups
            .iter()
            .filter(|group| group.hits > 0)
            .map(|group| self.group(group))
            .collect();
        told.sort_by(|one, other| {
            let first = |of: &GroupFate| of.in_common != InCommon::Estate;
            let beyond = |of: &GroupFate| of.together - of.if_apart;
            first(one)
                .cmp(&first(other))
                .then_with(|| beyond(other).total_cmp(&beyond(one)))
                .then_with(|| one.in_common.cmp(&other.in_common))
        });
        told
    }

    fn group(&self, group: &Group) -> GroupFate {
        let (count, outbreaks) = (group.members.len() as f64, self.outbreaks.max(1) as f64);
        let squares = group.members.iter().map(|member| {
            let hits = u128::from(self.hits[*member as usize]);
            hits * hits
        });
        let hits = u128::from(group.hits);
        let apart = (hits * hits - squares.sum::<u128>()) as f64;
        let others = group.hits as f64 * (count - 1.0);
        GroupFate {
            in_common: group.in_common,
            organisations: group.members.len() as u32,
            hit: group.hits as f64 / count / outbreaks,
            together: group.pairs as f64 / others,
            if_apart: apart / outbreaks / others,
            half: group.halves as f64 / outbreaks,
        }
    }

    /// The pairs among those hit most often that are hit together most beyond chance.
    pub(super) fn pairs(
        &self,
        part: &Part,
        losses: &LossPart,
        services: &EstateServices,
        counted: &[bool],
    ) -> Vec<PairFate> {
        let mut often: Vec<u32> = (0..).zip(counted).filter_map(of_counted).collect();
        let hits = |organisation: u32| self.hits[organisation as usize];
        often.retain(|number| hits(*number) > 0 && hits(*number) < self.outbreaks);
        often.sort_by_key(|number| (std::cmp::Reverse(hits(*number)), *number));
        often.truncate(AMONG);
        let mut both = vec![0u64; often.len() * often.len()];
        each_outbreak(part, losses, services, counted, |outbreak| {
            let is_hit = |number: &u32| {
                let found = outbreak.binary_search_by_key(number, |hit| hit.organisation);
                found.is_ok()
            };
            let places: Vec<usize> = (0..often.len())
                .filter(|place| is_hit(&often[*place]))
                .collect();
            for (at, one) in places.iter().enumerate() {
                for other in &places[at + 1..] {
                    both[one * often.len() + other] += 1;
                }
            }
        });
        let mut pairs: Vec<(i128, [u32; 2], u64)> = Vec::new();
        for (one, first) in often.iter().enumerate() {
            for (other, second) in often.iter().enumerate().skip(one + 1) {
                let both = both[one * often.len() + other];
                let apart = i128::from(hits(*first)) * i128::from(hits(*second));
                let beyond = i128::from(both) * i128::from(self.outbreaks) - apart;
                pairs.push((beyond, [*first, *second], both));
            }
        }
        pairs.retain(|(beyond, _, both)| *beyond > 0 && *both >= TOGETHER);
        pairs.sort_by_key(|(beyond, pair, _)| (std::cmp::Reverse(*beyond), *pair));
        pairs.truncate(PAIRS);
        let share = |count: u64| count as f64 / self.outbreaks.max(1) as f64;
        pairs
            .into_iter()
            .map(|(_, pair, both)| {
                let hit = pair.map(|number| share(hits(number)));
                PairFate {
                    pair: pair.map(OrganisationId),
                    hit,
                    both: share(both),
                    if_apart: hit[0] * hit[1],
                }
            })
            .collect()
    }
}

/// Groups of two organisations or more, those of the same members once.
fn grouped(services: &EstateServices, estate: &Estate, counted: &[bool]) -> Vec<Group> {
    let mut members: BTreeMap<InCommon, BTreeSet<u32>> = BTreeMap::new();
    let all: Vec<u32> = (0..).zip(counted).filter_map(of_counted).collect();
    members.insert(InCommon::Estate, all.iter().copied().collect());
    for number in all {
        let administrator = estate.organisations[number as usize].administrator;
        let group = members.entry(InCommon::Administrator(administrator));
        group.or_default().insert(number);
    }
    for network in &estate.networks {
        if let Some(realm) = network.realm {
            let group = members.entry(InCommon::Realm(realm)).or_default();
            group.insert(network.organisation.0);
        }
    }
    for (number, service) in (0..).zip(services.services()) {
        let dependents = services.dependents(number);
        if dependents.is_empty() {
            continue;
        }
        let owners = dependents.iter().map(|other| {
            let other = &services.services()[*other as usize];
            other.organisation.0
        });
        let group = members.entry(InCommon::Service(number)).or_default();
        group.extend(owners.chain([service.organisation.0]));
    }
    let mut known: BTreeSet<Vec<u32>> = BTreeSet::new();
    members
        .into_iter()
        .filter_map(|(in_common, members)| {
            let members: Vec<u32> = members
                .into_iter()
                .filter(|number| counted[*number as usize])
                .collect();
            (members.len() > 1 && known.insert(members.clone())).then_some(Group {
                in_common,
                members,
                hits: 0,
                pairs: 0,
                halves: 0,
            })
        })
        .collect()
}
