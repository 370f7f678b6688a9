//! One hospital and its neighbour, built by hand: what a thousand outbreaks in them look like, and what it is worth to
//! close the border.
//!
//! Each has 30 networks; they share a national network. Three hosts in ten are open to a worm that sweeps its own
//! network and probes its realm at random. The neighbour has closed its border but for one network.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use wardround_engine::coupled::DifferenceError;
use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{
    Across, Class, Delay, Entries, Host, Input, Network, Opening, Organisation, Realm, Scope,
    Stream, StreamKind, Totals, coupled,
};

const REPLICATES: u64 = 1_000;

fn main() -> Result<(), DifferenceError> {
    let input = a_hospital_and_its_neighbour();
    let prepared = Prepared::new(&input)?;
    let mut scratch = Scratch::new();
    let mut sizes = Vec::new();
    let mut across = [0; Across::ALL.len()];
    let mut reached_the_other = 0;
    for replicate in 0..REPLICATES {
        let mut totals = Totals::default();
        prepared.sample(1, replicate, &mut scratch, &mut totals);
        sizes.push(totals.infected);
        for (sum, more) in across.iter_mut().zip(totals.across) {
            *sum += more;
        }
        let is_reached = totals.across[Across::BetweenOrganisations as usize] > 0;
        reached_the_other += u32::from(is_reached);
    }
    sizes.sort_unstable();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100];
    let all = f64::from(across.iter().sum::<u32>());
    let share = |kind: Across| 100.0 * f64::from(across[kind as usize]) / all;

    println!(
        "{} hosts, {REPLICATES} outbreaks of {} hours from one host",
        input.hosts.len(),
        input.horizon_hours
    );
    println!(
        "infected hosts: median {}, nine in ten between {} and {}",
        at(50),
        at(5),
        at(95)
    );
    println!("reached the other hospital in {reached_the_other} of {REPLICATES}");
    println!(
        "infections inside one network {:.1} %, inside one hospital {:.1} %, between hospitals {:.2} %",
        share(Across::SameNetwork),
        share(Across::SameOrganisation),
        share(Across::BetweenOrganisations)
    );
    compare(&input)
}

/// The same outbreaks with the neighbour's border closed: the two worlds share their draws.
fn compare(input: &Input) -> Result<(), DifferenceError> {
    let mut closed = input.clone();
    for network in closed.networks.iter_mut().skip(30) {
        network.enters_organisation = false;
    }
    let infected = |totals: &Totals| f64::from(totals.infected);
    let difference = coupled::difference(input, &closed, 1, 0..REPLICATES, infected)?;
    println!(
        "closing the neighbour's border spares {:.2} hosts on average, standard error {:.2}",
        difference.mean, difference.standard_error
    );
    Ok(())
}

fn a_hospital_and_its_neighbour() -> Input {
    let networks: Vec<Network> = (0..60)
        .map(|network| Network {
            organisation: network / 30,
            realm: Some(0),
            addresses: 254.0,
            leaves: true,
            enters: true,
            leaves_organisation: true,
            // From outside, the neighbour is entered in its first network only.
            enters_organisation: network < 31,
        })
        .collect();
    let class = |success: f32| Class {
        openings: vec![Opening {
            success,
            crash: 0.0,
        }],
        carries: vec![true],
        answers_kill_switch: false,
        is_exposed: false,
        schedule: None,
        patched: None,
    };
    let hosts = (0..3_000)
        .map(|host| Host {
            network: Some(host % 60),
            class: u16::from(host % 10 < 3),
        })
        .collect();
    let stream = |kind, probes_per_hour| Stream {
        vector: 0,
        kind,
        probes_per_hour,
    };
    Input {
        realms: vec![Realm { addresses: 1e6 }],
        organisations: vec![Organisation::default(); 2],
        networks,
        links: Vec::new(),
        vectors: 1,
        classes: vec![class(0.0), class(0.8)],
        schedules: Vec::new(),
        hosts,
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![
            stream(StreamKind::Sweep, 3_600.0),
            stream(StreamKind::Uniform(Scope::Realm), 2_000.0),
        ],
        latency: Delay::Exponential { mean: 0.1 },
        dormancy: None,
        removal_mean_hours: Some(6.0),
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 33.0,
        entries: Entries::OneOf((0..300).collect()),
        horizon_hours: 24.0,
    }
}
