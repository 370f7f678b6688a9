//! A real question at full size: what would `wannacry` do to an estate as large as England's health service, where each
//! organisation cuts itself off some hours after it notices? With what each part of the answer costs.
//!
//! `cargo run --release -p wardround-outbreak --example england -- [REPLICATES] [SHARE] [THREADS] [ISOLATE_AFTER_HOURS] [DAYS_OF_LOSSES] [WARNED_AT_HOURS]`
//!
//! The estate is made up (see `estate.rs`), and the figures are no claim about 2017.

mod estate;

use std::time::Instant;

use wardround_estate::{Estate, Options};
use wardround_outbreak::harm::{EstateServices, ServiceRules, summarise_losses, whole_service};
use wardround_outbreak::{
    Open, Part, Population, Profile, ResponseRule, Scenario, Settle, catalogue, run_part,
    run_with_losses, summarise,
};

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn main() {
    let arguments: Vec<f64> = std::env::args()
        .skip(1)
        .map(|word| word.parse().expect("arguments are numbers"))
        .collect();
    let argument = |place: usize, usual: f64| arguments.get(place).copied().unwrap_or(usual);
    let (replicates, share) = (argument(0, 1_000.0) as u32, argument(1, 1.0));
    let threads = argument(2, 2.0) as usize;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build_global().expect("nothing made one before");

    let tell = |what: &str, since: Instant| {
        println!(
            "{what:<36} {:>8.2} s wall  {:>8.2} s CPU so far  {:>6} MB at most",
            since.elapsed().as_secs_f64(),
            cpu_seconds(),
            peak_megabytes()
        );
        // The peak is told anew for what comes next (`proc(5)`); where the system refuses, it is that of all so far.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    };
    let since = Instant::now();
    let readings = estate::readings(20170512, share);
    tell("evidence made up", since);
    let since = Instant::now();
    let estate = Estate::resolve(readings, Options::default());
    tell("estate resolved", since);
    println!(
        "    {} machines, {} networks, {} organisations",
        estate.hosts.len(),
        estate.networks.len(),
        estate.organisations.len()
    );
    let built_in = catalogue().find(|built_in| built_in.name == "wannacry");
    let profile = Profile::parse(built_in.expect("it comes with us").profile)
        .expect("a test reads every profile");
    let since = Instant::now();
    let population = Population::new(&estate, &profile);
    tell("every machine asked (population)", since);
    let mut open = [0; 3];
    for (host, _) in estate.hosts() {
        open[match population.open(host) {
            Open::Yes => 0,
            Open::No => 1,
            Open::Unknown => 2,
        }] += 1;
    }
    println!(
        "    open {}, closed {}, unknown {}",
        open[0], open[1], open[2]
    );

    let isolate_after = argument(3, 4.0);
    let scenario = |worlds, repeats| Scenario {
        worlds,
        repeats,
        response: Some(ResponseRule {
            after_infections: 5,
            counts_disabled: false,
            delay_hours: isolate_after,
            warned_at_hours: arguments.get(5).copied(),
            isolates: true,
            patches_per_hour_and_thousand: 0.0,
            rebuilds_per_hour_and_thousand: 0.0,
            works_by_day: false,
        }),
        ..Scenario::default()
    };
    let since = Instant::now();
    let _ = population.open_machines(&scenario(1, 1), Settle::Drawn);
    tell("one world's machines settled", since);

    // What a world costs before its first outbreak: none of its entries can pass anything on within no time at all.
    let few_worlds = Scenario {
        horizon_hours: 1e-6,
        ..scenario(10, 1)
    };
    let (since, before) = (Instant::now(), cpu_seconds());
    let part = run_part(&population, &few_worlds, Settle::Drawn, &[], 0..10, &|_| {});
    part.expect("a made-up estate can be sampled");
    tell("ten worlds made ready, and summed up", since);
    println!("    {:.0} ms CPU a world", 100.0 * (cpu_seconds() - before));

    let repeats = 10.min(replicates);
    let scenario = scenario(replicates.div_ceil(repeats), repeats);
    println!("    {}", scenario.words(&[&profile]));
    let since = Instant::now();
    let before = cpu_seconds();
    let all = 0..scenario.replicates();
    let part = run_part(&population, &scenario, Settle::Drawn, &[], all, &|_| {});
    let part = part.expect("a made-up estate can be sampled");
    tell("all outbreaks sampled", since);
    let cpu = cpu_seconds() - before;
    let taken: u64 = part.replicates.iter().map(|row| u64::from(row.taken)).sum();
    println!(
        "    {} replicates, {taken} infections, {} rows of organisations; {:.1} ms CPU a replicate, {:.0} ns an infection",
        part.replicates.len(),
        part.organisations.len(),
        1e3 * cpu / part.replicates.len() as f64,
        1e9 * cpu / taken as f64
    );
    let days = argument(4, 0.0) as u32;
    if days > 0 {
        with_losses(&population, &scenario, days, &part, &tell);
    }
    let since = Instant::now();
    let ensemble = summarise(&part, &scenario);
    tell("summed up", since);
    let spread = &ensemble.spread;
    println!(
        "    dies out {:?}, otherwise {:?}",
        spread.dies_out, spread.taken
    );
    println!(
        "    mean {:?}; between worlds {:?}; by a draw only {:?}; organisations ever reached {}",
        spread.mean_taken,
        ensemble.world_variance_share,
        ensemble.assumed_share,
        ensemble.organisations.len()
    );
}

/// The same outbreaks again, with losses by organisation and service read off each.
#[expect(clippy::print_stdout, reason = "an example speaks")]
fn with_losses(
    population: &Population<'_>,
    scenario: &Scenario,
    days: u32,
    alone: &Part,
    tell: &dyn Fn(&str, Instant),
) {
    let since = Instant::now();
    let services = EstateServices::new(population.estate(), ServiceRules::built_in());
    tell("services found", since);
    let (since, before) = (Instant::now(), cpu_seconds());
    let all = 0..scenario.replicates();
    let (part, losses) = run_with_losses(
        population,
        scenario,
        Settle::Drawn,
        &[],
        all,
        &services,
        days,
        &|_| {},
    )
    .expect("a made-up estate can be sampled");
    tell("all outbreaks with losses", since);
    let cpu = cpu_seconds() - before;
    println!(
        "    {} services, {} rows of losses; {:.1} ms CPU a replicate; the same outbreaks: {}",
        services.services().len(),
        losses.rows.len(),
        1e3 * cpu / part.replicates.len() as f64,
        part == *alone
    );
    let since = Instant::now();
    let sum = summarise_losses(&losses, &services);
    tell("losses summed up", since);
    for row in &sum.activities {
        let (units, activity) = (
            &row.units.not_done,
            &services.rules().activities[row.activity],
        );
        println!(
            "    {}: not done {:.0} ({:.0} to {:.0}), worst twentieth {:.0}; spared organisations' share {:.2}",
            activity.name,
            units.median,
            units.low,
            units.high,
            units.worst_twentieth,
            row.spared_share
        );
    }
    println!(
        "    worth {:.0} GBP ({:.0} to {:.0}), of precautions {:.0}",
        sum.worth.median, sum.worth.low, sum.worth.high, sum.worth_of_precautions.median
    );
    let since = Instant::now();
    let whole = whole_service(&part, &losses, &services, population.estate());
    tell("the whole service counted", since);
    println!(
        "    of {} organisations infected {:.0} ({:.0} to {:.0}), disrupted without {:.0}, spared {:.0}; {} groups, {} pairs",
        whole.all.organisations,
        whole.all.infected.median,
        whole.all.infected.low,
        whole.all.infected.high,
        whole.all.disrupted.median,
        whole.all.spared.median,
        whole.groups.len(),
        whole.pairs.len()
    );
}

/// User and system time of this process in seconds, where the system tells (fields 14 and 15 of `proc(5)`, in hundredths).
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// The most memory that this process held since it was last asked.
fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
