//! What holds in every outbreak of every world, and that it is a function of (input, seed, replicate).

use wardround_engine::{Across, Event, Input, Totals, fast};

use crate::twin::literal::simulate;
use crate::twin::worlds::{WORLDS, world};

#[test]
fn events_make_sense() {
    for number in 0..WORLDS {
        let input = world(number);
        let prepared = fast::Prepared::new(&input).expect("the world is valid");
        let mut scratch = fast::Scratch::new();
        for replicate in 0..100 {
            let mut events: Vec<(f64, Event)> = Vec::new();
            prepared.sample(number, replicate, &mut scratch, &mut events);
            check(&input, &events);
            // The twin obeys the same laws.
            check(&input, &simulate(&input, number, replicate));

            let mut again: Vec<(f64, Event)> = Vec::new();
            prepared.sample(number, replicate, &mut fast::Scratch::new(), &mut again);
            assert_eq!(events, again, "what the scratch was used for matters");
            let (mut told, mut counted) = (Totals::default(), Totals::default());
            for &(hours, event) in &events {
                wardround_engine::Watch::note(&mut told, hours, event);
            }
            prepared.sample(number, replicate, &mut scratch, &mut counted);
            assert_eq!(told, counted, "whether sources are wanted matters");
        }
    }
}

fn check(input: &Input, events: &[(f64, Event)]) {
    let mut totals = Totals::default();
    let mut has_acted = vec![false; input.organisations.len()];
    let mut answered_in_service = 0;
    let mut before = 0.0;
    let live = input
        .kill_switch
        .map_or(f64::INFINITY, |it| it.live_from_hours);
    for (position, &(hours, event)) in events.iter().enumerate() {
        assert!((before..=input.horizon_hours).contains(&hours));
        before = hours;
        wardround_engine::Watch::note(&mut totals, hours, event);
        match event {
            Event::Infected { across, from, .. } => {
                let is_from_inside = !matches!(across, Across::Entry | Across::Outside);
                assert_eq!(from.is_some(), is_from_inside);
                assert!(across != Across::Entry || hours == 0.0);
                assert!(position > 0 || !is_from_inside);
            }
            Event::Answered { was_disabled, .. } => {
                assert!(hours >= live);
                answered_in_service += u32::from(!was_disabled);
            }
            Event::Acted { organisation } => {
                let acted = &mut has_acted[organisation as usize];
                assert!(!std::mem::replace(acted, true), "it acts once");
            }
            _ => {}
        }
        let hosts = input.hosts.len() as u32;
        let ended = totals.answered + totals.rebuilt;
        assert!(totals.infected <= hosts && totals.patched <= hosts);
        assert!(totals.repeats <= answered_in_service);
        assert!(ended <= totals.infected + totals.repeats + totals.disabled);
        assert!(totals.disabled <= totals.infected + totals.repeats);
        assert!(totals.crashed + totals.infected <= hosts + answered_in_service);
        let across: u32 = totals.across.iter().sum();
        assert_eq!(across, totals.infected + totals.repeats);
    }
}

#[test]
fn seeds_and_replicates_differ() {
    let input = world(1);
    let prepared = fast::Prepared::new(&input).expect("the world is valid");
    let mut scratch = fast::Scratch::new();
    let mut first_times = Vec::new();
    for seed in 0..30 {
        for replicate in 0..30 {
            let mut events: Vec<(f64, Event)> = Vec::new();
            prepared.sample(seed, replicate, &mut scratch, &mut events);
            let infections = events
                .iter()
                .filter(|it| it.0 > 0.0 && matches!(it.1, Event::Infected { .. }));
            first_times.extend(infections.map(|it| it.0.to_bits()).next());
        }
    }
    let count = first_times.len();
    assert!(count > 600, "{count} outbreaks spread");
    first_times.sort_unstable();
    first_times.dedup();
    assert_eq!(first_times.len(), count);
}
