//! The kill switch: asked at infection and whenever an infected host is switched on, and what an answer leaves behind.

use wardround_engine::{Class, Delay, Entries, Input, KillSwitch, Response, Schedule, Scope};

use crate::small_worlds::{
    Place, histories, host, host_that_crashes, open_network, sample, sweep, uniform, world,
};
use crate::statistics::{check_distribution, check_mean};
use crate::twin::observed::{NAMES, Sampler, coupled, fast, literal};

fn with_kill_switch(live_from_hours: f64, places: Vec<Place>) -> Input {
    let answering = |(network, class): Place| {
        let answers_kill_switch = true;
        (
            network,
            Class {
                answers_kill_switch,
                ..class
            },
        )
    };
    let places = places.into_iter().map(answering).collect();
    let networks = vec![open_network(0, 64.0)];
    let mut input = world(networks, places, uniform(Scope::Network, 64.0));
    input.kill_switch = Some(KillSwitch { live_from_hours });
    input.horizon_hours = 100.0;
    input
}

fn entry_and_twenty() -> Vec<Place> {
    [vec![host(0, 0.0)], vec![host(0, 1.0); 20]].concat()
}

#[test]
fn live_from_the_beginning_it_lets_nobody_in() {
    for live in [-1.0, 0.0] {
        let input = with_kill_switch(live, entry_and_twenty());
        assert!(
            histories(&input, 50)
                .iter()
                .all(|it| it.infections.is_empty() && it.answers.is_empty())
        );
    }
}

#[test]
fn hosts_that_have_started_go_on_and_infect_whom_it_does_not_answer() {
    let live = 0.05;
    let mut input = with_kill_switch(live, entry_and_twenty());
    let (mut answering, mut other) = (input.classes[1].clone(), input.classes[1].clone());
    answering.answers_kill_switch = true;
    other.answers_kill_switch = false;
    input.classes = vec![input.classes[0].clone(), answering, other];
    for id in 11..21 {
        input.hosts[id].class = 2;
    }
    for history in histories(&input, 500) {
        let late = history.infections.iter().filter(|it| it.hours >= live);
        assert!(
            late.clone().all(|it| it.host >= 11),
            "hosts from 11 on are not answered"
        );
        let fell = history.infections.iter().filter(|it| it.host >= 11).count();
        assert_eq!(fell, 10);
        assert!(history.answers.is_empty());
    }
}

#[test]
fn a_switch_that_is_never_live_changes_nothing() {
    let mut input = with_kill_switch(1e6, entry_and_twenty());
    let with = sample(&input, 2_000, |it| it.infections[20].hours);
    input.kill_switch = None;
    let without = sample(&input, 2_000, |it| it.infections[20].hours);
    let chance = crate::statistics::chance_of_distance(&with, &without);
    assert!(chance > 1e-5, "chance {chance}");
}

#[test]
fn an_answered_host_can_still_crash() {
    // Each probe infects with 1/2, in vain, and else crashes with 1/2.
    let places = vec![host(0, 0.0), host_that_crashes(0, 0.5, 0.5)];
    let mut input = with_kill_switch(0.0, places);
    input.classes[0].answers_kill_switch = false;
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 4_000);
    assert!(histories.iter().all(|it| it.infections.len() == 1));
    let crashes: Vec<f64> = histories.iter().map(|it| it.crashes[0].1).collect();
    check_distribution("crash", &crashes, |hours| 1.0 - (-hours / 4.0).exp());
}

/// Two sweepers that nobody answers and a host that is: each sweep probes it once, and an infection changes nothing.
#[test]
fn each_sweep_probes_an_answered_host_once() {
    let places = vec![host(0, 0.0), host(0, 0.0), host_that_crashes(0, 0.5, 0.8)];
    let mut input = with_kill_switch(0.0, places);
    input.classes[0].answers_kill_switch = false;
    input.streams = vec![sweep(64.0)];
    input.entries = Entries::These(vec![0, 1]);
    let crashed = sample(&input, 40_000, |it| it.crashes.len() as f64);
    let crash = 1.0 - 0.6 * 0.6;
    check_mean("crashed", &crashed, crash, crash * (1.0 - crash));
}

/// After two hours.
fn isolates_itself() -> Response {
    Response {
        after_infections: None,
        counts_disabled: false,
        delay: Delay::Fixed(0.0),
        at_hours: Some(2.0),
        isolates: true,
        patches_per_hour: 0.0,
        rebuilds_per_hour: 0.0,
        staff_schedule: None,
    }
}

/// Off for the first hour, then on: what was infected by then is asked again and is susceptible.
fn switched_on_after_an_hour() -> Input {
    let mut input = with_kill_switch(0.5, vec![host(0, 1.0)]);
    let is_on = std::array::from_fn(|hour| hour > 0);
    input.schedules = vec![Schedule { is_on }];
    input.classes[0].schedule = Some(0);
    input
}

#[test]
fn it_is_asked_again_at_switch_on() {
    for latency in [0.0, 0.25, 30.0] {
        let mut input = switched_on_after_an_hour();
        input.latency = Delay::Fixed(latency);
        for history in histories(&input, 20) {
            assert_eq!(
                (history.infections.len(), &history.answers),
                (1, &vec![(0, 1.0)])
            );
        }
        input.kill_switch = Some(KillSwitch {
            live_from_hours: 1.0,
        });
        assert!(
            histories(&input, 20).iter().all(|it| it.answers.len() == 1),
            "at the very moment"
        );
        input.kill_switch = Some(KillSwitch {
            live_from_hours: 1.5,
        });
        assert!(histories(&input, 20).iter().all(|it| it.answers.is_empty()));
    }
}

#[test]
fn who_is_cut_off_is_not_answered_and_falls_again() {
    let mut input = switched_on_after_an_hour();
    input.organisations[0].response = Some(isolates_itself());
    // A second host is never switched off, was infected before the switch was live, and probes at 1 per hour and address.
    let mut second = input.classes[0].clone();
    second.schedule = None;
    input.classes.push(second);
    input.hosts.push(input.hosts[0]);
    input.hosts[1].class = 1;
    input.entries = Entries::These(vec![0, 1]);
    let histories = histories(&input, 4_000);
    let again: Vec<f64> = histories
        .iter()
        .map(|history| {
            assert_eq!(history.answers, [(0, 1.0)]);
            let repeat = history.infections[2];
            assert!(repeat.is_repeat && !history.infections[0].is_repeat);
            repeat.hours
        })
        .collect();
    check_distribution("fell again", &again, |hours| {
        1.0 - (-(hours - 2.0).max(0.0)).exp()
    });
}

#[test]
fn who_isolates_itself_at_the_very_moment_is_not_answered() {
    let mut at_switch_on = switched_on_after_an_hour();
    let mut at_entry = with_kill_switch(0.0, vec![host(0, 1.0)]);
    for (input, hours) in [(&mut at_switch_on, 1.0), (&mut at_entry, 0.0)] {
        input.organisations[0].response = Some(Response {
            at_hours: Some(hours),
            ..isolates_itself()
        });
        let samplers: [Sampler<'_>; 3] = [&literal, &fast, &coupled];
        for outbreak in samplers.map(|sampler| sampler(input, 1, 0..1)[0]) {
            let of = |name| outbreak[NAMES.iter().position(|it| *it == name).unwrap()];
            assert_eq!(
                (of("infected"), of("answered"), of("acted")),
                (1.0, 0.0, 1.0)
            );
        }
    }
}
