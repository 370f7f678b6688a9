//! The course of one outbreak: the loop, and what infections, starts and removals do.

use crate::draws::Draws;
use crate::plain::fast::prepared::LISTED;
use crate::plain::fast::reach::{NONE, Reach};
use crate::plain::fast::waiting::Latency;
use crate::plain::fast::{CellEntries, CellEntry, Count, Course, Prepared, Scratch, Step, Wanted};

impl Prepared<'_> {
    /// Draws one course. The same (cells, seed, replicate) always gives the same, whatever is `wanted` of it and
    /// whatever `scratch` was used for.
    pub fn course(
        &self,
        seed: u64,
        replicate: u64,
        wanted: &Wanted,
        scratch: &mut Scratch,
    ) -> Course {
        self.course_from(&mut Draws::new(seed, replicate), wanted, scratch)
    }

    /// Draws one course, and leaves the generator where the course ended.
    pub(crate) fn course_from(
        &self,
        draws: &mut Draws,
        wanted: &Wanted,
        scratch: &mut Scratch,
    ) -> Course {
        scratch.reset(self);
        let latency = Latency::new(self.cells.latency);
        let removal = self.cells.removal_mean_hours;
        let mut run = Run {
            prepared: self,
            draws,
            scratch,
            wanted,
            latency,
            removal_rate: removal.map_or(0.0, rate_of_mean),
            acts: removal != Some(0.0),
            removes: removal.is_some(),
            now: 0.0,
            course: Course::default(),
        };
        run.enter();
        run.run();
        run.count_until(self.cells.horizon_hours);
        run.course
    }
}

/// Events per hour; 0 where there is no waiting at all, and finite however short the wait.
pub(crate) fn rate_of_mean(mean_hours: f64) -> f64 {
    if mean_hours > 0.0 {
        (1.0 / mean_hours).min(1e300)
    } else {
        0.0
    }
}

/// One outbreak under way.
struct Run<'a> {
    prepared: &'a Prepared<'a>,
    draws: &'a mut Draws,
    scratch: &'a mut Scratch,
    wanted: &'a Wanted,
    latency: Latency,
    /// Removals per hour and active host.
    removal_rate: f64,
    /// Whether a host that starts is active for any time at all.
    acts: bool,
    /// Whether active hosts are counted by network, because one of them may have to be drawn.
    removes: bool,
    now: f64,
    course: Course,
}

impl Run<'_> {
    fn enter(&mut self) {
        let cells = self.prepared.cells;
        match &cells.entries {
            CellEntries::OneOf(entries) => {
                let drawn = self.draws.below(entries.len() as u32);
                self.course.entry = Some(drawn);
                self.enter_one(entries[drawn as usize]);
            }
            CellEntries::These(entries) => entries.iter().for_each(|&entry| self.enter_one(entry)),
        }
    }

    fn enter_one(&mut self, entry: CellEntry) {
        match entry.class {
            Some(class) => self.infect(entry.network, class),
            None => {
                self.note(entry.network, None);
                self.after_infection(entry.network, 0);
            }
        }
    }

    fn run(&mut self) {
        let horizon = self.prepared.cells.horizon_hours;
        let latency_rate = match self.latency {
            Latency::Rate(rate) => rate,
            _ => 0.0,
        };
        let mut next_count = self.next_count_hours();
        loop {
            let spread = self.scratch.urn.total() as f64 * self.prepared.speeds.unit;
            let starts = self.scratch.latent.total() as f64 * latency_rate;
            let removals = self.scratch.active.total() as f64 * self.removal_rate;
            let total = spread + starts + removals;
            let due = self.scratch.waiting.next_hours();
            if spread == 0.0 && starts == 0.0 && due == f64::INFINITY {
                return;
            }
            let next = if total > 0.0 {
                self.now + self.draws.exponential() / total
            } else {
                f64::INFINITY
            };
            let until = next.min(due);
            if until >= next_count {
                self.count_until(until.min(horizon));
                next_count = self.next_count_hours();
            }
            if until > horizon {
                return;
            }
            self.now = until;
            if next >= due {
                // Waits have no memory, so the next one is drawn anew.
                if let Some(network) = self.scratch.waiting.pop() {
                    self.start(network, 0);
                }
                continue;
            }
            if starts + removals == 0.0 {
                self.probe();
                continue;
            }
            let drawn = self.draws.unit() * total;
            if drawn < spread {
                self.probe();
            } else if drawn < spread + starts || removals == 0.0 {
                self.start_any();
            } else {
                self.remove_any();
            }
        }
    }

    /// A probe arrives that may infect.
    #[inline]
    fn probe(&mut self) {
        let Prepared {
            speeds, openness, ..
        } = self.prepared;
        let pools = &self.scratch.pools;
        let weight = |pool: u32| pools[pool as usize].weight();
        let (pool, below) = self.scratch.urn.draw(self.draws, weight);
        let weight = weight(pool);
        // Only what is drawn from the last part of a weight can be beyond its real share.
        let is_precise = weight - below > (weight >> speeds.precise_bits) + 1;
        if !is_precise {
            let drawn = below as f64 + self.draws.unit();
            if drawn >= weight as f64 * speeds.shares[pool as usize] {
                return;
            }
        }
        let network = self.draw_network(pool);
        let class = self.draw_class(network);
        let share = openness.shares[usize::from(class)];
        if share == 1.0 || self.draws.unit() < share {
            self.infect(network, class);
        }
    }

    /// One of the networks that a pool leads to, in proportion to openness.
    #[inline]
    fn draw_network(&mut self, pool: u32) -> u32 {
        let prepared = self.prepared;
        let networks = prepared.cells.networks.len() as u32;
        let Some(lead) = pool.checked_sub(networks) else {
            return pool;
        };
        let lead = prepared.leads[lead as usize];
        let pools = &self.scratch.pools;
        let open = |network: u32| pools[network as usize].open;
        if lead.urn != NONE {
            let urn = &self.scratch.urns[lead.urn as usize];
            let weight = |network: u32| u64::from(open(network));
            return urn.draw(self.draws, weight).0;
        }
        let mut rest = self.draws.below(pools[pool as usize].open);
        let mut place = 0;
        loop {
            let network = if lead.first < LISTED {
                lead.first + place
            } else {
                prepared.members[(lead.first - LISTED + place) as usize]
            };
            place += 1;
            if rest < open(network) || place == lead.count {
                return network;
            }
            rest -= open(network);
        }
    }

    /// One of a network's classes, in proportion to the openness of its hosts that are left.
    #[inline]
    fn draw_class(&mut self, network: u32) -> u8 {
        let units = &self.prepared.openness.units;
        if units.len() == 1 {
            return 0;
        }
        let mut rest = self.draws.below(self.scratch.pools[network as usize].open);
        let first = network as usize * units.len();
        let hosts = &self.scratch.hosts[first..first + units.len()];
        for (class, (hosts, units)) in (0..).zip(hosts.iter().zip(units)) {
            if rest < hosts * units {
                return class;
            }
            rest -= hosts * units;
        }
        // Not reached: the openness of a network is the sum over its classes.
        0
    }

    #[inline]
    fn infect(&mut self, network: u32, class: u8) {
        let units = &self.prepared.openness.units;
        if units.len() > 1 {
            self.scratch.hosts[network as usize * units.len() + usize::from(class)] -= 1;
        }
        self.note(network, Some(class));
        self.after_infection(network, units[usize::from(class)]);
    }

    /// A host of this network is infected, and its openness gone.
    #[inline]
    fn after_infection(&mut self, network: u32, closed: u32) {
        match self.latency {
            Latency::None => self.start(network, closed),
            Latency::Rate(_) => {
                self.scratch.latent.add(network, 1);
                self.change(network, 0, closed);
            }
            Latency::Drawn(delay) => {
                let horizon = self.prepared.cells.horizon_hours;
                let (now, draws) = (self.now, &mut *self.draws);
                self.scratch
                    .waiting
                    .push(network, now, delay, horizon, draws);
                self.change(network, 0, closed);
            }
        }
    }

    /// A host becomes active; `closed` is the openness that goes with it if it is infected only now.
    #[inline]
    fn start(&mut self, network: u32, closed: u32) {
        if !self.acts {
            self.change(network, 0, closed);
            return;
        }
        if self.removes {
            self.scratch.active.add(network, 1);
        }
        self.change(network, 1, closed);
    }

    /// One of the hosts whose latency has no memory becomes active.
    fn start_any(&mut self) {
        let network = self.scratch.latent.draw(self.draws);
        self.scratch.latent.add(network, -1);
        self.start(network, 0);
    }

    /// One of the active hosts is removed.
    fn remove_any(&mut self) {
        let network = self.scratch.active.draw(self.draws);
        self.scratch.active.add(network, -1);
        self.change(network, -1, 0);
    }

    /// The active hosts of a network become so many more, and its openness so much less.
    #[inline]
    fn change(&mut self, network: u32, active: i32, closed: u32) {
        let own = self.scratch.pools[network as usize];
        let Reach { sources, targets } = self.prepared.reaches[own.reach as usize];
        self.change_pool(network, active, closed);
        for place in 0..3 {
            let (source, target) = (sources[place], targets[place]);
            if source == target {
                if source != NONE {
                    self.change_pool(source, active, closed);
                }
            } else {
                if source != NONE && active != 0 {
                    self.change_pool(source, active, 0);
                }
                if target != NONE && closed != 0 {
                    self.change_pool(target, 0, closed);
                }
            }
            if closed != 0 && target != NONE && !self.scratch.positions[place].is_empty() {
                let lead = target - self.prepared.cells.networks.len() as u32;
                let urn = self.prepared.leads[lead as usize].urn;
                if urn != NONE {
                    let positions = &mut self.scratch.positions[place];
                    let (old, new) = (u64::from(own.open), u64::from(own.open - closed));
                    self.scratch.urns[urn as usize].change(network, old, new, positions);
                }
            }
        }
    }

    #[inline]
    fn change_pool(&mut self, number: u32, active: i32, closed: u32) {
        let pool = &mut self.scratch.pools[number as usize];
        let old = pool.weight();
        pool.sources = pool.sources.wrapping_add_signed(active);
        pool.open -= closed;
        let new = pool.weight();
        let positions = &mut self.scratch.pool_positions;
        self.scratch.urn.change(number, old, new, positions);
    }

    #[inline]
    fn note(&mut self, network: u32, class: Option<u8>) {
        let hours = self.now;
        self.course.infections += 1;
        self.course.last_hours = hours;
        if self.wanted.steps {
            self.course.steps.push(Step {
                hours,
                network,
                class,
            });
        }
    }

    fn next_count_hours(&self) -> f64 {
        let wanted = self.wanted.count_at_hours.get(self.course.counts.len());
        wanted.copied().unwrap_or(f64::INFINITY)
    }

    /// Takes the counts that were wanted up to this time, before what happens at it.
    #[cold]
    fn count_until(&mut self, until: f64) {
        while self.next_count_hours() <= until {
            let cells = self.prepared.cells;
            let left = |cell: usize| match self.scratch.hosts.get(cell) {
                Some(&left) => left,
                None => self.scratch.pools[cell].open,
            };
            let infected = cells.hosts.iter().enumerate();
            let count = Count {
                hours: self.next_count_hours(),
                infected: infected.map(|(cell, &all)| all - left(cell)).collect(),
            };
            self.course.counts.push(count);
        }
    }
}
