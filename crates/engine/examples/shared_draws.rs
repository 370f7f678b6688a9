//! How much nearer two worlds are to each other when they share draws by name than when they re-use one stream.
//!
//! In the second world one host in a hundred, spread evenly, is closed to the worm. The difference of the infected is drawn by
//! `coupled`, by `fast` with the same seed and replicate in both worlds, and by `fast` with others. Shown are the variances of
//! one difference, and how the first compares with the second.
//!
//! `cargo run --release -p wardround-engine --example shared_draws -- [NAME [REPLICATES [HOURS]]]`

#![allow(clippy::disallowed_methods, reason = "words say what to measure")]
#![expect(clippy::print_stdout, reason = "a measurement shows what it found")]

#[path = "../benches/support/estate.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod estate;

use estate::{Features, floor, national};
use wardround_engine::coupled::difference;
use wardround_engine::{Input, Opening, Totals, fast};

fn main() {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let replicates = words.next().and_then(|word| word.parse().ok());
    let hours = words.next().and_then(|word| word.parse().ok());
    let until = |mut input: Input, hours: f64| {
        input.horizon_hours = hours;
        input
    };
    let settings: [(&str, u64, &dyn Fn() -> Input); 4] = [
        ("falls/floor", 400, &|| until(floor(Features::Falls), 3.0)),
        ("removed/floor", 400, &|| {
            until(floor(Features::Removed), 4.0)
        }),
        ("whole/floor", 400, &|| until(floor(Features::Whole), 6.0)),
        ("falls/national", 12, &|| {
            until(national(Features::Falls), 6.0)
        }),
    ];
    for (setting, usual, input) in settings {
        if setting.contains(&name) {
            let mut input = input();
            input.horizon_hours = hours.unwrap_or(input.horizon_hours);
            measure(setting, replicates.unwrap_or(usual), &input);
        }
    }
}

fn measure(name: &str, replicates: u64, before: &Input) {
    let mut after = before.clone();
    let closed = after.classes.len() as u16;
    for class in before.classes.clone() {
        let mut class = class;
        class.openings.fill(Opening::CLOSED);
        class.patched = None;
        after.classes.push(class);
    }
    for host in after.hosts.iter_mut().skip(50).step_by(100) {
        host.class += closed;
    }
    let infected = |totals: &Totals| f64::from(totals.infected);
    let by_name = difference(before, &after, 1, 0..replicates, infected)
        .expect("the estates are written to be valid");
    let first = by_fast(before, 0..replicates);
    let same = by_fast(&after, 0..replicates);
    let other = by_fast(&after, replicates..2 * replicates);
    let of_stream = variance_of_difference(&first, &same);
    let apart = variance_of_difference(&first, &other);
    println!(
        "{name}: {replicates} replicates, {:.0} infected, {:.1} fewer; variance of a difference {:.4e} by name, \
         {of_stream:.4e} with one stream re-used, {apart:.4e} independent: {:.1} and {:.1} times the first",
        by_name.first,
        by_name.mean,
        by_name.variance,
        of_stream / by_name.variance,
        apart / by_name.variance,
    );
}

/// The infected in each replicate.
fn by_fast(input: &Input, replicates: std::ops::Range<u64>) -> Vec<f64> {
    let prepared = fast::Prepared::new(input).expect("the estates are written to be valid");
    let mut scratch = fast::Scratch::new();
    let sample = |replicate| {
        let mut totals = Totals::default();
        prepared.sample(1, replicate, &mut scratch, &mut totals);
        f64::from(totals.infected)
    };
    replicates.map(sample).collect()
}

fn variance_of_difference(first: &[f64], second: &[f64]) -> f64 {
    let pairs = first.iter().zip(second);
    let differences: Vec<f64> = pairs.map(|(one, other)| one - other).collect();
    let count = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / count;
    let squares = differences.iter().map(|it| (it - mean) * (it - mean));
    squares.sum::<f64>() / (count - 1.0)
}
