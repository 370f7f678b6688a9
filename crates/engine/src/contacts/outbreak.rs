//! One outbreak, and what can be asked of it.

use crate::contacts::batch::Falling;
use crate::contacts::entries::enter;
use crate::contacts::stream::{Stream, Streams};
use crate::contacts::{Prepared, Scratch};
use crate::draws::Draws;

/// One drawn outbreak. Its times stand in the scratch that it was drawn with.
#[derive(Clone, Debug)]
pub struct Outbreak<'a> {
    prepared: &'a Prepared<'a>,
    scratch: &'a Scratch,
    streams: Streams,
}

/// That a host falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// When, in hours.
    pub hours: f64,
    /// Which host.
    pub host: u32,
}

/// How far an outbreak is at an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Hosts that have fallen.
    pub fallen: u32,
    /// Those of them whose active time is over.
    pub removed: u32,
}

impl Prepared<'_> {
    /// Draws the outbreak that (seed, replicate) names.
    pub fn outbreak<'a>(
        &'a self,
        seed: u64,
        replicate: u64,
        scratch: &'a mut Scratch,
    ) -> Outbreak<'a> {
        let hosts = self.graph.hosts();
        let mut draws = Draws::new(seed, replicate);
        let streams = Streams::new(&mut draws);
        scratch.begin(hosts, self.never, self.slot_shift);
        enter(&self.spread.entries, hosts, &mut draws, scratch);
        let mut slot = 0;
        while scratch.queue.take(&mut scratch.arrivals) {
            if scratch.queue.slot() != slot {
                slot = scratch.queue.slot();
                scratch
                    .taken
                    .iter()
                    .for_each(|&host| scratch.settled.add(host));
                scratch.taken.clear();
            }
            let falling = &mut Falling {
                times: &mut scratch.times,
                fallen: &mut scratch.fallen,
                fallen_count: &mut scratch.fallen_count,
                settled: &scratch.settled,
                taken: &mut scratch.taken,
                queue: &mut scratch.queue,
            };
            let arrivals = &scratch.arrivals;
            if self.graph.stretches.is_empty() {
                scratch
                    .batch
                    .take::<false>(arrivals, self, streams, falling);
            } else {
                scratch.batch.take::<true>(arrivals, self, streams, falling);
            }
        }
        Outbreak {
            prepared: self,
            scratch,
            streams,
        }
    }
}

impl Outbreak<'_> {
    /// How many hosts fall until the horizon, entries included.
    pub fn size(&self) -> u32 {
        self.scratch.fallen_count as u32
    }

    /// When a host falls, in hours; `None` if not until the horizon.
    ///
    /// # Panics
    ///
    /// If there is no such host.
    pub fn hours(&self, host: u32) -> Option<f64> {
        let ticks = self.scratch.times[host as usize];
        (ticks < self.prepared.never).then(|| self.in_hours(u64::from(ticks)))
    }

    /// The hosts that fall, in no particular order.
    pub fn hosts(&self) -> &[u32] {
        &self.scratch.fallen[..self.scratch.fallen_count]
    }

    /// All falls in the order of time, and of hosts where it is the same.
    pub fn falls(&self) -> Vec<Fall> {
        let times = &self.scratch.times;
        let mut falls: Vec<_> = self
            .hosts()
            .iter()
            .map(|&host| (times[host as usize], host))
            .collect();
        falls.sort_unstable();
        let fall = |(ticks, host)| Fall {
            hours: self.in_hours(u64::from(ticks)),
            host,
        };
        falls.into_iter().map(fall).collect()
    }

    /// How far the outbreak is at each of these hours, which are in ascending order.
    ///
    /// # Panics
    ///
    /// If the hours are not in ascending order.
    pub fn counts(&self, hours: &[f64]) -> Vec<Count> {
        assert!(hours.is_sorted(), "hours are to be in ascending order");
        let mut counts = vec![Count::default(); hours.len() + 1];
        for &host in self.hosts() {
            let falls = u64::from(self.scratch.times[host as usize]);
            let stream = self.streams.of(host);
            let latency = self.prepared.latency.of(stream, Stream::latency);
            let active = self.prepared.active.of(stream, Stream::active);
            let ends = falls + u64::from(latency) + u64::from(active);
            let from = |ticks| hours.partition_point(|&hour| hour < self.in_hours(ticks));
            counts[from(falls)].fallen += 1;
            if self.prepared.spread.active.is_some() {
                counts[from(ends)].removed += 1;
            }
        }
        counts.pop();
        let mut sum = Count::default();
        for count in &mut counts {
            sum.fallen += count.fallen;
            sum.removed += count.removed;
            *count = sum;
        }
        counts
    }

    fn in_hours(&self, ticks: u64) -> f64 {
        ticks as f64 * self.prepared.tick_hours
    }
}
