//! Outbreaks along contacts against what can be worked out by hand.

use wardround_engine::contacts::{
    Contact, Count, Entries, Graph, Period, Prepared, Scratch, Spread,
};

use crate::statistics::{check_distribution, check_mean, check_variance};

#[test]
fn one_contact_transmits_after_an_exponential_time() {
    let graph = Graph::undirected(2, &[(1, 0)]).unwrap();
    let spread = Spread {
        transmissions_per_hour: 0.5,
        horizon_hours: 100.0,
        ..spread()
    };
    let times = sample(&graph, &spread, 20_000, |hours| hours[1].unwrap_or(100.0));
    check_distribution("time", &times, |hours| 1.0 - (-0.5 * hours).exp());
}

#[test]
fn one_contact_transmits_if_it_does_so_while_its_host_is_active() {
    let graph = Graph::undirected(2, &[(0, 1)]).unwrap();
    for (active, chance) in [
        (Period::Exponential { mean_hours: 2.0 }, 1.0 / (1.0 + 0.5)),
        (Period::Fixed(2.0), 1.0 - (-2.0_f64).exp()),
        (Period::Fixed(0.0), 0.0),
    ] {
        let spread = Spread {
            active: Some(active),
            ..spread()
        };
        let falls = sample(&graph, &spread, 20_000, |hours| {
            f64::from(u8::from(hours[1].is_some()))
        });
        check_mean(
            "share that falls",
            &falls,
            chance,
            chance * (1.0 - chance) + 1e-9,
        );
    }
}

#[test]
fn latency_comes_before_the_first_transmission_and_does_not_shorten_the_active_time() {
    let graph = Graph::undirected(2, &[(0, 1)]).unwrap();
    let fixed = Spread {
        latency: Period::Fixed(3.0),
        active: Some(Period::Exponential { mean_hours: 1.0 }),
        ..spread()
    };
    let times = sample(&graph, &fixed, 20_000, |hours| hours[1].unwrap_or(0.0));
    let times: Vec<f64> = times.into_iter().filter(|hours| *hours > 0.0).collect();
    // The lesser of two exponential times; half of them end the active time.
    check_distribution("time of those that fall", &times, |hours| {
        1.0 - (-2.0 * (hours - 3.0).max(0.0)).exp()
    });
    assert!(times.len().abs_diff(10_000) < 320, "{}", times.len());
    let exponential = Spread {
        latency: Period::Exponential { mean_hours: 2.0 },
        active: None,
        ..spread()
    };
    let times = sample(&graph, &exponential, 20_000, |hours| hours[1].unwrap());
    // The sum of exponential times with means 2 and 1.
    check_distribution("time", &times, |hours| {
        1.0 - 2.0 * (-hours / 2.0).exp() + (-hours).exp()
    });
}

/// A row that is longer than a batch of contacts.
#[test]
fn the_leaves_of_a_star_share_their_hub_s_active_time() {
    let leaves = 1_500_u32;
    let edges: Vec<_> = (1..=leaves).map(|leaf| (0, leaf)).collect();
    let graph = Graph::undirected(leaves + 1, &edges).unwrap();
    let spread = Spread {
        transmissions_per_hour: 0.3,
        active: Some(Period::Exponential { mean_hours: 4.0 }),
        ..spread()
    };
    let sizes = sample(&graph, &spread, 10_000, |hours| {
        hours[1..].iter().flatten().count() as f64
    });
    // A leaf escapes with chance exp(-0.3 active), two leaves with that squared, exactly.
    let (beta, gamma, count) = (0.3, 0.25, f64::from(leaves));
    let (one, two) = (gamma / (gamma + beta), gamma / (gamma + 2.0 * beta));
    let variance = count * one + count * (count - 1.0) * two - (count * one).powi(2);
    check_mean("leaves that fall", &sizes, count * (1.0 - one), variance);
    check_variance("leaves that fall", &sizes, variance, 0.05);
}

/// With everyone in contact, i of n infected bring the next at rate i (n - i).
#[test]
fn falls_among_all_are_a_pure_birth_process() {
    for hosts in [20_u32, 300] {
        let graph = complete(hosts);
        let times = with_outbreaks(&graph, &spread(), 3_000, |outbreak| {
            let falls = outbreak.falls();
            falls.iter().map(|fall| fall.hours).collect::<Vec<_>>()
        });
        let (mut expected, mut variance) = (0.0, 0.0);
        for infected in 1..hosts as usize {
            let rate = (infected * (hosts as usize - infected)) as f64;
            expected += 1.0 / rate;
            variance += rate.powi(-2);
            let times: Vec<f64> = times.iter().map(|times| times[infected]).collect();
            let what = format!("fall {infected} of {hosts}");
            check_mean(&what, &times, expected, variance);
            if infected % 7 == 1 {
                check_variance(&what, &times, variance, 0.25);
            }
        }
    }
}

/// The jump chain: with s hosts left the next event is a fall with chance s β / (s β + γ), whoever is active.
#[test]
fn the_final_size_among_all_is_that_of_the_jump_chain() {
    let hosts = 12_usize;
    for (beta, mean_hours) in [(0.05, 1.0), (0.12, 1.0), (0.1, 4.0)] {
        let mut at = vec![vec![0.0; hosts + 1]; hosts + 1];
        let mut sizes = vec![0.0; hosts + 1];
        at[hosts - 2][2] = 1.0;
        for left in (0..hosts - 1).rev() {
            for active in (1..=hosts - left).rev() {
                let chance = at[left][active];
                let falls = left as f64 * beta / (left as f64 * beta + 1.0 / mean_hours);
                if left > 0 {
                    at[left - 1][active + 1] += chance * falls;
                }
                at[left][active - 1] += chance * (1.0 - falls);
            }
            sizes[hosts - left] = at[left][0];
        }
        let graph = complete(hosts as u32);
        let spread = Spread {
            transmissions_per_hour: beta,
            active: Some(Period::Exponential { mean_hours }),
            entries: Entries::Drawn(2),
            ..spread()
        };
        let replicates = 40_000;
        let mut seen = vec![0.0; hosts + 1];
        with_outbreaks(&graph, &spread, replicates, |outbreak| {
            seen[outbreak.size() as usize] += 1.0;
        });
        for (size, (&seen, &chance)) in seen.iter().zip(&sizes).enumerate() {
            let expected = chance * replicates as f64;
            let error = (expected * (1.0 - chance)).sqrt();
            assert!(
                (seen - expected).abs() <= 4.5 * error + 1e-9,
                "size {size}: {seen} instead of {expected} ± {error}"
            );
        }
    }
}

#[test]
fn contacts_transmit_in_proportion_to_their_multipliers() {
    let contact = |to, multiplier| Contact {
        from: 0,
        to,
        multiplier,
    };
    let graph = Graph::weighted(3, &[contact(2, 3.0), contact(1, 0.25)]).unwrap();
    for (host, rate) in [(1, 0.25), (2, 3.0)] {
        let times = sample(&graph, &spread(), 20_000, |hours| hours[host].unwrap());
        check_distribution("time", &times, |hours| 1.0 - (-rate * hours).exp());
    }
    let firsts = sample(&graph, &spread(), 20_000, |hours| {
        f64::from(u8::from(hours[1] < hours[2]))
    });
    check_mean(
        "share of firsts",
        &firsts,
        0.25 / 3.25,
        0.25 * 3.0 / 3.25 / 3.25,
    );
}

#[test]
fn entries_are_drawn_evenly_and_differ() {
    let graph = Graph::undirected(7, &[]).unwrap();
    let spread = Spread {
        entries: Entries::Drawn(3),
        ..spread()
    };
    let mut seen = [0_u32; 7];
    with_outbreaks(&graph, &spread, 7_000, |outbreak| {
        assert_eq!(outbreak.size(), 3);
        for &host in outbreak.hosts() {
            assert_eq!(outbreak.hours(host), Some(0.0));
            seen[host as usize] += 1;
        }
    });
    assert!(
        seen.iter().all(|&count| count.abs_diff(3_000) < 200),
        "{seen:?}"
    );
}

#[test]
fn nothing_happens_after_the_horizon() {
    let graph = complete(50);
    let spread = Spread {
        transmissions_per_hour: 0.1,
        horizon_hours: 0.7,
        ..spread()
    };
    let sizes = with_outbreaks(&graph, &spread, 500, |outbreak| {
        let falls = outbreak.falls();
        assert!(falls.iter().all(|fall| fall.hours <= 0.7));
        assert_eq!(falls.len(), outbreak.size() as usize);
        falls.len() as f64
    });
    // A Yule process would be at exp(0.1 × 49 × 0.7) = 31; fewer, because hosts run out.
    let mean = sizes.iter().sum::<f64>() / 500.0;
    assert!((10.0..31.0).contains(&mean), "{mean}");
}

#[test]
fn counts_are_those_of_the_falls_and_their_ends() {
    let graph = complete(40);
    let hours = [0.0, 1.0, 2.5, 2.5, 1_000.0, 1e9];
    let spread = Spread {
        transmissions_per_hour: 0.02,
        latency: Period::Fixed(0.5),
        active: Some(Period::Fixed(1.5)),
        ..spread()
    };
    with_outbreaks(&graph, &spread, 200, |outbreak| {
        let falls = outbreak.falls();
        let expected = hours.map(|hour| Count {
            fallen: falls.iter().filter(|fall| fall.hours <= hour).count() as u32,
            removed: falls
                .iter()
                .filter(|fall| fall.hours + 2.0 <= hour + 1e-6)
                .count() as u32,
        });
        assert_eq!(outbreak.counts(&hours), expected);
    });
    let endless = Spread {
        active: None,
        ..spread
    };
    with_outbreaks(&graph, &endless, 10, |outbreak| {
        assert!(
            outbreak
                .counts(&hours)
                .iter()
                .all(|count| count.removed == 0)
        );
    });
}

/// One entry, a rate of 1, for ever.
fn spread() -> Spread {
    Spread {
        transmissions_per_hour: 1.0,
        latency: Period::Fixed(0.0),
        active: None,
        entries: Entries::These(vec![0]),
        horizon_hours: 1_000.0,
    }
}

fn complete(hosts: u32) -> Graph {
    let pairs = (0..hosts).flat_map(|one| (0..one).map(move |other| (one, other)));
    Graph::undirected(hosts, &pairs.collect::<Vec<_>>()).expect("each pair is there once")
}

/// A number from the hours at which each host falls.
fn sample(
    graph: &Graph,
    spread: &Spread,
    replicates: u64,
    number: impl Fn(&[Option<f64>]) -> f64,
) -> Vec<f64> {
    with_outbreaks(graph, spread, replicates, |outbreak| {
        let hours = (0..graph.hosts()).map(|host| outbreak.hours(host));
        number(&hours.collect::<Vec<_>>())
    })
}

fn with_outbreaks<T>(
    graph: &Graph,
    spread: &Spread,
    replicates: u64,
    mut answer: impl FnMut(&wardround_engine::contacts::Outbreak<'_>) -> T,
) -> Vec<T> {
    let prepared = Prepared::new(graph, spread).expect("the spread is valid");
    let mut scratch = Scratch::new();
    (0..replicates)
        .map(|replicate| answer(&prepared.outbreak(1, replicate, &mut scratch)))
        .collect()
}
