//! Sweeps against what can be worked out by hand: each address exactly once, at a uniform moment.

use wardround_engine::{Across, Attachment, Delay, Entries, Scope};

use crate::small_worlds::{
    histories, host, host_that_crashes, one_network, open_network, sample, sweep, uniform, world,
};
use crate::statistics::{check_distribution, check_mean, check_variance};

#[test]
fn one_sweep_finds_every_open_host_once() {
    let mut input = one_network(30, 1.0, 100.0, sweep(50.0));
    // The entry starts at 10 and sweeps for 2 hours; nobody else starts before 20.
    input.latency = Delay::Fixed(10.0);
    input.horizon_hours = 19.0;
    let histories = histories(&input, 500);
    let times: Vec<f64> = histories
        .iter()
        .flat_map(|history| {
            history.infections[1..]
                .iter()
                .map(|infection| infection.hours)
        })
        .collect();
    assert_eq!(times.len(), 500 * 30);
    check_distribution("moments", &times, |hours| {
        ((hours - 10.0) / 2.0).clamp(0.0, 1.0)
    });
    assert!(
        histories
            .iter()
            .flat_map(|history| &history.infections[1..])
            .all(|infection| {
                infection.from == Some(0) && infection.across == Across::SameNetwork
            })
    );
}

#[test]
fn the_number_that_one_sweep_infects_is_binomial() {
    let mut input = one_network(40, 0.3, 64.0, sweep(64.0));
    input.latency = Delay::Fixed(10.0);
    input.horizon_hours = 19.0;
    let counts = sample(&input, 10_000, |history| {
        (history.infections.len() - 1) as f64
    });
    check_mean("infected", &counts, 12.0, 8.4);
    check_variance("infected", &counts, 8.4, 0.1);
}

#[test]
fn the_moments_of_a_sweep_are_uniform_whatever_the_chances() {
    let successes = [1.0, 0.7, 0.2];
    let hosts = vec![
        host(0, 0.0),
        host(0, 1.0),
        host_that_crashes(0, 0.7, 0.5),
        host(0, 0.2),
    ];
    let mut input = world(vec![open_network(0, 64.0)], hosts, sweep(64.0));
    input.latency = Delay::Fixed(10.0);
    input.horizon_hours = 19.0;
    let histories = histories(&input, 20_000);
    for (host, success) in (1..).zip(successes) {
        let times: Vec<f64> = histories
            .iter()
            .filter_map(|history| history.hours_of(host))
            .collect();
        let share = times.len() as f64 / 2e4;
        assert!(
            (share - success).abs() < 0.016,
            "host {host} fell in a share of {share}"
        );
        check_distribution("moment", &times, |hours| (hours - 10.0).clamp(0.0, 1.0));
    }
    let crashes: Vec<f64> = histories
        .iter()
        .flat_map(|history| history.crashes.iter().map(|crash| crash.1))
        .collect();
    let share = crashes.len() as f64 / 2e4;
    assert!(
        (share - 0.15).abs() < 0.012,
        "crashed in a share of {share}"
    );
    check_distribution("moment of crash", &crashes, |hours| {
        (hours - 10.0).clamp(0.0, 1.0)
    });
}

#[test]
fn a_sweep_ends_and_does_not_begin_again() {
    let mut input = one_network(10, 0.05, 64.0, sweep(640.0));
    input.latency = Delay::Fixed(1.0);
    input.horizon_hours = 1_000.0;
    for history in histories(&input, 2_000) {
        // Each infection comes while somebody's sweep is under way: 1 to 1.1 hours after an infection before it.
        for (position, infection) in history.infections.iter().enumerate().skip(1) {
            let since = |source: usize| infection.hours - history.infections[source].hours;
            assert!((0..position).any(|source| (1.0..=1.1 + 1e-9).contains(&since(source))));
        }
    }
}

#[test]
fn attached_networks_are_swept_one_after_the_other() {
    let networks = vec![open_network(0, 50.0), open_network(0, 100.0)];
    let mut input = world(
        networks,
        vec![host(1, 0.0), host(0, 1.0), host(1, 1.0)],
        sweep(10.0),
    );
    input.further = vec![Attachment {
        host: 0,
        network: 0,
    }];
    input.latency = Delay::Fixed(50.0);
    input.horizon_hours = 99.0;
    let histories = histories(&input, 2_000);
    let times = |host: u32| -> Vec<f64> {
        let found = histories
            .iter()
            .filter_map(|history| history.hours_of(host));
        found.collect()
    };
    assert_eq!((times(1).len(), times(2).len()), (2_000, 2_000));
    check_distribution("first network", &times(2), |hours| {
        ((hours - 50.0) / 10.0).clamp(0.0, 1.0)
    });
    check_distribution("second network", &times(1), |hours| {
        ((hours - 60.0) / 5.0).clamp(0.0, 1.0)
    });
}

#[test]
fn a_sweep_crosses_no_boundary() {
    let networks = vec![open_network(0, 50.0), open_network(0, 50.0)];
    let input = world(networks, vec![host(0, 0.0), host(1, 1.0)], sweep(1e6));
    assert!(
        histories(&input, 100)
            .iter()
            .all(|history| history.infections.len() == 1)
    );
}

#[test]
fn two_sweepers_find_a_host_at_the_earlier_of_two_moments() {
    let hosts = vec![host(0, 0.0), host(0, 0.0), host(0, 0.6)];
    let mut input = world(vec![open_network(0, 64.0)], hosts, sweep(64.0));
    input.entries = Entries::These(vec![0, 1]);
    let histories = histories(&input, 10_000);
    let times: Vec<f64> = histories
        .iter()
        .map(|history| {
            history
                .infections
                .get(2)
                .map_or(2.0, |infection| infection.hours)
        })
        .collect();
    check_mean(
        "found",
        &times
            .iter()
            .map(|&t| f64::from(u8::from(t < 2.0)))
            .collect::<Vec<_>>(),
        0.84,
        0.84 * 0.16,
    );
    // Not found with chance (1 - 0.6)²; before that it is found by u with chance 1 - (1 - 0.6 u)².
    let found: Vec<f64> = times.into_iter().filter(|&hours| hours < 2.0).collect();
    check_distribution("moment", &found, |hours| {
        (1.0 - (1.0 - 0.6 * hours.min(1.0)).powi(2)) / 0.84
    });
}

#[test]
fn removal_cuts_a_sweep_short() {
    let mut input = one_network(40, 1.0, 64.0, sweep(64.0));
    input.latency = Delay::Fixed(10.0);
    let mean: f64 = 0.25;
    input.removal_mean_hours = Some(mean);
    input.horizon_hours = 19.0;
    let counts = sample(&input, 10_000, |history| {
        (history.infections.len() - 1) as f64
    });
    // The sweep lasts an hour at most; what it covers of it is the lesser of that and an exponential time.
    let left = (-1.0 / mean).exp();
    let covered = mean * (1.0 - left);
    let square = 2.0 * (mean * mean - (mean * mean + mean) * left);
    let expected = 40.0 * covered;
    check_mean(
        "infected",
        &counts,
        expected,
        expected + 40.0 * 39.0 * square - expected * expected,
    );
}

#[test]
fn a_sweep_and_a_uniform_stream_share_the_targets() {
    let mut input = one_network(1, 1.0, 64.0, sweep(64.0));
    input.streams.push(uniform(Scope::Network, 64.0));
    let times = sample(&input, 5_000, |history| history.infections[1].hours);
    check_distribution("infection", &times, |hours| {
        1.0 - (-hours).exp() * (1.0 - hours.min(1.0))
    });
}
