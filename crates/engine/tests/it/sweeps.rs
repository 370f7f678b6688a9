//! Sweeps against what can be worked out by hand: each address exactly once, at a uniform moment.

use wardround_engine::plain::{Across, Delay, Entries, Host, Scope};

use crate::statistics::{check_distribution, check_mean, check_variance};
use crate::worlds::{histories, host, one_network, open_network, sample, sweep, uniform, world};

#[test]
fn one_sweep_finds_every_open_host_once() {
    let mut input = one_network(30, 100.0, sweep(50.0));
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
    let mut input = one_network(40, 64.0, sweep(64.0));
    input.hosts[1..]
        .iter_mut()
        .for_each(|host| host.success = 0.3);
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
    let mut input = one_network(3, 64.0, sweep(64.0));
    let successes = [1.0, 0.7, 0.2];
    input.hosts[1..]
        .iter_mut()
        .zip(successes)
        .for_each(|(host, success)| host.success = success);
    input.hosts[2].crash = 0.5;
    input.latency = Delay::Fixed(10.0);
    input.horizon_hours = 19.0;
    let histories = histories(&input, 20_000);
    for (host, success) in (1..).zip(successes) {
        let times: Vec<f64> = histories
            .iter()
            .filter_map(|history| {
                history
                    .infections
                    .iter()
                    .find(|infection| infection.host == host)
            })
            .map(|infection| infection.hours)
            .collect();
        let share = times.len() as f64 / 2e4;
        assert!(
            (share - f64::from(success)).abs() < 0.016,
            "host {host} fell in a share of {share}"
        );
        check_distribution("moment", &times, |hours| (hours - 10.0).clamp(0.0, 1.0));
    }
    let crashes: Vec<f64> = histories
        .iter()
        .flat_map(|history| history.crashes.iter().map(|crash| crash.hours))
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
    let mut input = one_network(10, 64.0, sweep(640.0));
    input.hosts[1..]
        .iter_mut()
        .for_each(|host| host.success = 0.05);
    input.latency = Delay::Fixed(1.0);
    input.horizon_hours = 1_000.0;
    for history in histories(&input, 2_000) {
        for infection in &history.infections[1..] {
            let from = infection.from.expect("only the first is an entry");
            let source = history.infections.iter().find(|source| source.host == from);
            let since = infection.hours - source.expect("the source was infected").hours;
            assert!(
                (1.0..=1.1 + 1e-9).contains(&since),
                "probed {since} hours after its infection"
            );
        }
    }
}

#[test]
fn attached_networks_are_swept_one_after_the_other() {
    let networks = vec![open_network(0, 50.0), open_network(0, 100.0)];
    let bridge = Host {
        networks: vec![1, 0],
        success: 0.0,
        crash: 0.0,
        answers_kill_switch: false,
    };
    let mut input = world(
        networks,
        vec![bridge, host(0, 1.0), host(1, 1.0)],
        sweep(10.0),
    );
    input.latency = Delay::Fixed(50.0);
    input.horizon_hours = 99.0;
    let histories = histories(&input, 2_000);
    let times = |host: u32| -> Vec<f64> {
        let found = |history: &wardround_engine::plain::History| {
            history
                .infections
                .iter()
                .find(|infection| infection.host == host)
                .map(|infection| infection.hours)
        };
        histories.iter().filter_map(found).collect()
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
    let mut input = one_network(2, 64.0, sweep(64.0));
    input.hosts[1].success = 0.0;
    input.hosts[2].success = 0.6;
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
    let mut input = one_network(40, 64.0, sweep(64.0));
    input.latency = Delay::Fixed(10.0);
    input.removal = Some(Delay::Fixed(0.25));
    input.horizon_hours = 19.0;
    let histories = histories(&input, 4_000);
    let counts: Vec<f64> = histories
        .iter()
        .map(|history| (history.infections.len() - 1) as f64)
        .collect();
    check_mean("infected", &counts, 10.0, 7.5);
    assert!(
        histories
            .iter()
            .flat_map(|history| &history.infections)
            .all(|infection| infection.hours < 10.25)
    );
}

#[test]
fn a_sweep_and_a_uniform_stream_share_the_targets() {
    let mut input = one_network(1, 64.0, sweep(64.0));
    input.streams.push(uniform(Scope::Network, 64.0));
    let times = sample(&input, 5_000, |history| history.infections[1].hours);
    check_distribution("infection", &times, |hours| {
        1.0 - (-hours).exp() * (1.0 - hours.min(1.0))
    });
}
