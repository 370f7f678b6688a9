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
    let finals = |kill_switch| {
        let scenario = Scenario {
            kill_switch,
            ..scenario(6, 4)
        };
        // Whether a machine resolves the name is unknown: here it is settled for us.
        sample(&population, &scenario, Settle::InFavour, &[]).finals
    };
    assert!(
        finals(KillSwitchState::LiveFrom(0.0))
            .iter()
            .all(|taken| *taken == 0)
    );
    assert!(
        finals(KillSwitchState::Never)
            .iter()
            .all(|taken| *taken == 20)
    );
    // Once live it ends what starts later, and leaves what is active.
    let late = finals(KillSwitchState::LiveFrom(23.0));
    assert!(late.iter().all(|taken| *taken == 20), "{late:?}");
    let soon = finals(KillSwitchState::LiveFrom(0.011));
    assert!(soon.iter().any(|taken| *taken < 20), "{soon:?}");
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
