//! Reading what the next events need before they come.
//!
//! On a national estate the records of a cell are not in the processor's near cache when its turn comes, and each tells where
//! the next one is: every event would wait for memory several times in a row. Where it is known whose turns come next,
//! their records are asked for in rounds of many, so that the waits of one round pass together. Who was expected may never
//! come.
//!
//! Whose turn it is without memory is known only when it is drawn. But the numbers that the turn after it will be drawn with
//! are known before, and the urns will hardly have changed: what it will need is guessed from a copy of the generator, one
//! step of the chain for each thing that happens meanwhile. On a national estate 98 in 100 guesses look where the draw
//! does at first, and 76 find the pool that is drawn. Guesses decide nothing.

use crate::Watch;
use crate::draws::Draws;
use crate::fast::cells::NONE;
use crate::fast::pools::Lead;
use crate::fast::run::Run;
use crate::fast::urn::{Place, Urn};
use crate::prefetch::prefetch;

/// How many turns are asked for at once: about as many reads as a processor has under way.
pub(crate) const ROUND: usize = 16;

/// Of so many cells of a network records are asked for at once: few networks have more that are open.
const CELLS: usize = 3;

/// What is guessed of the turn after the next one: that it draws the same as it would from the urns as they are now, which by
/// then have hardly changed. Only hints follow from it.
pub(crate) struct Coming {
    /// The draws after those that were guessed from.
    draws: Draws,
    /// Where its pool stands, once that is known to be a realm's the networks that a probe of it goes to and from.
    places: [Option<Place>; 2],
    pool: Option<u32>,
}

impl<W: Watch> Run<'_, W> {
    /// Guesses where the pool of the turn after the next one stands, and asks for the place.
    #[inline]
    pub(crate) fn guess_turn(&self, has_others: bool) -> Coming {
        let mut draws = self.turns.clone();
        if has_others {
            draws.word();
        }
        let place = self.scratch.urn.glance(&mut draws);
        Coming {
            draws,
            places: [place, None],
            pool: None,
        }
    }

    /// Asks for the records of the pool that stands there.
    #[inline]
    pub(crate) fn read_pool(&self, mut coming: Coming) -> Coming {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        coming.pool = coming.places[0].and_then(|place| scratch.urn.member_at(place));
        let Some(pool) = coming.pool else {
            return coming;
        };
        match prepared.pools.lead(pool) {
            None => {
                let (vector, network) = prepared.own_pool(pool);
                self.read_network(vector, network);
            }
            Some(lead) if has_urns(lead) => {
                let urns = self.urns(lead);
                coming.places = urns.map(|urn| urn.glance(&mut coming.draws));
            }
            Some(_) => prefetch(&scratch.pools, pool as usize),
        }
        coming
    }

    /// Asks for what a probe of the pool comes to.
    #[inline]
    pub(crate) fn read_ends(&self, coming: &Coming) {
        let Some(pool) = coming.pool else {
            return;
        };
        match self.prepared.pools.lead(pool) {
            None => self.read_members(pool),
            Some(lead) if has_urns(lead) => {
                for (place, urn) in coming.places.into_iter().zip(self.urns(lead)) {
                    if let Some(network) = place.and_then(|place| urn.member_at(place)) {
                        self.read_network(lead.vector.into(), network);
                    }
                }
            }
            Some(_) => {}
        }
    }

    /// The urns of the networks that a probe of a realm goes to and from.
    #[inline]
    fn urns(&self, lead: &Lead) -> [&Urn; 2] {
        let targets = &self.scratch.urns[lead.urn as usize];
        let senders = &self.scratch.source_urns[lead.senders as usize];
        [targets, senders]
    }

    /// Asks for what stands by network.
    #[inline]
    fn read_network(&self, vector: usize, network: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        let at = network as usize;
        let own = vector * prepared.pools.networks as usize + at;
        prefetch(&scratch.pools, own);
        if prepared.pools.counts_exposed {
            prefetch(&scratch.exposed, at);
            prefetch(&scratch.exposed_positions, at);
        }
        prefetch(&prepared.cells.first_of_network, at);
    }

    /// Asks for the records that a probe into a network comes to, all at once.
    #[inline]
    pub(crate) fn read_target(&self, vector: usize, network: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        let at = network as usize;
        let own = vector * prepared.pools.networks as usize + at;
        let first = prepared.cells.first_of_network[at] as usize;
        prefetch(&scratch.cells, first);
        let reach = &prepared.reaches.reaches[scratch.pools[own].reach as usize];
        let within = reach.sources[0].wrapping_add(prepared.pools.own) as usize;
        prefetch(&scratch.pools, within);
    }

    /// Asks for the cells of the network of an own pool, and what else is reached from it.
    #[inline]
    fn read_members(&self, pool: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        let (_, network) = prepared.own_pool(pool);
        self.read_cells(network);
        let own = &scratch.pools[pool as usize];
        prefetch(&scratch.organisations, own.organisation as usize);
        prefetch(&prepared.reaches.reaches, own.reach as usize);
    }

    /// Asks for a network's first cells.
    #[inline]
    fn read_cells(&self, network: u32) {
        let scratch = &*self.scratch;
        let first = self.prepared.cells.first_of_network[network as usize] as usize;
        prefetch(&scratch.cells, first);
        prefetch(&scratch.cells, first + CELLS - 1);
        for cell in first..first + CELLS {
            prefetch(&scratch.stages, cell);
        }
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
                let cells = self.prepared.cells.of_network(network);
                for cell in cells.step_by(2) {
                    prefetch(&scratch.stages, cell);
                }
            }
        }
    }

    /// Asks for the records that a probe from one network to another comes to, all at once: one after the other, each would be
    /// asked for only when it is decided what the one before it means.
    #[inline]
    pub(crate) fn read_probe(&self, from: u32, to: u32) {
        let (prepared, scratch) = (self.prepared, &*self.scratch);
        self.read_cells(from);
        if to != from {
            self.read_cells(to);
        }
        prefetch(&scratch.organisations, self.organisation_of(to) as usize);
        let reach = &prepared.reaches.reaches[scratch.pools[to as usize].reach as usize];
        prefetch(
            &scratch.pools,
            reach.sources[0].wrapping_add(prepared.pools.own) as usize,
        );
    }
}

/// Whether a lead is a realm's that keeps its networks in urns.
fn has_urns(lead: &Lead) -> bool {
    lead.urn != NONE && lead.senders != NONE
}
