//! Sweeps, drawn without visiting each address.
//!
//! A sweep of a network probes each address at a uniform moment of its time. Let u be how far it has come, 0 to 1, and
//! let a probe to some address do something with chance q. That address has not been probed to effect by then with
//! chance 1 - q·u, so a probe that does one particular thing, of chance c, comes at rate c / (1 - q·u) per unit of u.
//! No sweep has to remember whom it has probed in vain.
//!
//! For n openings with c at most C and q at most Q, probes are drawn at rate n·C / (1 - Q·u): the next after u is where
//! 1 - Q·u has shrunk by exp(-e·Q / (n·C)), e exponential. Then one of the n is picked evenly; if it is gone by now the
//! probe finds nothing (openings never come back), else it is kept by the ratio of the two rates.

use crate::plain::prepare::Opening;
use crate::plain::replicate::events::Happening;
use crate::plain::replicate::hosts::{By, Status};
use crate::plain::replicate::outbreak::Outbreak;

/// A sweep's way through one list of openings of one network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search {
    host: u32,
    sweep: u8,
    list: u32,
    /// When the sweep came to this network, and how long it takes there, in hours.
    begun_hours: f64,
    takes_hours: f64,
    /// How far it has come when its next probe leaves, 0 to 1.
    progress: f64,
    /// How many openings the next probe was drawn for.
    openings: u32,
}

impl Search {
    /// How far the sweep had come at some time; 0 if it had not begun.
    fn progress_at(&self, hours: f64) -> f64 {
        ((hours - self.begun_hours) / self.takes_hours).max(0.0)
    }
}

impl Outbreak<'_> {
    /// A host's sweep comes to the network at this position of its list.
    pub(crate) fn sweep_network(&mut self, host: u32, sweep: u8, position: u32) {
        let prepared = self.prepared;
        let attached = &prepared.input.hosts[host as usize].networks;
        let Some(&network) = attached.get(position as usize) else {
            return;
        };
        let addresses = prepared.input.networks[network as usize].addresses;
        let takes_hours = addresses / prepared.sweeps[sweep as usize];
        let ends_hours = self.now + takes_hours;
        if position as usize + 1 < attached.len() && ends_hours < self.active_until(host) {
            self.queue(
                ends_hours,
                Happening::SweepNetwork {
                    host,
                    sweep,
                    position: position + 1,
                },
            );
        }
        // The set of a network alone has the network's number.
        for list in self.scratch.targets.lists_of(network) {
            if self.scratch.targets.list(list).remaining > 0 {
                let search = self.scratch.searches.len() as u32;
                let begun_hours = self.now;
                let (progress, openings) = (0.0, 0);
                self.scratch.searches.push(Search {
                    host,
                    sweep,
                    list,
                    begun_hours,
                    takes_hours,
                    progress,
                    openings,
                });
                self.queue_next_probe(search);
            }
        }
    }

    /// A probe of a sweep leaves that may do something.
    pub(crate) fn sweep_probe(&mut self, search: u32) {
        let Search {
            host,
            sweep,
            list,
            progress,
            openings,
            ..
        } = self.scratch.searches[search as usize];
        let place = self.draws.below(openings);
        let targets = &self.scratch.targets;
        let &list = targets.list(list);
        if place < list.remaining {
            let opening = targets.opening(self.scratch.searches[search as usize].list, place);
            let opening = &self.prepared.openings.members()[opening as usize];
            let drawn_at = list.highest / (1.0 - list.highest_any * progress);
            let rate = self.effect_rate(opening, &self.scratch.searches[search as usize]);
            // Where all are alike the two are equal, and nothing needs to be drawn.
            if rate >= drawn_at || self.draws.unit() * drawn_at < rate {
                let by = By::Sweep {
                    from: host,
                    sweep,
                    network: opening.network,
                };
                self.succeed(opening, host, by);
            }
        }
        self.queue_next_probe(search);
    }

    /// Draws and queues the sweep's next probe that may do something, if there is one.
    fn queue_next_probe(&mut self, search: u32) {
        let next = &mut self.scratch.searches[search as usize];
        let list = self.scratch.targets.list(next.list);
        next.openings = list.remaining;
        if list.remaining == 0 {
            return;
        }
        let openings = f64::from(list.remaining);
        let shrinks = -self.draws.exponential() * list.highest_any / (openings * list.highest);
        let left = (1.0 - list.highest_any * next.progress) * libm::exp(shrinks);
        let progress = (1.0 - left) / list.highest_any;
        let hours = next.begun_hours + progress * next.takes_hours;
        next.progress = progress;
        let host = next.host;
        if progress < 1.0 && hours < self.active_until(host) {
            // Rounding must not take it back in time.
            self.queue(hours.max(self.now), Happening::SweepProbe { search });
        }
    }

    /// The rate, per unit of progress, at which a sweep now does to a host what an opening says.
    fn effect_rate(&self, opening: &Opening, search: &Search) -> f64 {
        let Opening {
            host,
            network,
            chance,
            any_chance,
            ..
        } = *opening;
        let this_probe = By::Sweep {
            from: search.host,
            sweep: search.sweep,
            network,
        };
        let journey = &self.scratch.journeys[host as usize];
        match self.scratch.statuses[host as usize] {
            Status::Susceptible => chance / (1.0 - any_chance * search.progress),
            // The sweep's one probe to this address is what infected it.
            Status::Answered if journey.by == this_probe => 0.0,
            // Only its opening to crashes is left. Up to its infection this sweep did nothing to it; what the probe did
            // while it was latent is not known; since its start was answered the probe has not crashed it.
            Status::Answered => {
                let infected = search.progress_at(self.infected_hours(host));
                let answered = search.progress_at(journey.answered_hours);
                chance / (1.0 - any_chance * infected - chance * (search.progress - answered))
            }
            Status::Latent | Status::Active | Status::Crashed => 0.0,
        }
    }

    /// When an active host is removed.
    fn active_until(&self, host: u32) -> f64 {
        self.scratch.journeys[host as usize].active_until
    }
}
