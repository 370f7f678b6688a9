//! Probes of uniform streams, drawn by thinning.
//!
//! Each pool is given the rate at which probes would do something if all its sources were as dense as the densest, all
//! targets as open as the most open of their list, and no target had gone since its last source came. A probe drawn at
//! that rate picks its source and target evenly and is rejected by what they fall short. That is exact, and rejections
//! are few because pools and lists hold what is alike.

use crate::plain::prepare::Pool;
use crate::plain::replicate::hosts::By;
use crate::plain::replicate::outbreak::Outbreak;

/// An active host that feeds a pool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) host: u32,
    /// Its probes as a share of the densest source's.
    pub(crate) share: f64,
}

impl Outbreak<'_> {
    /// A probe that may do something leaves now.
    #[inline]
    pub(crate) fn uniform_probe(&mut self) {
        let pool = self.scratch.rates.at(self.draws.unit());
        let set = self.prepared.routes.pools()[pool as usize].set;
        let (rate, drawn_at) = (self.rate(pool), self.scratch.rates.of(pool));
        if rate < drawn_at {
            self.scratch.rates.set(pool, rate);
            if self.draws.unit() * drawn_at >= rate {
                return;
            }
        }
        let sources = &mut self.scratch.sources[pool as usize];
        let place = self.draws.below(sources.len() as u32) as usize;
        let Source { host, share } = sources[place];
        if self.scratch.journeys[host as usize].active_until <= self.now {
            sources.swap_remove(place);
            self.scratch.rates.set(pool, self.rate(pool));
            return;
        }

        let prepared = self.prepared;
        let (opening, highest) = self.draw_target(set);
        let opening = &prepared.openings.members()[opening as usize];
        let sets = &prepared.sets_of_network[opening.network as usize];
        if prepared.routes.counts_with(host, set, sets)
            && self.draws.unit() * highest < share * opening.chance
        {
            self.succeed(opening, host, By::Uniform { from: host });
        }
    }

    /// Draws one of a set's openings that are awake in proportion to the highest chance of its list, which comes with it.
    #[inline]
    fn draw_target(&mut self, set: u32) -> (u32, f64) {
        let targets = &self.scratch.targets;
        let lists = targets.lists_of(set);
        let mut list = lists.start;
        if lists.len() > 1 {
            let mut rest = self.draws.unit() * targets.weight(set);
            for candidate in lists.filter(|&candidate| targets.list(candidate).awake > 0) {
                list = candidate;
                rest -= targets.list(candidate).weight();
                if rest < 0.0 {
                    break;
                }
            }
        }
        let place = self.draws.below(targets.list(list).awake);
        (targets.opening(list, place), targets.list(list).highest)
    }

    /// The hosts that feed a pool have become one more.
    #[inline]
    pub(crate) fn add_source(&mut self, pool: u32, source: Source) {
        self.scratch.sources[pool as usize].push(source);
        self.scratch.rates.set(pool, self.rate(pool));
    }

    /// Targets have come back in these sets.
    pub(crate) fn renew_rates(&mut self, sets: &[u32; 3]) {
        for &set in sets {
            for pool in self.prepared.routes.pools_of_set(set) {
                self.scratch.rates.set(pool, self.rate(pool));
            }
        }
    }

    /// The rate to draw a pool's probes at, as its sources and targets are now.
    #[inline]
    fn rate(&self, pool: u32) -> f64 {
        let Pool {
            set,
            probes_per_hour,
        } = self.prepared.routes.pools()[pool as usize];
        let sources = self.scratch.sources[pool as usize].len() as f64;
        sources * probes_per_hour * self.scratch.targets.weight(set)
    }
}
