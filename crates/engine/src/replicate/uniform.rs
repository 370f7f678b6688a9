//! Probes of uniform streams, drawn by thinning.
//!
//! Each set of networks is given the rate at which probes would do something there if all its sources were as dense as
//! the densest, all targets as open as the most open of their list, and no target had gone since its last source came.
//! A probe drawn at that rate picks its source and target evenly and is rejected by what they fall short. That is
//! exact, and rejections are few because sets and lists hold what is alike.

use crate::prepare::NONE;
use crate::replicate::hosts::By;
use crate::replicate::outbreak::Outbreak;

/// An active host that feeds a set.
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
        let set = self.scratch.rates.at(self.draws.unit());
        let (rate, drawn_at) = (self.rate(set), self.scratch.rates.of(set));
        if rate < drawn_at {
            self.scratch.rates.set(set, rate);
            if self.draws.unit() * drawn_at >= rate {
                return;
            }
        }
        let sources = &mut self.scratch.sources[set as usize];
        let place = self.draws.below(sources.len() as u32) as usize;
        let Source { host, share } = sources[place];
        if self.scratch.journeys[host as usize].active_until <= self.now {
            sources.swap_remove(place);
            self.scratch.rates.set(set, self.rate(set));
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

    /// Draws one of a set's openings that are awake in proportion to the highest chance of its list, which comes with
    /// it.
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

    /// The hosts that feed a set have become one more.
    #[inline]
    pub(crate) fn add_source(&mut self, set: u32, source: Source) {
        self.scratch.sources[set as usize].push(source);
        self.scratch.rates.set(set, self.rate(set));
    }

    /// Targets have come back in these sets.
    pub(crate) fn renew_rates(&mut self, sets: &[u32; 3]) {
        for &set in sets.iter().filter(|&&set| set != NONE) {
            self.scratch.rates.set(set, self.rate(set));
        }
    }

    /// The rate to draw a set's probes at, as its sources and targets are now.
    #[inline]
    fn rate(&self, set: u32) -> f64 {
        let sources = self.scratch.sources[set as usize].len() as f64;
        sources * self.prepared.routes.densest(set) * self.scratch.targets.weight(set)
    }
}
