//! The course of one outbreak: the loop, and what infections, starts and crashes do.

use crate::draws::Draws;
use crate::plain::prepare::{Ends, Opening, Targets};
use crate::plain::replicate::events::Happening;
use crate::plain::replicate::hosts::{By, Status};
use crate::plain::replicate::scratch::Scratch;
use crate::plain::replicate::uniform::Source;
use crate::plain::{Across, Answer, Crash, Entries, History, Infection, Prepared};

impl Prepared<'_> {
    /// Draws one history. The same (input, seed, replicate) always gives the same, whatever `scratch` was used for.
    pub fn replicate(&self, seed: u64, replicate: u64, scratch: &mut Scratch) -> History {
        scratch.reset(self);
        let infections = Vec::with_capacity(scratch.last_infections);
        let history = History {
            infections,
            ..History::default()
        };
        let draws = Draws::new(seed, replicate);
        let mut outbreak = Outbreak {
            prepared: self,
            draws,
            scratch,
            history,
            now: 0.0,
        };
        outbreak.enter();
        outbreak.run();
        let history = outbreak.history;
        scratch.last_infections = history.infections.len();
        history
    }
}

/// One outbreak under way.
pub(crate) struct Outbreak<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) scratch: &'a mut Scratch,
    pub(crate) draws: Draws,
    history: History,
    /// Hours since the beginning.
    pub(crate) now: f64,
}

impl Outbreak<'_> {
    fn enter(&mut self) {
        match &self.prepared.input.entries {
            Entries::OneOf(hosts) => {
                let host = hosts[self.draws.below(hosts.len() as u32) as usize];
                self.infect(host, By::Hand, Across::Entry);
            }
            Entries::These(hosts) => {
                for &host in hosts {
                    self.infect(host, By::Hand, Across::Entry);
                }
            }
        }
    }

    fn run(&mut self) {
        let horizon = self.prepared.input.horizon_hours;
        // How much more rate × time has to pass until the next probe of a uniform stream.
        let mut wait = self.draws.exponential();
        loop {
            let total = self.scratch.rates.total();
            let next_uniform = if total > 0.0 {
                self.now + wait / total
            } else {
                f64::INFINITY
            };
            let next_queued = self.scratch.queue.next_hours();
            if next_uniform.min(next_queued) > horizon {
                return;
            }
            if next_uniform < next_queued {
                self.now = next_uniform;
                self.uniform_probe();
                wait = self.draws.exponential();
                continue;
            }
            // Rounding must not make the wait negative.
            wait = (wait - total * (next_queued - self.now)).max(0.0);
            self.now = next_queued;
            match self.scratch.queue.pop() {
                Some(Happening::Start { host }) => self.start(host),
                Some(Happening::SweepNetwork {
                    host,
                    sweep,
                    position,
                }) => {
                    self.sweep_network(host, sweep, position);
                }
                Some(Happening::SweepProbe { search }) => self.sweep_probe(search),
                None => return,
            }
        }
    }

    /// Queues something unless the horizon comes first.
    #[inline]
    pub(crate) fn queue(&mut self, hours: f64, happening: Happening) {
        if hours <= self.prepared.input.horizon_hours {
            self.scratch.queue.push(hours, happening);
        }
    }

    /// A probe has done to a host what its opening says.
    #[inline]
    pub(crate) fn succeed(&mut self, opening: &Opening, source: u32, by: By) {
        match opening.ends {
            Ends::Infected => self.infect(opening.host, by, self.across(source, opening.network)),
            Ends::Crashed => self.crash(opening.host),
        }
    }

    #[inline]
    fn infect(&mut self, host: u32, by: By, across: Across) {
        let infection = Infection {
            host,
            hours: self.now,
            from: by.source(),
            across,
        };
        let journey = &mut self.scratch.journeys[host as usize];
        journey.infection = self.history.infections.len() as u32;
        journey.by = by;
        self.history.infections.push(infection);
        self.scratch.statuses[host as usize] = Status::Latent;
        let may_be_answered = self.may_be_answered(host);
        self.each_opening(host, |targets, id, opening, sets| {
            if opening.ends == Ends::Crashed && may_be_answered {
                targets.rest(id, opening, sets);
            } else {
                targets.remove(id, opening, sets);
            }
        });
        let start = self.now + self.prepared.input.latency.draw(&mut self.draws);
        self.queue(start, Happening::Start { host });
    }

    #[inline]
    fn start(&mut self, host: u32) {
        if self.may_be_answered(host) {
            if self.is_kill_switch_live() {
                self.answer(host);
                return;
            }
            self.close(host, Ends::Crashed);
        }
        self.scratch.statuses[host as usize] = Status::Active;
        let removal = self.prepared.input.removal;
        self.scratch.journeys[host as usize].active_until = removal
            .map_or(f64::INFINITY, |delay| {
                self.now + delay.draw(&mut self.draws)
            });
        let prepared = self.prepared;
        for feed in prepared.routes.feeds_of_host(host) {
            let share = feed.share;
            self.add_source(feed.pool, Source { host, share });
        }
        for sweep in 0..prepared.sweeps.len() {
            self.sweep_network(host, sweep as u8, 0);
        }
    }

    fn answer(&mut self, host: u32) {
        self.scratch.statuses[host as usize] = Status::Answered;
        self.each_opening(host, |targets, id, opening, sets| {
            if opening.ends == Ends::Crashed {
                targets.wake(id, opening, sets);
            }
        });
        for &network in &self.prepared.input.hosts[host as usize].networks {
            self.renew_rates(&self.prepared.sets_of_network[network as usize]);
        }
        let journey = &mut self.scratch.journeys[host as usize];
        journey.answered_hours = self.now;
        self.history.answers.push(Answer {
            infection: journey.infection,
            host,
            hours: self.now,
        });
    }

    fn crash(&mut self, host: u32) {
        self.close(host, Ends::Crashed);
        if self.scratch.statuses[host as usize] == Status::Susceptible {
            self.close(host, Ends::Infected);
        }
        self.scratch.statuses[host as usize] = Status::Crashed;
        self.history.crashes.push(Crash {
            host,
            hours: self.now,
        });
    }

    /// Takes a host's openings of one kind, which are still there, out of the targets.
    #[inline]
    fn close(&mut self, host: u32, ends: Ends) {
        self.each_opening(host, |targets, id, opening, sets| {
            if opening.ends == ends {
                targets.remove(id, opening, sets);
            }
        });
    }

    /// Changes the targets for each opening of a host.
    #[inline]
    fn each_opening(&mut self, host: u32, change: impl Fn(&mut Targets, u32, &Opening, &[u32; 3])) {
        let prepared = self.prepared;
        for position in prepared.openings.range(host) {
            let opening = &prepared.openings.members()[position];
            let sets = &prepared.sets_of_network[opening.network as usize];
            change(&mut self.scratch.targets, position as u32, opening, sets);
        }
    }

    /// Whether the kill switch may end the host's start, so that a probe may crash it later.
    fn may_be_answered(&self, host: u32) -> bool {
        let input = self.prepared.input;
        input.kill_switch.is_some() && input.hosts[host as usize].answers_kill_switch
    }

    fn is_kill_switch_live(&self) -> bool {
        self.prepared
            .input
            .kill_switch
            .is_some_and(|switch| self.now >= switch.live_from_hours)
    }

    /// When a host that was infected was so.
    pub(crate) fn infected_hours(&self, host: u32) -> f64 {
        let journey = &self.scratch.journeys[host as usize];
        self.history.infections[journey.infection as usize].hours
    }

    /// What a probe crosses from a host to a network that it reaches.
    fn across(&self, source: u32, network: u32) -> Across {
        let attached = &self.prepared.input.hosts[source as usize].networks;
        let organisation =
            |network: u32| self.prepared.input.networks[network as usize].organisation;
        if attached.contains(&network) {
            Across::SameNetwork
        } else if attached
            .iter()
            .any(|&own| organisation(own) == organisation(network))
        {
            Across::SameOrganisation
        } else {
            Across::BetweenOrganisations
        }
    }
}
