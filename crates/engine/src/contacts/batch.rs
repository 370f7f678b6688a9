//! Hosts that fall within one slot, taken together.
//!
//! Each step does one thing for a whole batch, so that its reads do not wait for those of another: who is still to be
//! taken, where the rows are, the rows themselves, the draws, and only then the other hosts' times. A read whose value is not used yet is as
//! good as a prefetch, which would be `unsafe`, as long as the loop is short enough for the processor to have many under
//! way. Without the reads of the rows' ends outbreaks on 10⁴, 10⁵ and 10⁶ hosts take 1.3, 1.9 and 1.7 times as long.

use std::hint::black_box;
use std::ops::Range;

use crate::contacts::exponential::{exponential, high, low, whole_ticks};
use crate::contacts::prepared::{Prepared, Ticks};
use crate::contacts::queue::{Arrival, Queue};
use crate::contacts::settled::Settled;
use crate::contacts::stream::{Stream, Streams};

/// How many hosts are taken at once.
const HOSTS: usize = 64;
/// How many contacts are drawn at once: 12 KB, so that two of three parts of the nearest cache stay free.
const CONTACTS: usize = 512;

/// What is worked out for a batch. Each column is an array of its own, so that the compiler works on several at once.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    hosts: Hosts,
    contacts: Contacts,
}

/// The hosts that are taken.
#[derive(Clone, Debug)]
struct Hosts {
    numbers: [u32; HOSTS],
    /// When each falls.
    ticks: [u32; HOSTS],
    starts: [u32; HOSTS],
    ends: [u32; HOSTS],
    streams: [Stream; HOSTS],
    /// When each begins to transmit.
    bases: [u32; HOSTS],
    /// How long it does.
    actives: [u32; HOSTS],
}

/// The contacts along which they may transmit.
#[derive(Clone, Debug)]
struct Contacts {
    /// How many are filled in.
    filled: usize,
    targets: [u32; CONTACTS],
    /// The place of its host among those that are taken.
    takens: [u32; CONTACTS],
    highs: [u32; CONTACTS],
    lows: [u32; CONTACTS],
    stretches: [f32; CONTACTS],
    bases: [u32; CONTACTS],
    actives: [u32; CONTACTS],
    ticks: [u32; CONTACTS],
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            hosts: Hosts {
                numbers: [0; HOSTS],
                ticks: [0; HOSTS],
                starts: [0; HOSTS],
                ends: [0; HOSTS],
                streams: [Stream::default(); HOSTS],
                bases: [0; HOSTS],
                actives: [0; HOSTS],
            },
            contacts: Contacts {
                filled: 0,
                targets: [0; CONTACTS],
                takens: [0; CONTACTS],
                highs: [0; CONTACTS],
                lows: [0; CONTACTS],
                stretches: [0.0; CONTACTS],
                bases: [0; CONTACTS],
                actives: [0; CONTACTS],
                ticks: [0; CONTACTS],
            },
        }
    }
}

/// What a batch changes.
pub(crate) struct Falling<'a> {
    pub(crate) times: &'a mut [u32],
    pub(crate) fallen: &'a mut [u32],
    pub(crate) fallen_count: &'a mut usize,
    pub(crate) settled: &'a Settled,
    pub(crate) taken: &'a mut Vec<u32>,
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
            let hosts = &mut self.hosts;
            let count = hosts.find(arrivals, prepared, falling.times);
            falling.taken.extend_from_slice(&hosts.numbers[..count]);
            hosts.draw(count, prepared, streams);
            for taken in 0..count {
                let mut row = hosts.starts[taken] as usize..hosts.ends[taken] as usize;
                while !row.is_empty() {
                    let room = CONTACTS - self.contacts.filled;
                    let now = row.start..row.end.min(row.start + room);
                    row.start = now.end;
                    self.contacts
                        .fill::<WEIGHTED>(prepared, now, taken as u32, falling.settled);
                    if self.contacts.filled == CONTACTS {
                        self.contacts.transmit::<WEIGHTED>(prepared, hosts, falling);
                    }
                }
            }
            self.contacts.transmit::<WEIGHTED>(prepared, hosts, falling);
        }
    }
}

impl Hosts {
    /// Finds the arrivals that no earlier one has overtaken, and reads the ends of their rows.
    fn find(&mut self, arrivals: &[Arrival], prepared: &Prepared<'_>, times: &[u32]) -> usize {
        let mut count = 0;
        for &Arrival { ticks, host } in arrivals {
            self.numbers[count % HOSTS] = host;
            self.ticks[count % HOSTS] = ticks;
            count += usize::from(times[host as usize] == ticks);
        }
        let starts = &prepared.graph.starts;
        for taken in 0..count {
            let host = self.numbers[taken] as usize;
            self.starts[taken] = starts[host];
            self.ends[taken] = starts[host + 1];
        }
        let targets = &prepared.graph.targets;
        let mut read = 0;
        for (&start, &end) in self.starts[..count].iter().zip(&self.ends) {
            if start < end {
                read ^= targets[start as usize] ^ targets[end as usize - 1];
            }
        }
        black_box(read);
        count
    }

    /// Draws what belongs to the hosts.
    fn draw(&mut self, count: usize, prepared: &Prepared<'_>, streams: Streams) {
        for (stream, &host) in self.streams[..count].iter_mut().zip(&self.numbers) {
            *stream = streams.of(host);
        }
        let streams = &self.streams[..count];
        prepared
            .active
            .draw(streams, Stream::active, &mut self.actives);
        prepared
            .latency
            .draw(streams, Stream::latency, &mut self.bases);
        for (base, &ticks) in self.bases[..count].iter_mut().zip(&self.ticks) {
            *base = (*base + ticks).min(prepared.never);
        }
    }
}

impl Contacts {
    /// Fills in those contacts of a row that lead to hosts which are not settled.
    fn fill<const WEIGHTED: bool>(
        &mut self,
        prepared: &Prepared<'_>,
        row: Range<usize>,
        taken: u32,
        settled: &Settled,
    ) {
        let mut filled = self.filled;
        let stretches = if WEIGHTED {
            &prepared.graph.stretches[row.clone()]
        } else {
            &[]
        };
        for (place, &target) in prepared.graph.targets[row].iter().enumerate() {
            self.targets[filled % CONTACTS] = target;
            self.takens[filled % CONTACTS] = taken;
            if WEIGHTED {
                self.stretches[filled % CONTACTS] = stretches[place];
            }
            filled += usize::from(!settled.has(target));
        }
        self.filled = filled;
    }

    /// Works out when the contacts transmit and enters those that come before what was known.
    fn transmit<const WEIGHTED: bool>(
        &mut self,
        prepared: &Prepared<'_>,
        hosts: &Hosts,
        falling: &mut Falling<'_>,
    ) {
        // Worth it where the times are longer than the second cache: 1.1 times as fast on 10⁶ hosts.
        if falling.times.len() > 1 << 17 {
            let mut read = 0;
            for &target in &self.targets[..self.filled] {
                read ^= falling.times[target as usize];
            }
            black_box(read);
        }
        self.draw(hosts);
        self.time::<WEIGHTED>(prepared.transmission);
        // First without writing to the times, so that no read waits to learn that it does not follow a write.
        let mut kept = 0;
        for contact in 0..self.filled {
            let (target, ticks) = (self.targets[contact], self.ticks[contact]);
            self.targets[kept % CONTACTS] = target;
            self.ticks[kept % CONTACTS] = ticks;
            kept += usize::from(ticks < falling.times[target as usize]);
        }
        self.filled = 0;
        for (&host, &ticks) in self.targets[..kept].iter().zip(&self.ticks) {
            let known = &mut falling.times[host as usize];
            if ticks < *known {
                falling.fallen[*falling.fallen_count] = host;
                *falling.fallen_count += usize::from(*known == prepared.never);
                *known = ticks;
                falling.queue.push(Arrival { ticks, host });
            }
        }
    }

    /// Draws what belongs to the contacts.
    fn draw(&mut self, hosts: &Hosts) {
        let filled = self.filled;
        let places = self.targets[..filled].iter().zip(&self.takens[..filled]);
        let places = places.zip(&mut self.highs[..filled]);
        let places = places.zip(&mut self.lows[..filled]);
        let places = places.zip(&mut self.bases[..filled]);
        let places = places.zip(&mut self.actives[..filled]);
        for (((((&target, &taken), high_half), low_half), base), active) in places {
            let taken = taken as usize % HOSTS;
            let word = hosts.streams[taken].contact(target);
            *high_half = high(word);
            *low_half = low(word);
            *base = hosts.bases[taken];
            *active = hosts.actives[taken];
        }
    }

    /// Works out when each contact transmits, the last tick of all if it does not.
    fn time<const WEIGHTED: bool>(&mut self, mean: f32) {
        // Whole vectors: what stands behind the filled part is worked out in vain.
        let rounded = self.filled.next_multiple_of(8).min(CONTACTS);
        let places = self.ticks[..rounded].iter_mut();
        let places = places.zip(&self.highs[..rounded]);
        let places = places.zip(&self.lows[..rounded]);
        let places = places.zip(&self.stretches[..rounded]);
        let places = places.zip(&self.bases[..rounded]);
        let places = places.zip(&self.actives[..rounded]);
        for (((((ticks, &high), &low), &stretch), &base), &active) in places {
            let mean = if WEIGHTED { mean * stretch } else { mean };
            let delay = whole_ticks(exponential(high, low), mean);
            // Both are below 2³¹: as signed numbers they compare in one step.
            *ticks = if (delay as i32) < active as i32 {
                base.wrapping_add(delay)
            } else {
                u32::MAX
            };
        }
    }
}

impl Ticks {
    /// One period for each stream, from the word that it has for it.
    #[inline]
    fn draw(self, streams: &[Stream], word: impl Fn(Stream) -> u64, periods: &mut [u32; HOSTS]) {
        if self.mean == 0.0 {
            periods[..streams.len()].fill(self.fixed);
            return;
        }
        // All words before any number, for the same reason as everywhere here.
        let mut words = [0; HOSTS];
        for (place, &stream) in words.iter_mut().zip(streams) {
            *place = word(stream);
        }
        for (period, &word) in periods[..streams.len()].iter_mut().zip(&words) {
            *period = whole_ticks(exponential(high(word), low(word)), self.mean);
        }
    }

    /// One period, from the word that a host's stream has for it.
    pub(crate) fn of(self, stream: Stream, word: impl Fn(Stream) -> u64) -> u32 {
        if self.mean == 0.0 {
            return self.fixed;
        }
        let word = word(stream);
        whole_ticks(exponential(high(word), low(word)), self.mean)
    }
}
