//! Thresholds of the hosts that hear the same, in order.

use crate::coupled::course::names;
use crate::coupled::prepare::Prepared;
use crate::coupled::scratch::Scratch;
use crate::keys::Key;

/// How much a host can hear before it is hit.
#[derive(Clone, Copy, Debug)]
pub(in crate::coupled) struct Fall {
    pub(in crate::coupled) threshold: f64,
    pub(in crate::coupled) host: u32,
    /// How often the host had been infected when the threshold was drawn. It counts no more after the next time.
    pub(in crate::coupled) ordinal: u32,
}

/// What a listener has heard, in one line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(in crate::coupled) struct Ear {
    /// The least threshold of those not yet passed; infinite if all are.
    pub(in crate::coupled) next: f64,
    /// Whose it is, and how often that host had been infected when it was drawn.
    pub(in crate::coupled) host: u32,
    ordinal: u32,
    /// What its clocks showed more than it has heard; while it is deaf, what it has heard.
    pub(in crate::coupled) offset: f64,
    /// The clocks that it hears now.
    pub(in crate::coupled) clocks: [u32; 3],
    /// Its first threshold not yet passed, but for those of hosts that became susceptible again.
    pub(in crate::coupled) cursor: u32,
    end: u32,
    /// Whether the thresholds from `cursor` on are in order. If not, the least is at `cursor`.
    is_sorted: bool,
    /// Whether further thresholds were drawn that are not yet passed.
    has_again: bool,
    pub(in crate::coupled) is_deaf: bool,
}

impl Scratch {
    /// Draws all thresholds.
    pub(in crate::coupled) fn reset_falls(&mut self, prepared: &Prepared<'_>, root: Key) {
        self.falls.clear();
        self.falls.reserve(prepared.listeners.hosts.len());
        self.ears.clear();
        let plain = prepared.ground.places.len() as u32;
        for (id, listener) in (0..).zip(&prepared.listeners.all) {
            let key = names::thresholds(root, listener);
            let first = self.falls.len();
            let way = usize::from(listener.is_crash);
            for &host in prepared.listeners.hosts.of(id) {
                let profile = prepared.profiles.of_host[host as usize];
                let address = if profile < plain {
                    0
                } else {
                    prepared.address(host, listener.network)
                };
                let draw = names::threshold(key, host, address, 0).exponential();
                let chance = prepared.chance(self.classes[host as usize], listener.vector)[way];
                self.falls.push(Fall {
                    threshold: draw / chance,
                    host,
                    ordinal: 0,
                });
            }
            let falls = &mut self.falls[first..];
            let mut least = 0;
            for (position, fall) in falls.iter().enumerate() {
                if fall.threshold < falls[least].threshold {
                    least = position;
                }
            }
            falls.swap(0, least);
            self.ears.push(Ear {
                next: falls[0].threshold,
                host: falls[0].host,
                ordinal: 0,
                offset: 0.0,
                clocks: listener.clocks,
                cursor: first as u32,
                end: self.falls.len() as u32,
                is_sorted: false,
                has_again: false,
                is_deaf: false,
            });
        }
        self.again.iter_mut().for_each(Vec::clear);
        if prepared.input.kill_switch.is_some() {
            self.again.resize(self.ears.len(), Vec::new());
        } else {
            self.again.clear();
        }
    }

    /// Takes the host that the least threshold of a listener belongs to.
    #[inline]
    pub(in crate::coupled) fn take_fall(&mut self, listener: u32) -> Fall {
        let ear = &mut self.ears[listener as usize];
        let fall = Fall {
            threshold: ear.next,
            host: ear.host,
            ordinal: ear.ordinal,
        };
        let again = ear.has_again.then(|| &mut self.again[listener as usize]);
        let taken = again.and_then(|again| again.pop_if(|it| it.threshold <= ear.next));
        if taken.is_none() {
            ear.cursor += 1;
            if !ear.is_sorted {
                ear.is_sorted = true;
                sort(&mut self.falls[ear.cursor as usize..ear.end as usize]);
            }
        }
        self.look(listener);
        fall
    }

    /// Adds a threshold to those of a listener.
    pub(in crate::coupled) fn add_fall(&mut self, listener: u32, fall: Fall) {
        let again = &mut self.again[listener as usize];
        let position = again.partition_point(|it| it.threshold > fall.threshold);
        again.insert(position, fall);
        self.ears[listener as usize].has_again = true;
        self.look(listener);
    }

    #[inline]
    fn look(&mut self, listener: u32) {
        let ear = &mut self.ears[listener as usize];
        let first = (ear.cursor < ear.end).then(|| self.falls[ear.cursor as usize]);
        // Of two that are equal the one that `take_fall` takes out.
        let again = ear.has_again.then(|| self.again[listener as usize].last());
        let again = again.flatten();
        ear.has_again = again.is_some();
        let next = match (first, again) {
            (Some(first), Some(again)) if again.threshold > first.threshold => Some(first),
            (first, again) => again.copied().or(first),
        };
        ear.next = next.map_or(f64::INFINITY, |fall| fall.threshold);
        if let Some(fall) = next {
            (ear.host, ear.ordinal) = (fall.host, fall.ordinal);
        }
    }
}

fn sort(falls: &mut [Fall]) {
    falls.sort_unstable_by(|one, other| {
        let thresholds = one.threshold.total_cmp(&other.threshold);
        thresholds.then(one.host.cmp(&other.host))
    });
}
