//! Memory that outbreaks use one after the other.

use crate::contacts::batch::Batch;
use crate::contacts::queue::{Arrival, Queue};
use crate::contacts::settled::Settled;

/// Memory for one outbreak at a time; using it again saves making it. It may serve graphs of any size in any order.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// When each host falls as far as is known, in ticks; the prepared `never` if it is not known to.
    pub(crate) times: Vec<u32>,
    /// The hosts that fall, and one place behind them to write to in any case.
    pub(crate) fallen: Vec<u32>,
    /// How many fall.
    pub(crate) fallen_count: usize,
    /// The tick that stands for never in `times`.
    pub(crate) never: u32,
    pub(crate) settled: Settled,
    /// The hosts that were taken in the open slot.
    pub(crate) taken: Vec<u32>,
    pub(crate) queue: Queue,
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) batch: Box<Batch>,
}

impl Scratch {
    /// New, empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nobody has fallen.
    pub(crate) fn begin(&mut self, hosts: u32, never: u32, slot_shift: u32) {
        let hosts = hosts as usize;
        // After a small outbreak on the same graph only its own marks are taken back.
        let is_same = self.times.len() == hosts && self.never == never;
        if is_same && self.fallen_count < hosts / 16 {
            for &host in &self.fallen[..self.fallen_count] {
                self.times[host as usize] = never;
                self.settled.take_back(host);
            }
        } else {
            self.times.clear();
            self.times.resize(hosts, never);
            self.fallen.resize(hosts + 1, 0);
            self.settled.begin(hosts);
        }
        self.never = never;
        self.fallen_count = 0;
        self.taken.clear();
        self.queue.begin(slot_shift);
    }
}
