//! Latency, crashes, entries and the horizon: what a history says of single hosts.

use wardround_engine::plain::{Across, Crash, Delay, Entries, Infection, Scope};

use crate::statistics::{check_distribution, check_mean};
use crate::worlds::{histories, host, one_network, open_network, sample, uniform, world};

#[test]
fn nothing_leaves_a_host_before_its_latency_is_over() {
    let mut input = one_network(50, 64.0, uniform(Scope::Network, 640.0));
    input.latency = Delay::Uniform {
        from: 0.25,
        to: 0.5,
    };
    for history in histories(&input, 50) {
        let mut infected_at = [f64::INFINITY; 51];
        for infection in &history.infections {
            if let Some(from) = infection.from {
                assert!(infection.hours >= infected_at[from as usize] + 0.25);
            }
            infected_at[infection.host as usize] = infection.hours;
        }
    }
}

#[test]
fn latency_follows_its_law() {
    type Law = (Delay, fn(f64) -> f64);
    let laws: [Law; 3] = [
        (Delay::Exponential { mean: 2.0 }, |hours| {
            1.0 - (-hours / 2.0).exp()
        }),
        (Delay::Uniform { from: 1.0, to: 3.0 }, |hours| {
            ((hours - 1.0) / 2.0).clamp(0.0, 1.0)
        }),
        (Delay::Uniform { from: 0.0, to: 0.5 }, |hours| {
            (2.0 * hours).clamp(0.0, 1.0)
        }),
    ];
    for (delay, cumulative) in laws {
        // So fast a stream that the infection tells when the entry started.
        let mut input = one_network(1, 2.0, uniform(Scope::Network, 1e9));
        input.latency = delay;
        input.horizon_hours = 1_000.0;
        let starts = sample(&input, 4_000, |history| history.infections[1].hours);
        check_distribution("start", &starts, cumulative);
    }
}

#[test]
fn removal_follows_its_law_and_is_for_good() {
    let mut input = one_network(1, 64.0, uniform(Scope::Network, 64.0));
    input.removal = Some(Delay::Exponential { mean: 1.0 / 3.0 });
    input.horizon_hours = 1_000.0;
    let infected = sample(&input, 10_000, |history| {
        (history.infections.len() - 1) as f64
    });
    check_mean("infected before removal", &infected, 0.25, 0.25 * 0.75);
}

#[test]
fn a_probe_that_does_not_infect_may_crash() {
    let mut input = one_network(1, 64.0, uniform(Scope::Network, 128.0));
    input.hosts[1].success = 0.25;
    input.hosts[1].crash = 1.0 / 3.0;
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 10_000);
    let crashed: Vec<f64> = histories
        .iter()
        .map(|history| history.crashes.len() as f64)
        .collect();
    check_mean("crashed", &crashed, 0.5, 0.25);
    let ends: Vec<f64> = histories
        .iter()
        .map(
            |history| match (&history.infections[1..], &history.crashes[..]) {
                ([Infection { hours, .. }], []) | ([], [Crash { hours, .. }]) => *hours,
                both => panic!("infected and crashed: {both:?}"),
            },
        )
        .collect();
    check_distribution("end", &ends, |hours| 1.0 - (-hours).exp());
}

#[test]
fn a_host_that_only_crashes_is_never_infected() {
    let mut input = one_network(5, 64.0, uniform(Scope::Network, 6_400.0));
    for host in &mut input.hosts[1..] {
        (host.success, host.crash) = (0.0, 0.01);
    }
    for history in histories(&input, 20) {
        assert_eq!((history.infections.len(), history.crashes.len()), (1, 5));
    }
}

#[test]
fn one_entry_is_drawn_uniformly() {
    let hosts = vec![host(0, 0.0); 5];
    let mut input = world(
        vec![open_network(0, 64.0)],
        hosts,
        uniform(Scope::Network, 1.0),
    );
    input.entries = Entries::OneOf(vec![4, 1, 3]);
    let mut counts = [0; 5];
    for history in histories(&input, 9_000) {
        let [
            Infection {
                host,
                hours,
                from,
                across,
            },
        ] = history.infections[..]
        else {
            panic!("one entry, nobody else is open");
        };
        assert_eq!((hours, from, across), (0.0, None, Across::Entry));
        counts[host as usize] += 1;
    }
    assert_eq!((counts[0], counts[2]), (0, 0));
    for host in [1, 3, 4] {
        assert!(
            (2_800..3_200).contains(&counts[host]),
            "host {host} entered {} times",
            counts[host]
        );
    }
}

#[test]
fn all_entries_are_infected_at_the_beginning_in_their_order() {
    let hosts = vec![host(0, 1.0); 5];
    let mut input = world(
        vec![open_network(0, 64.0)],
        hosts,
        uniform(Scope::Network, 1e3),
    );
    input.entries = Entries::These(vec![4, 1, 3]);
    for history in histories(&input, 20) {
        let first: Vec<u32> = history.infections[..3]
            .iter()
            .map(|infection| infection.host)
            .collect();
        assert_eq!(first, [4, 1, 3]);
        assert!(
            history.infections[..3]
                .iter()
                .all(|infection| infection.hours == 0.0)
        );
        assert_eq!(history.infections.len(), 5);
    }
}

#[test]
fn an_entry_without_a_network_infects_nobody() {
    let mut input = one_network(5, 64.0, uniform(Scope::Realm, 1e6));
    input.hosts[0].networks.clear();
    input.streams.push(crate::worlds::sweep(1e6));
    assert!(
        histories(&input, 20)
            .iter()
            .all(|history| history.infections.len() == 1)
    );
}

#[test]
fn nothing_is_recorded_after_the_horizon() {
    let mut input = one_network(500, 512.0, uniform(Scope::Network, 10.0));
    input.horizon_hours = 0.5;
    let histories = histories(&input, 200);
    assert!(
        histories
            .iter()
            .flat_map(|history| &history.infections)
            .all(|infection| infection.hours <= 0.5)
    );
    assert!(
        histories
            .iter()
            .any(|history| history.infections.len() > 10)
    );
}
