//! An estimate of machines that no source knows, from how the sources overlap.

use std::collections::{BTreeMap, BTreeSet};

/// Machines in no source: low, middle and high of a 90 % interval; none without two sources that overlap.
///
/// Chapman's estimator over the two families that know most machines, N = (a+1)(b+1)/(m+1) − 1, with its variance
/// (a+1)(b+1)(a−m)(b−m)/((m+1)²(m+2)) (D. G. Chapman 1951; G. A. F. Seber 1982, section 3.1.1), less those that any family
/// knows. It takes the two to miss machines independently; machines that both are bound to miss make it too low, so it is a
/// floor rather than a forecast.
#[must_use]
pub fn unseen(capture: &BTreeMap<BTreeSet<&'static str>, u32>) -> Option<(f64, f64, f64)> {
    let mut families: BTreeMap<&str, u32> = BTreeMap::new();
    for (known_to, machines) in capture {
        for family in known_to {
            *families.entry(family).or_default() += machines;
        }
    }
    let mut by_size: Vec<_> = families.into_iter().collect();
    by_size.sort_by_key(|(family, machines)| (std::cmp::Reverse(*machines), *family));
    let [(first, a), (second, b), ..] = by_size.as_slice() else {
        return None;
    };
    let both: u32 = capture
        .iter()
        .filter(|(known_to, _)| known_to.contains(first) && known_to.contains(second))
        .map(|(_, machines)| machines)
        .sum();
    // Seber: the estimator is badly biased with fewer than about seven recaptures.
    if both < 7 {
        return None;
    }
    let seen: u32 = capture.values().sum();
    let (a, b, m) = (f64::from(*a), f64::from(*b), f64::from(both));
    let all = (a + 1.0) * (b + 1.0) / (m + 1.0) - 1.0;
    let variance = (a + 1.0) * (b + 1.0) * (a - m) * (b - m) / ((m + 1.0).powi(2) * (m + 2.0));
    let half = 1.645 * variance.max(0.0).sqrt();
    let unseen = |total: f64| (total - f64::from(seen)).max(0.0);
    Some((unseen(all - half), unseen(all), unseen(all + half)))
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
        assert!((middle - 250.0).abs() < 2.0, "{middle}");
        assert!(low < middle && middle < high);
    }

    #[test]
    fn one_source_says_nothing_of_what_it_misses() {
        assert_eq!(unseen(&capture(&[(&["a"], 250)])), None);
        assert_eq!(unseen(&capture(&[(&["a"], 250), (&["b"], 250)])), None);
    }
}
