//! Outbreaks along contacts against a literal twin: one heap, every transmission of every contact an event.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use wardround_engine::contacts::{
    Contact, Entries, Graph, Outbreak, Period, Prepared, Scratch, Spread,
};

use crate::statistics::{chance_of_distance, mean};

const WORLDS: u64 = 60;
const REPLICATES: u64 = 2_000;
/// The least chance that is accepted, of all comparisons together.
const LEVEL: f64 = 1e-3;

#[test]
fn outbreaks_agree_with_the_twin() {
    let mut chances = Vec::new();
    for world in 0..WORLDS {
        let mut random = Random(Pcg64::new(u128::from(world), 77));
        let (contacts, hosts) = random_contacts(&mut random);
        let spread = random_spread(&mut random, hosts, contacts.len());
        let graph = Graph::weighted(hosts, &contacts).unwrap();
        let prepared = Prepared::new(&graph, &spread).unwrap();
        let mut scratch = Scratch::new();
        let mut columns: [[Vec<f64>; 2]; 4] = Default::default();
        for replicate in 0..REPLICATES {
            let outbreak = prepared.outbreak(world, replicate, &mut scratch);
            let falls: Vec<_> = outbreak
                .falls()
                .iter()
                .map(|fall| (fall.hours, fall.host))
                .collect();
            let ours = numbers(&falls, &spread, &mut random);
            let twin = numbers(
                &twin(&contacts, hosts, &spread, &mut random),
                &spread,
                &mut random,
            );
            for (column, (ours, twin)) in columns.iter_mut().zip(ours.into_iter().zip(twin)) {
                column[0].push(ours);
                column[1].push(twin);
            }
        }
        for (number, [ours, twin]) in columns.iter().enumerate() {
            let means = (mean(ours), mean(twin));
            let chance = chance_of_distance(ours, twin);
            chances.push((chance, format!("world {world}, number {number}: {means:?}")));
        }
    }
    chances.sort_by(|left, right| left.0.total_cmp(&right.0));
    assert!(
        chances[0].0 * chances.len() as f64 > LEVEL,
        "of {}: {:#?}",
        chances.len(),
        &chances[..5]
    );
    // Nor are they suspiciously alike: the chances are spread evenly.
    let middle = chances[chances.len() / 2].0;
    assert!((0.35..0.65).contains(&middle), "middle chance {middle}");
}

/// What is compared: how many fall, when half of them have, when the last does, and which one is second. A little is
/// added to the whole numbers, so that they have no ties and the law of the distance holds.
fn numbers(falls: &[(f64, u32)], spread: &Spread, random: &mut Random) -> [f64; 4] {
    let after_entries = match &spread.entries {
        Entries::These(these) => these.len(),
        Entries::Drawn(count) => *count as usize,
    };
    let hours = |place: usize| falls.get(place).map_or(spread.horizon_hours, |fall| fall.0);
    let second = falls
        .get(after_entries)
        .map_or(-1.0, |fall| f64::from(fall.1));
    [
        falls.len() as f64 + random.unit(),
        hours(falls.len() / 2) + 1e-9 * random.unit(),
        hours(falls.len() - 1) + 1e-9 * random.unit(),
        second + random.unit(),
    ]
}

fn random_contacts(random: &mut Random) -> (Vec<Contact>, u32) {
    let hosts = 5 + random.below(60) as u32;
    let pairs = u64::from(hosts) * u64::from(hosts - 1);
    let share = (1.0 + 5.0 * random.unit()) * f64::from(hosts) / pairs as f64;
    let is_weighted = random.below(2) == 0;
    let mut contacts = Vec::new();
    for from in 0..hosts {
        // Some hosts have many contacts.
        let share = if from % 16 == 3 { 5.0 * share } else { share };
        for to in (0..hosts).filter(|to| *to != from) {
            if random.unit() < share {
                let multiplier = if is_weighted {
                    4_f64.powf(2.0 * random.unit() - 1.0)
                } else {
                    1.0
                };
                contacts.push(Contact {
                    from,
                    to,
                    multiplier: multiplier as f32,
                });
            }
        }
    }
    (contacts, hosts)
}

/// Anything from dying out to taking everyone, often near the threshold.
fn random_spread(random: &mut Random, hosts: u32, contacts: usize) -> Spread {
    let degree = contacts as f64 / f64::from(hosts);
    let strength = 0.5 + 3.0 * random.unit();
    let period = |random: &mut Random, mean_hours: f64| match random.below(2) {
        0 => Period::Fixed(mean_hours),
        _ => Period::Exponential { mean_hours },
    };
    let active = [
        None,
        Some(period(random, 2.0)),
        Some(Period::Exponential { mean_hours: 2.0 }),
    ];
    let latency = [Period::Fixed(0.0), period(random, 1.0)];
    Spread {
        transmissions_per_hour: strength / 2.0 / degree,
        latency: latency[random.below(2) as usize],
        active: active[random.below(3) as usize],
        entries: match random.below(2) {
            0 => Entries::These(vec![hosts - 1, 0]),
            _ => Entries::Drawn(1 + random.below(3) as u32),
        },
        horizon_hours: [3.0, 10.0, 100.0][random.below(3) as usize],
    }
}

/// Every contact of an active host transmits again and again; the first time counts.
fn twin(contacts: &[Contact], hosts: u32, spread: &Spread, random: &mut Random) -> Vec<(f64, u32)> {
    let mut rows = vec![Vec::new(); hosts as usize];
    for contact in contacts {
        rows[contact.from as usize].push(*contact);
    }
    let mut fallen = vec![None; hosts as usize];
    let mut falls = Vec::new();
    // Times as bits: of numbers that are not negative they have the same order.
    let mut heap = BinaryHeap::new();
    match &spread.entries {
        Entries::These(these) => these
            .iter()
            .for_each(|&host| heap.push(Reverse((0, host, None)))),
        Entries::Drawn(count) => {
            let mut left: Vec<u32> = (0..hosts).collect();
            for _ in 0..*count {
                let host = left.swap_remove(random.below(left.len() as u64) as usize);
                heap.push(Reverse((0, host, None)));
            }
        }
    }
    while let Some(Reverse((bits, host, via))) = heap.pop() {
        let hours = f64::from_bits(bits);
        if hours > spread.horizon_hours {
            break;
        }
        if let Some((from, place)) = via {
            let (from, place): (u32, usize) = (from, place);
            if fallen[from as usize].is_some_and(|until| hours >= until) {
                continue;
            }
            let rate =
                spread.transmissions_per_hour * f64::from(rows[from as usize][place].multiplier);
            let next = hours + random.exponential() / rate;
            heap.push(Reverse((next.to_bits(), host, via)));
        }
        if fallen[host as usize].is_some() {
            continue;
        }
        falls.push((hours, host));
        let begins = hours + random.period(spread.latency);
        let until = spread
            .active
            .map_or(f64::INFINITY, |active| begins + random.period(active));
        fallen[host as usize] = Some(until);
        for (place, contact) in rows[host as usize].iter().enumerate() {
            let rate = spread.transmissions_per_hour * f64::from(contact.multiplier);
            let first = begins + random.exponential() / rate;
            heap.push(Reverse((first.to_bits(), contact.to, Some((host, place)))));
        }
    }
    falls
}

struct Random(Pcg64);

impl Random {
    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(count)) >> 64) as u64
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.unit()).ln()
    }

    fn period(&mut self, period: Period) -> f64 {
        match period {
            Period::Fixed(hours) => hours,
            Period::Exponential { mean_hours } => mean_hours * self.exponential(),
        }
    }
}

/// The same (seed, replicate) has the same draws for the same contact.
#[test]
fn a_contact_less_never_has_anyone_fall_earlier() {
    let mut random = Random(Pcg64::new(3, 3));
    let (mut scratch, mut fewer_scratch) = (Scratch::new(), Scratch::new());
    for world in 0..200 {
        let (contacts, hosts) = random_contacts(&mut random);
        let mut spread = random_spread(&mut random, hosts, contacts.len());
        spread.entries = Entries::These(vec![1]);
        let kept: Vec<Contact> = contacts
            .iter()
            .filter(|_| random.unit() < 0.9)
            .copied()
            .collect();
        let (graph, fewer) = (
            Graph::weighted(hosts, &contacts).unwrap(),
            Graph::weighted(hosts, &kept).unwrap(),
        );
        let prepared = Prepared::new(&graph, &spread).unwrap();
        let prepared_fewer = Prepared::new(&fewer, &spread).unwrap();
        for replicate in 0..20 {
            let outbreak = prepared.outbreak(world, replicate, &mut scratch);
            let less = prepared_fewer.outbreak(world, replicate, &mut fewer_scratch);
            for host in 0..hosts {
                let hours = |outbreak: &Outbreak<'_>| outbreak.hours(host).unwrap_or(f64::INFINITY);
                assert!(hours(&outbreak) <= hours(&less));
            }
        }
    }
}
