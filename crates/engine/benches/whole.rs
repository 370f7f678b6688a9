//! What an infection of the whole process costs beside one of infections alone, and each beside itself on a small estate.
//!
//! The four estates (those of the benchmark `national`) take turns in one process, so that whatever else the machine does meets
//! all of them. Shown are medians of processor time for one infection, and medians of the turns' ratios.

#![expect(clippy::print_stdout, reason = "a benchmark shows what it measured")]

#[allow(dead_code, reason = "other benchmarks use more of it")]
mod support;

use std::hint::black_box;

use criterion::measurement::Measurement;
use support::cpu_time::CpuTime;
use support::estate::{Features, floor, national};
use support::median;
use wardround_engine::Totals;
use wardround_engine::fast::{Prepared, Scratch};

const TURNS: usize = 21;

fn main() {
    let inputs = [
        floor(Features::Falls),
        national(Features::Falls),
        floor(Features::Whole),
        national(Features::Whole),
    ];
    let prepared = inputs
        .each_ref()
        .map(|input| Prepared::new(input).expect("the estate is written to be valid"));
    let mut scratches = inputs.each_ref().map(|_| Scratch::new());
    let mut turns = Vec::new();
    // The first turn touches all memory and does not count.
    for turn in 0..=TURNS {
        let mut nanoseconds = [0.0; 4];
        for (place, prepared) in prepared.iter().enumerate() {
            nanoseconds[place] = one_infection(prepared, &mut scratches[place], turn);
        }
        if turn > 0 {
            turns.push(nanoseconds);
        }
    }
    let of = |what: &dyn Fn(&[f64; 4]) -> f64| median(turns.iter().map(what).collect());
    for (place, name) in [
        "falls/floor",
        "falls/national",
        "whole/floor",
        "whole/national",
    ]
    .into_iter()
    .enumerate()
    {
        println!("{name}: {:.0} ns for one infection", of(&|it| it[place]));
    }
    println!("falls, national / floor: {:.2}", of(&|it| it[1] / it[0]));
    println!("whole, national / floor: {:.2}", of(&|it| it[3] / it[2]));
    println!("floor, whole / falls: {:.2}", of(&|it| it[2] / it[0]));
    println!("national, whole / falls: {:.2}", of(&|it| it[3] / it[1]));
}

/// Nanoseconds of the processor for one infection, in a turn of about a million.
fn one_infection(prepared: &Prepared<'_>, scratch: &mut Scratch, turn: usize) -> f64 {
    // The clock is read as often as the scheduler ticks: a turn has to last.
    let outbreaks = (1_000_000 / prepared.input().hosts.len()).max(1);
    let mut totals = Totals::default();
    let begun = CpuTime.start();
    for replicate in turn * outbreaks..(turn + 1) * outbreaks {
        prepared.sample(1, replicate as u64, scratch, &mut totals);
    }
    let seconds = CpuTime.end(begun).as_secs_f64();
    1e9 * seconds / f64::from(black_box(totals.infected))
}
