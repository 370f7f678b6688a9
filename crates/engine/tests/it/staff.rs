//! Staff who patch and rebuild: at their pace, in their hours, and as long as there is somebody to patch.

use wardround_engine::{
    Class, Delay, Entries, Event, Input, KillSwitch, Opening, Response, Schedule, Scope, fast,
};

use crate::small_worlds::{host, open_network, uniform, world};
use crate::statistics::{check_distribution, check_mean};

fn staff(at_hours: f64, patches_per_hour: f64, rebuilds_per_hour: f64) -> Response {
    Response {
        after_infections: None,
        counts_disabled: false,
        delay: Delay::Fixed(0.0),
        at_hours: Some(at_hours),
        isolates: false,
        patches_per_hour,
        rebuilds_per_hour,
        staff_schedule: Some(0),
    }
}

/// The last class is the patched one.
fn make_patchable(input: &mut Input, class: usize) {
    let patched = Class {
        openings: vec![Opening::CLOSED],
        ..input.classes[class].clone()
    };
    input.classes[class].patched = Some(input.classes.len() as u16);
    input.classes.push(patched);
}

fn events(input: &Input, replicates: u64) -> Vec<Vec<(f64, Event)>> {
    let prepared = fast::Prepared::new(input).expect("the world is valid");
    let mut scratch = fast::Scratch::new();
    let mut sample = |replicate| {
        let mut events = Vec::new();
        prepared.sample(3, replicate, &mut scratch, &mut events);
        events
    };
    (0..replicates).map(&mut sample).collect()
}

/// Without removal each source is counted, with it they are counted generously.
const REMOVALS: [Option<f64>; 2] = [None, Some(1e6)];

#[test]
fn staff_work_at_their_pace_and_in_their_hours() {
    let places = [vec![host(0, 0.0); 200], vec![host(0, 1.0); 200]].concat();
    let networks = vec![open_network(0, 512.0)];
    let mut input = world(networks, places, uniform(Scope::Network, 0.0));
    input.entries = Entries::These((0..200).collect());
    make_patchable(&mut input, 1);
    let is_on = |hour: usize| (2..5).contains(&hour) || hour == 10;
    input.schedules = vec![Schedule {
        is_on: std::array::from_fn(is_on),
    }];
    // They are there for an hour and three quarters after it, and for an hour later.
    input.organisations[0].response = Some(staff(3.25, 2.0, 3.0));
    let worked = |hours: f64| (hours - 3.25).clamp(0.0, 1.75) + (hours - 10.0).clamp(0.0, 1.0);
    for removal in REMOVALS {
        input.removal_mean_hours = removal;
        let outbreaks = events(&input, 1_000);
        let times = |is_one: fn(&Event) -> bool| {
            let of = |events: &Vec<(f64, Event)>| {
                let ones = events.iter().filter(|(_, event)| is_one(event));
                ones.map(|&(hours, _)| hours).collect::<Vec<f64>>()
            };
            outbreaks.iter().map(of).collect::<Vec<_>>()
        };
        let patched = times(|event| matches!(event, Event::Patched { .. }));
        let rebuilt = times(|event| matches!(event, Event::Rebuilt { .. }));
        for (what, times, pace) in [("patched", patched, 2.0), ("rebuilt", rebuilt, 3.0)] {
            let counts: Vec<f64> = times.iter().map(|it| it.len() as f64).collect();
            check_mean(what, &counts, 2.75 * pace, 2.75 * pace);
            check_distribution(what, &times.concat(), |hours| worked(hours) / 2.75);
        }
    }
}

/// The only host is infected when the staff begin, and susceptible again after an hour: then there is somebody to patch.
#[test]
fn staff_who_had_nobody_left_to_patch_go_on_when_somebody_is_again() {
    let mut input = world(
        vec![open_network(0, 64.0)],
        vec![host(0, 1.0)],
        uniform(Scope::Network, 0.0),
    );
    make_patchable(&mut input, 0);
    let staff_hours = |hour: usize| hour < 3 || (6..20).contains(&hour);
    let host_hours = |hour: usize| hour > 0;
    input.schedules = vec![
        Schedule {
            is_on: std::array::from_fn(staff_hours),
        },
        Schedule {
            is_on: std::array::from_fn(host_hours),
        },
    ];
    for class in &mut input.classes {
        class.answers_kill_switch = true;
        class.schedule = Some(1);
    }
    input.kill_switch = Some(KillSwitch {
        live_from_hours: 0.5,
    });
    let pace = 0.4;
    input.organisations[0].response = Some(staff(0.0, pace, 0.0));
    input.horizon_hours = 20.0;
    let worked = |hours: f64| (hours - 1.0).clamp(0.0, 2.0) + (hours - 6.0).clamp(0.0, 14.0);
    let by_then = |hours: f64| 1.0 - (-pace * worked(hours)).exp();
    for removal in REMOVALS {
        input.removal_mean_hours = removal;
        let outbreaks = events(&input, 6_000);
        let patched = |events: &Vec<(f64, Event)>| {
            let mut events = events.iter();
            let patched = events.find(|(_, event)| matches!(event, Event::Patched { .. }));
            patched.map(|&(hours, _)| hours)
        };
        let times: Vec<f64> = outbreaks.iter().filter_map(patched).collect();
        let chance = by_then(20.0);
        let share = times.len() as f64 / outbreaks.len() as f64;
        let error = (chance * (1.0 - chance) / outbreaks.len() as f64).sqrt();
        assert!((share - chance).abs() < 4.5 * error, "{share} {chance}");
        check_distribution("patched", &times, |hours| by_then(hours) / chance);
    }
}
