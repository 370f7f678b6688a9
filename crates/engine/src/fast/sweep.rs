//! Sweeps, drawn without visiting each address.
//!
//! A sweep of a network probes each address at a uniform moment of its time. Let u be how far it has come, 0 to 1, and
//! let a probe to some address do something with chance q while its host is on. With m the integral of q over the way
//! that the sweep has come, that address has not been probed to effect by then with chance 1 - m, so a probe that does
//! something comes at rate q / (1 - m) per unit of u. No sweep has to remember whom it has probed in vain.
//!
//! For n susceptible hosts with q at most Q, probes are drawn at rate n·Q / (1 - Q·u): the next after u is where 1 - Q·u
//! has shrunk by exp(-e / n), e exponential. Then one of the n is picked evenly; if it is gone by now the probe finds
//! nothing, else it is kept by the ratio of the two rates. A host that has become susceptible since is passed over.

use crate::fast::cells::NONE;
use crate::fast::queue::Happening;
use crate::fast::run::Run;
use crate::{Across, Watch};

/// A host that sweeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sweeper {
    cell: u32,
    /// The next of its cell's, or [`NONE`].
    next: u32,
    /// When all its sweeps have come to their end.
    ends_hours: f64,
    is_alive: bool,
    is_disabled: bool,
}

/// One sweep of one network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Search {
    sweeper: u32,
    /// Which of the sweeps it is.
    sweep: u8,
    /// The position of the network among the host's, and the network.
    position: u32,
    network: u32,
    begun_hours: f64,
    takes_hours: f64,
    /// How far it has come when its next probe leaves, 0 to 1.
    progress: f64,
    /// How many hosts the next probe was drawn for, and the highest chance.
    hosts: u32,
    highest: f64,
}

impl<W: Watch> Run<'_, W> {
    /// An active host that is on begins its sweeps.
    pub(crate) fn begin_sweep(&mut self, cell: u32, is_disabled: bool) {
        let prepared = self.prepared;
        let it = self.cell(cell);
        let carries = &prepared.input.classes[usize::from(it.class)].carries;
        let is_any = |&(vector, _): &(u8, f64)| carries[usize::from(vector)];
        if it.network == NONE || !prepared.plan.sweeps.iter().any(is_any) {
            return;
        }
        let sweeper = self.scratch.sweepers.len() as u32;
        let host = prepared.host_of(cell);
        let addresses = |network: u32| prepared.input.networks[network as usize].addresses;
        let all: f64 = if it.is_bridge() {
            prepared.input.networks_of(host).map(addresses).sum()
        } else {
            addresses(it.network)
        };
        let rates = prepared.plan.sweeps.iter().filter(|sweep| is_any(sweep));
        let slowest = rates.map(|&(_, rate)| rate).fold(f64::INFINITY, f64::min);
        let stage = &mut self.scratch.seldom[cell as usize];
        self.scratch.sweepers.push(Sweeper {
            cell,
            next: std::mem::replace(&mut stage.sweepers, sweeper),
            ends_hours: self.now + all / slowest,
            is_alive: true,
            is_disabled,
        });
        for (sweep, &(vector, _)) in (0..).zip(&prepared.plan.sweeps) {
            if carries[usize::from(vector)] {
                self.search(sweeper, sweep, 0);
            }
        }
    }

    /// A sweep comes to the network at this position of its host's.
    fn search(&mut self, sweeper: u32, sweep: u8, position: u32) {
        let prepared = self.prepared;
        let source = self.scratch.sweepers[sweeper as usize].cell;
        let cell = self.cell(source);
        let (network, is_last) = if cell.is_bridge() {
            let host = prepared.host_of(source);
            let mut networks = prepared.input.networks_of(host).skip(position as usize);
            let Some(network) = networks.next() else {
                return;
            };
            (network, networks.next().is_none())
        } else {
            (cell.network, true)
        };
        let (_, rate) = prepared.plan.sweeps[usize::from(sweep)];
        let takes_hours = prepared.input.networks[network as usize].addresses / rate;
        let search = self.scratch.searches.len() as u32;
        self.scratch.searches.push(Search {
            sweeper,
            sweep,
            position,
            network,
            begun_hours: self.now,
            takes_hours,
            progress: 0.0,
            hosts: 0,
            highest: 0.0,
        });
        if !is_last {
            self.queue(self.now + takes_hours, Happening::NextNetwork { search });
        }
        self.queue_probe(search);
    }

    pub(crate) fn next_network(&mut self, search: u32) {
        let Search {
            sweeper,
            sweep,
            position,
            ..
        } = self.scratch.searches[search as usize];
        if self.scratch.sweepers[sweeper as usize].is_alive {
            self.search(sweeper, sweep, position + 1);
        }
    }

    /// Draws and queues a sweep's next probe that may do something, if there is one.
    fn queue_probe(&mut self, search: u32) {
        let it = self.scratch.searches[search as usize];
        let (vector, _) = self.prepared.plan.sweeps[usize::from(it.sweep)];
        let mut hosts = 0;
        let mut highest = 0.0_f64;
        for cell in self.cells_in(it.network) {
            let left = self.scratch.cells[cell as usize].left;
            if left == 0 {
                continue;
            }
            let chance = self.chances(cell, vector.into()).iter().sum();
            if chance > 0.0 {
                hosts += left;
                highest = highest.max(chance);
            }
        }
        if hosts == 0 {
            return;
        }
        let shrinks = -self.draws.exponential() / f64::from(hosts);
        let left = (1.0 - highest * it.progress) * libm::exp(shrinks);
        let progress = (1.0 - left) / highest;
        let next = &mut self.scratch.searches[search as usize];
        (next.hosts, next.highest, next.progress) = (hosts, highest, progress);
        if progress < 1.0 {
            let hours = next.begun_hours + progress * next.takes_hours;
            // Rounding must not take it back in time.
            self.queue(hours.max(self.now), Happening::Probe { search });
        }
    }

    /// A probe of a sweep leaves that may do something.
    pub(crate) fn sweep_probe(&mut self, search: u32) {
        let it = self.scratch.searches[search as usize];
        let source = self.scratch.sweepers[it.sweeper as usize];
        if !source.is_alive {
            return;
        }
        let vector = usize::from(self.prepared.plan.sweeps[usize::from(it.sweep)].0);
        let place = self.draws.below(it.hosts);
        if let Some((cell, returned)) = self.searched(&it, vector, place) {
            let open = self.open(cell, vector);
            let chance = if self.is_on(self.cell(cell)) {
                let unit = self.prepared.openness.unit[vector];
                f64::from(open.units) * open.share * unit
            } else {
                0.0
            };
            let rate = chance / (1.0 - self.effect_so_far(&it, cell, vector));
            let drawn_at = it.highest / (1.0 - it.highest * it.progress);
            if rate >= drawn_at || self.draws.unit() * drawn_at < rate {
                let from = W::WANTS_SOURCES.then_some(source.cell);
                self.take_effect_on(cell, returned, open.infects, Across::SameNetwork, from);
            }
        }
        self.queue_probe(search);
    }

    /// The host at a place among those that a probe was drawn for, if it is still there: its cell, and which of the returned
    /// it is. Those that returned come last, in the order of their return.
    fn searched(&self, search: &Search, vector: usize, place: u32) -> Option<(u32, Option<usize>)> {
        let mut rest = place;
        for is_returned in [false, true] {
            for cell in self.cells_in(search.network) {
                if self.cell(cell).is_returned != is_returned
                    || self.chances(cell, vector).iter().sum::<f64>() == 0.0
                {
                    continue;
                }
                if is_returned {
                    let times = self
                        .scratch
                        .returns
                        .get(&cell)
                        .map_or(&[][..], Vec::as_slice);
                    // Only those that came back before it began or as it did; they stand first.
                    let before = times.partition_point(|&time| time <= search.begun_hours) as u32;
                    if rest < before {
                        return Some((cell, Some(rest as usize)));
                    }
                    rest -= before;
                } else {
                    let left = self.scratch.cells[cell as usize].left;
                    if rest < left {
                        return Some((cell, None));
                    }
                    rest -= left;
                }
            }
        }
        None
    }

    /// The chances that a probe infects and crashes a host of a cell that is free of the kill switch.
    fn chances(&self, cell: u32, vector: usize) -> [f64; 2] {
        let class = usize::from(self.cell(cell).class);
        self.prepared.openness.chances[class][vector]
    }

    /// With what chance a sweep has done something to a host of a cell, had it stayed susceptible.
    fn effect_so_far(&self, search: &Search, cell: u32, vector: usize) -> f64 {
        let prepared = self.prepared;
        let it = self.cell(cell);
        let class = &prepared.input.classes[usize::from(it.class)];
        let clock = self.clock();
        let on = |from: f64, to: f64| {
            let (from, to) = (from.max(search.begun_hours), to.min(self.now));
            match class.schedule {
                Some(schedule) => prepared.plan.hours[usize::from(schedule)]
                    .between(clock.of_week(from), clock.of_week(to)),
                None => (to - from).max(0.0),
            }
        };
        let all = on(search.begun_hours, self.now);
        let answered = match prepared.input.kill_switch {
            Some(switch) if class.answers_kill_switch => {
                let organisations = &prepared.plan.organisation_of_network;
                let isolated =
                    organisations
                        .get(it.network as usize)
                        .map_or(f64::INFINITY, |&organisation| {
                            self.scratch.organisations[organisation as usize].isolated_hours
                        });
                on(switch.live_from_hours, isolated)
            }
            _ => 0.0,
        };
        let [infects, crashes] = self.chances(cell, vector);
        (infects * (all - answered) + crashes * all) / search.takes_hours
    }

    fn cells_in(&self, network: u32) -> impl Iterator<Item = u32> + use<'_, W> {
        let cells = &self.prepared.cells;
        let own = cells.of_network(network).map(|cell| cell as u32);
        own.chain(cells.guests.of(network).iter().copied())
    }

    /// One of a cell's active hosts, disabled or not, is drawn: if it sweeps, its sweep ends.
    pub(crate) fn drop_a_sweeper(&mut self, cell: u32, disabled: usize) {
        if let Some(sweeper) = self.draw_sweeper(cell, disabled) {
            self.scratch.sweepers[sweeper as usize].is_alive = false;
        }
    }

    /// One of a cell's active hosts in service is drawn: if it sweeps, it is a disabled one that sweeps from now on.
    pub(crate) fn disable_a_sweeper(&mut self, cell: u32) {
        if let Some(sweeper) = self.draw_sweeper(cell, 0) {
            self.scratch.sweepers[sweeper as usize].is_disabled = true;
        }
    }

    /// All of a cell's sweeps end.
    pub(crate) fn drop_all_sweepers(&mut self, cell: u32) {
        if self.prepared.plan.sweeps.is_empty() {
            return;
        }
        let stage = &mut self.scratch.seldom[cell as usize];
        let mut next = std::mem::replace(&mut stage.sweepers, NONE);
        while next != NONE {
            let sweeper = &mut self.scratch.sweepers[next as usize];
            sweeper.is_alive = false;
            next = sweeper.next;
        }
    }

    fn draw_sweeper(&mut self, cell: u32, disabled: usize) -> Option<u32> {
        // Without sweeps the record is not even looked at: it would have to come from memory.
        if self.prepared.plan.sweeps.is_empty() {
            return None;
        }
        let first = self.scratch.seldom.get(cell as usize)?.sweepers;
        if first == NONE {
            return None;
        }
        let active = self.scratch.stages[cell as usize].active[disabled];
        let mut rest = self.draws.below(active);
        let mut last = NONE;
        let mut next = first;
        while next != NONE {
            let sweeper = self.scratch.sweepers[next as usize];
            if !sweeper.is_alive || sweeper.ends_hours <= self.now {
                self.unlink_sweeper(cell, last, sweeper.next);
            } else {
                if usize::from(sweeper.is_disabled) == disabled {
                    if rest == 0 {
                        return Some(next);
                    }
                    rest -= 1;
                }
                last = next;
            }
            next = sweeper.next;
        }
        None
    }

    /// Takes those that have ended off a cell's list: what comes after `last`, or first, is `next` from now on.
    fn unlink_sweeper(&mut self, cell: u32, last: u32, next: u32) {
        let link = if last == NONE {
            &mut self.scratch.seldom[cell as usize].sweepers
        } else {
            &mut self.scratch.sweepers[last as usize].next
        };
        *link = next;
    }
}
