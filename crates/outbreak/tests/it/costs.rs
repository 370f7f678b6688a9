//! What a world costs. Not a test of anything: `cargo test -p wardround-outbreak costs -- --ignored --nocapture`.

#![expect(clippy::print_stdout, reason = "it says what it measured")]

use std::time::Instant;

use wardround_outbreak::{Population, Settle, catalogue};

use crate::builder::*;

#[test]
#[ignore = "it measures, and takes a while"]
fn what_a_world_costs() {
    let mut sketch = Sketch::new();
    for number in 0..240 {
        let owner = format!("trust-{:03}", number / 4);
        if number % 4 == 0 {
            sketch = sketch.organisation(&owner, None);
        }
        sketch = sketch.network(&format!("lan-{number}"), &owner);
    }
    for number in 0..240u8 {
        let owner = format!("trust-{:03}", number / 4);
        let known = [Known::Open, Known::Closed, Known::Nothing, Known::Nothing];
        for known in known {
            sketch = sketch.machines(&owner, number, 62, known);
        }
    }
    let estate = sketch.estate();
    for name in ["next-worm", "wannacry", "notpetya"] {
        let built_in = catalogue().find(|built_in| built_in.name == name).unwrap();
        let profile = wardround_outbreak::Profile::parse(built_in.profile).unwrap();
        let population = Population::new(&estate, &profile);
        let begin = Instant::now();
        let worlds = 20;
        let open = population.open_machines(&scenario(worlds, 1), Settle::Drawn);
        let drawn = begin.elapsed();
        let begin = Instant::now();
        let ensemble = sample(&population, &scenario(worlds, 1), Settle::Drawn, &[]);
        let sampled = begin.elapsed();
        let per = |time: std::time::Duration| time.as_secs_f64() * 1e3 / f64::from(worlds);
        println!(
            "{name}: {} machines, {} open in the first world; {:.2} ms a world to settle machines, {:.2} ms a world with one outbreak (all threads)",
            estate.hosts.len(),
            open[0],
            per(drawn),
            per(sampled)
        );
        assert_eq!(ensemble.finals.len(), worlds as usize);
    }
}
