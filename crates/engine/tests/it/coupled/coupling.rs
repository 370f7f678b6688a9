//! How much nearer to each other two worlds are when they share their draws.

use wardround_engine::coupled::{DifferenceError, difference};
use wardround_engine::{Host, Input, Scope, Totals};

use super::worlds::{network, plain, stream};

/// 1,200 hosts in 24 networks of 6 organisations.
fn estate() -> Input {
    let mut input = plain(1_200, 64.0, 0.0);
    input.networks = (0..24).map(|id| network(id / 4, 64.0)).collect();
    input.organisations = vec![Default::default(); 6];
    input.realms[0].addresses = 4_096.0;
    input.hosts = (0..1_200)
        .map(|id| Host {
            network: Some(id / 50),
            class: 0,
        })
        .collect();
    input.streams = vec![
        stream(Scope::Network, 0.5),
        stream(Scope::Organisation, 0.3),
        stream(Scope::Realm, 0.6),
    ];
    input.removal_mean_hours = Some(6.0);
    input.horizon_hours = 24.0;
    input
}

#[test]
fn a_fix_of_a_hundredth_differs_far_less_than_independent_worlds() {
    let before = estate();
    let mut after = before.clone();
    for host in after.hosts.iter_mut().skip(50).step_by(100) {
        host.class = 1;
    }
    let infected = |totals: &Totals| f64::from(totals.infected);
    let found = difference(&before, &after, 3, 0..200, infected).unwrap();
    assert!(found.mean > 0.0);
    assert!(found.variance_reduction > 20.0, "{found:?}");
    let (low, high) = found.interval(1.96);
    assert!(low < found.mean && found.mean < high);
}

#[test]
fn a_world_does_not_differ_from_itself() {
    let infected = |totals: &Totals| f64::from(totals.infected);
    let found = difference(&estate(), &estate(), 3, 0..20, infected).unwrap();
    assert_eq!((found.mean, found.variance), (0.0, 0.0));
    assert!(found.variance_reduction > 1e9);
}

#[test]
fn worlds_with_other_hosts_are_not_compared() {
    let mut other = estate();
    other.hosts.pop();
    let error = difference(&estate(), &other, 3, 0..2, |_: &Totals| 0.0);
    let hosts = DifferenceError::Hosts {
        first: 1_200,
        second: 1_199,
    };
    assert_eq!(error, Err(hosts));
}
