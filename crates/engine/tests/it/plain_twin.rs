//! The engine against the literal simulation, in law, on random small worlds.

use std::collections::BTreeSet;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use wardround_engine::plain::{
    Across, Delay, Entries, History, Host, Input, KillSwitch, Link, Network, Realm, Scope, Stream,
};

use crate::literal::{Outcome, simulate};
use crate::statistics::{distance_between, mean};
use crate::worlds;

const WORLDS: u64 = 24;
const REPLICATES: u64 = 2_500;
/// About 30 numbers are compared in each world; all together fail by chance in one of a thousand choices of seeds.
const LEVEL: f64 = 1e-3 / 30.0 / WORLDS as f64;

#[test]
fn the_engine_agrees_with_every_probe_drawn_literally() {
    let mut worst = Vec::new();
    let mut sizes = Vec::new();
    for world in 0..WORLDS {
        let input = random_world(world);
        let engine: Vec<Vec<f64>> = worlds::histories(&input, 3 * REPLICATES)
            .iter()
            .map(|history| of_history(&input, history))
            .collect();
        let literal: Vec<Vec<f64>> = (0..REPLICATES)
            .map(|replicate| of_outcome(&input, &simulate(&input, world << 32 | replicate)))
            .collect();
        for (number, name) in names(&input).iter().enumerate() {
            let left: Vec<f64> = engine.iter().map(|numbers| numbers[number]).collect();
            let right: Vec<f64> = literal.iter().map(|numbers| numbers[number]).collect();
            let distance = distance_between(&left, &right, LEVEL);
            worst.push((
                distance,
                format!(
                    "world {world}, {name}: {} and {}",
                    mean(&left),
                    mean(&right)
                ),
            ));
            if number == 0 {
                sizes.push(mean(&left) / input.hosts.len() as f64);
            }
        }
    }
    worst.sort_by(|left, right| right.0.total_cmp(&left.0));
    let failures: Vec<_> = worst
        .iter()
        .filter(|(distance, _)| *distance > 1.0)
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
    // The worlds are worth something: in most of them outbreaks neither always stop at once nor always take all.
    let middling = sizes
        .iter()
        .filter(|share| (0.15..0.9).contains(*share))
        .count();
    assert!(
        2 * middling > sizes.len(),
        "mean shares infected: {sizes:?}"
    );
}

/// What is compared: counts, times, and how often each host falls.
fn names(input: &Input) -> Vec<String> {
    let numbers = [
        "infections",
        "answers",
        "crashes",
        "between organisations",
        "second",
        "third",
        "half",
        "last",
        "last crash",
    ];
    let hosts = (0..input.hosts.len()).map(|host| format!("host {host} infected"));
    let crashes = (0..input.hosts.len()).map(|host| format!("host {host} crashed"));
    numbers
        .map(String::from)
        .into_iter()
        .chain(hosts)
        .chain(crashes)
        .collect()
}

fn of_history(input: &Input, history: &History) -> Vec<f64> {
    let between = |across| across == Across::BetweenOrganisations;
    let outcome = Outcome {
        infections: history
            .infections
            .iter()
            .map(|infection| (infection.host, infection.hours))
            .collect(),
        answered: history.answers.iter().map(|answer| answer.host).collect(),
        crashes: history
            .crashes
            .iter()
            .map(|crash| (crash.host, crash.hours))
            .collect(),
        between_organisations: history
            .infections
            .iter()
            .filter(|i| between(i.across))
            .count() as u32,
    };
    of_outcome(input, &outcome)
}

fn of_outcome(input: &Input, outcome: &Outcome) -> Vec<f64> {
    let time = |position: usize| {
        outcome
            .infections
            .get(position)
            .map_or(input.horizon_hours, |&(_, hours)| hours)
    };
    let last = |events: &[(u32, f64)]| events.last().map_or(0.0, |&(_, hours)| hours);
    let mut numbers = vec![
        outcome.infections.len() as f64,
        outcome.answered.len() as f64,
        outcome.crashes.len() as f64,
        f64::from(outcome.between_organisations),
        time(1),
        time(2),
        time(input.hosts.len() / 2),
        last(&outcome.infections),
        last(&outcome.crashes),
    ];
    for events in [&outcome.infections, &outcome.crashes] {
        let hosts: BTreeSet<u32> = events.iter().map(|&(host, _)| host).collect();
        numbers.extend(
            (0..input.hosts.len() as u32).map(|host| f64::from(u8::from(hosts.contains(&host)))),
        );
    }
    numbers
}

/// A world with a little of everything.
fn random_world(seed: u64) -> Input {
    let mut random = Random(Pcg64::new(u128::from(seed), 3));
    let organisations = 1 + random.below(3);
    let network_count = organisations + random.below(4);
    let mut networks: Vec<Network> = (0..network_count)
        .map(|network| Network {
            organisation: if network < organisations {
                network
            } else {
                random.below(organisations)
            },
            realm: random.chance(0.85).then(|| u32::from(random.chance(0.2))),
            addresses: f64::from(6 + random.below(8)),
            leaves: random.chance(0.8),
            enters: random.chance(0.8),
            leaves_organisation: random.chance(0.8),
            enters_organisation: random.chance(0.8),
        })
        .collect();
    networks[0].leaves = true;
    let links = (0..random.below(3))
        .map(|_| Link {
            from: random.below(network_count),
            to: random.below(network_count),
        })
        .collect();
    let has_crashes = random.chance(0.5);
    let hosts: Vec<Host> = (0..6 + random.below(5))
        .map(|id| {
            let first = if id == 0 {
                0
            } else {
                random.below(network_count)
            };
            let second = random.below(network_count);
            let is_bridge = random.chance(0.25) && second != first;
            Host {
                networks: if is_bridge {
                    vec![first, second]
                } else {
                    vec![first]
                },
                success: [0.0, 0.03, 0.4, 0.7, 1.0, 1.0][random.below(6) as usize],
                crash: if has_crashes {
                    [0.0, 0.0, 0.3, 1.0][random.below(4) as usize]
                } else {
                    0.0
                },
                answers_kill_switch: random.chance(0.6),
            }
        })
        .collect();
    let realm = |realm: u32, empty: u32| {
        let held: f64 = networks
            .iter()
            .filter(|n| n.realm == Some(realm))
            .map(|n| n.addresses)
            .sum();
        Realm {
            addresses: held + f64::from(1 + empty),
        }
    };
    let delay = |random: &mut Random, scale: f64| match random.below(3) {
        0 => Delay::Fixed(scale),
        1 => Delay::Exponential { mean: scale },
        _ => Delay::Uniform {
            from: scale / 2.0,
            to: scale * 2.0,
        },
    };
    let streams = (0..1 + random.below(3)).map(|_| match random.below(5) {
        0 => Stream::Uniform {
            scope: Scope::Network,
            probes_per_hour: 2.0,
        },
        1 => Stream::Uniform {
            scope: Scope::Organisation,
            probes_per_hour: 4.0,
        },
        2 => Stream::Uniform {
            scope: Scope::Realm,
            probes_per_hour: 8.0,
        },
        _ => Stream::Sweep {
            probes_per_hour: f64::from(3 + random.below(10)),
        },
    });
    let streams = streams.collect();
    let realms = vec![realm(0, random.below(20)), realm(1, random.below(20))];
    Input {
        latency: delay(&mut random, 0.5),
        removal: random.chance(0.4).then(|| delay(&mut random, 3.0)),
        kill_switch: random.chance(0.5).then(|| KillSwitch {
            live_from_hours: f64::from(random.below(4)),
        }),
        entries: if random.chance(0.5) {
            Entries::These(vec![0])
        } else {
            Entries::OneOf((0..hosts.len() as u32).collect())
        },
        horizon_hours: 8.0,
        realms,
        networks,
        links,
        hosts,
        streams,
    }
}

struct Random(Pcg64);

impl Random {
    fn below(&mut self, count: u32) -> u32 {
        (self.0.next_u64() >> 32) as u32 % count
    }

    fn chance(&mut self, chance: f64) -> bool {
        f64::from(self.below(1_000)) < 1_000.0 * chance
    }
}
