//! Whether the samplers and the naive twin draw from one law: random small worlds, all features, and how sure that is.
//!
//! `cargo run --release -p wardround-engine --example exactness -- WORD...`, where the words are
//! - `survey`: what the worlds are like, by the twin;
//! - `twin`, `fast` or `coupled`: that sampler against the twin (the twin against itself tries the tests);
//! - `power`: how often biases of 2 % are seen;
//! - `--worlds 0..60`, `--reference 20000`, `--replicates 20000`, `--times 20`: how much;
//! - `--first 20000`: the number of the first replicate, for fresh ones;
//! - `--without sweeps,contacts`: worlds without these features;
//! - `--shrink`: takes away from the first of the worlds whatever can go while the sampler still differs.

#![allow(clippy::disallowed_methods, reason = "words say what to measure")]
#![expect(clippy::print_stdout, reason = "a measurement shows what it found")]

#[path = "../tests/it/twin/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod twin;

use std::ops::Range;

use twin::law::{self, Verdict, judge, mean};
use twin::observed::{NAMES, Observed, Sampler, coupled, fast, hosts_open_to_something, literal};
use twin::simpler::{FEATURES, all_simpler, without};
use twin::worlds::{WORLDS, world};
use wardround_engine::Input;

struct Orders {
    what: Vec<String>,
    worlds: Range<u64>,
    reference: u64,
    replicates: u64,
    times: u64,
    first: u64,
    without: Vec<String>,
    shrinks: bool,
}

fn main() {
    let orders = orders();
    for what in &orders.what {
        match what.as_str() {
            "survey" => survey(&orders),
            "power" => power(&orders),
            sampler if orders.shrinks => shrink(&orders, sampler),
            sampler => compare(&orders, sampler),
        }
    }
}

fn orders() -> Orders {
    let mut orders = Orders {
        what: Vec::new(),
        worlds: 0..WORLDS,
        reference: 20_000,
        replicates: 20_000,
        times: 20,
        first: 0,
        without: Vec::new(),
        shrinks: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("an option is followed by its value");
        let number = |word: String| word.parse::<u64>().expect("a number is expected");
        match word.as_str() {
            "--worlds" => {
                let value = next();
                let (first, end) = value.split_once("..").unwrap_or((&value, ""));
                let first = number(first.to_owned());
                let end = if end.is_empty() {
                    first + 1
                } else {
                    number(end.to_owned())
                };
                orders.worlds = first..end;
            }
            "--reference" => orders.reference = number(next()),
            "--replicates" => orders.replicates = number(next()),
            "--first" => orders.first = number(next()),
            "--times" => orders.times = number(next()),
            "--without" => orders.without = next().split(',').map(str::to_owned).collect(),
            "--shrink" => orders.shrinks = true,
            _ => orders.what.push(word),
        }
    }
    if orders.what.is_empty() {
        orders.what = vec!["twin".to_owned()];
    }
    orders
}

#[expect(
    clippy::panic,
    reason = "an example that is asked wrongly should stop there"
)]
fn sampler(name: &str) -> Sampler<'static> {
    match name {
        "twin" => &literal,
        "fast" => &fast,
        "coupled" => &coupled,
        _ => panic!("there is no sampler called {name}"),
    }
}

fn worlds(orders: &Orders) -> Vec<(u64, Input)> {
    let shown = |number| {
        let all = world(number);
        let left = orders.without.iter();
        (number, left.fold(all, |it, feature| without(&it, feature)))
    };
    orders.worlds.clone().map(shown).collect()
}

fn compare(orders: &Orders, name: &str) {
    let part = |count: u64| orders.first..orders.first + count;
    let reference: (Sampler<'_>, _) = (&literal, part(orders.reference));
    let sample = (sampler(name), part(orders.replicates));
    let verdict = judge(&worlds(orders), reference, sample, Input::clone);
    println!(
        "{name}: {} tests in {} worlds, {} replicates against {} of the twin: least chance {:.2e}, corrected {:.3}",
        verdict.tests.len(),
        orders.worlds.end - orders.worlds.start,
        orders.replicates,
        orders.reference,
        verdict.tests[0].chance,
        verdict.corrected()
    );
    let low = verdict
        .tests
        .iter()
        .filter(|test| test.chance < 0.1)
        .count();
    println!(
        "  chances below a tenth: {:.1} %",
        100.0 * low as f64 / verdict.tests.len() as f64
    );
    print!("{}", verdict.worst(8));
}

/// How often a biased twin is told from the twin, with fresh samples each time.
fn power(orders: &Orders) {
    type Bias = (&'static str, fn(&Input) -> Input);
    let biases: [Bias; 3] = [
        ("unbiased", Input::clone),
        ("successes x 0.98", |it| law::weakened(it, 0.98)),
        ("rates x 1.02", |it| law::quickened(it, 1.02)),
    ];
    let worlds = worlds(orders);
    for (name, bias) in biases {
        let mut corrected: Vec<f64> = (0..orders.times)
            .map(|time| {
                let part = |count: u64| time * count..(time + 1) * count;
                let reference: (Sampler<'_>, _) = (&literal, part(orders.reference));
                let sample: (Sampler<'_>, _) = (&literal, part(orders.replicates));
                judge(&worlds, reference, sample, bias).corrected()
            })
            .collect();
        corrected.sort_by(f64::total_cmp);
        let seen = corrected.iter().filter(|it| **it < 1e-3).count();
        println!(
            "{name}: seen in {seen} of {} times with {} replicates against {}; corrected chances: median {:.1e}, largest {:.1e}",
            orders.times,
            orders.replicates,
            orders.reference,
            corrected[corrected.len() / 2],
            corrected[corrected.len() - 1]
        );
    }
}

fn survey(orders: &Orders) {
    let mut worlds_with = [0_u32; NAMES.len()];
    let worlds = worlds(orders);
    for (number, input) in &worlds {
        let rows: Vec<Observed> = literal(input, 1, 0..300);
        let of = |name: usize| mean(&rows.iter().map(|row| row[name]).collect::<Vec<_>>());
        let means: Vec<f64> = (0..NAMES.len()).map(of).collect();
        for (count, mean) in worlds_with.iter_mut().zip(&means) {
            *count += u32::from(*mean > 0.03);
        }
        let open = hosts_open_to_something(input);
        let words: Vec<String> = means.iter().map(|mean| format!("{mean:.1}")).collect();
        println!("world {number}, {open} open hosts: {}", words.join(" "));
    }
    for (name, count) in NAMES.iter().zip(worlds_with) {
        println!("{name}: in {count} worlds");
    }
    for feature in FEATURES {
        let has = |it: &&(u64, Input)| without(&it.1, feature) != it.1;
        println!("{feature}: in {} worlds", worlds.iter().filter(has).count());
    }
}

fn shrink(orders: &Orders, name: &str) {
    let differs = |input: &Input| -> Verdict {
        let reference: (Sampler<'_>, _) = (&literal, 0..orders.reference);
        let sample = (sampler(name), 0..orders.replicates);
        judge(&[(0, input.clone())], reference, sample, Input::clone)
    };
    let mut smallest = worlds(orders)
        .into_iter()
        .next()
        .expect("there is a world")
        .1;
    let mut verdict = differs(&smallest);
    if verdict.corrected() > 1e-4 {
        println!("the samplers do not differ:\n{}", verdict.worst(5));
        return;
    }
    loop {
        let mut is_smaller = false;
        for (change, _) in all_simpler(&smallest) {
            // The list is made anew each time: positions move.
            let candidate = all_simpler(&smallest).into_iter().find(|it| it.0 == change);
            let Some((_, candidate)) = candidate else {
                continue;
            };
            let other = differs(&candidate);
            if !other.tests.is_empty() && other.corrected() < 1e-4 {
                println!("{change}: still {:.1e}", other.corrected());
                (smallest, verdict, is_smaller) = (candidate, other, true);
            }
        }
        if !is_smaller {
            break;
        }
    }
    println!("{smallest:#?}\n{}", verdict.worst(8));
}
