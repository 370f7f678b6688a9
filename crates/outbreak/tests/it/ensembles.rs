//! What an ensemble's numbers are, and what they do not depend on.

use rayon::ThreadPoolBuilder;
use wardround_estate::Estate;
use wardround_outbreak::{
    Effect, HostUse, Interval, Population, RunError, Scenario, Settle, default_threats, run,
    run_part, summarise,
};

use crate::builder::*;

/// Two organisations with three networks and machines of every kind.
fn mixed(variant: u8) -> Estate {
    Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("harbour-ward", "harbour")
        .network("mill-lan", "mill")
        .machines("harbour", 0, 8 + variant, Known::Nothing)
        .machines("harbour", 0, 6, Known::Open)
        .machines("harbour", 1, 12, Known::Nothing)
        .machines("harbour", 1, 2 * variant, Known::Closed)
        .machines("mill", 2, 10, Known::Open)
        .machines("mill", 2, 9, Known::Nothing)
        .machine("mill", &[], Known::Nothing)
        .estate()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let estate = mixed(3);
    for profile in default_threats().unwrap().iter().chain([&quick_worm()]) {
        let with_threads = |threads| {
            let pool = ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| {
                let population = Population::new(&estate, profile);
                let ensemble = sample(&population, &scenario(12, 4), Settle::Drawn, &[]);
                format!("{ensemble:?}")
            })
        };
        let one = with_threads(1);
        assert_eq!(one, with_threads(2), "{}", profile.id);
        assert_eq!(one, with_threads(5), "{}", profile.id);
    }
}

#[test]
fn the_seed_and_nothing_else_makes_the_difference() {
    let estate = mixed(1);
    let profile = quick_worm();
    let with_seed = |seed| {
        let population = Population::new(&estate, &profile);
        let scenario = Scenario {
            seed,
            ..scenario(20, 3)
        };
        format!("{:?}", sample(&population, &scenario, Settle::Drawn, &[]))
    };
    assert_eq!(with_seed(7), with_seed(7));
    assert_ne!(with_seed(7), with_seed(8));
}

#[test]
fn everything_against_us_takes_no_fewer_than_drawn_and_that_no_fewer_than_in_favour() {
    let slow = worm(
        "probes_per_hour = { low = 30.0, high = 300.0, basis = \"assumed\", source = \"a test\" }",
    );
    for profile in [quick_worm(), slow] {
        for variant in 0..6 {
            let estate = mixed(variant);
            let population = Population::new(&estate, &profile);
            let [against, drawn, in_favour] = [Settle::Against, Settle::Drawn, Settle::InFavour]
                .map(|settle| {
                    sample(&population, &scenario(60, 5), settle, &[])
                        .spread
                        .mean_taken
                });
            // Four standard errors of the difference: one wrong alarm in some thirty thousand.
            let no_fewer = |(more, more_error): (f64, f64), (fewer, fewer_error): (f64, f64)| {
                more + 4.0 * more_error.hypot(fewer_error) >= fewer
            };
            assert!(no_fewer(against, drawn), "{variant}: {against:?} {drawn:?}");
            assert!(
                no_fewer(drawn, in_favour),
                "{variant}: {drawn:?} {in_favour:?}"
            );
            assert!(
                against.0 > in_favour.0,
                "{variant}: {against:?} {in_favour:?}"
            );
        }
    }
}

#[test]
fn an_estate_without_machines_is_an_error() {
    let estate = Sketch::new().organisation("harbour", None).estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let refused = run(
        &population,
        &Scenario::default(),
        Settle::Drawn,
        &[],
        &|_| {},
    );
    assert!(matches!(refused, Err(RunError::NoHosts)));
}

#[test]
fn an_outbreak_dies_out_below_five_machines_or_half_a_per_cent() {
    for (machines, below) in [
        (1, 2),
        (3, 2),
        (8, 4),
        (10, 5),
        (1000, 5),
        (1001, 6),
        (1400, 7),
    ] {
        let sketch = Sketch::new().organisation("harbour", None).network_of(
            "lan",
            "harbour",
            &["10.1.0.0/16"],
        );
        let sketch = (0..machines).fold(sketch, |sketch, number| {
            let address = format!("10.1.{}.{}", number / 250, number % 250 + 1);
            sketch.machine("harbour", &[&address], Known::Closed)
        });
        let estate = sketch.estate();
        let profile = quick_worm();
        let spread = sample(
            &Population::new(&estate, &profile),
            &scenario(2, 2),
            Settle::Drawn,
            &[],
        )
        .spread;
        assert_eq!((spread.hosts, spread.dies_out_below), (machines, below));
        assert_eq!((spread.dies_out.0, spread.taken), (1.0, None));
    }
}

#[test]
fn the_summary_follows_from_the_outbreaks() {
    let estate = mixed(2);
    let profile = quick_worm();
    let ensemble = sample(
        &Population::new(&estate, &profile),
        &scenario(30, 5),
        Settle::Drawn,
        &[],
    );
    let spread = &ensemble.spread;
    assert_eq!((spread.replicates, ensemble.finals.len()), (150, 150));
    let mut grown: Vec<f64> = ensemble
        .finals
        .iter()
        .filter(|taken| **taken >= spread.dies_out_below)
        .map(|taken| f64::from(*taken))
        .collect();
    grown.sort_by(f64::total_cmp);
    let died = (150 - grown.len()) as f64 / 150.0;
    assert!((spread.dies_out.0 - died).abs() < 1e-12);
    let mean = ensemble
        .finals
        .iter()
        .map(|taken| f64::from(*taken))
        .sum::<f64>()
        / 150.0;
    assert!((spread.mean_taken.0 - mean).abs() < 1e-9);
    // Between neighbours: the quantile at q of n values stands at place q (n - 1).
    let quantile = |share: f64| {
        let place = share * (grown.len() - 1) as f64;
        let (below, above) = (grown[place.floor() as usize], grown[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    let expected = Interval {
        low: quantile(0.05),
        median: quantile(0.5),
        high: quantile(0.95),
    };
    assert_eq!(spread.taken, Some(expected));
    let last = spread.fan.last().unwrap();
    assert!((last.hour - 24.0).abs() < 1e-9);
    let ends = [last.quantiles[0], last.quantiles[2], last.quantiles[4]];
    assert_eq!(ends, [expected.low, expected.median, expected.high]);
    for pair in spread.fan.windows(2) {
        assert!(
            pair[0].quantiles[2] <= pair[1].quantiles[2],
            "taken machines stay taken"
        );
    }
    // Every machine taken fell once, and all but the entry were infected by another.
    let fell: f64 = ensemble.hosts.iter().map(|host| host.falls).sum();
    let passed: f64 = ensemble.hosts.iter().map(|host| host.passes_on).sum();
    assert!((fell - mean).abs() < 1e-9 && (passed - (mean - 1.0)).abs() < 1e-9);
    for reached in &ensemble.organisations {
        assert!(reached.reached > 0.0 && reached.reached <= 1.0);
    }
}

#[test]
fn hours_of_falls_add_up_to_those_of_the_ensemble() {
    let estate = mixed(2);
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let scenario = scenario(20, 5);
    let part = run_part(&population, &scenario, Settle::Drawn, &[], 0..100, &|_| ()).unwrap();
    let ensemble = summarise(&part, &scenario);
    let of_machines: f64 = (ensemble.hosts.iter())
        .filter_map(|host| Some(host.falls * host.mean_hour?))
        .sum();
    // A fall is counted from the first quarter of an hour after it on: so many quarters passed before.
    let quarters = part.replicates.iter().map(|row| {
        let before = row.curve.iter().map(|taken| row.taken - taken);
        f64::from(before.sum::<u32>())
    });
    let later = quarters.sum::<f64>() / 4.0 / 100.0;
    let taken = ensemble.spread.mean_taken.0;
    assert!(later - 0.25 * taken <= of_machines && of_machines <= later + 0.02 * taken);
    for host in &ensemble.hosts {
        assert_eq!(host.mean_hour.is_some(), host.falls > 0.0);
        assert!(
            host.mean_hour
                .is_none_or(|hour| (0.0..=24.0).contains(&hour))
        );
    }
}

#[test]
fn the_machine_that_always_enters_falls_at_once() {
    let estate = mixed(0);
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let first = host(&estate, 0);
    let ensemble = sample(
        &population,
        &from_host(first, scenario(6, 5)),
        Settle::Against,
        &[],
    );
    let (entry, others): (Vec<HostUse>, Vec<HostUse>) =
        (ensemble.hosts.iter()).partition(|host| host.host == first);
    assert_eq!((entry[0].falls, entry[0].mean_hour), (1.0, Some(0.0)));
    assert!(others.iter().any(|host| host.mean_hour > Some(0.0)));
}

#[test]
fn an_infection_by_a_link_is_told_from_one_through_a_border() {
    let estate = Sketch::harbour_and_mill(10, 10).estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(10, 4));
    for (settle, by_link) in [(Settle::InFavour, 1.0), (Settle::Against, 0.0)] {
        let ensemble = sample(&population, &scenario, settle, &[]);
        let mill = organisation(&estate, "mill");
        let mill = (ensemble.organisations.iter()).find(|it| it.organisation == mill);
        let mill = mill.unwrap();
        assert_eq!(mill.by_link, by_link);
        let gate = mill.gate.unwrap();
        let ends = [gate.from, gate.to];
        assert_eq!(
            ends,
            ["harbour-lan", "mill-lan"].map(|id| network(&estate, id))
        );
        assert_eq!(gate.share, 1.0);
    }
}

#[test]
fn closing_every_machine_leaves_only_the_entry() {
    let estate = mixed(4);
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let all: Vec<_> = estate.hosts().map(|(id, _)| id).collect();
    for settle in [Settle::Against, Settle::Drawn] {
        let ensemble = sample(
            &population,
            &scenario(5, 4),
            settle,
            &[Effect::Close(all.clone())],
        );
        assert!(
            ensemble.finals.iter().all(|taken| *taken == 1),
            "{:?}",
            ensemble.finals
        );
    }
    let open: Vec<_> = all
        .into_iter()
        .filter(|id| population.open(*id) == wardround_outbreak::Open::Yes)
        .collect();
    let ensemble = sample(
        &population,
        &scenario(5, 4),
        Settle::InFavour,
        &[Effect::Close(open)],
    );
    assert!(
        ensemble.finals.iter().all(|taken| *taken == 1),
        "{:?}",
        ensemble.finals
    );
}

#[test]
fn absurd_counts_of_outbreaks_do_not_overflow() {
    assert_eq!(scenario(u32::MAX, 3).replicates(), u32::MAX);
}
