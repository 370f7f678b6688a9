//! What an answered kill switch stops.

use wardround_outbreak::{KillSwitchState, Population, Scenario, Settle, default_threats};

use crate::builder::*;

#[test]
fn a_switch_that_is_live_from_the_start_stops_everything() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 20, Known::Open)
        .estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let finals = |kill_switch, settle| {
        let scenario = Scenario {
            kill_switch,
            ..scenario(6, 4)
        };
        sample(&population, &scenario, settle, &[]).finals
    };
    // In our favour every machine can ask for the name.
    let at_once = finals(KillSwitchState::LiveFrom(0.0), Settle::InFavour);
    assert!(at_once.iter().all(|taken| *taken == 0));
    let never = finals(KillSwitchState::Never, Settle::InFavour);
    assert!(never.iter().all(|taken| *taken == 20));
    // Once live it ends what starts later, and leaves what is active.
    let late = finals(KillSwitchState::LiveFrom(23.0), Settle::InFavour);
    assert!(late.iter().all(|taken| *taken == 20), "{late:?}");
    let soon = finals(KillSwitchState::LiveFrom(0.011), Settle::InFavour);
    assert!(soon.iter().any(|taken| *taken < 20), "{soon:?}");
}

#[test]
fn a_switch_answers_only_machines_that_can_ask_for_it() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 20, Known::Open)
        .estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let live = Scenario {
        kill_switch: KillSwitchState::LiveFrom(0.0),
        ..scenario(40, 5)
    };
    let finals = |settle| sample(&population, &live, settle, &[]).finals;
    // Against us no machine has a way to the internet: the switch is worth nothing.
    let against = finals(Settle::Against);
    assert!(against.iter().all(|taken| *taken == 20), "{against:?}");
    // Drawn, the machines that can ask are spared and the others fall, unless the entry itself was spared.
    let drawn = finals(Settle::Drawn);
    assert!(drawn.contains(&0), "{drawn:?}");
    assert!(
        drawn.iter().any(|taken| (2..20).contains(taken)),
        "{drawn:?}"
    );
}

#[test]
fn a_worm_without_a_switch_does_not_care() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 20, Known::Nothing)
        .estate();
    let profiles = default_threats().unwrap();
    let profile = profiles
        .iter()
        .find(|profile| profile.kill_switch.is_none())
        .unwrap();
    let population = Population::new(&estate, profile);
    let finals = |kill_switch| {
        let scenario = Scenario {
            kill_switch,
            ..scenario(10, 4)
        };
        sample(&population, &scenario, Settle::Against, &[]).finals
    };
    assert_eq!(
        finals(KillSwitchState::LiveFrom(0.0)),
        finals(KillSwitchState::Never)
    );
}
