//! Estates whose addresses are scanned until everyone has fallen.
//!
//! 5 probes per hour into the own network, 1 into the own organisation, 2 into all addresses of the realm, 10 entries.

use wardround_engine::{
    Class, Contact, Delay, Dormancy, Entries, Host, Input, KillSwitch, Network, Opening,
    Organisation, Outside, Payload, Pressure, Realm, Response, Schedule, Scope, Stream, StreamKind,
};

/// What of the process an estate has, besides infection.
#[derive(Clone, Copy)]
pub(crate) enum Features {
    /// One class, active at once and for good.
    Falls,
    /// Active for 10 hours on average.
    Removed,
    /// Eight classes of hosts.
    Classes,
    /// Three classes and the whole process: latency, dormancy, removal, crashes, payload, a kill switch that goes live,
    /// working hours, pressure from outside, and every organisation notices, isolates itself, patches and rebuilds.
    /// Latency lasts a fixed time; probes are even in their sets, so that sources can be counted generously.
    Whole,
    /// The same, but hosts go through their own network address by address, and are latent without memory: then it is known of
    /// each host where it stands.
    Sweeps,
    /// `Sweeps`, and one host in ten tries ten others anywhere, by a second vector: these are told apart from all others.
    Contacts,
}

/// 1.5 million hosts: 30,000 networks of 256 addresses with 10 to 90 hosts each, and 8,000 organisations with 1 to 17
/// networks; how many repeats without pattern.
pub(crate) fn national(features: Features) -> Input {
    let mut organisation = 0;
    let mut left = 1;
    let sizes = (0..30_000_u32).map(|network| {
        if left == 0 {
            organisation += 1;
            left = [1, 1, 1, 2, 2, 3, 3, 4, 4, 17][scatter(organisation) as usize % 10];
        }
        left -= 1;
        (organisation, 10 + scatter(network) % 81)
    });
    estate(&sizes.collect::<Vec<_>>(), features)
}

/// 2,000 hosts in 40 networks of 8 organisations, which fit the nearest cache.
pub(crate) fn floor(features: Features) -> Input {
    let sizes: Vec<(u32, u32)> = (0..40).map(|network| (network / 5, 50)).collect();
    estate(&sizes, features)
}

fn scatter(number: u32) -> u32 {
    (number.wrapping_mul(0x9e37_79b1) ^ (number >> 3)).wrapping_mul(0x85eb_ca6b) >> 16
}

fn class(success: f32) -> Class {
    Class {
        openings: vec![Opening {
            success,
            crash: 0.0,
        }],
        carries: vec![true],
        answers_kill_switch: false,
        is_exposed: false,
        schedule: None,
        patched: None,
    }
}

fn estate(sizes: &[(u32, u32)], features: Features) -> Input {
    let networks: Vec<Network> = sizes
        .iter()
        .map(|&(organisation, _)| Network {
            organisation,
            realm: Some(0),
            addresses: 256.0,
            leaves: true,
            enters: true,
            leaves_organisation: true,
            enters_organisation: true,
        })
        .collect();
    let classes: Vec<Class> = match features {
        Features::Falls | Features::Removed => vec![class(1.0)],
        Features::Classes => (0_u8..8)
            .map(|number| class(1.0 - f32::from(number) / 10.0))
            .collect(),
        Features::Whole | Features::Sweeps => whole_classes(1),
        Features::Contacts => whole_classes(2),
    };
    // The whole process has patched classes after the three that hosts begin in.
    let count = match features {
        Features::Whole | Features::Sweeps | Features::Contacts => 3,
        _ => classes.len() as u32,
    };
    let mut first_of_network = Vec::new();
    let mut hosts = Vec::new();
    for (network, &(_, size)) in (0..).zip(sizes) {
        first_of_network.push(hosts.len() as u32);
        hosts.extend((0..size).map(|number| Host {
            network: Some(network),
            class: (number % count) as u16,
        }));
    }
    let organisations = sizes.last().map_or(0, |last| last.0) as usize + 1;
    let stream = |scope, probes_per_hour| Stream {
        vector: 0,
        kind: StreamKind::Uniform(scope),
        probes_per_hour,
    };
    let entries = (0..10).map(|entry| first_of_network[entry * (sizes.len() / 10)]);
    let mut input = Input {
        realms: vec![Realm {
            addresses: 256.0 * sizes.len() as f64,
        }],
        organisations: vec![Organisation::default(); organisations],
        networks,
        links: Vec::new(),
        vectors: 1,
        classes,
        schedules: Vec::new(),
        hosts,
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![
            stream(Scope::Network, 5.0),
            stream(Scope::Organisation, 1.0),
            stream(Scope::Realm, 2.0),
        ],
        latency: Delay::Fixed(0.0),
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 33.0,
        entries: Entries::These(entries.collect()),
        horizon_hours: Input::MAX_HORIZON_HOURS,
    };
    match features {
        Features::Removed => input.removal_mean_hours = Some(10.0),
        Features::Whole => make_whole(&mut input),
        Features::Sweeps => make_sweeping(&mut input),
        Features::Contacts => {
            make_sweeping(&mut input);
            add_contacts(&mut input);
        }
        Features::Falls | Features::Classes => {}
    }
    input
}

/// Always on and crashing; on in working hours; exposed and asking the kill switch. Then the same, patched.
fn whole_classes(vectors: usize) -> Vec<Class> {
    let crashing = Class {
        openings: vec![Opening {
            success: 0.9,
            crash: 0.2,
        }],
        ..class(0.9)
    };
    let working = Class {
        schedule: Some(0),
        ..class(1.0)
    };
    let exposed = Class {
        answers_kill_switch: true,
        is_exposed: true,
        ..class(0.8)
    };
    let open = [crashing, working, exposed];
    let patched = open.clone().map(|class| Class {
        openings: vec![Opening::CLOSED],
        ..class
    });
    let open = (3..).zip(open).map(|(number, class)| Class {
        patched: Some(number),
        ..class
    });
    let mut classes: Vec<Class> = open.chain(patched).collect();
    for class in &mut classes {
        // A log-on works whether patched or not.
        class.openings.resize(
            vectors,
            Opening {
                success: 1.0,
                crash: 0.0,
            },
        );
        class.carries.resize(vectors, true);
    }
    classes
}

fn make_sweeping(input: &mut Input) {
    make_whole(input);
    input.latency = Delay::Exponential { mean: 0.1 };
    input.streams[0] = Stream {
        vector: 0,
        kind: StreamKind::Sweep,
        probes_per_hour: 40.0,
    };
}

fn add_contacts(input: &mut Input) {
    input.vectors = 2;
    let count = input.hosts.len() as u32;
    for from in (0..count).step_by(10) {
        for turn in 0..10 {
            // Among the hosts that have contacts themselves.
            let to = (from + 10 * (1 + scatter(from ^ turn << 20) % (count / 10 - 1))) % count;
            if to / 10 * 10 != from {
                input.contacts.push(Contact {
                    from,
                    to: to / 10 * 10,
                    vector: 1,
                    attempts_per_hour: 0.1,
                });
            }
        }
    }
}

fn make_whole(input: &mut Input) {
    let mut is_on = [false; 168];
    for day in 0..5 {
        is_on[day * 24 + 7..day * 24 + 19].fill(true);
    }
    input.schedules = vec![Schedule { is_on }];
    input.latency = Delay::Fixed(0.1);
    input.dormancy = Some(Dormancy {
        falls_per_hour: 0.01,
        wakes_per_hour: 0.1,
    });
    input.removal_mean_hours = Some(40.0);
    input.payload = Some(Payload {
        mean_hours: 2.0,
        ends_spread: false,
    });
    input.kill_switch = Some(KillSwitch {
        live_from_hours: 12.0,
    });
    input.outside = Some(Outside {
        vector: 0,
        pressure: vec![Pressure {
            from_hours: 0.0,
            probes_per_hour: 1e-4,
        }],
    });
    for organisation in &mut input.organisations {
        organisation.response = Some(Response {
            after_infections: Some(3),
            counts_disabled: false,
            delay: Delay::Fixed(12.0),
            at_hours: Some(72.0),
            isolates: true,
            patches_per_hour: 0.5,
            rebuilds_per_hour: 0.5,
            staff_schedule: Some(0),
        });
    }
    input.horizon_hours = 96.0;
}
