//! One hospital and its neighbour, built by hand, and what a thousand outbreaks in them look like.
//!
//! Each has 30 networks; they share a national network. Three hosts in ten are open to a worm that sweeps its own
//! network and probes its realm at random. The neighbour has closed its border but for one network.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use wardround_engine::plain::{
    Across, Delay, Entries, Host, Input, InputError, Network, Prepared, Realm, Scope, Scratch,
    Stream,
};

const REPLICATES: u64 = 1_000;

fn main() -> Result<(), InputError> {
    let input = a_hospital_and_its_neighbour();
    let prepared = Prepared::new(&input)?;
    let mut scratch = Scratch::new();
    let mut sizes = Vec::new();
    let mut across = [0_usize; 4];
    let mut reached_the_other = 0;
    for replicate in 0..REPLICATES {
        let history = prepared.replicate(1, replicate, &mut scratch);
        sizes.push(history.lasting_count());
        for infection in &history.infections {
            across[infection.across as usize] += 1;
        }
        reached_the_other += u32::from(
            history
                .infections
                .iter()
                .any(|infection| infection.across == Across::BetweenOrganisations),
        );
    }
    sizes.sort_unstable();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100];
    let share =
        |kind: Across| 100.0 * across[kind as usize] as f64 / across.iter().sum::<usize>() as f64;

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
    let hosts = (0..3_000)
        .map(|host| Host {
            networks: vec![host % 60],
            success: if host % 10 < 3 { 0.8 } else { 0.0 },
            crash: 0.0,
            answers_kill_switch: false,
        })
        .collect();
    Input {
        realms: vec![Realm { addresses: 1e6 }],
        networks,
        links: Vec::new(),
        hosts,
        streams: vec![
            Stream::Sweep {
                probes_per_hour: 3_600.0,
            },
            Stream::Uniform {
                scope: Scope::Realm,
                probes_per_hour: 2_000.0,
            },
        ],
        latency: Delay::Exponential { mean: 0.1 },
        removal: Some(Delay::Exponential { mean: 6.0 }),
        kill_switch: None,
        entries: Entries::OneOf((0..300).collect()),
        horizon_hours: 24.0,
    }
}
