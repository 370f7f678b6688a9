//! Reading what the next events need before they come.
//!
//! On a national estate the records of a cell are not in the processor's near cache when its turn comes, and each tells where
//! the next one is: every event would wait for memory several times in a row. Where it is known whose turns come next,
//! their records are asked for in rounds of many, so that the waits of one round pass together. Who was expected may never
//! come.

use crate::Watch;
use crate::fast::run::Run;
use crate::prefetch::prefetch;

/// How many turns are asked for at once: about as many reads as a processor has under way.
pub(crate) const ROUND: usize = 16;

/// Of so many cells of a network records are asked for at once: few networks have more that are open.
const CELLS: usize = 3;

impl<W: Watch> Run<'_, W> {
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
            // Their turns change no pools.
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

    /// Asks for the records that a probe from one network to another comes to, all at once: one after the other, each would be
    /// asked for only when it is decided what the one before it means.
    #[inline]
    pub(crate) fn read_probe(&self, from: u32, to: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        let read_cells = |network: u32| {
            let first = prepared.cells.first_of_network[network as usize] as usize;
            prefetch(&scratch.cells, first);
            prefetch(&scratch.cells, first + CELLS - 1);
            for cell in first..first + CELLS {
                prefetch(&scratch.stages, cell);
            }
        };
        read_cells(from);
        if to != from {
            read_cells(to);
        }
        let organisation = prepared.plan.organisation_of_network[to as usize];
        prefetch(&scratch.organisations, organisation as usize);
        let reach = &prepared.reaches.reaches[scratch.pools[to as usize].reach as usize];
        prefetch(
            &scratch.pools,
            reach.sources[0].wrapping_add(prepared.pools.own) as usize,
        );
    }
}
