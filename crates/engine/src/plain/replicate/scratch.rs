//! Memory that replicates share, one after the other.

use crate::plain::Prepared;
use crate::plain::prepare::Targets;
use crate::plain::replicate::events::Queue;
use crate::plain::replicate::hosts::{Journey, Status};
use crate::plain::replicate::rates::Rates;
use crate::plain::replicate::sweep::Search;
use crate::plain::replicate::uniform::Source;

/// Working memory for [`Prepared::replicate`](crate::plain::Prepared::replicate).
///
/// It carries nothing from one replicate to the next but its capacity, and serves any input: keep one per thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(crate) statuses: Vec<Status>,
    pub(crate) journeys: Vec<Journey>,
    pub(crate) targets: Targets,
    /// The active hosts that feed each pool. Removed ones stay until they are drawn.
    pub(crate) sources: Vec<Vec<Source>>,
    /// For each pool, how often a probe arrives that might do something.
    pub(crate) rates: Rates,
    pub(crate) queue: Queue,
    pub(crate) searches: Vec<Search>,
    /// How many infections the last replicate had: the next is likely to need as much room.
    pub(crate) last_infections: usize,
}

impl Scratch {
    /// Empty working memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes ready for a replicate in which nothing has happened yet.
    pub(crate) fn reset(&mut self, prepared: &Prepared<'_>) {
        self.statuses.clear();
        self.statuses
            .resize(prepared.input.hosts.len(), Status::Susceptible);
        // What an earlier replicate left in the journeys is overwritten before it is read.
        self.journeys
            .resize(prepared.input.hosts.len(), Journey::default());
        self.targets.copy_from(&prepared.targets);
        let pools = prepared.routes.pools().len();
        self.sources
            .resize_with(pools.max(self.sources.len()), Vec::new);
        self.sources.iter_mut().for_each(Vec::clear);
        self.rates.reset(pools);
        self.queue.clear();
        self.searches.clear();
    }
}
