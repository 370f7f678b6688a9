//! Whether two samplers draw from one law: ranks of one sampler's outbreaks among the other's.
//!
//! The place of a number among a reference sample, ties broken at random, is its randomised probability-integral
//! transform (Czado, Gneiting and Held, *Predictive model assessment for count data*, Biometrics 65, 2009): uniform if both
//! come from one law, whatever the atoms. As the reference is finite too, the transforms are tested as what they are:
//! ranks in the union of two samples, whose laws do not depend on the law sampled.

use std::ops::Range;

use wardround_engine::Input;

use super::observed::{NAMES, Observed, Sampler};
use super::random::Random;

/// One chance that two samples of one law differ so much.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    /// The world; none for what is pooled over all.
    pub(crate) world: Option<u64>,
    /// Which of [`NAMES`].
    pub(crate) number: usize,
    /// What was tested.
    pub(crate) kind: &'static str,
    pub(crate) chance: f64,
    /// Standard deviations, of the tests that have them.
    pub(crate) z: f64,
    /// The means of reference and sample.
    pub(crate) means: [f64; 2],
}

/// All tests of a comparison.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// The least chance first.
    pub(crate) tests: Vec<Test>,
}

impl Verdict {
    /// Of the tests of all worlds, and of what they say together.
    pub(crate) fn of(mut tests: Vec<Test>) -> Self {
        tests.extend(pooled(&tests));
        tests.sort_by(|left, right| left.chance.total_cmp(&right.chance));
        Self { tests }
    }

    /// The least chance times the number of tests (Bonferroni).
    pub(crate) fn corrected(&self) -> f64 {
        let least = self.tests.first().map_or(1.0, |test| test.chance);
        (least * self.tests.len() as f64).min(1.0)
    }

    /// The least chances in words.
    pub(crate) fn worst(&self, count: usize) -> String {
        let word = |test: &Test| {
            let place = test
                .world
                .map_or("all worlds".to_owned(), |world| format!("world {world}"));
            let Test {
                kind,
                chance,
                z,
                means: [reference, sample],
                ..
            } = test;
            let name = NAMES[test.number];
            format!(
                "  {place}, {name}, {kind}: chance {chance:.2e}, z {z:+.2}, reference {reference:.4}, sample {sample:.4}\n"
            )
        };
        self.tests.iter().take(count).map(word).collect()
    }
}

/// All tests of one world's reference and sample.
pub(crate) fn tests_of_world(
    world: u64,
    reference: &[Observed],
    sample: &[Observed],
    seed: u64,
) -> Vec<Test> {
    let mut random = Random::new(seed, world);
    let mut tests = Vec::new();
    for number in 0..NAMES.len() {
        let of = |rows: &[Observed]| rows.iter().map(|row| row[number]).collect::<Vec<_>>();
        let (reference, sample) = (of(reference), of(sample));
        let means = [mean(&reference), mean(&sample)];
        for (kind, z, chance) in compare(&reference, &sample, &mut random) {
            tests.push(Test {
                world: Some(world),
                number,
                kind,
                chance,
                z,
                means,
            });
        }
    }
    tests
}

/// The standard deviations of all worlds together (Stouffer), which see what is a little off everywhere.
fn pooled(tests: &[Test]) -> Vec<Test> {
    let mut pooled = Vec::new();
    for kind in [MIDDLE, SPREAD] {
        for number in 0..NAMES.len() {
            let of_kind = |it: &&Test| it.number == number && it.kind == kind;
            let z: Vec<f64> = tests.iter().filter(of_kind).map(|it| it.z).collect();
            if z.len() < 2 {
                continue;
            }
            let z = z.iter().sum::<f64>() / (z.len() as f64).sqrt();
            pooled.push(Test {
                world: None,
                number,
                kind,
                chance: two_sided(z),
                z,
                means: [f64::NAN; 2],
            });
        }
    }
    pooled
}

const MIDDLE: &str = "middle";
const SPREAD: &str = "spread";
const SHAPE: &str = "shape";

/// Kinds of test, standard deviations and chances for two samples; none if all numbers are equal.
fn compare(
    reference: &[f64],
    sample: &[f64],
    random: &mut Random,
) -> Vec<(&'static str, f64, f64)> {
    // (number, tie-breaker, is of the sample)
    let mut all: Vec<(f64, f64, bool)> = reference
        .iter()
        .map(|&number| (number, false))
        .chain(sample.iter().map(|&number| (number, true)))
        .map(|(number, is_sample)| (number, random.unit(), is_sample))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total = all.len() as f64;
    let (n, m) = (reference.len() as f64, sample.len() as f64);
    let mut tied = 0.0;
    let mut most_tied = 0;
    let mut middle_ranks = 0.0;
    let mut rank_before = 0.0;
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let count = equal.len() as f64;
        most_tied = most_tied.max(equal.len());
        tied += count.powi(3) - count;
        let of_sample = equal.iter().filter(|it| it.2).count() as f64;
        middle_ranks += of_sample * (rank_before + (count + 1.0) / 2.0);
        rank_before += count;
    }
    if most_tied == all.len() {
        return Vec::new();
    }
    let (mut ranks, mut squares, mut seen, mut furthest) = (0.0, 0.0, [0.0; 2], 0.0_f64);
    for (rank, it) in (1..).zip(&all) {
        let rank = f64::from(rank);
        seen[usize::from(it.2)] += 1.0;
        if it.2 {
            ranks += rank;
            squares += (rank - (total + 1.0) / 2.0).powi(2);
        }
        furthest = furthest.max((seen[0] / n - seen[1] / m).abs());
    }
    // Wilcoxon's rank sum. Middle ranks lose nothing to ties, but where nearly all numbers are equal and the samples are
    // not equally large their sum is too skew for a normal law; ranks with ties broken at random never are.
    let others = (all.len() - most_tied) as f64 * n.min(m) / total;
    let is_dense = others >= 400.0 || (others >= 100.0 && n == m);
    let (sum, tied) = if is_dense {
        (middle_ranks, tied)
    } else {
        (ranks, 0.0)
    };
    let variance = n * m / 12.0 * (total + 1.0 - tied / (total * (total - 1.0)));
    let middle = (sum - m * (total + 1.0) / 2.0) / variance.sqrt();
    // Mood's test of spread, ties broken at random.
    let variance = n * m * (total + 1.0) * (total * total - 4.0) / 180.0;
    let spread = (squares - m * (total * total - 1.0) / 12.0) / variance.sqrt();
    let shape = kolmogorov(furthest * (n * m / total).sqrt());
    vec![
        (MIDDLE, middle, two_sided(middle)),
        (SPREAD, spread, two_sided(spread)),
        (SHAPE, 0.0, shape),
    ]
}

fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The chance that Kolmogorov and Smirnov's distance, times the root of the sample sizes' harmonic sum, is larger.
fn kolmogorov(x: f64) -> f64 {
    if x < 0.3 {
        return 1.0;
    }
    let term = |k: u32| {
        let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
        sign * (-2.0 * f64::from(k * k) * x * x).exp()
    };
    (2.0 * (1..60).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

pub(crate) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Compares a sampler with a reference, world by world; `change` is what the sampler is shown of each world.
pub(crate) fn judge(
    worlds: &[(u64, Input)],
    reference: (Sampler<'_>, Range<u64>),
    sample: (Sampler<'_>, Range<u64>),
    change: impl Fn(&Input) -> Input,
) -> Verdict {
    let mut tests = Vec::new();
    for (number, world) in worlds {
        // Seeds of its own for each world: with the same draws in all of them, what is pooled would not be independent.
        let seed = SEED + 3 * number;
        let left = (reference.0)(world, seed, reference.1.clone());
        let right = (sample.0)(&change(world), seed + 1, sample.1.clone());
        tests.extend(tests_of_world(*number, &left, &right, seed + 2));
    }
    Verdict::of(tests)
}

const SEED: u64 = 1517;

/// The world in which every probe and attempt succeeds a little less often.
pub(crate) fn weakened(input: &Input, factor: f32) -> Input {
    let mut input = input.clone();
    for class in &mut input.classes {
        class
            .openings
            .iter_mut()
            .for_each(|it| it.success *= factor);
    }
    input
}

/// The world in which every stream, contact and pressure is a little faster.
pub(crate) fn quickened(input: &Input, factor: f64) -> Input {
    let mut input = input.clone();
    input
        .streams
        .iter_mut()
        .for_each(|it| it.probes_per_hour *= factor);
    for contact in &mut input.contacts {
        contact.attempts_per_hour = (f64::from(contact.attempts_per_hour) * factor) as f32;
    }
    if let Some(outside) = &mut input.outside {
        outside
            .pressure
            .iter_mut()
            .for_each(|it| it.probes_per_hour *= factor);
    }
    input
}
