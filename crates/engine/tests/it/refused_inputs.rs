//! Inputs that make no sense are refused, with a sentence that names what is wrong.

use wardround_engine::{
    Attachment, Contact, Delay, Entries, Input, KillSwitch, Link, Outside, Pressure, Response,
    Scope, fast,
};

use crate::small_worlds::{one_network, sweep, uniform};

#[track_caller]
fn check(spoil: impl Fn(&mut Input), expected: &str) {
    let mut input = one_network(3, 1.0, 64.0, uniform(Scope::Realm, 1.0));
    assert!(fast::Prepared::new(&input).is_ok());
    spoil(&mut input);
    let error = fast::Prepared::new(&input).expect_err("the input is spoilt");
    assert_eq!(error.to_string(), expected);
}

fn response() -> Response {
    Response {
        after_infections: Some(1),
        counts_disabled: false,
        delay: Delay::Fixed(0.0),
        at_hours: None,
        isolates: false,
        patches_per_hour: 0.0,
        rebuilds_per_hour: 0.0,
        staff_schedule: None,
    }
}

fn contact(from: u32, to: u32) -> Contact {
    Contact {
        from,
        to,
        vector: 0,
        attempts_per_hour: 1.0,
    }
}

#[test]
fn what_is_named_exists() {
    check(
        |input| input.networks[0].realm = Some(1),
        "network 0 names realm 1, but there are only 1",
    );
    check(
        |input| input.networks[0].organisation = 1,
        "network 0 names organisation 1, but there are only 1",
    );
    check(
        |input| input.hosts[2].network = Some(9),
        "host 2 names network 9, but there are only 1",
    );
    check(
        |input| input.hosts[2].class = 2,
        "host 2 names class 2, but there are only 2",
    );
    check(
        |input| input.links = vec![Link { from: 0, to: 4 }],
        "link 0 names network 4, but there are only 1",
    );
    check(
        |input| input.entries = Entries::OneOf(vec![0, 4]),
        "entry 1 names host 4, but there are only 4",
    );
    check(
        |input| input.contacts = vec![contact(0, 4)],
        "contact 0 names host 4, but there are only 4",
    );
    check(
        |input| input.streams[0].vector = 1,
        "stream 0 names vector 1, but there are only 1",
    );
    check(
        |input| input.classes[1].schedule = Some(0),
        "class 1 names schedule 0, but there are only 0",
    );
}

#[test]
fn address_spaces_hold_what_is_in_them() {
    check(
        |input| input.networks[0].addresses = 3.0,
        "network 0 has 3 addresses for 4 hosts",
    );
    check(
        |input| {
            input.networks[0].addresses = 64.0;
            input.realms[0].addresses = 63.0;
        },
        "realm 0 has 63 addresses, its networks together 64",
    );
    let error = |input: &mut Input| input.networks[0].addresses = f64::NAN;
    check(
        error,
        &format!(
            "addresses of network 0 is NaN, not between 1 and {}",
            f64::MAX
        ),
    );
}

#[test]
fn chances_rates_and_the_horizon_are_bounded() {
    check(
        |input| input.classes[1].openings[0].success = 1.5,
        "success of class 1 is 1.5, not between 0 and 1",
    );
    check(
        |input| input.classes[1].openings[0].crash = f32::NAN,
        "crash of class 1 is NaN, not between 0 and 1",
    );
    check(
        |input| input.streams[0] = sweep(2e9),
        "probes per hour of stream 0 is 2000000000, not between 0 and 1000000000",
    );
    for hours in [0.0, -1.0, 8_785.0, f64::NAN, f64::INFINITY] {
        let least = f64::MIN_POSITIVE;
        check(
            |input| input.horizon_hours = hours,
            &format!("hours of horizon 0 is {hours}, not between {least} and 8784"),
        );
    }
    check(
        |input| input.streams = vec![sweep(1.0); 17],
        "the input has 17 streams, not between 0 and 16",
    );
    check(
        |input| input.start_hour_of_week = 168.0,
        &format!(
            "hour of the week of start 0 is 168, not between 0 and {}",
            168.0_f64.next_down()
        ),
    );
    let switch = KillSwitch {
        live_from_hours: f64::NAN,
    };
    check(
        |input| input.kill_switch = Some(switch),
        "hour of kill switch 0 is NaN, not between -1000000000 and 1000000000",
    );
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
            format!("the {which} is negative, not finite, or its bounds are in the wrong order")
        };
        check(|input| input.latency = delay, &problem("latency delay"));
        let late = Response {
            delay,
            ..response()
        };
        check(
            |input| input.organisations[0].response = Some(late.clone()),
            &problem("delay of a response"),
        );
    }
}

#[test]
fn each_thing_is_named_once_and_in_order() {
    let more = |host, network| Attachment { host, network };
    check(
        |input| input.further = vec![more(1, 0)],
        "host 1 is attached to network 0 twice",
    );
    check(
        |input| {
            input.networks.push(input.networks[0]);
            input.further = vec![more(2, 1), more(1, 1)];
        },
        "further attachment 1 is out of order, or its host 1 has no network of its own",
    );
    check(
        |input| input.entries = Entries::These(vec![1, 2, 1]),
        "the entries name host 1 twice",
    );
    for entries in [Entries::These(Vec::new()), Entries::OneOf(Vec::new())] {
        check(
            |input| input.entries = entries.clone(),
            "the input has 0 entries, not between 1 and 4",
        );
    }
    check(
        |input| input.contacts = vec![contact(2, 2)],
        "contact 0 leads from host 2 to itself",
    );
    let step = |from_hours| Pressure {
        from_hours,
        probes_per_hour: 1.0,
    };
    let outside = Outside {
        vector: 0,
        pressure: vec![step(1.0), step(1.0)],
    };
    check(
        |input| input.outside = Some(outside.clone()),
        "step 1 of the pressure from outside is not after the one before",
    );
}

#[test]
fn a_patch_only_closes() {
    check(
        |input| {
            let mut patched = input.classes[1].clone();
            patched.openings[0].success = 0.5;
            input.classes[1].patched = Some(2);
            input.classes.push(patched);
        },
        "class 1 is patched into class 2, which differs in more than closed openings",
    );
}
