//! SIIDR against a literal twin that goes through every host in every step.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;
use wardround_engine::contacts::{Entries, Graph};
use wardround_engine::siidr::{Prepared, Rates, Rule, Scratch, Siidr, StepCounts};

use crate::statistics::{chance_of_distance, mean};

const WORLDS: u64 = 40;
const REPLICATES: u64 = 2_000;
/// The least chance that is accepted, of all comparisons together.
const LEVEL: f64 = 1e-3;

#[test]
fn both_rules_agree_with_the_twin() {
    let mut chances = Vec::new();
    for world in 0..WORLDS {
        let mut random = Random(Pcg64::new(u128::from(world), 99));
        let graph = random_graph(&mut random);
        let siidr = random_siidr(&mut random);
        let prepared = Prepared::new(&graph, &siidr).unwrap();
        let mut scratch = Scratch::new();
        let mut columns: [[Vec<f64>; 2]; 6] = Default::default();
        for replicate in 0..REPLICATES {
            let mut ours = Vec::new();
            prepared.outbreak(world, replicate, &mut scratch, |counts| ours.push(counts));
            let twin = twin(&graph, &siidr, &mut random);
            for (side, history) in [ours, twin].iter().enumerate() {
                let numbers = numbers(history, &siidr, &mut random);
                for (column, number) in columns.iter_mut().zip(numbers) {
                    column[side].push(number);
                }
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
    let middle = chances[chances.len() / 2].0;
    assert!((0.35..0.65).contains(&middle), "middle chance {middle}");
}

#[test]
fn an_infected_host_leaves_by_the_chances_of_its_rule() {
    let graph = Graph::undirected(1_000, &[]).unwrap();
    for (rule, recovery) in [
        (Rule::DormancyFirst2022, (1.0 - 0.27) * 0.52),
        (Rule::OneExit2023, 0.52),
    ] {
        let siidr = Siidr {
            rates: Rates {
                infection: 0.37,
                recovery: 0.52,
                dormancy: 0.27,
                waking: 0.44,
            },
            rule,
            entries: Entries::Drawn(1_000),
            steps: 1,
        };
        let prepared = Prepared::new(&graph, &siidr).unwrap();
        let mut scratch = Scratch::new();
        let (mut dormant, mut recovered) = (0.0, 0.0);
        for replicate in 0..200 {
            prepared.outbreak(1, replicate, &mut scratch, |counts| {
                dormant += f64::from(counts.dormant);
                recovered += f64::from(counts.recovered);
            });
        }
        for (seen, chance) in [(dormant, 0.27_f64), (recovered, recovery)] {
            let error = (200_000.0_f64 * chance * (1.0 - chance)).sqrt();
            assert!(
                (seen - 200_000.0 * chance).abs() < 4.5 * error,
                "{rule:?}: {seen}"
            );
        }
    }
}

#[test]
fn chances_that_cannot_be_are_refused() {
    let graph = Graph::undirected(3, &[(0, 1)]).unwrap();
    let rates = Rates {
        infection: 0.5,
        recovery: 0.6,
        dormancy: 0.5,
        waking: 0.1,
    };
    let mut siidr = Siidr {
        rates,
        rule: Rule::OneExit2023,
        entries: Entries::Drawn(1),
        steps: 10,
    };
    let message = |siidr: &Siidr| Prepared::new(&graph, siidr).unwrap_err().to_string();
    assert_eq!(
        message(&siidr),
        "the chances of recovery and dormancy are 1.1 together, which is above 1"
    );
    siidr.rule = Rule::DormancyFirst2022;
    assert!(Prepared::new(&graph, &siidr).is_ok());
    siidr.rates.waking = f64::NAN;
    assert_eq!(
        message(&siidr),
        "the chance of waking is NaN, which is not from 0 to 1"
    );
    siidr.rates.waking = 0.1;
    siidr.entries = Entries::These(vec![0, 3]);
    assert_eq!(
        message(&siidr),
        "the entries name host 3, but there are only 3"
    );
}

/// What is compared: states at an early and a late step, all that were ever infected, and when it ended. A little is
/// added so that there are no ties and the law of the distance holds.
fn numbers(history: &[StepCounts], siidr: &Siidr, random: &mut Random) -> [f64; 6] {
    let at = |step: usize| history[step.min(history.len() - 1)];
    let (early, late) = (at(3), at(siidr.steps as usize));
    let ever = late.infected + late.dormant + late.recovered;
    [
        early.infected,
        early.dormant,
        early.recovered,
        late.recovered,
        ever,
        history.len() as u32,
    ]
    .map(|number| f64::from(number) + random.unit())
}

fn random_graph(random: &mut Random) -> Graph {
    let hosts = 4 + random.below(40) as u32;
    let share = 1.0 / f64::from(hosts) + 0.4 * random.unit().powi(2);
    let mut edges = Vec::new();
    for one in 0..hosts {
        for other in 0..one {
            if random.unit() < share {
                edges.push((one, other));
            }
        }
    }
    Graph::undirected(hosts, &edges).expect("each edge is there once")
}

fn random_siidr(random: &mut Random) -> Siidr {
    let recovery = 0.05 + 0.5 * random.unit();
    Siidr {
        rates: Rates {
            infection: 0.02 + 0.6 * random.unit().powi(2),
            recovery,
            dormancy: (1.0 - recovery) * random.unit(),
            waking: 0.05 + 0.9 * random.unit(),
        },
        rule: [Rule::DormancyFirst2022, Rule::OneExit2023][random.below(2) as usize],
        entries: Entries::Drawn(1 + random.below(3) as u32),
        steps: [6, 20, 400][random.below(3) as usize],
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Susceptible,
    Infected,
    Dormant,
    Recovered,
}

#[expect(clippy::panic, reason = "it fails the test")]
fn twin(graph: &Graph, siidr: &Siidr, random: &mut Random) -> Vec<StepCounts> {
    let hosts = graph.hosts();
    let rates = siidr.rates;
    let mut states = vec![State::Susceptible; hosts as usize];
    let Entries::Drawn(entries) = siidr.entries else {
        panic!("entries are drawn here");
    };
    let mut left: Vec<u32> = (0..hosts).collect();
    for _ in 0..entries {
        let place = random.below(left.len() as u64) as usize;
        states[left.swap_remove(place) as usize] = State::Infected;
    }
    let count = |states: &[State], which| states.iter().filter(|&&state| state == which).count();
    let counts = |states: &[State]| StepCounts {
        infected: count(states, State::Infected) as u32,
        dormant: count(states, State::Dormant) as u32,
        recovered: count(states, State::Recovered) as u32,
    };
    let mut history = vec![counts(&states)];
    for _ in 0..siidr.steps {
        let before = states.clone();
        if !before
            .iter()
            .any(|state| matches!(state, State::Infected | State::Dormant))
        {
            break;
        }
        for host in 0..hosts {
            states[host as usize] = match before[host as usize] {
                State::Susceptible => {
                    let around = graph.targets_of(host).iter();
                    let infected =
                        around.filter(|&&other| before[other as usize] == State::Infected);
                    let escape = (1.0 - rates.infection).powi(infected.count() as i32);
                    if random.unit() < 1.0 - escape {
                        State::Infected
                    } else {
                        State::Susceptible
                    }
                }
                State::Infected => match siidr.rule {
                    Rule::DormancyFirst2022 => {
                        if random.unit() < rates.dormancy {
                            State::Dormant
                        } else if random.unit() < rates.recovery {
                            State::Recovered
                        } else {
                            State::Infected
                        }
                    }
                    Rule::OneExit2023 => {
                        let exits = rates.recovery + rates.dormancy;
                        if random.unit() >= exits {
                            State::Infected
                        } else if random.unit() < rates.recovery / exits {
                            State::Recovered
                        } else {
                            State::Dormant
                        }
                    }
                },
                State::Dormant if random.unit() < rates.waking => State::Infected,
                other => other,
            };
        }
        history.push(counts(&states));
    }
    history
}

struct Random(Pcg64);

impl Random {
    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(count)) >> 64) as u64
    }
}
