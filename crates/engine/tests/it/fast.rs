//! The fast engine against the plain one, in law, on random small worlds.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use wardround_engine::plain::fast::{self, Adapted};
use wardround_engine::plain::{
    Delay, Entries, Host, Input, Network, Prepared, Realm, Scope, Scratch,
};

use crate::statistics::{chance_of_distance, mean};
use crate::worlds::{host, uniform};

const WORLDS: u64 = 64;
const REPLICATES: u64 = 4_000;
/// The least chance that is accepted, of all comparisons together.
const LEVEL: f64 = 1e-3;

#[test]
fn the_fast_engine_agrees_with_the_plain_one() {
    let mut chances = Vec::new();
    let mut shares = Vec::new();
    for world in 0..WORLDS {
        let input = random_world(world);
        let mut random = Random(Pcg64::new(u128::from(world), 5));
        let plain = sample(&plain_falls(&input), &input, &mut random);
        let fast = sample(&fast_falls(&input), &input, &mut random);
        for (number, (left, right)) in plain.iter().zip(&fast).enumerate() {
            let means = (mean(left), mean(right));
            let chance = chance_of_distance(left, right);
            chances.push((chance, format!("world {world}, number {number}: {means:?}")));
        }
        shares.push(mean(&plain[0]) / input.hosts.len() as f64);
    }
    chances.sort_by(|left, right| left.0.total_cmp(&right.0));
    let corrected = chances[0].0 * chances.len() as f64;
    assert!(
        corrected > LEVEL,
        "{corrected} of {}: {:#?}",
        chances.len(),
        &chances[..5]
    );
    // Nor are they suspiciously alike: the chances are spread evenly.
    let low = chances.iter().filter(|(chance, _)| *chance < 0.1).count() as f64;
    let expected = 0.1 * chances.len() as f64;
    assert!(
        (low - expected).abs() < 5.0 * expected.sqrt(),
        "{low} of {}",
        chances.len()
    );
    let middling = shares.iter().filter(|share| (0.15..0.9).contains(*share));
    assert!(
        2 * middling.count() > shares.len(),
        "mean shares infected: {shares:?}"
    );
}

/// In each replicate, which hosts fell and when.
type Falls = Vec<Vec<(u32, f64)>>;

fn plain_falls(input: &Input) -> Falls {
    let prepared = Prepared::new(input).expect("the world is valid");
    let mut scratch = Scratch::new();
    let fall = |replicate| {
        let history = prepared.replicate(17, replicate, &mut scratch);
        let falls = history
            .infections
            .iter()
            .map(|fall| (fall.host, fall.hours));
        falls.collect()
    };
    (0..REPLICATES).map(fall).collect()
}

fn fast_falls(input: &Input) -> Falls {
    let adapted = Adapted::new(input).expect("the world is supported");
    let prepared = fast::Prepared::new(adapted.cells()).expect("the world is valid");
    let mut scratch = fast::Scratch::new();
    let fall = |replicate| {
        let falls = adapted.falls(&prepared, 19, replicate, &mut scratch);
        falls.iter().map(|fall| (fall.host, fall.hours)).collect()
    };
    (0..REPLICATES).map(fall).collect()
}

/// What is compared: final size, time to half, time of the second, time of the last, and how many hosts of the first
/// and second half of the list, of even and of odd number fall. Ties are broken at random, so that each comparison is
/// between continuous laws.
fn sample(falls: &Falls, input: &Input, random: &mut Random) -> Vec<Vec<f64>> {
    let half = input.hosts.len() as u32 / 2;
    let mut numbers = vec![Vec::new(); 8];
    for falls in falls {
        let time = |place: usize| falls.get(place).map_or(input.horizon_hours, |fall| fall.1);
        let count =
            |test: &dyn Fn(u32) -> bool| falls.iter().filter(|fall| test(fall.0)).count() as f64;
        let all = [
            falls.len() as f64,
            count(&|host| host < half),
            count(&|host| host >= half),
            count(&|host| host % 2 == 0),
            count(&|host| host % 5 == 1),
            time(half as usize),
            time(1),
            falls.last().map_or(0.0, |fall| fall.1),
        ];
        for (place, number) in all.into_iter().enumerate() {
            let jitter = f64::from(random.below(1 << 30)) / f64::from(1 << 30);
            let is_time = place >= 5;
            let scale = if is_time { 1e-9 } else { 1.0 };
            numbers[place].push(number + scale * jitter);
        }
    }
    numbers
}

/// A world with a little of everything that is supported; one in four has so many networks that they are kept in urns.
fn random_world(seed: u64) -> Input {
    let mut random = Random(Pcg64::new(u128::from(seed), 7));
    let is_wide = seed % 4 == 3;
    let organisations = 1 + random.below(4);
    let count = if is_wide {
        70
    } else {
        organisations + random.below(8)
    };
    let boundary = if seed.is_multiple_of(3) { 1.0 } else { 0.75 };
    let mut networks: Vec<Network> = (0..count)
        .map(|network| Network {
            organisation: if network < organisations {
                3 * network
            } else {
                3 * random.below(organisations)
            },
            realm: random.chance(0.85).then(|| u32::from(random.chance(0.2))),
            addresses: f64::from(20 + random.below(16)),
            leaves: random.chance(boundary),
            enters: random.chance(boundary),
            leaves_organisation: random.chance(boundary),
            enters_organisation: random.chance(boundary),
        })
        .collect();
    networks[0].leaves = true;
    let classes = 1 + random.below(8);
    let successes: Vec<f32> = (0..classes).map(|_| random.success()).collect();
    let hosts: Vec<Host> = (0..if is_wide { 90 } else { 8 + random.below(20) })
        .map(|id| {
            let network = if id == 0 { 0 } else { random.below(count) };
            let success = successes[random.below(classes) as usize];
            host(network, if random.chance(0.1) { 0.0 } else { success })
        })
        .collect();
    let realms = [0, 1].map(|realm| {
        let held = networks
            .iter()
            .filter(|network| network.realm == Some(realm));
        let held: f64 = held.map(|network| network.addresses).sum();
        Realm {
            addresses: held + f64::from(1 + random.below(40)),
        }
    });
    let delay = |random: &mut Random| match random.below(5) {
        0 => Delay::Fixed(0.4),
        1 => Delay::Exponential { mean: 0.5 },
        2 => Delay::Uniform { from: 0.1, to: 1.0 },
        3 => Delay::Exponential { mean: 0.0 },
        _ => Delay::Fixed(0.0),
    };
    let removal_mean = [None, Some(3.0), Some(1.0)][random.below(3) as usize];
    let speed = if is_wide { 60.0 } else { 16.0 };
    let scopes = [Scope::Network, Scope::Organisation, Scope::Realm];
    let streams = scopes.map(|scope| uniform(scope, speed * f64::from(random.below(4)) / 2.0));
    let hosts_that_enter = (0..hosts.len() as u32).step_by(3);
    Input {
        latency: delay(&mut random),
        removal: removal_mean.map(|mean| Delay::Exponential { mean }),
        kill_switch: None,
        entries: if random.chance(0.5) {
            Entries::These(vec![0, 3, 4])
        } else {
            Entries::OneOf(hosts_that_enter.collect())
        },
        horizon_hours: 4.0,
        realms: realms.to_vec(),
        networks,
        links: Vec::new(),
        hosts,
        streams: streams.to_vec(),
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

    fn success(&mut self) -> f32 {
        [1.0, 0.9, 0.5, 0.3, 0.011, 0.77][self.below(6) as usize]
    }
}
