//! Which probes come next, and reading what they need before they come.
//!
//! Each probe of a generous pool (`generous`) has a generator of its own, whose seed is drawn in rounds of many. Where a
//! probe would go if it came now mostly tells where it goes when it comes: what lies there is read for a whole round,
//! so that the waits for memory pass together. What happens is drawn only when it comes, from the seed alone.

use std::hint::black_box;

use crate::Watch;
use crate::draws::Draws;
use crate::fast::ahead::ROUND;
use crate::fast::pools::Kind;
use crate::fast::probe::draw_network;
use crate::fast::run::{Run, draw_pool};

/// The seeds of the probes to come.
pub(crate) struct Arrivals {
    seeds: [u64; ROUND],
    next: usize,
}

impl Arrivals {
    pub(crate) fn new() -> Self {
        Self {
            seeds: [0; ROUND],
            next: ROUND,
        }
    }
}

/// Where a probe goes, and where it comes from.
#[derive(Clone, Copy)]
pub(crate) struct Aim {
    pub(crate) pool: u32,
    pub(crate) vector: usize,
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Which of the sources of the network that it comes from, as a share of 2⁶⁴.
    pub(crate) source: u64,
}

impl<W: Watch> Run<'_, W> {
    /// The next probe arrives.
    #[inline]
    pub(crate) fn arrive(&mut self) {
        if self.arrivals.next == ROUND {
            for seed in &mut self.arrivals.seeds {
                *seed = self.draws.word();
            }
            self.arrivals.next = 0;
            self.look_ahead();
        }
        let mut draws = Draws::of_word(self.arrivals.seeds[self.arrivals.next]);
        self.arrivals.next += 1;
        let Some(aim) = self.aim(&mut draws) else {
            return;
        };
        match self.prepared.pools.lead(aim.pool) {
            Some(&lead) if lead.kind == Kind::Outside => self.outside_probe(&lead),
            _ => self.probe_generously(aim),
        }
    }

    /// Where a probe would go if it came now; nowhere if it is in vain.
    #[inline]
    fn aim(&self, draws: &mut Draws) -> Option<Aim> {
        let prepared = self.prepared;
        let pool = draw_pool(prepared, self.scratch, draws)?;
        let Some(lead) = prepared.pools.lead(pool) else {
            let networks = prepared.pools.networks;
            let (vector, network) = if prepared.vectors == 1 {
                (0, pool)
            } else {
                ((pool / networks) as usize, pool % networks)
            };
            return Some(Aim {
                pool,
                vector,
                from: network,
                to: network,
                source: draws.word(),
            });
        };
        let vector = usize::from(lead.vector);
        let (from, to) = match lead.kind {
            Kind::Outside => (0, 0),
            Kind::Link => (
                lead.from,
                draw_network(prepared, self.scratch, pool, lead, draws),
            ),
            Kind::Realm => {
                let to = draw_network(prepared, self.scratch, pool, lead, draws);
                (self.draw_sender(lead, draws), to)
            }
            Kind::Within | Kind::Bridge => {
                let to = draw_network(prepared, self.scratch, pool, lead, draws);
                (self.draw_sibling(pool, vector, to, draws), to)
            }
        };
        Some(Aim {
            pool,
            vector,
            from,
            to,
            source: draws.word(),
        })
    }

    /// Reads what the probes of a round need, if they go where they would go now.
    fn look_ahead(&self) {
        let prepared = self.prepared;
        let scratch = &*self.scratch;
        let aims = self
            .arrivals
            .seeds
            .map(|seed| self.aim(&mut Draws::of_word(seed)));
        let mut read = 0;
        for aim in aims.iter().flatten() {
            for network in [aim.from, aim.to] {
                let first = prepared.cells.first_of_network[network as usize] as usize;
                for cell in [first, first + 3] {
                    read ^= scratch.cells.get(cell).map_or(0, |cell| cell.left);
                }
            }
            let reach = scratch.pools[aim.to as usize].reach;
            read ^= prepared.reaches.reaches[reach as usize].targets[0];
        }
        for aim in aims.iter().flatten() {
            if let Some((cell, _)) = self.source_cell(aim) {
                read ^= scratch.stages[cell as usize].out;
            }
            let reach = scratch.pools[aim.to as usize].reach;
            let reach = &prepared.reaches.reaches[reach as usize];
            let pool = reach.targets[0].checked_add(prepared.pools.own);
            let pool = pool.and_then(|pool| scratch.pools.get(pool as usize));
            read ^= pool.map_or(0, |pool| pool.open);
            read ^= scratch.organisations[reach.organisation as usize].unnoticed;
        }
        black_box(read);
    }
}
