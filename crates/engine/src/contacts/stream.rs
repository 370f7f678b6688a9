//! Draws that belong to a host or a contact and not to an order of events.
//!
//! Each host has a stream of wyrand (Wang Yi, *wyhash*, public domain; final version 4) that begins at a place of its own,
//! which splitmix64 finds (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014). wyrand is a counter and one
//! long multiplication, so any place of a stream can be read at once. A contact's draw stands in its host's stream at
//! the number of the other host; the host's own stand behind all numbers of hosts.

use crate::draws::Draws;

/// The increment of splitmix64.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The increment of wyrand.
const WYRAND_STEP: u64 = 0x2d35_8dcc_aa6c_78a5;
/// What wyrand multiplies the counter by after an exclusive or with it.
const WYRAND_MASK: u64 = 0x8bb8_4b93_962e_acc9;

/// Where a host's draw of its latency stands.
const LATENCY: u64 = 1 << 32;
/// Where a host's draw of its active time stands.
const ACTIVE: u64 = (1 << 32) + 1;

/// The streams of all hosts in one replicate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Streams {
    key: u64,
}

impl Streams {
    pub(crate) fn new(draws: &mut Draws) -> Self {
        Self { key: draws.word() }
    }

    #[inline]
    pub(crate) fn of(self, host: u32) -> Stream {
        let place = self.key.wrapping_add(STEP.wrapping_mul(u64::from(host)));
        Stream(finalise(finalise(place) ^ self.key.rotate_left(32)))
    }
}

/// The stream of one host.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stream(u64);

impl Stream {
    #[inline]
    pub(crate) fn contact(self, other: u32) -> u64 {
        self.at(u64::from(other))
    }

    #[inline]
    pub(crate) fn latency(self) -> u64 {
        self.at(LATENCY)
    }

    #[inline]
    pub(crate) fn active(self) -> u64 {
        self.at(ACTIVE)
    }

    #[inline]
    fn at(self, place: u64) -> u64 {
        let counter = self.0.wrapping_add(WYRAND_STEP.wrapping_mul(place));
        let product = u128::from(counter) * u128::from(counter ^ WYRAND_MASK);
        (product >> 64) as u64 ^ product as u64
    }
}

/// The finaliser of splitmix64.
#[inline]
fn finalise(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}
