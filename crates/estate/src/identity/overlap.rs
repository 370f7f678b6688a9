//! An estimate of machines that no source knows, from how many only one source knows.

use std::collections::{BTreeMap, BTreeSet};

/// Machines in no source: low, middle and high of a 90 % interval; none with fewer than two families of source, or where
/// too few machines are known to two of them.
///
/// Chao's estimator for t sources, bias-corrected: ((t−1)/t) f₁(f₁−1) / (2(f₂+1)), where f₁ machines are known to just one
/// family and f₂ to just two (A. Chao 1987, Biometrics 43, 783–791; variance and log-normal interval as in Chao, Biometrics
/// 45, 1989). It is a lower bound where some machines are harder to see than others, as they always are: a floor, not a
/// forecast.
#[must_use]
pub fn unseen(capture: &BTreeMap<BTreeSet<&str>, u32>) -> Option<(f64, f64, f64)> {
    let families: BTreeSet<&str> = capture.keys().flatten().copied().collect();
    let known_to = |count: usize| -> f64 {
        let machines = capture
            .iter()
            .filter(|(families, _)| families.len() == count);
        machines.map(|(_, machines)| f64::from(*machines)).sum()
    };
    let (once, twice) = (known_to(1), known_to(2));
    // With a handful of machines known twice the estimate is worth nothing.
    if families.len() < 2 || twice < 7.0 {
        return None;
    }
    let sources = families.len() as f64;
    let share = (sources - 1.0) / sources;
    let middle = share * once * (once - 1.0).max(0.0) / (2.0 * (twice + 1.0));
    if middle <= 0.0 {
        return Some((0.0, 0.0, 0.0));
    }
    let more = twice + 1.0;
    let variance = share * once * (once - 1.0) / (2.0 * more)
        + share.powi(2) * once * (2.0 * once - 1.0).powi(2) / (4.0 * more.powi(2))
        + share.powi(2) * once.powi(2) * twice * (once - 1.0).powi(2) / (4.0 * more.powi(4));
    let spread = (1.645 * (1.0 + variance / middle.powi(2)).ln().sqrt()).exp();
    Some((middle / spread, middle, middle * spread))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::unseen;

    fn capture(rows: &[(&[&'static str], u32)]) -> BTreeMap<BTreeSet<&'static str>, u32> {
        rows.iter()
            .map(|(families, machines)| (families.iter().copied().collect(), *machines))
            .collect()
    }

    #[test]
    fn two_sources_that_each_see_half_leave_a_quarter_unseen() {
        let rows = capture(&[(&["a"], 250), (&["b"], 250), (&["a", "b"], 250)]);
        let (low, middle, high) = unseen(&rows).unwrap();
        assert!((middle - 250.0).abs() < 3.0, "{middle}");
        assert!(low < middle && middle < high);
    }

    #[test]
    fn sources_that_agree_on_everything_leave_nothing_unseen() {
        let rows = capture(&[(&["a", "b"], 500)]);
        assert_eq!(unseen(&rows), Some((0.0, 0.0, 0.0)));
    }

    #[test]
    fn one_source_says_nothing_of_what_it_misses() {
        assert_eq!(unseen(&capture(&[(&["a"], 250)])), None);
        assert_eq!(unseen(&capture(&[(&["a"], 250), (&["b"], 250)])), None);
    }
}
