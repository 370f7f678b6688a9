//! The kill switch: checked once at each start, and what an answer leaves behind.

use wardround_engine::plain::{Answer, Delay, Entries, Input, KillSwitch, Scope};

use crate::statistics::{check_distribution, check_mean};
use crate::worlds::{histories, host, one_network, sweep, uniform};

fn with_kill_switch(live_from_hours: f64) -> Input {
    let mut input = one_network(20, 64.0, uniform(Scope::Network, 64.0));
    input.kill_switch = Some(KillSwitch { live_from_hours });
    input
        .hosts
        .iter_mut()
        .for_each(|host| host.answers_kill_switch = true);
    input.latency = Delay::Fixed(0.5);
    input.horizon_hours = 100.0;
    input
}

#[test]
fn live_from_the_beginning_it_ends_the_entry() {
    for history in histories(&with_kill_switch(-1.0), 50) {
        assert_eq!(history.infections.len(), 1);
        assert_eq!(
            history.answers,
            [Answer {
                infection: 0,
                host: 0,
                hours: 0.5
            }]
        );
        assert_eq!(history.lasting_count(), 0);
        assert_eq!(history.lasting().count(), 0);
    }
}

#[test]
fn it_is_live_at_the_very_moment() {
    assert!(
        histories(&with_kill_switch(0.5), 5)
            .iter()
            .all(|history| history.lasting_count() == 0)
    );
}

#[test]
fn hosts_that_are_active_already_go_on() {
    let live = 0.75;
    for history in histories(&with_kill_switch(live), 200) {
        // The entry became active before; all others fall to it and are answered, each once.
        assert_eq!((history.infections.len(), history.answers.len()), (21, 20));
        assert!(
            history.infections[1..]
                .iter()
                .all(|infection| infection.from == Some(0))
        );
        let lasting: Vec<u32> = history.lasting().map(|infection| infection.host).collect();
        assert_eq!(lasting, [0]);
        for answer in &history.answers {
            let infection = history.infections[answer.infection as usize];
            assert_eq!(
                (answer.host, answer.hours),
                (infection.host, infection.hours + 0.5)
            );
        }
    }
}

#[test]
fn hosts_without_egress_never_hear_the_answer() {
    let mut input = with_kill_switch(0.0);
    input
        .hosts
        .iter_mut()
        .step_by(2)
        .for_each(|host| host.answers_kill_switch = false);
    for history in histories(&input, 50) {
        assert_eq!((history.infections.len(), history.answers.len()), (21, 10));
        assert!(history.answers.iter().all(|answer| answer.host % 2 == 1));
        assert!(history.lasting().all(|infection| infection.host % 2 == 0));
        assert!(
            history
                .infections
                .iter()
                .all(|infection| infection.from.is_none_or(|from| from % 2 == 0))
        );
    }
}

#[test]
fn a_switch_that_is_never_live_changes_nothing_in_law() {
    let mut input = with_kill_switch(1e6);
    let with = histories(&input, 100);
    input.kill_switch = None;
    assert_eq!(with, histories(&input, 100));
}

#[test]
fn an_answered_host_can_still_crash() {
    // Each probe infects with 1/2 and else crashes with 1/2. The host starts, and is answered, at once.
    let mut input = with_kill_switch(0.0);
    input.hosts.truncate(2);
    input.hosts[0].answers_kill_switch = false;
    input.hosts[1].success = 0.5;
    input.hosts[1].crash = 0.5;
    input.latency = Delay::Fixed(0.0);
    input.horizon_hours = 1_000.0;
    let histories = histories(&input, 4_000);
    let infected: Vec<f64> = histories
        .iter()
        .map(|history| (history.infections.len() - 1) as f64)
        .collect();
    check_mean("infected first", &infected, 2.0 / 3.0, 2.0 / 9.0);
    let crashes: Vec<f64> = histories
        .iter()
        .map(|history| history.crashes[0].hours)
        .collect();
    check_distribution("crash", &crashes, |hours| 1.0 - (-hours / 4.0).exp());
}

/// Two sweepers that nobody answers, and one host in the network that is. Each sweep probes it once: it crashes if a
/// probe fails to infect and crashes, unless it is latent at that moment.
#[test]
fn each_sweep_probes_an_answered_host_once() {
    let mut input = with_kill_switch(0.0);
    input.streams = vec![sweep(64.0)];
    input.hosts = vec![host(0, 0.0), host(0, 0.0), host(0, 0.5)];
    input.hosts[2].crash = 0.8;
    input.hosts[2].answers_kill_switch = true;
    input.entries = Entries::These(vec![0, 1]);
    let replicates = 40_000;
    for latency in [0.0, 0.3] {
        input.latency = Delay::Fixed(latency);
        let histories = histories(&input, replicates);
        let count = |value: bool| f64::from(u8::from(value));
        let infected: Vec<f64> = histories
            .iter()
            .map(|history| count(history.infections.len() == 3))
            .collect();
        let crashed: Vec<f64> = histories
            .iter()
            .map(|history| count(!history.crashes.is_empty()))
            .collect();
        // Outcomes of the two probes in order of time: infects 0.5, crashes 0.4, nothing 0.1.
        let first = 0.5 + 0.1 * 0.5;
        check_mean("infected", &infected, first, first * (1.0 - first));
        // After infection by the earlier probe the later one is lost on it if it comes within the latency.
        let later_in_time = (1.0_f64 - latency).powi(2);
        let crash = 0.4 + 0.1 * 0.4 + 0.5 * 0.4 * later_in_time;
        check_mean("crashed", &crashed, crash, crash * (1.0 - crash));
    }
}
