//! Uniform streams against what can be worked out by hand.

use wardround_engine::{Across, Attachment, Delay, Entries, Input, Link, Network, Realm, Scope};

use crate::small_worlds::{
    History, Place, histories, host, one_network, open_network, sample, uniform, world,
};
use crate::statistics::{check_distribution, check_mean, check_variance, mean};

/// A pure birth process: with i of n infected the next comes at rate i (n - i) × probes / addresses.
#[test]
fn infections_inside_one_network_are_a_pure_birth_process() {
    let mut input = one_network(19, 1.0, 64.0, uniform(Scope::Network, 16.0));
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 4_000);
    let (mut expected, mut variance) = (0.0, 0.0);
    for infected in 1..20_usize {
        let rate = 16.0 / 64.0 * (infected * (20 - infected)) as f64;
        expected += 1.0 / rate;
        variance += rate.powi(-2);
        let times: Vec<f64> = histories
            .iter()
            .map(|history| history.infections[infected].hours)
            .collect();
        check_mean(
            &format!("time of infection {infected}"),
            &times,
            expected,
            variance,
        );
        check_variance(
            &format!("time of infection {infected}"),
            &times,
            variance,
            0.2,
        );
    }
}

#[test]
fn a_success_of_a_third_is_as_good_as_a_third_of_the_probes() {
    let mut input = one_network(1, 1.0 / 3.0, 32.0, uniform(Scope::Network, 96.0));
    input.horizon_hours = 1_000.0;
    let times = sample(&input, 4_000, |history| history.infections[1].hours);
    check_distribution("time of infection", &times, |hours| 1.0 - (-hours).exp());
}

#[test]
fn unequal_hosts_fall_in_proportion_to_their_success() {
    let successes = [0.9, 0.5, 0.1, 0.004];
    let others = successes.map(|success| host(0, success));
    let hosts = [vec![host(0, 0.0)], others.to_vec()].concat();
    let mut input = world(
        vec![open_network(0, 32.0)],
        hosts,
        uniform(Scope::Network, 32.0),
    );
    input.latency = Delay::Fixed(1.0);
    input.horizon_hours = 1.0 + 1.0;
    let histories = histories(&input, 20_000);
    for (host, success) in (1..).zip(successes) {
        let fell: Vec<f64> = histories
            .iter()
            .map(|history| f64::from(u8::from(history.hours_of(host).is_some())))
            .collect();
        let expected = 1.0 - (-f64::from(success)).exp();
        check_mean(
            &format!("host {host}"),
            &fell,
            expected,
            expected * (1.0 - expected),
        );
    }
}

#[test]
fn a_large_network_follows_the_logistic_curve() {
    let mut input = one_network(19_999, 1.0, 32_768.0, uniform(Scope::Network, 32.768));
    input.entries = Entries::These((0..200).collect());
    let rate = 0.001 * 20_000.0;
    for hours in [0.1, 0.2, 0.25, 0.3, 0.4] {
        input.horizon_hours = hours;
        let sizes = sample(&input, 8, |history| history.infections.len() as f64);
        let expected = 20_000.0 / (1.0 + 99.0 * (-rate * hours).exp());
        let ratio = mean(&sizes) / expected;
        assert!(
            (ratio - 1.0).abs() < 0.06,
            "after {hours} hours: {ratio} of what is expected"
        );
    }
}

/// A birth and death process dies out with chance deaths / births.
#[test]
fn outbreaks_die_out_as_often_as_branching_says() {
    for (mean_active_hours, horizon_hours, dies_out) in
        [(1.0, 6.5, 0.5), (2.0, 5.0, 0.25), (0.75, 10.0, 2.0 / 3.0)]
    {
        let births = uniform(Scope::Network, 2.0 * 16_384.0 / 10_000.0);
        let mut input = one_network(10_000, 1.0, 16_384.0, births);
        input.removal_mean_hours = Some(mean_active_hours);
        input.horizon_hours = horizon_hours;
        let died = |history: &History| f64::from(u8::from(history.infections.len() < 60));
        let what = format!("active for {mean_active_hours} hours");
        check_mean(
            &what,
            &sample(&input, 1_000, died),
            dies_out,
            dies_out * (1.0 - dies_out),
        );
    }
}

#[test]
fn below_the_threshold_the_mean_outbreak_is_that_of_branching() {
    let mut input = one_network(
        30_000,
        1.0,
        65_536.0,
        uniform(Scope::Network, 65_536.0 / 30_000.0),
    );
    input.removal_mean_hours = Some(0.5);
    input.horizon_hours = 200.0;
    let sizes = sample(&input, 10_000, |history| history.infections.len() as f64);
    // Geometric offspring of mean 1/2: total mean 1 / (1 - 1/2), variance (1/2 + 1/4) / (1 - 1/2)³.
    check_mean("size", &sizes, 2.0, 6.0);
}

#[test]
fn the_first_crossing_between_networks_is_exponential() {
    for (scope, space) in [(Scope::Organisation, 96.0), (Scope::Realm, 10_000.0)] {
        let networks = vec![open_network(0, 32.0), open_network(0, 64.0)];
        let mut input = world(
            networks,
            vec![host(0, 0.0), host(1, 0.5), host(1, 0.5)],
            uniform(scope, space),
        );
        input.horizon_hours = 1_000.0;
        let histories = histories(&input, 4_000);
        assert!(
            histories
                .iter()
                .all(|history| history.infections[1].across == Across::SameOrganisation)
        );
        let first: Vec<f64> = histories
            .iter()
            .map(|history| history.infections[1].hours)
            .collect();
        check_distribution("crossing", &first, |hours| 1.0 - (-hours).exp());
    }
}

#[test]
fn coupled_networks_follow_their_markov_chain() {
    let networks = vec![open_network(0, 8.0), open_network(0, 8.0)];
    let hosts = [0, 0, 1, 1].map(|network| host(network, 1.0)).to_vec();
    let mut input = world(networks, hosts, uniform(Scope::Organisation, 16.0));
    // One-way: the second network is entered, the first is not.
    input.networks[0].enters = false;
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 20_000);
    let last: Vec<f64> = histories
        .iter()
        .map(|history| history.infections[3].hours)
        .collect();
    check_mean("the last", &last, expected_last(), 1.0);
    // The entry is like its neighbour, so both are called host 0.
    let neighbour = |history: &History| {
        let later = &history.infections[1..];
        later.iter().find(|it| it.host == 0).map(|it| it.hours)
    };
    let neighbours: Vec<f64> = histories.iter().filter_map(neighbour).collect();
    check_distribution("the entry's neighbour", &neighbours, |hours| {
        1.0 - (-hours).exp()
    });
}

/// The expected time of the last infection, by first steps over (neighbour infected, number infected beyond): the
/// neighbour is probed by the entry alone, those beyond by everyone.
fn expected_last() -> f64 {
    let mut left = [[0.0; 4]; 3];
    for own in [1, 0] {
        for beyond in [2, 1, 0] {
            let to_own = (1 - own) as f64;
            let to_beyond = ((1 + own + beyond) * (2 - beyond)) as f64;
            let total = to_own + to_beyond;
            if total > 0.0 {
                let after = to_own * left[own + 1][beyond] + to_beyond * left[own][beyond + 1];
                left[own][beyond] = (1.0 + after) / total;
            }
        }
    }
    left[0][0]
}

#[test]
fn organisations_are_crossed_at_the_rate_of_their_share_of_the_realm() {
    let network = |organisation| Network {
        leaves: organisation == 0,
        ..open_network(organisation, 100.0)
    };
    let hosts: Vec<Place> = (0..11)
        .map(|id| host(id, if id == 0 { 0.0 } else { 1.0 }))
        .collect();
    let mut input = world(
        (0..11).map(network).collect(),
        hosts,
        uniform(Scope::Realm, 2_000.0),
    );
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 4_000);
    let first: Vec<f64> = histories
        .iter()
        .map(|history| history.infections[1].hours)
        .collect();
    check_distribution("crossing", &first, |hours| 1.0 - (-2.0 * hours).exp());
    assert!(histories.iter().all(|history| {
        history.infections[1..]
            .iter()
            .all(|i| i.across == Across::BetweenOrganisations && i.from == Some(0))
    }));
}

#[test]
fn a_link_carries_probes_where_boundaries_do_not() {
    let closed = |organisation| Network {
        leaves: false,
        enters: false,
        leaves_organisation: false,
        enters_organisation: false,
        ..open_network(organisation, 50.0)
    };
    let hosts = vec![host(0, 0.0), host(1, 1.0), host(2, 1.0)];
    let mut input = world(
        vec![closed(0), closed(1), closed(1)],
        hosts,
        uniform(Scope::Realm, 10_000.0),
    );
    input.links = vec![Link { from: 0, to: 1 }, Link { from: 2, to: 0 }];
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 2_000);
    let first: Vec<f64> = histories
        .iter()
        .map(|history| history.infections[1].hours)
        .collect();
    check_distribution("crossing", &first, |hours| 1.0 - (-hours).exp());
    assert!(
        histories
            .iter()
            .all(|history| history.infections.len() == 2)
    );
}

#[test]
fn a_host_with_two_networks_splits_its_probes_and_is_found_in_both() {
    // From the entry: half its probes in each network. Towards the other bridge: one address in each.
    let networks = vec![open_network(0, 10.0), open_network(1, 40.0)];
    let mut input = world(
        networks,
        vec![host(0, 1.0), host(0, 1.0)],
        uniform(Scope::Network, 16.0),
    );
    input.further = [0, 1].map(|host| Attachment { host, network: 1 }).to_vec();
    input.realms = vec![Realm { addresses: 50.0 }];
    input.horizon_hours = 1_000.0;
    let times = sample(&input, 4_000, |history| history.infections[1].hours);
    let rate = 8.0 / 10.0 + 8.0 / 40.0;
    check_distribution("infection", &times, |hours| 1.0 - (-rate * hours).exp());
}

#[test]
fn streams_add_up() {
    let mut input: Input = one_network(1, 1.0, 10.0, uniform(Scope::Network, 2.0));
    input.streams.push(uniform(Scope::Organisation, 3.0));
    input.streams.push(uniform(Scope::Realm, 5_000.0));
    input.horizon_hours = 1_000.0;
    let times = sample(&input, 4_000, |history| history.infections[1].hours);
    check_distribution("infection", &times, |hours| 1.0 - (-hours).exp());
}
