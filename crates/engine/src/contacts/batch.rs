//! Hosts that fall within one slot, taken together.
//!
//! Each step does one thing for a whole batch, so that its reads do not wait for those of another: who is still to be
//! taken, where the rows are, the rows themselves, the draws, and only then the other hosts' times. On 10⁶ hosts, whose
//! contacts are forty times the nearest large cache, reading the ends of rows ahead of their use takes FIGURE off.

use std::hint::black_box;

use crate::contacts::exponential::{exponential, high, low};
use crate::contacts::prepared::{Prepared, Ticks};
use crate::contacts::queue::{Arrival, Queue};
use crate::contacts::stream::{Stream, Streams};

/// How many hosts are taken at once.
const HOSTS: usize = 64;
/// How many contacts are drawn at once: 12 KB, so that two of three parts of the nearest cache stay free.
const CONTACTS: usize = 512;

/// What is worked out for a batch.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    hosts: [Taken; HOSTS],
    /// How many contacts are filled in.
    filled: usize,
    targets: [u32; CONTACTS],
    highs: [u32; CONTACTS],
    lows: [u32; CONTACTS],
    means: [f32; CONTACTS],
    bases: [u32; CONTACTS],
    actives: [i32; CONTACTS],
    ticks: [u32; CONTACTS],
}

/// A host that is taken.
#[derive(Clone, Copy, Debug)]
struct Taken {
    host: u32,
    /// When it falls.
    ticks: u32,
    row: (u32, u32),
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            hosts: [Taken { host: 0, ticks: 0, row: (0, 0) }; HOSTS],
            filled: 0,
            targets: [0; CONTACTS],
            highs: [0; CONTACTS],
            lows: [0; CONTACTS],
            means: [0.0; CONTACTS],
            bases: [0; CONTACTS],
            actives: [0; CONTACTS],
            ticks: [0; CONTACTS],
        }
    }
}

/// What a batch changes.
pub(crate) struct Falling<'a> {
    pub(crate) times: &'a mut [u32],
    pub(crate) fallen: &'a mut [u32],
    pub(crate) fallen_count: &'a mut usize,
    pub(crate) queue: &'a mut Queue,
}

impl Batch {
    /// Has the hosts that arrive transmit along all their contacts.
    pub(crate) fn take<const WEIGHTED: bool>(
        &mut self,
        arrivals: &[Arrival],
        prepared: &Prepared<'_>,
        streams: Streams,
        falling: &mut Falling<'_>,
    ) {
        for arrivals in arrivals.chunks(HOSTS) {
            let count = self.find(arrivals, prepared, falling.times);
            for taken in 0..count {
                let taken = self.hosts[taken];
                let stream = streams.of(taken.host);
                let latency = prepared.latency.draw(stream, Stream::latency);
                let active = prepared.active.draw(stream, Stream::active);
                let base = taken.ticks.saturating_add(latency).min(prepared.never);
                let mut row = taken.row.0 as usize..taken.row.1 as usize;
                while !row.is_empty() {
                    let now = row.start..row.end.min(row.start + CONTACTS - self.filled);
                    row.start = now.end;
                    self.fill::<WEIGHTED>(prepared, now, stream, base, active as i32);
                    if self.filled == CONTACTS {
                        self.transmit::<WEIGHTED>(prepared, falling);
                    }
                }
            }
            self.transmit::<WEIGHTED>(prepared, falling);
        }
    }

    /// Finds the arrivals that no earlier one has overtaken, and their rows.
    fn find(&mut self, arrivals: &[Arrival], prepared: &Prepared<'_>, times: &[u32]) -> usize {
        let mut count = 0;
        for &Arrival { ticks, host } in arrivals {
            let taken = &mut self.hosts[count % HOSTS];
            taken.host = host;
            taken.ticks = ticks;
            count += usize::from(times[host as usize] == ticks);
        }
        let starts = &prepared.graph.starts;
        for taken in &mut self.hosts[..count] {
            let host = taken.host as usize;
            taken.row = (starts[host], starts[host + 1]);
        }
        let targets = &prepared.graph.targets;
        let mut read = 0;
        for taken in &self.hosts[..count] {
            let (start, end) = taken.row;
            if start < end {
                read ^= targets[start as usize] ^ targets[end as usize - 1];
            }
        }
        black_box(read);
        count
    }

    fn fill<const WEIGHTED: bool>(
        &mut self,
        prepared: &Prepared<'_>,
        row: std::ops::Range<usize>,
        stream: Stream,
        base: u32,
        active: i32,
    ) {
        let filled = self.filled..self.filled + row.len();
        self.filled = filled.end;
        if WEIGHTED {
            self.means[filled.clone()].copy_from_slice(&prepared.graph.stretches[row.clone()]);
        }
        let places = self.targets[filled.clone()].iter_mut();
        let places = places.zip(&mut self.highs[filled.clone()]);
        let places = places.zip(&mut self.lows[filled.clone()]);
        let places = places.zip(&mut self.bases[filled.clone()]);
        let places = places.zip(&mut self.actives[filled]);
        for (((((place, high_half), low_half), its_base), its_active), &target) in
            places.zip(&prepared.graph.targets[row])
        {
            let word = stream.contact(target);
            *place = target;
            *high_half = high(word);
            *low_half = low(word);
            *its_base = base;
            *its_active = active;
        }
    }

    /// Works out when the contacts transmit and enters those that come before what was known.
    fn transmit<const WEIGHTED: bool>(
        &mut self,
        prepared: &Prepared<'_>,
        falling: &mut Falling<'_>,
    ) {
        let mean = prepared.transmission;
        // Whole vectors: what stands behind the filled part is worked out in vain.
        let rounded = self.filled.next_multiple_of(8).min(CONTACTS);
        let places = self.ticks[..rounded].iter_mut();
        let places = places.zip(&self.highs[..rounded]);
        let places = places.zip(&self.lows[..rounded]);
        let places = places.zip(&self.means[..rounded]);
        let places = places.zip(&self.bases[..rounded]);
        let places = places.zip(&self.actives[..rounded]);
        for (((((ticks, &high), &low), &stretch), &base), &active) in places {
            let mean = if WEIGHTED { mean * stretch } else { mean };
            let delay = (exponential(high, low) * mean) as i32;
            *ticks = if delay < active { base.wrapping_add(delay as u32) } else { u32::MAX };
        }
        // First without writing to the times, so that no read waits to learn that it does not follow a write.
        let mut kept = 0;
        for contact in 0..self.filled {
            let (target, ticks) = (self.targets[contact], self.ticks[contact]);
            self.targets[kept % CONTACTS] = target;
            self.ticks[kept % CONTACTS] = ticks;
            kept += usize::from(ticks < falling.times[target as usize]);
        }
        self.filled = 0;
        for (&host, &ticks) in self.targets[..kept].iter().zip(&self.ticks[..kept]) {
            let known = &mut falling.times[host as usize];
            if ticks < *known {
                falling.fallen[*falling.fallen_count] = host;
                *falling.fallen_count += usize::from(*known == prepared.never);
                *known = ticks;
                falling.queue.push(Arrival { ticks, host });
            }
        }
    }
}

impl Ticks {
    /// One period, from the word that a host's stream has for it.
    #[inline]
    pub(crate) fn draw(self, stream: Stream, word: fn(Stream) -> u64) -> u32 {
        if self.mean == 0.0 {
            return self.fixed;
        }
        let word = word(stream);
        (exponential(high(word), low(word)) * self.mean) as i32 as u32
    }
}
