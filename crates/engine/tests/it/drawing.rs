//! A history is a function of (input, seed, replicate).

use wardround_engine::plain::{Delay, Entries, Input, KillSwitch, Prepared, Scope, Scratch};

use crate::worlds::{host, one_network, open_network, sweep, uniform, world};

fn everything() -> Input {
    let networks = (0..6)
        .map(|network| open_network(network / 2, 64.0))
        .collect();
    let mut hosts: Vec<_> = (0..60).map(|id| host(id % 6, 0.7)).collect();
    for host in hosts.iter_mut().step_by(3) {
        (host.crash, host.answers_kill_switch) = (0.2, true);
    }
    let mut input = world(networks, hosts, uniform(Scope::Realm, 300.0));
    input.streams.push(sweep(300.0));
    input.latency = Delay::Exponential { mean: 0.3 };
    input.removal = Some(Delay::Uniform { from: 1.0, to: 9.0 });
    input.kill_switch = Some(KillSwitch {
        live_from_hours: 2.0,
    });
    input.entries = Entries::OneOf((0..60).collect());
    input
}

#[test]
fn what_the_scratch_was_used_for_before_does_not_matter() {
    let (first, second) = (
        everything(),
        one_network(400, 512.0, uniform(Scope::Network, 99.0)),
    );
    let (first, second) = (
        Prepared::new(&first).unwrap(),
        Prepared::new(&second).unwrap(),
    );
    let mut used = Scratch::new();
    for replicate in 0..50 {
        let fresh = first.replicate(5, replicate, &mut Scratch::new());
        second.replicate(5, replicate, &mut used);
        assert_eq!(first.replicate(5, replicate, &mut used), fresh);
    }
}

#[test]
fn seeds_and_replicates_differ() {
    let input = everything();
    let prepared = Prepared::new(&input).unwrap();
    let mut scratch = Scratch::new();
    let mut first_times: Vec<u64> = (0..30)
        .flat_map(|seed| (0..30).map(move |replicate| (seed, replicate)))
        .filter_map(|(seed, replicate)| {
            let history = prepared.replicate(seed, replicate, &mut scratch);
            history
                .infections
                .get(1)
                .map(|infection| infection.hours.to_bits())
        })
        .collect();
    let count = first_times.len();
    assert!(count > 800);
    first_times.sort_unstable();
    first_times.dedup();
    assert_eq!(first_times.len(), count);
}

/// A change of these numbers changes every published result: mean it.
#[test]
fn a_history_is_frozen() {
    let input = everything();
    let history = Prepared::new(&input)
        .unwrap()
        .replicate(1, 2, &mut Scratch::new());
    let last = history.infections.last().unwrap();
    let frozen = (
        history.infections.len(),
        history.answers.len(),
        history.crashes.len(),
        last.host,
        last.hours.to_bits(),
    );
    assert_eq!(frozen, (59, 5, 1, 14, 4_611_592_293_313_021_902));
}
