//! Probes of uniform streams, drawn by thinning.
//!
//! Each pool is given the rate at which probes would do something if all its sources were as dense as the densest and
//! all targets as open as the most open of their list. A probe drawn at that rate then picks its source and target
//! evenly and is rejected by what they fall short. That is exact, and rejections are few because pools and lists hold
//! what is alike.

use crate::prepare::Ends;
use crate::replicate::hosts::{By, Status};
use crate::replicate::outbreak::Outbreak;

/// An active host that feeds a pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) host: u32,
    /// Its probes as a share of the densest source's.
    pub(crate) share: f64,
}

impl Outbreak<'_> {
    /// A probe that may do something leaves now.
    pub(crate) fn uniform_probe(&mut self) {
        let pool = self.scratch.rates.at(self.draws.unit());
        let sources = &mut self.scratch.sources[pool as usize];
        let place = self.draws.below(sources.len() as u32) as usize;
        let Source { host, share } = sources[place];
        if self.scratch.journeys[host as usize].active_until <= self.now {
            sources.swap_remove(place);
            self.refresh_pool(pool);
            return;
        }

        let prepared = self.prepared;
        let set = prepared.routes.pools()[pool as usize].set;
        let (opening, highest) = self.draw_target(set);
        let opening = &prepared.openings.members()[opening as usize];
        let sets = &prepared.sets_of_network[opening.network as usize];
        if prepared.routes.counts_with(host, set, sets)
            && self.is_open(opening.host, opening.ends)
            && self.draws.unit() * highest < share * opening.chance
        {
            self.succeed(opening, host, By::Uniform { from: host });
        }
    }

    /// Draws one of a set's remaining openings in proportion to the highest chance of its list, which comes with it.
    fn draw_target(&mut self, set: u32) -> (u32, f64) {
        let targets = &self.scratch.targets;
        let mut lists = targets
            .lists_of(set)
            .filter(|&list| targets.list(list).remaining > 0);
        let mut list = lists.next().expect("a pool without targets has no rate");
        if let Some(second) = lists.next() {
            let mut rest = self.draws.unit() * targets.weight(set);
            for other in std::iter::once(second).chain(lists) {
                rest -= targets.list(list).weight();
                if rest < 0.0 {
                    break;
                }
                list = other;
            }
        }
        let place = self.draws.below(targets.list(list).remaining);
        (targets.opening(list, place), targets.list(list).highest)
    }

    /// Whether a probe may still do this to the host.
    #[inline]
    fn is_open(&self, host: u32, ends: Ends) -> bool {
        match self.scratch.statuses[host as usize] {
            Status::Susceptible => true,
            Status::Answered => ends == Ends::Crashed,
            Status::Latent | Status::Active | Status::Crashed => false,
        }
    }

    /// Sets anew the rates of all pools that draw from these sets.
    #[inline]
    pub(crate) fn refresh_sets(&mut self, sets: &[u32; 3]) {
        for &set in sets {
            if set != crate::prepare::NONE {
                for pool in self.prepared.routes.pools_of_set(set) {
                    if !self.scratch.sources[pool as usize].is_empty() {
                        self.refresh_pool(pool);
                    }
                }
            }
        }
    }

    /// Sets anew the rate of one pool.
    #[inline]
    pub(crate) fn refresh_pool(&mut self, pool: u32) {
        let densest = self.prepared.routes.pools()[pool as usize];
        let sources = self.scratch.sources[pool as usize].len() as f64;
        let rate = sources * densest.probes_per_hour * self.scratch.targets.weight(densest.set);
        self.scratch.rates.set(pool, rate);
    }
}
