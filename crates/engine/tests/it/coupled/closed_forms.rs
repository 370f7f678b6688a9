//! Laws that are known in closed form.

use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{Event, Input, Scope, Totals};

use super::worlds::{plain, stream};

fn totals(input: &Input, replicates: u64) -> Vec<Totals> {
    let prepared = Prepared::new(input).expect("the world is written to be valid");
    let mut scratch = Scratch::new();
    let sample = |replicate| {
        let mut totals = Totals::default();
        prepared.sample(11, replicate, &mut scratch, &mut totals);
        totals
    };
    (0..replicates).map(sample).collect()
}

fn check(numbers: &[f64], mean: f64) {
    let count = numbers.len() as f64;
    let found = numbers.iter().sum::<f64>() / count;
    let variance = numbers.iter().map(|it| (it - found).powi(2)).sum::<f64>() / (count - 1.0);
    let z = (found - mean) / (variance / count).sqrt();
    assert!(z.abs() < 4.0, "{found}, not {mean}: {z} standard errors");
}

/// While hardly anybody has fallen the hosts that have are a Yule process: e^t in the mean at one hit per hour and host.
#[test]
fn an_outbreak_grows_like_a_yule_process() {
    let mut input = plain(20_000, 20_000.0, 1.0);
    input.horizon_hours = 1.5;
    let infected: Vec<f64> = totals(&input, 600)
        .iter()
        .map(|it| f64::from(it.infected))
        .collect();
    check(&infected, 1.5_f64.exp());
}

/// In one network of n hosts the time from k to k + 1 fallen is exponential with rate k (n - k) times the rate per pair.
#[test]
fn one_network_takes_as_long_as_the_pure_birth_chain() {
    let (hosts, addresses, rate) = (30, 64.0, 8.0);
    let mut input = plain(hosts, addresses, rate);
    input.horizon_hours = Input::MAX_HORIZON_HOURS;
    let expected: f64 = (1..hosts)
        .map(|k| addresses / rate / f64::from(k * (hosts - k)))
        .sum();
    let last: Vec<f64> = totals(&input, 4_000)
        .iter()
        .map(|it| it.last_hours)
        .collect();
    check(&last, expected);
}

/// What falls by the narrow and by the wide stream is as their rates: own network, organisation and realm.
#[test]
fn the_first_infection_crosses_what_the_rates_say() {
    let mut input = plain(12, 16.0, 1.0);
    input.networks = (0..3)
        .map(|id| super::worlds::network(id / 2, 16.0))
        .collect();
    input.organisations.push(Default::default());
    input.realms[0].addresses = 100.0;
    for (id, host) in (0..).zip(&mut input.hosts) {
        host.network = Some(id / 4);
    }
    input.streams = vec![
        stream(Scope::Network, 1.0),
        stream(Scope::Organisation, 2.0),
        stream(Scope::Realm, 3.0),
    ];
    input.horizon_hours = Input::MAX_HORIZON_HOURS;
    let rates = [
        3.0 * (1.0 / 16.0 + 2.0 / 32.0 + 3.0 / 100.0),
        4.0 * (2.0 / 32.0 + 3.0 / 100.0),
        4.0 * 3.0 / 100.0,
    ];
    let prepared = Prepared::new(&input).unwrap();
    let mut counts = [0.0; 3];
    let replicates = 6_000;
    for replicate in 0..replicates {
        let mut events = Vec::new();
        prepared.sample(5, replicate, &mut Scratch::new(), &mut events);
        if let Event::Infected { across, .. } = events[1].1 {
            counts[across as usize - 3] += 1.0;
        }
    }
    let total: f64 = rates.iter().sum();
    let chi_square: f64 = rates
        .iter()
        .zip(counts)
        .map(|(rate, count)| {
            let expected = replicates as f64 * rate / total;
            (count - expected).powi(2) / expected
        })
        .sum();
    assert!(
        chi_square < 18.4,
        "chi-square {chi_square} with 2 degrees of freedom"
    );
}
