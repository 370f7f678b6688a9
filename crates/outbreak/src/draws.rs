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
    Service = 8,
    Carries = 9,
    Presence = 10,
    Egress = 11,
    Exposure = 12,
    Contact = 13,
}

/// One generator for one decision.
pub(crate) fn generator(seed: u64, world: u64, decides: Decides, what: &[u64]) -> Pcg64Mcg {
    Pcg64Mcg::seed_from_u64(key(seed, world, decides, what))
}

/// A number in (0, 1) for one decision.
pub(crate) fn unit(seed: u64, world: u64, decides: Decides, what: &[u64]) -> f64 {
    // 53 bits, moved off zero by half a step.
    ((key(seed, world, decides, what) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
}

/// Mixes a key word by word with the finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 19).
pub(crate) fn key(seed: u64, world: u64, decides: Decides, what: &[u64]) -> u64 {
    let mut state = mix(seed);
    for word in [world, decides as u64].iter().chain(what) {
        state = mix(state ^ mix(word.wrapping_add(0x9e37_79b9_7f4a_7c15)));
    }
    state
}

const fn mix(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Decides, unit};

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
    fn another_world_decides_otherwise() {
        assert!((unit(1, 1, Decides::Host, &[5]) - unit(1, 2, Decides::Host, &[5])).abs() > 1e-9);
    }
}
