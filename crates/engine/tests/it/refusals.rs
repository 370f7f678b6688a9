//! Inputs that make no sense are refused, with a sentence that names what is wrong.

use wardround_engine::plain::{Delay, Entries, Input, KillSwitch, Link, Prepared, Scope, Stream};

use crate::worlds::{one_network, sweep, uniform};

#[track_caller]
fn check(spoil: impl Fn(&mut Input), expected: &str) {
    let mut input = one_network(3, 64.0, uniform(Scope::Realm, 1.0));
    assert!(Prepared::new(&input).is_ok());
    spoil(&mut input);
    let error = Prepared::new(&input).expect_err("the input is spoilt");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn what_is_named_exists() {
    check(
        |input| input.networks[0].realm = Some(1),
        "network 0 names realm 1, but there are only 1",
    );
    check(
        |input| input.hosts[2].networks = vec![0, 9],
        "host 2 names network 9, but there are only 1",
    );
    check(
        |input| input.links = vec![Link { from: 0, to: 4 }],
        "link 0 names network 4, but there are only 1",
    );
    check(
        |input| input.entries = Entries::OneOf(vec![0, 4]),
        "entry 1 names host 4, but there are only 4",
    );
}

#[test]
fn address_spaces_hold_what_is_in_them() {
    check(
        |input| input.networks[0].addresses = 3.0,
        "network 0 has 3 addresses for 4 hosts",
    );
    check(
        |input| input.realms[0].addresses = 63.0,
        "realm 0 has 63 addresses, its networks together 64",
    );
    check(
        |input| input.networks[0].addresses = 0.0,
        "network 0 has 0 addresses, which is not a finite number of at least 1",
    );
    check(
        |input| input.realms[0].addresses = f64::INFINITY,
        "realm 0 has inf addresses, which is not a finite number of at least 1",
    );
}

#[test]
fn chances_are_between_0_and_1() {
    check(
        |input| input.hosts[1].success = 1.5,
        "the chance of success of host 1 is 1.5, not between 0 and 1",
    );
    check(
        |input| input.hosts[3].crash = -0.5,
        "the chance of crash of host 3 is -0.5, not between 0 and 1",
    );
    check(
        |input| input.hosts[3].crash = f32::NAN,
        "the chance of crash of host 3 is NaN, not between 0 and 1",
    );
}

#[test]
fn rates_and_the_horizon_are_bounded() {
    check(
        |input| input.streams[0] = sweep(2e9),
        "stream 0 makes 2000000000 probes per hour, not between 0 and 1000000000",
    );
    check(
        |input| input.streams[0] = uniform(Scope::Network, f64::NAN),
        "stream 0 makes NaN probes per hour, not between 0 and 1000000000",
    );
    for hours in [0.0, -1.0, 8_785.0, f64::NAN, f64::INFINITY] {
        check(
            |input| input.horizon_hours = hours,
            &format!("the horizon is {hours} hours, not above 0 and at most 8784"),
        );
    }
    let many = |input: &mut Input| {
        input.streams = vec![
            Stream::Sweep {
                probes_per_hour: 1.0
            };
            17
        ]
    };
    check(many, "the input has too many streams: 17, at most 16");
}

#[test]
fn delays_are_durations() {
    for delay in [
        Delay::Fixed(-1.0),
        Delay::Fixed(f64::INFINITY),
        Delay::Exponential { mean: f64::NAN },
        Delay::Uniform { from: 2.0, to: 1.0 },
        Delay::Uniform {
            from: -2.0,
            to: 1.0,
        },
    ] {
        let problem = |which| {
            format!(
                "the {which} delay is negative, not finite, or its bounds are in the wrong order"
            )
        };
        check(|input| input.latency = delay, &problem("latency"));
        check(|input| input.removal = Some(delay), &problem("removal"));
    }
    let switch = KillSwitch {
        live_from_hours: f64::NAN,
    };
    check(
        |input| input.kill_switch = Some(switch),
        "the kill switch is live from NaN hours, which is not a finite number",
    );
}

#[test]
fn each_thing_is_named_once() {
    check(
        |input| input.hosts[1].networks = vec![0, 0],
        "host 1 is attached to network 0 twice",
    );
    check(
        |input| input.entries = Entries::These(vec![1, 2, 1]),
        "the entries name host 1 twice",
    );
    check(
        |input| input.entries = Entries::These(Vec::new()),
        "the entries name no host",
    );
    check(
        |input| input.entries = Entries::OneOf(Vec::new()),
        "the entries name no host",
    );
}
