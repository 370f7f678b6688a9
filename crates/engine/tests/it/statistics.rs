//! Tests of samples. Seeds are fixed, so a test that passes goes on passing; the bounds are far out so that a change of
//! the draws alone should not fail one.

/// Fails if a sample's mean is more than 4.5 standard errors from what it should be.
pub(crate) fn check_mean(what: &str, sample: &[f64], expected_mean: f64, variance: f64) {
    let z = (mean(sample) - expected_mean) / (variance / sample.len() as f64).sqrt();
    assert!(
        z.abs() < 4.5,
        "{what}: mean {} instead of {expected_mean}, {z} standard errors away",
        mean(sample)
    );
}

/// Fails if a sample's variance is more than `tolerance` times off.
pub(crate) fn check_variance(what: &str, sample: &[f64], expected: f64, tolerance: f64) {
    let centre = mean(sample);
    let squares: f64 = sample.iter().map(|x| (x - centre).powi(2)).sum();
    let variance = squares / (sample.len() - 1) as f64;
    let ratio = variance / expected;
    assert!(
        (ratio - 1.0).abs() < tolerance,
        "{what}: variance {variance} instead of {expected}"
    );
}

/// Fails if a sample is unlikely (one in a hundred thousand) to come from a continuous distribution.
pub(crate) fn check_distribution(what: &str, sample: &[f64], cumulative: impl Fn(f64) -> f64) {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let distance = sorted
        .iter()
        .enumerate()
        .fold(0.0_f64, |distance, (below, &x)| {
            let expected = cumulative(x);
            let (low, high) = (below as f64 / count, (below + 1) as f64 / count);
            distance
                .max((expected - low).abs())
                .max((expected - high).abs())
        });
    let bound = kolmogorov(1e-5) / count.sqrt();
    assert!(
        distance < bound,
        "{what}: distance {distance}, bound {bound}"
    );
}

/// The largest difference between two samples' distributions, as a share of the one that chance passes with
/// probability `level` (Kolmogorov and Smirnov).
pub(crate) fn distance_between(left: &[f64], right: &[f64], level: f64) -> f64 {
    let (mut left, mut right) = (left.to_vec(), right.to_vec());
    left.sort_by(f64::total_cmp);
    right.sort_by(f64::total_cmp);
    let up_to =
        |sorted: &[f64], x: f64| sorted.partition_point(|y| *y <= x) as f64 / sorted.len() as f64;
    let steps = left.iter().chain(&right);
    let distance = steps.fold(0.0_f64, |distance, &x| {
        distance.max((up_to(&left, x) - up_to(&right, x)).abs())
    });
    let (n, m) = (left.len() as f64, right.len() as f64);
    distance / (kolmogorov(level) * ((n + m) / (n * m)).sqrt())
}

/// The chance that two samples of one continuous law are as far apart as these (Kolmogorov and Smirnov, with the
/// correction of Stephens for small samples).
pub(crate) fn chance_of_distance(left: &[f64], right: &[f64]) -> f64 {
    let (n, m) = (left.len() as f64, right.len() as f64);
    let root = (n * m / (n + m)).sqrt();
    let distance = distance_between(left, right, 0.5) * kolmogorov(0.5) / root;
    let x = (root + 0.12 + 0.11 / root) * distance;
    let term = |k: f64| (1.0 - 2.0 * (k % 2.0 - 1.0).abs()) * (-2.0 * k * k * x * x).exp();
    let sum: f64 = (1..100).map(|k| term(f64::from(k))).sum();
    if x < 0.2 {
        1.0
    } else {
        (2.0 * sum).clamp(0.0, 1.0)
    }
}

pub(crate) fn mean(sample: &[f64]) -> f64 {
    sample.iter().sum::<f64>() / sample.len() as f64
}

/// The asymptotic bound that √n × distance passes with probability `level`.
fn kolmogorov(level: f64) -> f64 {
    (-(level / 2.0).ln() / 2.0).sqrt()
}
