//! What is unknown of machines, settled for one world by draws with keys.

use std::collections::BTreeMap;

use wardround_evidence::Truth;

use super::effect::Effect;
use super::member::Open;
use super::{Population, Settle};
use crate::draws::{Decides, unit};
use crate::threat::{CarriedBy, Quantity};

/// One world in the making.
pub(super) struct Draw<'a> {
    pub(super) population: &'a Population<'a>,
    pub(super) seed: u64,
    pub(super) world: u64,
    pub(super) settle: Settle,
    /// The number of the threat's parameters; the world's own but where the variance is split.
    pub(super) parameters: u64,
}

/// Which vectors each machine is open to, a bit for each.
pub(super) struct OpenTo {
    pub(super) vectors: Vec<u8>,
    /// Whether it is open to any by a draw only.
    pub(super) is_drawn: Vec<bool>,
}

/// Numbers of draws of parameters start here for each vector's success, and for crashes a hundred on.
const SUCCESSES: u64 = 100;
/// The distance between the numbers of two vectors.
const PER_VECTOR: u64 = 1_000;

impl Draw<'_> {
    pub(super) fn parameter(&self, number: u64, quantity: &Quantity) -> f64 {
        let draws = (self.seed, self.parameters, Decides::Parameter);
        quantity.at(unit(draws.0, draws.1, draws.2, &[number]))
    }

    /// The number of a vector's parameter.
    pub(super) const fn of_vector(vector: usize, number: u64) -> u64 {
        SUCCESSES + vector as u64 * PER_VECTOR + number
    }

    /// Which machines are open, and which of them by a draw.
    pub(super) fn open_hosts(&self, effects: &[Effect]) -> OpenTo {
        let population = self.population;
        let shares = population
            .shares
            .draw(self.seed, self.world, &population.rules);
        let mut settled: BTreeMap<u32, Truth> = BTreeMap::new();
        let mut closed: Vec<bool> = vec![false; population.members.len()];
        for effect in effects {
            match effect {
                Effect::Close(hosts) => {
                    hosts.iter().for_each(|host| closed[host.0 as usize] = true);
                }
                Effect::Settle(hosts, truth) => {
                    settled.extend(hosts.iter().map(|host| (host.0, *truth)));
                }
                Effect::Set(..) => {}
            }
        }
        let patched = population.patched_vectors();
        let running = self.services();
        let mut open_to = OpenTo {
            vectors: Vec::with_capacity(closed.len()),
            is_drawn: Vec::with_capacity(closed.len()),
        };
        for (index, member) in (0u32..).zip(&population.members) {
            let settled = settled.get(&index).copied().or(match self.settle {
                Settle::Drawn => None,
                Settle::Against => Some(Truth::Fails),
                Settle::InFavour => Some(Truth::Holds),
            });
            let is_missing = |condition: usize| {
                let (truth, gap) = member.conditions[condition];
                match (truth, settled) {
                    (Truth::Fails, _) | (Truth::Unknown, Some(Truth::Fails)) => true,
                    (Truth::Holds, _) | (Truth::Unknown, Some(Truth::Holds)) => false,
                    (Truth::Unknown, _) => {
                        let key = [u64::from(index), condition as u64];
                        unit(self.seed, self.world, Decides::Host, &key)
                            < shares.missing(condition, member, gap)
                    }
                }
            };
            let mut open = 0;
            for (vector, conditions) in population.vectors.iter().enumerate() {
                let is_open = conditions.iter().all(|&condition| is_missing(condition));
                open |= u8::from(is_open && running(vector, index)) << vector;
            }
            if closed[index as usize] {
                open &= !patched;
            }
            open_to.vectors.push(open);
            let is_drawn = open != 0 && member.open == Open::Unknown;
            open_to.is_drawn.push(is_drawn);
        }
        open_to
    }

    /// Whether the service that a vector attacks runs on a machine, where a share of machines is all that is known.
    fn services(&self) -> impl Fn(usize, u32) -> bool + '_ {
        let vectors = self.population.profile.vectors.iter().enumerate();
        let shares: Vec<Option<f64>> = vectors
            .map(|(vector, it)| {
                let share = it.service_share.as_ref()?;
                Some(self.parameter(Self::of_vector(vector, 500), share))
            })
            .collect();
        move |vector, host| match (shares[vector], self.settle) {
            (None, _) | (Some(_), Settle::Against) => true,
            (Some(_), Settle::InFavour) => false,
            (Some(share), Settle::Drawn) => {
                let key = [u64::from(host), vector as u64];
                unit(self.seed, self.world, Decides::Service, &key) < share
            }
        }
    }

    /// Which vectors each machine carries once infected, a bit for each: without log-on evidence, credentials are drawn.
    pub(super) fn carries(&self) -> impl Fn(u32) -> u8 + '_ {
        let vectors = self.population.profile.vectors.iter().enumerate();
        let shares: Vec<Option<f64>> = vectors
            .map(|(vector, it)| {
                let credentials = it.credentials.as_ref();
                let share = credentials.filter(|_| it.carried_by == CarriedBy::Credentials)?;
                Some(self.parameter(Self::of_vector(vector, 501), &share.share))
            })
            .collect();
        move |host| {
            let carried = shares.iter().enumerate().map(|(vector, share)| {
                let is_carried = match (share, self.settle) {
                    (None, _) | (Some(_), Settle::Against) => true,
                    (Some(_), Settle::InFavour) => false,
                    (Some(share), Settle::Drawn) => {
                        let key = [u64::from(host), vector as u64];
                        unit(self.seed, self.world, Decides::Carries, &key) < *share
                    }
                };
                u8::from(is_carried) << vector
            });
            carried.sum()
        }
    }
}
