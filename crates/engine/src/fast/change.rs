//! What the coming and going of hosts does to the pools.

use crate::fast::cells::{Cell, Kin, NONE};
use crate::fast::pools::{Kept, OF_ALL, OPEN, Slot};
use crate::fast::reach::Reach;
use crate::fast::run::Run;
use crate::fast::weights::Open;
use crate::{Event, Watch};

impl<W: Watch> Run<'_, W> {
    /// A cell as it is now.
    #[inline]
    pub(crate) fn cell(&self, cell: u32) -> Cell {
        self.scratch.cells[cell as usize]
    }

    pub(crate) fn kin(&self, cell: u32) -> Kin {
        self.prepared.cells.kin[cell as usize]
    }

    /// Whether hosts of a cell are switched on.
    #[inline]
    pub(crate) fn is_on(&self, cell: Cell) -> bool {
        self.scratch.classes[usize::from(cell.class)].is_on
    }

    /// Whether the kill switch answers hosts of a cell now.
    #[inline]
    pub(crate) fn is_answered(&self, cell: Cell) -> bool {
        self.is_live
            && self.prepared.plan.kinds[usize::from(cell.class)].answers_kill_switch
            && !self.is_isolated(cell)
    }

    /// Whether a cell's organisation is isolated.
    #[inline]
    pub(crate) fn is_isolated(&self, cell: Cell) -> bool {
        self.is_cut_off(cell.network)
    }

    /// Whether a network's organisation is isolated.
    #[inline]
    pub(crate) fn is_cut_off(&self, network: u32) -> bool {
        network != NONE && {
            let organisation = self.organisation_of(network);
            self.scratch.organisations[organisation as usize].isolated_hours <= self.now
        }
    }

    /// A network's organisation.
    #[inline]
    pub(crate) fn organisation_of(&self, network: u32) -> u32 {
        self.scratch.pools[network as usize].organisation
    }

    /// Which openness counts in a network now: where the kill switch answers nobody, or where it does who asks it.
    #[inline]
    pub(crate) fn row(&self, network: u32) -> usize {
        usize::from(self.is_live && !self.is_cut_off(network))
    }

    /// How open hosts of a cell are to probes of a vector that reach them while they are on.
    #[inline]
    pub(crate) fn open(&self, cell: u32, vector: usize) -> Open {
        let it = &self.scratch.cells[cell as usize];
        self.prepared.openness.classes[usize::from(it.class)][self.row(it.network)][vector]
    }

    /// The units of openness of a cell's susceptible hosts, 0 while they are off.
    #[inline]
    pub(crate) fn open_now(&self, cell: u32, vector: usize) -> u32 {
        self.open_in(
            cell,
            self.row(self.scratch.cells[cell as usize].network),
            vector,
        )
    }

    /// The same, for cells of a network whose row is known.
    #[inline]
    pub(crate) fn open_in(&self, cell: u32, row: usize, vector: usize) -> u32 {
        let it = &self.scratch.cells[cell as usize];
        it.left * self.scratch.classes[usize::from(it.class)].units[row][vector]
    }

    pub(crate) fn note(&mut self, event: Event) {
        self.watch.note(self.now, event);
    }

    /// A cell has so many more active and susceptible hosts. While they are off this changes nothing.
    #[inline]
    pub(crate) fn shift(&mut self, cell: u32, active: i32, susceptible: i32) {
        let it = self.cell(cell);
        let class = usize::from(it.class);
        if it.network == NONE || !self.scratch.classes[class].is_on {
            return;
        }
        let prepared = self.prepared;
        let row = self.row(it.network);
        for vector in 0..prepared.vectors {
            let now = &self.scratch.classes[class];
            let open = susceptible * now.units[row][vector] as i32;
            let sources = if now.carries >> vector & 1 == 1 {
                active
            } else {
                0
            };
            if it.is_bridge() {
                self.shift_bridge(cell, vector, sources, open);
            } else {
                self.change(vector, it.network, sources, open);
            }
        }
        if prepared.pools.counts_exposed && susceptible != 0 {
            self.shift_exposed(it, susceptible);
        }
    }

    fn shift_exposed(&mut self, cell: Cell, susceptible: i32) {
        let class = usize::from(cell.class);
        if !self.prepared.plan.kinds[class].is_exposed || self.is_isolated(cell) {
            return;
        }
        let pool = self.prepared.pools.outside;
        let vector = self.prepared.pools.lead(pool).map_or(0, |lead| lead.vector);
        let row = self.row(cell.network);
        let units = self.scratch.classes[class].units[row][usize::from(vector)];
        let more = susceptible * units as i32;
        let exposed = &mut self.scratch.exposed[cell.network as usize];
        let old = *exposed;
        *exposed = old.wrapping_add_signed(more);
        let (old, new) = (u64::from(old), u64::from(*exposed));
        let positions = &mut self.scratch.exposed_positions;
        self.scratch
            .exposed_urn
            .change(cell.network, old, new, positions);
        self.change_pool(pool, 0, more);
    }

    /// A host with several networks is open in each, and a source in none but the pools of bridges.
    fn shift_bridge(&mut self, cell: u32, vector: usize, sources: i32, open: i32) {
        let prepared = self.prepared;
        let host = prepared.host_of(cell);
        for network in prepared.input.networks_of(host) {
            self.change(vector, network, 0, open);
            let place = vector * prepared.pools.networks as usize + network as usize;
            for pool in prepared.pools.bridges[place] {
                if pool == NONE || sources == 0 {
                    continue;
                }
                let list = &mut self.scratch.bridges[(pool - prepared.pools.own) as usize];
                if sources > 0 {
                    list.push(cell);
                } else if let Some(at) = list.iter().position(|&other| other == cell) {
                    list.swap_remove(at);
                }
                self.change_pool(pool, sources, 0);
            }
        }
    }

    /// A network has so many more sources of a vector, and so much more openness to it.
    #[inline]
    pub(crate) fn change(&mut self, vector: usize, network: u32, sources: i32, open: i32) {
        if sources == 0 && open == 0 {
            return;
        }
        let prepared = self.prepared;
        let pools = &prepared.pools;
        let first = vector as u32 * pools.networks;
        let own = self.scratch.pools[(first + network) as usize];
        self.change_pool(first + network, sources, open);
        let reach = prepared.reaches.reaches[own.reach as usize];
        let shared = pools.own + vector as u32 * pools.shared;
        for place in 0..3 {
            let (source, target) = (reach.sources[place], reach.targets[place]);
            if source == target {
                if source != NONE {
                    self.change_pool(shared + source, sources, open);
                }
            } else {
                if source != NONE && sources != 0 {
                    self.change_pool(shared + source, sources, 0);
                }
                if target != NONE && open != 0 {
                    self.change_pool(shared + target, 0, open);
                }
            }
            if open != 0 && target != NONE {
                let slot = pools.slot(vector, place, false);
                self.change_urn(shared + target, slot, network, own.open, open);
            }
        }
        if !pools.links_from.members().is_empty() {
            self.change_links(vector, network, sources, open);
        }
        if !pools.bridges.is_empty() && open != 0 {
            for (place, pool) in pools.bridges[(first + network) as usize]
                .into_iter()
                .enumerate()
            {
                if pool != NONE {
                    self.change_pool(pool, 0, open);
                    if place > 0 {
                        let slot = pools.slot(vector, place, true);
                        self.change_urn(pool, slot, network, own.open, open);
                    }
                }
            }
        }
        if prepared.plan.is_generous {
            if sources != 0 && reach.sources[2] != NONE {
                let change = [own.sources, own.sources.wrapping_add_signed(sources)];
                self.change_senders(shared + reach.sources[2], vector, network, change);
            }
        } else if W::WANTS_SOURCES && sources != 0 {
            self.scratch.senders[vector].add(network, sources);
        }
    }

    /// A network's openness has changed in the urn of a pool that it is a target of, if the pool has one.
    #[inline]
    fn change_urn(&mut self, pool: u32, slot: Slot, network: u32, old: u32, more: i32) {
        if let Slot::Listed(slot) = slot
            && self.scratch.positions[slot].is_empty()
        {
            return;
        }
        let urn = self.prepared.pools.leads[(pool - self.prepared.pools.own) as usize].urn;
        if urn == NONE {
            return;
        }
        let (old, new) = (old.into(), old.wrapping_add_signed(more).into());
        let urn = &mut self.scratch.urns[urn as usize];
        match slot {
            Slot::Listed(slot) => {
                urn.change(network, old, new, &mut self.scratch.positions[slot]);
            }
            Slot::Kept { first } => {
                let mut positions = Kept::<OPEN>(&mut self.scratch.pools[first..]);
                urn.change(network, old, new, &mut positions);
            }
        }
    }

    fn change_links(&mut self, vector: usize, network: u32, sources: i32, open: i32) {
        let pools = &self.prepared.pools;
        let is_of = |pool: u32| {
            pools
                .lead(pool)
                .is_some_and(|lead| usize::from(lead.vector) == vector)
        };
        for &pool in pools
            .links_from
            .of(network)
            .iter()
            .filter(|&&pool| is_of(pool))
        {
            self.change_pool(pool, sources, 0);
        }
        for &pool in pools
            .links_to
            .of(network)
            .iter()
            .filter(|&&pool| is_of(pool))
        {
            self.change_pool(pool, 0, open);
        }
    }

    #[inline]
    pub(crate) fn change_pool(&mut self, number: u32, sources: i32, open: i32) {
        let pool = &mut self.scratch.pools[number as usize];
        let old = pool.weight();
        pool.sources = pool.sources.wrapping_add_signed(sources);
        pool.open = pool.open.wrapping_add_signed(open);
        let new = pool.weight();
        let positions = &mut Kept::<OF_ALL>(&mut self.scratch.pools);
        self.scratch.urn.change(number, old, new, positions);
    }

    /// From now on a pool is still.
    fn silence(&mut self, number: u32) {
        let pool = &mut self.scratch.pools[number as usize];
        let old = pool.weight();
        pool.units = 0;
        let positions = &mut Kept::<OF_ALL>(&mut self.scratch.pools);
        self.scratch.urn.change(number, old, 0, positions);
    }

    /// From now on nothing crosses an organisation's border.
    pub(crate) fn isolate(&mut self, organisation: u32) {
        let prepared = self.prepared;
        let networks = prepared.plan.networks_of_organisation.of(organisation);
        let cells = || {
            networks
                .iter()
                .flat_map(|&network| prepared.cells.of_network(network))
        };
        // Until the kill switch is live its answers make nobody less open.
        let is_felt = self.is_live || prepared.pools.counts_exposed;
        if is_felt {
            for cell in cells() {
                self.shift(cell as u32, 0, -(self.scratch.cells[cell].left as i32));
            }
        }
        self.scratch.organisations[organisation as usize].isolated_hours = self.now;
        for &network in networks {
            for vector in 0..prepared.vectors {
                self.change_reach(vector, network);
            }
        }
        for &pool in &prepared.pools.links_across[organisation as usize] {
            self.silence(pool);
        }
        if is_felt {
            for cell in cells() {
                self.shift(cell as u32, 0, self.scratch.cells[cell].left as i32);
            }
        }
    }

    /// A network takes the reach that it has while isolated.
    fn change_reach(&mut self, vector: usize, network: u32) {
        let prepared = self.prepared;
        let pools = &prepared.pools;
        let place = vector * pools.networks as usize + network as usize;
        let own = self.scratch.pools[place];
        let new = prepared.reaches.of_network[network as usize][1];
        if own.reach == new {
            return;
        }
        let [
            Reach {
                sources, targets, ..
            },
            then,
        ] = [own.reach, new].map(|reach| prepared.reaches.reaches[reach as usize]);
        let shared = pools.own + vector as u32 * pools.shared;
        let (active, open) = (own.sources as i32, own.open as i32);
        for place in 0..3 {
            if sources[place] != then.sources[place] {
                if place == 2 && prepared.plan.is_generous {
                    if sources[place] != NONE {
                        let pool = shared + sources[place];
                        self.change_senders(pool, vector, network, [own.sources, 0]);
                    }
                    if then.sources[place] != NONE {
                        let pool = shared + then.sources[place];
                        self.change_senders(pool, vector, network, [0, own.sources]);
                    }
                }
                for (pool, active) in [(sources[place], -active), (then.sources[place], active)] {
                    if pool != NONE {
                        self.change_pool(shared + pool, active, 0);
                    }
                }
            }
            if targets[place] != then.targets[place] {
                let slot = pools.slot(vector, place, false);
                if targets[place] != NONE {
                    self.change_pool(shared + targets[place], 0, -open);
                    self.change_urn(shared + targets[place], slot, network, own.open, -open);
                }
                if then.targets[place] != NONE {
                    self.change_pool(shared + then.targets[place], 0, open);
                    self.change_urn(shared + then.targets[place], slot, network, 0, open);
                }
            }
        }
        self.scratch.pools[place].reach = new;
    }
}
