//! Exponential numbers from 64 bits each, many at once.
//!
//! An exponential number is ln 2 times a geometric one plus an independent remainder below ln 2 (it has no memory). Half
//! of the bits give the geometric number, by counting zeros, and half the remainder, by a polynomial. There is no branch
//! and no table, so the compiler works on several at once; only rounded additions and multiplications are used, so the
//! bytes are the same on any machine. As the polynomial has no constant term, small numbers are as precise as large ones.
//! With one `libm::log` for each instead, outbreaks on 10⁴, 10⁵ and 10⁶ hosts take 1.9, 1.7 and 1.4 times as long (medians of
//! paired ratios, `examples/contact_rounds.rs`).

/// The high half of the bits, for the remainder.
#[inline]
pub(crate) fn high(word: u64) -> u32 {
    (word >> 32) as u32
}

/// The low half, for the geometric number.
#[inline]
pub(crate) fn low(word: u64) -> u32 {
    word as u32
}

/// An exponential number with mean 1 from two halves of 64 even bits.
#[inline]
pub(crate) fn exponential(high: u32, low: u32) -> f32 {
    // The lowest bit that is 1 stands at a geometric position; as a float its exponent says which. The highest bit
    // stands in if there is none, once in 2³² draws.
    let lowest = (low | 1 << 31) & (low | 1 << 31).wrapping_neg();
    let exponent = ((lowest as i32 as f32).to_bits() >> 23) & 0xff;
    let position = exponent as i32 as f32 - 127.0;
    // 31 bits, because conversion of signed numbers is the one that every processor does by itself.
    let share = (high >> 1) as i32 as f32 * (1.0 / 2_147_483_648.0);
    position * std::f32::consts::LN_2 + remainder(share)
}

/// So many times the mean, in whole ticks; at most [`LONGEST`].
///
/// The sum with 2⁵² has the rounded number in its lowest bits. `as` would do the same one number at a time, because it
/// also minds what is not a number, and outbreaks take 1.07 to 1.18 times as long.
#[inline]
pub(crate) fn whole_ticks(times: f32, mean: f32) -> u32 {
    let ticks = times * mean;
    let ticks = if ticks < LONGEST as f32 {
        ticks
    } else {
        LONGEST as f32
    };
    (f64::from(ticks) + (1_u64 << 52) as f64).to_bits() as u32
}

/// The longest time in ticks.
pub(crate) const LONGEST: u32 = 1 << 30;

/// −ln(1 − share / 2) for a share of [0, 1], to 10⁻⁷ of itself: the quotient by `share` is the polynomial of degree 9
/// with the smallest greatest relative error (found by Lawson's weighted least squares).
#[inline]
fn remainder(share: f32) -> f32 {
    const BY_POWER: [f32; 10] = [
        0.5,
        0.125_000_34,
        0.041_655_675,
        0.015_760_116,
        0.005_415_388_4,
        0.005_521_209_4,
        -0.004_949_087_3,
        0.007_995_115,
        -0.004_985_601,
        0.001_734_022_4,
    ];
    let [.., highest] = BY_POWER;
    let lower = BY_POWER.iter().rev().skip(1);
    share * lower.fold(highest, |sum, coefficient| sum * share + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Draws;

    #[test]
    fn the_remainder_is_the_logarithm() {
        for step in 0..=1_000_000 {
            let share = step as f32 / 1e6;
            let expected = -libm::log1p(-f64::from(share) / 2.0);
            let error = (f64::from(remainder(share)) - expected).abs();
            assert!(error <= 1.6e-7 * expected, "at {share}: {error}");
        }
    }

    #[test]
    fn ends_of_the_range_are_finite_and_not_negative() {
        assert_eq!(exponential(0, 1), 0.0);
        assert_eq!(exponential(0, u32::MAX), 0.0);
        let longest = exponential(u32::MAX, 0);
        assert!((22.1..22.3).contains(&longest), "{longest}");
    }

    #[test]
    fn numbers_are_exponential() {
        let mut draws = Draws::new(5, 6);
        let mut sample: Vec<f64> = (0..1_000_000)
            .map(|_| draws.word())
            .map(|word| f64::from(exponential(high(word), low(word))))
            .collect();
        sample.sort_by(f64::total_cmp);
        let count = sample.len() as f64;
        let distance = sample.iter().zip(1..).fold(0.0_f64, |distance, (x, rank)| {
            distance.max((1.0 - libm::exp(-x) - f64::from(rank) / count).abs())
        });
        // Kolmogorov's bound at one in a hundred thousand.
        assert!(distance < 2.48 / count.sqrt(), "distance {distance}");
        let square = sample.iter().map(|x| x * x).sum::<f64>() / count;
        assert!((square - 2.0).abs() < 0.02, "mean square {square}");
    }
}
