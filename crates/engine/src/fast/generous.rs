//! Sources that are counted generously, and looked at only when one of them probes.
//!
//! Where hosts are removed or fall dormant, each would change the pools several times while few of these changes decide
//! anything. So pools count as sources all hosts of a cell that are latent, active, or dormant, as far as is known; a probe
//! is drawn for that many, then for one of them, and it is in vain unless that one is active now. What has become of a
//! cell's hosts is drawn up to the present only when they are asked for: by a probe, a start, the payload or staff.
//! Ends of activity and wakings have no memory and depend on nothing else, so it does not matter when they are drawn.

use crate::calendar::earlier;
use crate::fast::cells::NONE;
use crate::fast::pools::{Kept, Kind, Lead, SOURCES};
use crate::fast::probe::draw_network;
use crate::fast::run::{Run, Turn};
use crate::{Across, Watch};

impl<W: Watch> Run<'_, W> {
    /// A cell has so many more hosts that count as sources, and so many more that are susceptible.
    #[inline]
    pub(crate) fn shift_sources(&mut self, cell: u32, more: i32, susceptible: i32) {
        let it = &mut self.scratch.cells[cell as usize];
        it.sources = it.sources.wrapping_add_signed(more);
        self.shift(cell, more, susceptible);
    }

    /// A host of a cell that counts as a source will never probe again.
    #[inline]
    fn lose_source(&mut self, cell: u32) {
        self.scratch.cells[cell as usize].gone += 1;
    }

    /// A host of a cell left activity or dormancy otherwise than for want of memory, and will never probe again.
    pub(crate) fn lose_host(&mut self, cell: u32) {
        self.lose_source(cell);
        self.foresee(cell);
    }

    /// Those that are gone count as sources no more.
    pub(crate) fn strike_out(&mut self, cell: u32) {
        let it = &mut self.scratch.cells[cell as usize];
        let gone = std::mem::take(&mut it.gone);
        if gone > 0 {
            self.shift_sources(cell, -(gone as i32), 0);
        }
    }

    /// A host of a cell becomes active after its latency.
    pub(crate) fn start_generously(&mut self, cell: u32) {
        self.bring_up(cell);
        let is_disabled = self.strikes_at_once(cell);
        if is_disabled && self.prepared.plan.ends_spread {
            self.scratch.stages[cell as usize].out += 1;
            self.lose_source(cell);
            return;
        }
        let plan = &self.prepared.plan;
        let ends = self.now + self.wait(plan.removal_rate + plan.falls_rate);
        let rate = plan.payload_rate;
        let stage = &mut self.scratch.stages[cell as usize];
        stage.active[usize::from(is_disabled)] += 1;
        stage.next_hours = earlier(stage.next_hours, ends);
        if rate > 0.0 {
            stage.pending += 1;
            let hours = self.now + self.draws.quick_exponential() / rate;
            if hours <= self.prepared.input.horizon_hours {
                self.scratch.strikes.push(hours, cell);
            }
        }
    }

    /// Draws what has become of a cell's hosts up to now.
    #[inline]
    pub(crate) fn bring_up(&mut self, cell: u32) {
        if self.scratch.stages[cell as usize].next_hours <= self.now {
            self.end_and_wake(cell);
        }
    }

    /// Hosts of a cell are removed, fall dormant and wake, up to now: one at least.
    fn end_and_wake(&mut self, cell: u32) {
        let plan = &self.prepared.plan;
        let leaves = plan.removal_rate + plan.falls_rate;
        let mut stage = self.scratch.stages[cell as usize];
        let mut removed = 0;
        let [mut ends, mut wakings] = stage.rates(leaves, plan.wakes_rate);
        loop {
            let drawn = self.draws.unit() * (ends + wakings);
            // Rounding must not take anybody from where nobody is.
            if drawn < ends || wakings == 0.0 {
                let side = self.draw_side(stage.active);
                stage.active[side] -= 1;
                if drawn * leaves < ends * plan.removal_rate {
                    removed += 1;
                    stage.out += side as u32;
                } else {
                    stage.dormant[side] += 1;
                }
            } else {
                let side = self.draw_side(stage.dormant);
                stage.dormant[side] -= 1;
                stage.active[side] += 1;
            }
            [ends, wakings] = stage.rates(leaves, plan.wakes_rate);
            stage.next_hours += self.wait(ends + wakings);
            if stage.next_hours > self.now {
                break;
            }
        }
        self.scratch.stages[cell as usize] = stage;
        if removed > 0 {
            self.scratch.cells[cell as usize].gone += removed;
        }
    }

    /// Some of a cell's hosts left their state otherwise than for want of memory: when the next of the others does is drawn anew,
    /// for waits have none either.
    fn foresee(&mut self, cell: u32) {
        let plan = &self.prepared.plan;
        let stage = &self.scratch.stages[cell as usize];
        let [ends, wakings] = stage.rates(plan.removal_rate + plan.falls_rate, plan.wakes_rate);
        let next_hours = self.now + self.wait(ends + wakings);
        self.scratch.stages[cell as usize].next_hours = next_hours;
    }

    /// How many hours pass before what happens at a rate happens.
    #[inline]
    pub(crate) fn wait(&mut self, per_hour: f64) -> f64 {
        if per_hour > 0.0 {
            self.draws.quick_exponential() / per_hour
        } else {
            f64::INFINITY
        }
    }

    /// Draws between which networks a probe of a pool goes, and has the records that it comes to read.
    #[inline]
    pub(crate) fn draw_ends(&mut self, pool: u32, lead: Option<&Lead>) -> Turn {
        let prepared = self.prepared;
        let (vector, from, to) = match lead {
            None => {
                let (vector, network) = prepared.own_pool(pool);
                (vector, network, network)
            }
            Some(lead) => {
                let to = draw_network(prepared, self.scratch, pool, lead, &mut self.turns);
                let from = match lead.kind {
                    Kind::Realm => self.draw_sender(lead),
                    Kind::Link => lead.from,
                    _ => self.draw_sibling(pool, lead.vector.into(), to),
                };
                (usize::from(lead.vector), from, to)
            }
        };
        self.read_probe(from, to);
        Turn::Probe { vector, from, to }
    }

    /// A probe arrives from a network in another, and does something if its source is active.
    #[inline]
    pub(crate) fn probe_generously(&mut self, vector: usize, from: u32, to: u32) {
        let Some((source, rest)) = self.draw_source(vector, from) else {
            return;
        };
        self.bring_up(source);
        if rest >= self.scratch.stages[source as usize].active_count() {
            self.strike_out(source);
            return;
        }
        let cell = self.draw_cell(vector, to);
        let open = self.open(cell, vector);
        if open.share < 1.0 && self.draws.unit() >= open.share {
            return;
        }
        let across = self.across(from, to);
        let source = W::WANTS_SOURCES.then_some(source);
        self.take_effect(cell, open.infects, across, source);
    }

    /// The cell of one of a network's sources, and which of the cell's it is.
    #[inline]
    fn draw_source(&mut self, vector: usize, network: u32) -> Option<(u32, u32)> {
        let prepared = self.prepared;
        let place = vector * prepared.pools.networks as usize + network as usize;
        let mut rest = self.draws.below(self.scratch.pools[place].sources);
        for cell in prepared.cells.of_network(network) {
            let it = &self.scratch.cells[cell];
            let carries = self.scratch.classes[usize::from(it.class)].carries;
            let sources = it.sources * u32::from(carries >> vector & 1);
            if rest < sources {
                return Some((cell as u32, rest));
            }
            rest -= sources;
        }
        None
    }

    /// A network in proportion to its sources in a realm's pool.
    #[inline]
    fn draw_sender(&mut self, lead: &Lead) -> u32 {
        let place = usize::from(lead.vector) * self.prepared.pools.networks as usize;
        let pools = &self.scratch.pools[place..];
        let weight = |network: u32| u64::from(pools[network as usize].sources);
        let urn = &self.scratch.source_urns[lead.senders as usize];
        urn.draw(&mut self.turns, weight).0
    }

    /// A network of the organisation of another, in proportion to its sources in a shared pool.
    #[inline]
    fn draw_sibling(&mut self, pool: u32, vector: usize, other: u32) -> u32 {
        let plan = &self.prepared.plan;
        let organisation = self.organisation_of(other);
        let mut rest = self.draws.below(self.scratch.pools[pool as usize].sources);
        for &network in plan.networks_of_organisation.of(organisation) {
            let sources = self.sources_in(pool, vector, network);
            if rest < sources {
                return network;
            }
            rest -= sources;
        }
        other
    }

    /// What a probe from one network to another crosses.
    #[inline]
    pub(crate) fn across(&self, from: u32, to: u32) -> Across {
        if from == to {
            Across::SameNetwork
        } else if self.organisation_of(from) == self.organisation_of(to) {
            Across::SameOrganisation
        } else {
            Across::BetweenOrganisations
        }
    }

    /// The urn of a realm's pool has a network with so many more sources of a vector.
    #[inline]
    pub(crate) fn change_senders(
        &mut self,
        pool: u32,
        vector: usize,
        network: u32,
        [old, new]: [u32; 2],
    ) {
        let senders = self.prepared.pools.leads[(pool - self.prepared.pools.own) as usize].senders;
        if senders != NONE {
            let first = vector * self.prepared.pools.networks as usize;
            let mut positions = Kept::<SOURCES>(&mut self.scratch.pools[first..]);
            self.scratch.source_urns[senders as usize].change(
                network,
                old.into(),
                new.into(),
                &mut positions,
            );
        }
    }
}
