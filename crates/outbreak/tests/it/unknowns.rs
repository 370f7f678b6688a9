//! How what nobody knows is settled.

use wardround_estate::{Estate, HostId, Passage};
use wardround_evidence::{Direction, Truth};
use wardround_outbreak::{Effect, Open, Point, Population, Scenario, Settle};

use crate::builder::*;

/// One network with an entry, known open, and thirty machines of which nothing is known: all that are drawn open fall.
fn one_network() -> Estate {
    Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("mill-lan", "mill")
        .machines("harbour", 0, 1, Known::Open)
        .machines("harbour", 0, 30, Known::Nothing)
        .machines("mill", 1, 5, Known::Nothing)
        .estate()
}

/// Machines taken in each of forty worlds, one outbreak each, from the entry; mill is cut off.
fn taken_by_world(estate: &Estate, effects: &[Effect]) -> Vec<u32> {
    let profile = quick_worm();
    let population = Population::new(estate, &profile);
    let cut = Effect::Set(
        Point::Border(organisation(estate, "mill"), Direction::In),
        Passage::Denied,
    );
    let effects: Vec<Effect> = effects.iter().cloned().chain([cut]).collect();
    sample(
        &population,
        &from_host(host(estate, 0), scenario(40, 1)),
        Settle::Drawn,
        &effects,
    )
    .finals
}

#[test]
fn a_world_settles_the_same_unknowns_whatever_the_effects() {
    let estate = one_network();
    let as_it_is = taken_by_world(&estate, &[]);
    assert!(as_it_is.iter().any(|taken| *taken > 1) && as_it_is.iter().any(|taken| *taken < 31));
    let mut was_open = 0;
    for number in 1..=30 {
        // Closing one machine takes away that machine where it was open, and moves nothing else.
        let closed = taken_by_world(&estate, &[Effect::Close(vec![host(&estate, number)])]);
        let settled_open = taken_by_world(
            &estate,
            &[Effect::Settle(vec![host(&estate, number)], Truth::Fails)],
        );
        for ((before, after), opened) in as_it_is.iter().zip(closed).zip(settled_open) {
            assert!(*before == after || *before == after + 1);
            assert_eq!(opened, after + 1);
            was_open += before - after;
        }
    }
    let in_all: u32 = as_it_is.iter().map(|taken| taken - 1).sum();
    assert_eq!(was_open, in_all, "every machine taken was one of these");
}

/// An agent that stops what it sees knows a threat or does not: in every world it spares a share of machines, whole.
#[test]
fn an_agent_that_stops_what_it_sees_spares_a_share_of_machines() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machines("harbour", 0, 1, Known::Open)
        .machines("harbour", 0, 200, Known::Guarded)
        .estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    assert_eq!(
        population.open(host(&estate, 1)),
        Open::Yes,
        "no safeguard closes it for sure"
    );
    let range = population.rules().agent_stops;
    let from = from_host(host(&estate, 0), scenario(20, 2));
    let taken = sample(&population, &from, Settle::Drawn, &[]).finals;
    for (world, outbreaks) in taken.chunks(2).enumerate() {
        assert_eq!(outbreaks[0], outbreaks[1], "world {world}");
        let fallen = f64::from(outbreaks[0] - 1) / 200.0;
        let (low, high) = (1.0 - range.share_high, 1.0 - range.share_low);
        // Four standard deviations of a share of 200 machines.
        assert!(
            low - 0.07 <= fallen && fallen <= high + 0.14,
            "world {world}: {fallen}"
        );
    }
    let shares: std::collections::BTreeSet<u32> = taken.into_iter().collect();
    assert!(shares.len() > 10, "worlds differ: {shares:?}");
}

#[test]
fn settling_what_is_known_changes_nothing() {
    let estate = one_network();
    let entry = vec![host(&estate, 0)];
    for truth in [Truth::Holds, Truth::Fails] {
        assert_eq!(
            taken_by_world(&estate, &[Effect::Settle(entry.clone(), truth)]),
            taken_by_world(&estate, &[])
        );
    }
    let other_border = Point::Border(organisation(&estate, "mill"), Direction::Out);
    let elsewhere = [
        Effect::Set(other_border, Passage::Allowed),
        Effect::Set(other_border, Passage::Denied),
    ];
    for effect in elsewhere {
        assert_eq!(
            taken_by_world(&estate, &[effect]),
            taken_by_world(&estate, &[])
        );
    }
}

/// The mean share of outbreaks in which these machines fell, from an entry beside them.
fn mean_falls(estate: &Estate, entry: usize, machines: std::ops::Range<usize>) -> f64 {
    let profile = quick_worm();
    let population = Population::new(estate, &profile);
    let ensemble = sample(
        &population,
        &from_host(host(estate, entry), scenario(80, 2)),
        Settle::Drawn,
        &[],
    );
    let hosts: Vec<HostId> = machines.map(|number| host(estate, number)).collect();
    hosts.iter().map(|id| falls(&ensemble, *id)).sum::<f64>() / hosts.len() as f64
}

#[test]
fn unknown_machines_are_drawn_like_the_settled_ones_of_their_administrator() {
    // Machines: 0-39 of the careful surgery, closed; 40-79 of the careless one, open; then ten unknown ones each, of two
    // further surgeries that have no settled machine, one with each of the two providers.
    let estate = Sketch::new()
        .organisation("careful", None)
        .organisation("careless", None)
        .organisation("client-of-careful", Some("careful"))
        .organisation("client-of-careless", Some("careless"))
        .network("a", "careful")
        .network("b", "careless")
        .network("c", "client-of-careful")
        .network("d", "client-of-careless")
        .machines("careful", 0, 40, Known::Closed)
        .machines("careless", 1, 40, Known::Open)
        .machines("client-of-careful", 2, 10, Known::Nothing)
        .machines("client-of-careless", 3, 10, Known::Nothing)
        .estate();
    // The entry is one of the ten; the other nine are drawn.
    let careful = mean_falls(&estate, 80, 81..90);
    let careless = mean_falls(&estate, 90, 91..100);
    assert!(careful < 0.35, "{careful}");
    assert!(careless > 0.75, "{careless}");
}

#[test]
fn one_settled_machine_settles_little_for_the_others() {
    let estate = one_network();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let scenario = Scenario {
        seed: 3,
        ..from_host(host(&estate, 0), scenario(200, 1))
    };
    let ensemble = sample(&population, &scenario, Settle::Drawn, &[]);
    let shares: Vec<f64> = (1..=30)
        .map(|number| falls(&ensemble, host(&estate, number)))
        .collect();
    let mean = shares.iter().sum::<f64>() / 30.0;
    // The one settled machine is open: two thirds, and machines of which nothing is said are worse.
    assert!((0.4..0.9).contains(&mean), "{mean}");
    assert_eq!(ensemble.assumed_share, Some(1.0));
}
