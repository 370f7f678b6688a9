//! Reading what the next events need before they come.
//!
//! On a national estate the records of a cell are not in the processor's near cache when its turn comes, and each tells where
//! the next one is: every event would wait for memory several times in a row. Where it is known whose turns come next,
//! their records are asked for in rounds of many, so that the waits of one round pass together. Who was expected may never
//! come.
//!
//! Whose turn it is without memory is known only when it is drawn. But the numbers that the turn after it will be drawn with
//! are known before, and the urns will hardly have changed: its pool is guessed from a copy of the generator. On a national
//! estate 98 in 100 guesses look where the draw does at first, and 76 find the pool that is drawn. Guesses decide nothing.

use crate::Watch;
use crate::fast::pools::Pool;
use crate::fast::run::Run;
use crate::prefetch::prefetch;

/// How many turns are asked for at once: about as many reads as a processor has under way.
pub(crate) const ROUND: usize = 16;

/// Of so many cells of a network records are asked for at once: few networks have more that are open.
const CELLS: usize = 3;

impl<W: Watch> Run<'_, W> {
    /// Guesses the pool of the turn after the next one, and asks for its record.
    #[inline]
    pub(crate) fn guess_pool(&self, has_others: bool) {
        let mut draws = self.turns.clone();
        if has_others {
            draws.word();
        }
        if let Some(pool) = self.scratch.urn.glance(&mut draws) {
            prefetch(&self.scratch.pools, pool as usize);
        }
    }

    /// Asks for the records that a probe into a network comes to, all at once.
    #[inline]
    pub(crate) fn read_target(&self, vector: usize, network: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        let at = network as usize;
        let own = vector * prepared.pools.networks as usize + at;
        let first = prepared.cells.first_of_network[at] as usize;
        prefetch(&scratch.cells, first);
        self.read_shared(&scratch.pools[own]);
    }

    /// Asks for the pool that a network shares with its organisation, told by its own.
    #[inline]
    fn read_shared(&self, own: &Pool) {
        let prepared = self.prepared;
        let reach = &prepared.reaches.reaches[own.reach as usize];
        let shared = reach.sources[0].wrapping_add(prepared.pools.own);
        prefetch(&self.scratch.pools, shared as usize);
    }

    /// Asks for a network's first cells. Which is the first of them.
    #[inline]
    fn read_cells(&self, network: u32) -> usize {
        let first = self.prepared.cells.first_of_network[network as usize] as usize;
        prefetch(&self.scratch.cells, first);
        prefetch(&self.scratch.cells, first + CELLS - 1);
        first
    }

    /// Asks for the records of cells whose turns come.
    pub(crate) fn read_ahead(&self, cells: [u32; ROUND]) {
        let scratch = &*self.scratch;
        let reaches = &self.prepared.reaches.reaches;
        let own = self.prepared.pools.own;
        if !scratch.stages.is_empty() {
            for cell in cells {
                prefetch(&scratch.stages, cell as usize);
            }
        }
        if self.prepared.plan.is_generous {
            // Their turns change no pools, and seldom a cell.
            return;
        }
        // A cell without a network has no pool; any will do.
        let networks = cells.map(|cell| scratch.cells[cell as usize].network);
        let reach =
            networks.map(|network| scratch.pools.get(network as usize).map(|own| own.reach));
        let shared = reach.map(|reach| {
            let reach = reach.and_then(|reach| reaches.get(reach as usize));
            reach.and_then(|reach| reach.sources[0].checked_add(own))
        });
        for pool in shared.into_iter().flatten() {
            prefetch(&scratch.pools, pool as usize);
        }
    }

    /// Asks for the records of organisations whose staff come to rebuild a host.
    pub(crate) fn read_staff(&self, organisations: [u32; ROUND]) {
        let scratch = &*self.scratch;
        let plan = &self.prepared.plan;
        for organisation in organisations {
            prefetch(&scratch.organisations, organisation as usize);
            for &network in plan.networks_of_organisation.of(organisation) {
                // A cache line holds two stages.
                let cells = self.prepared.cells.of_network(network).step_by(2);
                for cell in cells {
                    prefetch(&scratch.stages, cell);
                }
            }
        }
    }

    /// Asks for the records that a probe from one network to another comes to, all at once: one after the other, each would be
    /// asked for only when it is decided what the one before it means.
    #[inline]
    pub(crate) fn read_probe(&self, from: u32, to: u32) {
        let scratch = &*self.scratch;
        let first = self.read_cells(from);
        prefetch(&scratch.stages, first);
        prefetch(&scratch.stages, first + CELLS - 1);
        if to != from {
            self.read_cells(to);
        }
        let own = &scratch.pools[to as usize];
        prefetch(&scratch.organisations, own.organisation as usize);
        self.read_shared(own);
    }
}
