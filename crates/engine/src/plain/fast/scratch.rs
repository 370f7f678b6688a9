//! The memory of the loop, re-used from course to course.

use crate::plain::fast::Prepared;
use crate::plain::fast::crowd::Crowd;
use crate::plain::fast::prepared::{Lead, Pool};
use crate::plain::fast::reach::Reach;
use crate::plain::fast::urn::Urn;
use crate::plain::fast::waiting::Waiting;

/// Working memory, to be handed from one course to the next. It holds nothing that a result depends on.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// The pools as they are now.
    pub(crate) pools: Vec<Pool>,
    /// The pools by weight.
    pub(crate) urn: Urn,
    pub(crate) pool_positions: Vec<u32>,
    /// The networks of large leads by openness.
    pub(crate) urns: Vec<Urn>,
    pub(crate) positions: [Vec<u32>; 3],
    /// The hosts of each cell that are left, if there are several classes.
    pub(crate) hosts: Vec<u32>,
    /// Active hosts, if they are removed.
    pub(crate) active: Crowd,
    /// Infected hosts that are not yet active, if their latency has no memory.
    pub(crate) latent: Crowd,
    pub(crate) waiting: Waiting,
}

impl Scratch {
    /// Nothing yet; it grows with use.
    pub fn new() -> Self {
        Self {
            pools: Vec::new(),
            urn: Urn::new(),
            pool_positions: Vec::new(),
            urns: Vec::new(),
            positions: [const { Vec::new() }; 3],
            hosts: Vec::new(),
            active: Crowd::default(),
            latent: Crowd::default(),
            waiting: Waiting::default(),
        }
    }

    /// How many bytes the loop works in, after a course: all of this, and what it reads of `prepared`.
    pub fn bytes(&self, prepared: &Prepared<'_>) -> usize {
        let urns: usize = self.urns.iter().map(Urn::bytes).sum();
        let words = self.pool_positions.capacity()
            + self.positions.iter().map(Vec::capacity).sum::<usize>()
            + self.hosts.capacity()
            + prepared.members.len();
        self.pools.capacity() * size_of::<Pool>()
            + self.urn.bytes()
            + urns
            + words * size_of::<u32>()
            + self.active.bytes()
            + self.latent.bytes()
            + self.waiting.bytes()
            + prepared.leads.len() * size_of::<Lead>()
            + prepared.reaches.len() * size_of::<Reach>()
    }

    pub(crate) fn reset(&mut self, prepared: &Prepared<'_>) {
        self.pools.clone_from(&prepared.pools);
        self.urn.clear();
        self.pool_positions.resize(prepared.pools.len(), 0);
        self.urns.clone_from(&prepared.urns);
        self.positions.clone_from(&prepared.positions);
        self.hosts.clear();
        if prepared.cells.successes.len() > 1 {
            self.hosts.extend_from_slice(&prepared.cells.hosts);
        }
        self.active.reset(prepared.cells.networks.len());
        self.latent.reset(prepared.cells.networks.len());
        self.waiting.clear();
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}
