//! The memory of the loop, re-used from replicate to replicate.

use std::collections::BTreeMap;

use crate::Organisation;
use crate::fast::Prepared;
use crate::fast::cells::Cell;
use crate::fast::classes::ClassNow;
use crate::fast::crowd::Crowd;
use crate::fast::dates::Dates;
use crate::fast::pools::Pool;
use crate::fast::queue::Queue;
use crate::fast::roll::Roll;
use crate::fast::stage::{Seldom, Stage};
use crate::fast::sweep::{Search, Sweeper};
use crate::fast::urn::Urn;
use crate::fast::waiting::{Latency, Waiting};

/// Working memory, to be handed from one replicate to the next. It holds nothing that an outcome depends on.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The pools as they are now, by weight.
    pub(crate) pools: Vec<Pool>,
    pub(crate) urn: Urn,
    /// The networks of large leads by openness.
    pub(crate) urns: Vec<Urn>,
    pub(crate) positions: Vec<Vec<u32>>,
    /// The networks of the sources of each realm's pool, where sources are counted generously.
    pub(crate) source_urns: Vec<Urn>,
    /// The networks' openness to the outside.
    pub(crate) exposed: Vec<u32>,
    pub(crate) exposed_urn: Urn,
    pub(crate) exposed_positions: Vec<u32>,
    /// For each pool of bridges, the cells that are its sources.
    pub(crate) bridges: Vec<Vec<u32>>,
    pub(crate) cells: Vec<Cell>,
    /// When the susceptible hosts of each cell of returned ones returned.
    pub(crate) returns: BTreeMap<u32, Vec<f64>>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) seldom: Vec<Seldom>,
    /// Hosts that are latent without memory, active, dormant, and not yet disabled.
    pub(crate) rolls: [Roll; 4],
    pub(crate) waiting: Waiting,
    /// When the payload strikes a host of cells, where that changes no rate.
    pub(crate) strikes: Dates,
    /// When the staff of organisations have time to rebuild a host, where that changes no rate.
    pub(crate) rebuilds: Dates,
    pub(crate) queue: Queue,
    pub(crate) sweepers: Vec<Sweeper>,
    pub(crate) searches: Vec<Search>,
    /// Single hosts that are not in their first cell any more.
    pub(crate) moved: BTreeMap<u32, u32>,
    pub(crate) classes: Vec<ClassNow>,
    pub(crate) organisations: Vec<State>,
    /// Cells that staff choose from, each with the sum of the counts up to it.
    pub(crate) sums: Vec<(u32, u32)>,
    /// Networks by active hosts, where sources are wanted, for each vector.
    pub(crate) senders: Vec<Crowd>,
}

/// How an organisation stands, in half a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(crate) struct State {
    /// How many infections it takes until somebody notices; 0 if nobody ever does, or has.
    pub(crate) unnoticed: u32,
    /// Whether hosts disabled are counted instead.
    pub(crate) counts_disabled: bool,
    pub(crate) has_acted: bool,
    /// When it was isolated; infinity while it is not.
    pub(crate) isolated_hours: f64,
    /// When its staff, at work since it acted, go home; those who are not have gone.
    pub(crate) works_until: f64,
    /// Whether it is drawn when they next have time for a patch, if they do before they go home.
    pub(crate) awaits_patch: bool,
    /// How many susceptible hosts it has with something to patch, on or off.
    pub(crate) patchable: u32,
}

impl State {
    /// Before anything has happened.
    pub(crate) fn new(organisation: &Organisation) -> Self {
        let response = organisation.response.as_ref();
        Self {
            unnoticed: response
                .and_then(|response| response.after_infections)
                .unwrap_or(0),
            counts_disabled: response.is_some_and(|response| response.counts_disabled),
            has_acted: false,
            isolated_hours: f64::INFINITY,
            works_until: 0.0,
            awaits_patch: false,
            patchable: 0,
        }
    }
}

impl Scratch {
    /// Nothing yet; it grows with use.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes the loop works in, after a replicate: all of this, and what it reads of `prepared`.
    pub fn bytes(&self, prepared: &Prepared<'_>) -> usize {
        let urns = self.urns.iter().chain(&self.source_urns);
        let lists = self.positions.iter().chain(&self.bridges);
        let words = lists.map(Vec::capacity).sum::<usize>() + self.exposed.capacity() * 2;
        self.pools.capacity() * size_of::<Pool>()
            + self.urn.bytes()
            + self.exposed_urn.bytes()
            + urns.map(Urn::bytes).sum::<usize>()
            + words * size_of::<u32>()
            + self.cells.capacity() * size_of::<Cell>()
            + self.stages.capacity() * size_of::<Stage>()
            + self.seldom.capacity() * size_of::<Seldom>()
            + self.sums.capacity() * size_of::<(u32, u32)>()
            + self.strikes.bytes()
            + self.rebuilds.bytes()
            + self.rolls.iter().map(Roll::bytes).sum::<usize>()
            + self.senders.iter().map(Crowd::bytes).sum::<usize>()
            + self.waiting.bytes()
            + self.queue.bytes()
            + self.sweepers.capacity() * size_of::<Sweeper>()
            + self.searches.capacity() * size_of::<Search>()
            + self.organisations.capacity() * size_of::<State>()
            + prepared.bytes()
    }

    pub(crate) fn reset(&mut self, prepared: &Prepared<'_>, counts_stages: bool, senders: bool) {
        let pools = &prepared.pools;
        self.pools.clone_from(&pools.pools);
        self.urn.clear();
        self.urns.clone_from(&pools.urns);
        self.positions.clone_from(&pools.positions);
        self.source_urns.iter_mut().for_each(Urn::clear);
        self.source_urns
            .resize_with(prepared.senders as usize, Urn::new);
        self.exposed.clone_from(&pools.exposed);
        self.exposed_urn.clone_from(&pools.exposed_urn);
        self.exposed_positions.clone_from(&pools.exposed_positions);
        let bridges = if pools.bridges.is_empty() {
            0
        } else {
            pools.leads.len()
        };
        self.bridges.iter_mut().for_each(Vec::clear);
        self.bridges.resize_with(bridges, Vec::new);
        let cells = prepared.cells.cells.len();
        self.cells.clone_from(&prepared.cells.cells);
        self.returns.clear();
        self.stages.clear();
        self.seldom.clear();
        if counts_stages {
            self.stages.resize(cells, Stage::EMPTY);
            self.seldom.resize(cells, Seldom::EMPTY);
        }
        let plan = &prepared.plan;
        let is_kept = [
            matches!(plan.latency, Latency::Rate(_)),
            plan.removal_rate + plan.falls_rate > 0.0 && !plan.is_generous,
            plan.wakes_rate > 0.0 && !plan.is_generous,
            plan.payload_rate > 0.0 && !plan.is_generous,
        ];
        for (roll, is_kept) in self.rolls.iter_mut().zip(is_kept) {
            roll.reset(is_kept);
        }
        self.waiting.clear();
        if plan.is_generous && plan.payload_rate > 0.0 {
            let horizon = prepared.input.horizon_hours;
            self.strikes.reset(1.0 / plan.payload_rate, horizon);
        } else {
            self.strikes.clear();
        }
        if plan.is_generous && plan.most_rebuilds > 0.0 {
            let horizon = prepared.input.horizon_hours;
            self.rebuilds.reset(1.0 / plan.most_rebuilds, horizon);
        } else {
            self.rebuilds.clear();
        }
        self.queue.reset(prepared.input.horizon_hours);
        self.sweepers.clear();
        self.searches.clear();
        self.moved.clear();
        self.classes.clear();
        let classes = 0..prepared.input.classes.len();
        self.classes
            .extend(classes.map(|class| ClassNow::new(prepared, class, true)));
        self.organisations.clone_from(&plan.organisations);
        let vectors = if senders && !plan.is_generous {
            prepared.vectors
        } else {
            0
        };
        self.senders.resize_with(vectors, Crowd::default);
        let networks = prepared.input.networks.len();
        self.senders
            .iter_mut()
            .for_each(|crowd| crowd.reset(networks));
    }
}
