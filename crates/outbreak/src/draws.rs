//! Random numbers that depend only on what they decide.
//!
//! A world is drawn by keys (seed, world, what is decided), so that two worlds under one seed differ only where an effect
//! makes them differ.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

/// What a draw decides; part of its key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decides {
    Parameter = 1,
    Share = 2,
    Host = 3,
    PassageShare = 4,
    Passage = 5,
    Placement = 6,
    Replicate = 7,
    Contact = 8,
    OrganisationShare = 9,
    Harm = 10,
    MachineOfUnit = 11,
    Backtest = 12,
    Claimed = 13,
}

/// One generator for one decision.
pub(crate) fn generator(seed: u64, world: u64, decides: Decides, what: &[u64]) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(key(seed, world, decides, what))
}

/// A number in (0, 1) for one decision.
pub(crate) fn unit(seed: u64, world: u64, decides: Decides, what: &[u64]) -> f64 {
    (key(seed, world, decides, what) >> 11) as f64 * STEP + STEP / 2.0
}

/// Numbers for many machines that one thing is decided for: the key but for its last word is mixed once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfMachines {
    state: u64,
}

impl OfMachines {
    pub(crate) fn new(seed: u64, world: u64, decides: Decides) -> Self {
        Self {
            state: key(seed, world, decides, &[]),
        }
    }

    /// A number in (0, 1) for one machine and one of the things that are decided of it.
    #[inline]
    pub(crate) fn unit(self, machine: u32, what: u32) -> f64 {
        let word = u64::from(what) << 32 | u64::from(machine);
        (joined(self.state, word) >> 11) as f64 * STEP + STEP / 2.0
    }
}

/// 53 bits; half a step off zero.
const STEP: f64 = 1.0 / (1u64 << 53) as f64;

/// Mixes a key word by word with the finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 19).
pub(crate) fn key(seed: u64, world: u64, decides: Decides, what: &[u64]) -> u64 {
    let mut state = mix(seed);
    for word in [world, decides as u64].iter().chain(what) {
        state = joined(state, *word);
    }
    state
}

#[inline]
const fn joined(state: u64, word: u64) -> u64 {
    mix(state ^ mix(word.wrapping_add(0x9e37_79b9_7f4a_7c15)))
}

const fn mix(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Decides, OfMachines, unit};

    #[test]
    fn keyed_numbers_are_uniform_and_uncorrelated() {
        let n = 20_000u64;
        let numbers: Vec<f64> = (0..n)
            .map(|host| unit(1, 7, Decides::Host, &[host]))
            .collect();
        let mean = numbers.iter().sum::<f64>() / n as f64;
        let lagged = numbers
            .windows(2)
            .map(|pair| (pair[0] - 0.5) * (pair[1] - 0.5))
            .sum::<f64>()
            / n as f64;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        assert!(lagged.abs() < 0.003, "{lagged}");
    }

    #[test]
    fn numbers_of_machines_are_those_of_their_keys() {
        let of_machines = OfMachines::new(3, 4, Decides::Host);
        let word = 2 << 32 | 7;
        let keyed = unit(3, 4, Decides::Host, &[word]);
        assert!((of_machines.unit(7, 2) - keyed).abs() < 1e-18);
    }

    #[test]
    fn another_world_decides_otherwise() {
        assert!((unit(1, 1, Decides::Host, &[5]) - unit(1, 2, Decides::Host, &[5])).abs() > 1e-9);
    }
}
