//! The random draws of one replicate: one generator, keyed by (seed, replicate).
//!
//! Only integer arithmetic, exactly rounded operations and the portable `libm` are used, so that the draws are the same
//! bytes on any machine; `f64::ln` would follow the platform's C library.

use rand_pcg::{Pcg64Mcg, rand_core::Rng};

/// The generator of one replicate.
#[derive(Clone)]
pub(crate) struct Draws(Pcg64Mcg);

impl Draws {
    /// The generator that (seed, replicate) names.
    ///
    /// Three rounds of a Feistel network over the two words: different pairs give different states, and pairs that
    /// differ in one bit give unrelated ones.
    pub(crate) fn new(seed: u64, replicate: u64) -> Self {
        let low = replicate ^ finalise(seed.wrapping_add(GOLDEN));
        let high = seed ^ finalise(low.wrapping_add(GOLDEN));
        let low = low ^ finalise(high.wrapping_add(GOLDEN));
        Self(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low)))
    }

    /// A number of 53 bits in [0, 1).
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// 64 even bits.
    #[inline]
    pub(crate) fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number below `count`, which is not 0; even to within `count` × 2⁻⁶⁴.
    #[inline]
    pub(crate) fn below_long(&mut self, count: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(count)) >> 64) as u64
    }

    /// A whole number below `count`, which is not 0; even to within 2⁻³².
    #[inline]
    pub(crate) fn below(&mut self, count: u32) -> u32 {
        ((u128::from(self.0.next_u64()) * u128::from(count)) >> 64) as u32
    }

    /// An exponential number with mean 1.
    #[inline]
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.unit())
    }

    /// An exponential number with mean 1, in less time and from other bits.
    ///
    /// A point below the density, from layers of equal area one upon the other (Marsaglia and Tsang, *The ziggurat method
    /// for generating random variables*, 2000): nearly always one word tells the layer and the place in it.
    #[inline]
    pub(crate) fn quick_exponential(&mut self) -> f64 {
        let (layer, drawn) = self.layer();
        if drawn < LAYERS.ends[layer + 1] {
            return drawn;
        }
        self.seldom_exponential(layer, drawn)
    }

    /// A layer, and how far in it a point is.
    #[inline]
    fn layer(&mut self) -> (usize, f64) {
        let word = self.0.next_u64();
        let layer = (word & 255) as usize;
        let unit = (word >> 11) as f64 * (1.0 / (1_u64 << 53) as f64);
        (layer, unit * LAYERS.ends[layer])
    }

    /// The same, from a point that may be above the density.
    #[cold]
    fn seldom_exponential(&mut self, mut layer: usize, mut drawn: f64) -> f64 {
        let mut beyond = 0.0;
        while drawn >= LAYERS.ends[layer + 1] {
            if layer == 0 {
                // Beyond the last end it goes on as it began.
                beyond += LAST_END;
            } else {
                let [low, high] = [LAYERS.heights[layer], LAYERS.heights[layer + 1]];
                if low + self.unit() * (high - low) < libm::exp(-drawn) {
                    break;
                }
            }
            (layer, drawn) = self.layer();
        }
        beyond + drawn
    }
}

/// How many layers lie below the density, the lowest with all that is beyond its end.
const COUNT: usize = 256;
/// Where the lowest layer ends for that, and the area of each.
const LAST_END: f64 = 7.697_117_470_131_05;
const AREA: f64 = LAST_END * falls(LAST_END) + falls(LAST_END);

static LAYERS: Layers = Layers::new();

/// Where each layer ends at its foot, and how high that is; at last where the density begins. The lowest ends where it would
/// if what is beyond its end were laid beside it.
struct Layers {
    ends: [f64; COUNT + 1],
    heights: [f64; COUNT + 1],
}

impl Layers {
    const fn new() -> Self {
        let mut ends = [0.0; COUNT + 1];
        let mut heights = [0.0; COUNT + 1];
        ends[0] = AREA / falls(LAST_END);
        ends[1] = LAST_END;
        heights[1] = falls(LAST_END);
        let mut layer = 1;
        while layer < COUNT - 1 {
            heights[layer + 1] = heights[layer] + AREA / ends[layer];
            ends[layer + 1] = fallen(heights[layer + 1]);
            layer += 1;
        }
        heights[COUNT] = 1.0;
        Self { ends, heights }
    }
}

/// exp(-x), for tables that are made before the program runs.
const fn falls(x: f64) -> f64 {
    let part = x / 16.0;
    let mut sum = 1.0;
    let mut left = 40;
    while left > 0 {
        sum = 1.0 + sum * part / left as f64;
        left -= 1;
    }
    let mut power = 0;
    while power < 4 {
        sum *= sum;
        power += 1;
    }
    1.0 / sum
}

/// The x above 0 at which exp(-x) is so much, by Newton's method.
const fn fallen(height: f64) -> f64 {
    let mut x = 0.0;
    let mut turn = 0;
    while turn < 40 {
        x += 1.0 - height / falls(x);
        turn += 1;
    }
    x
}

/// 2⁶⁴ divided by the golden ratio, the increment of splitmix64.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of splitmix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
pub(crate) fn finalise(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finaliser_is_that_of_splitmix64() {
        // First outputs of the reference implementation with state 1234567.
        let mut state = 1_234_567_u64;
        let outputs = [0; 3].map(|_| {
            state = state.wrapping_add(GOLDEN);
            finalise(state)
        });
        assert_eq!(
            outputs,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn first_draws_are_frozen() {
        let draw = |seed, replicate| Draws::new(seed, replicate).0.next_u64();
        let first = [
            draw(0, 0),
            draw(1, 0),
            draw(0, 1),
            draw(1, 1),
            draw(u64::MAX, u64::MAX),
        ];
        assert_eq!(
            first,
            [
                15_352_432_878_740_807_961,
                508_154_557_022_817_234,
                13_787_734_242_267_822_989,
                9_138_918_784_658_641_019,
                8_569_256_981_526_808_725
            ]
        );
    }

    #[test]
    fn first_draws_of_neighbouring_replicates_are_even() {
        let mut bins = [0_u32; 16];
        for replicate in 0..16_000 {
            bins[Draws::new(7, replicate).below(16) as usize] += 1;
        }
        let chi_square: f64 = bins
            .iter()
            .map(|&n| (f64::from(n) - 1000.0).powi(2) / 1000.0)
            .sum();
        assert!(
            chi_square < 44.3,
            "chi-square {chi_square} with 15 degrees of freedom"
        );
    }

    #[test]
    fn quick_exponential_draws_have_the_law_of_the_exponential() {
        let mut draws = Draws::new(1, 3);
        let mut sample: Vec<f64> = (0..1_000_000).map(|_| draws.quick_exponential()).collect();
        sample.sort_by(f64::total_cmp);
        let distance = (0..)
            .zip(&sample)
            .map(|(below, &it)| (f64::from(below) / 1e6 - (1.0 - libm::exp(-it))).abs())
            .fold(0.0, f64::max);
        // Kolmogorov's bound at one in a thousand.
        assert!(distance < 1.95e-3, "distance {distance}");
    }

    #[test]
    fn layers_have_the_same_area_and_reach_the_top() {
        let Layers { ends, heights } = &LAYERS;
        for layer in 1..COUNT {
            let area = ends[layer] * (heights[layer + 1] - heights[layer]);
            assert!((area - AREA).abs() < 1e-12, "layer {layer}: {area}");
            assert!((libm::exp(-ends[layer]) - heights[layer]).abs() < 1e-14);
        }
        assert_eq!((ends[COUNT], heights[COUNT]), (0.0, 1.0));
    }

    #[test]
    fn exponential_draws_have_mean_and_variance_one() {
        let mut draws = Draws::new(1, 2);
        let sample: Vec<f64> = (0..100_000).map(|_| draws.exponential()).collect();
        let mean = sample.iter().sum::<f64>() / 1e5;
        let square = sample.iter().map(|x| x * x).sum::<f64>() / 1e5;
        assert!((mean - 1.0).abs() < 0.02, "mean {mean}");
        assert!((square - 2.0).abs() < 0.1, "mean square {square}");
        assert!(sample.iter().all(|x| x.is_finite() && *x >= 0.0));
    }
}
