//! What one outbreak costs the coupled sampler and the fast one on the same national estate, turn by turn.
//!
//! Both draw an outbreak each in one process, one after the other, so that whatever else the machine does meets both. Shown
//! are medians of processor time and the median of the turns' ratios. A name picks an estate:
//! `cargo bench -p wardround-engine --bench coupled -- falls/national`. `dies` lets one host in ten thousand be open to the
//! worm; the others are those of the benchmark `national`.

#![allow(clippy::disallowed_methods, reason = "words say what to measure")]
#![expect(clippy::print_stdout, reason = "a benchmark shows what it measured")]

mod support;

use std::hint::black_box;

use criterion::measurement::Measurement;
use support::cpu_time::CpuTime;
use support::estate::{Features, floor, national};
use support::median;
use wardround_engine::{Input, Totals, coupled, fast};

const TURNS: usize = 9;

fn main() {
    let picked = std::env::args().skip(1).find(|it| !it.starts_with("--"));
    let bench = |name: &str, input: &dyn Fn() -> Input| {
        if picked.as_ref().is_none_or(|it| name.contains(it.as_str())) {
            side_by_side(name, &input());
        }
    };
    for (name, features) in [
        ("falls", Features::Falls),
        ("removed", Features::Removed),
        ("classes", Features::Classes),
        ("whole", Features::Whole),
        ("sweeps", Features::Sweeps),
        ("contacts", Features::Contacts),
    ] {
        bench(&format!("{name}/floor"), &|| floor(features));
        bench(&format!("{name}/national"), &|| national(features));
    }
    bench("dies/national", &|| {
        let mut input = national(Features::Falls);
        let mut closed = input.classes[0].clone();
        closed.openings[0].success = 0.0;
        input.classes.push(closed);
        let hosts = (0_usize..).zip(&mut input.hosts);
        for (_, host) in hosts.filter(|(position, _)| position % 10_000 != 0) {
            host.class = 1;
        }
        input
    });
}

fn side_by_side(name: &str, input: &Input) {
    let quick = fast::Prepared::new(input).expect("the estate is written to be valid");
    let mut quick_scratch = fast::Scratch::new();
    let prepared = coupled::Prepared::new(input).expect("the estate is written to be valid");
    let mut scratch = coupled::Scratch::new();
    let mut seconds = [const { Vec::new() }; 2];
    let mut ratios = Vec::new();
    let mut infected = [0.0; 2];
    // The clock is read as often as the scheduler ticks: a turn has to last.
    let outbreaks = (1_000_000 / input.hosts.len()).max(1);
    // The first turn touches all memory and does not count.
    for turn in 0..=TURNS {
        let mut totals = [Totals::default(); 2];
        let replicates = (turn * outbreaks) as u64..((turn + 1) * outbreaks) as u64;
        let begun = CpuTime.start();
        for replicate in replicates.clone() {
            quick.sample(1, replicate, &mut quick_scratch, &mut totals[0]);
        }
        let fast = CpuTime.end(begun).as_secs_f64() / outbreaks as f64;
        let begun = CpuTime.start();
        for replicate in replicates {
            prepared.sample(1, replicate, &mut scratch, &mut totals[1]);
        }
        let coupled = CpuTime.end(begun).as_secs_f64() / outbreaks as f64;
        black_box(&totals);
        if turn > 0 {
            seconds[0].push(fast);
            seconds[1].push(coupled);
            ratios.push(coupled / fast);
            for (sum, totals) in infected.iter_mut().zip(totals) {
                *sum += f64::from(totals.infected) / (TURNS * outbreaks) as f64;
            }
        }
    }
    let [fast, coupled] = seconds.map(median);
    println!(
        "{name}: fast {:.2} ms ({:.0} infected), coupled {:.2} ms ({:.0} infected), {:.2} times as long",
        1e3 * fast,
        infected[0],
        1e3 * coupled,
        infected[1],
        median(ratios),
    );
}
