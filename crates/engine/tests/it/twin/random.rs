//! Random numbers of the tests' own, apart from the engine's.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

pub(crate) struct Random(Pcg64);

impl Random {
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        Self(Pcg64::seed_from_u64(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number.wrapping_mul(0xd134_2543_de82_ef95),
        ))
    }

    /// At least 0, below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * self.unit()
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }

    pub(crate) fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Until the next moment of a Poisson process; infinite at rate 0.
    pub(crate) fn wait(&mut self, per_hour: f64) -> f64 {
        -libm::log(1.0 - self.unit()) / per_hour
    }
}
