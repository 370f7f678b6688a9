//! What holds in every history of every valid input.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wardround_engine::plain::{
    Across, Delay, Entries, Host, Input, KillSwitch, Link, Network, Prepared, Realm, Scope,
    Scratch, Stream,
};

use crate::worlds::{histories, host, open_network, uniform, world};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn a_history_is_consistent(input in any_input(), seed: u64, replicate: u64) {
        let prepared = Prepared::new(&input).expect("the strategy makes valid inputs");
        let mut scratch = Scratch::new();
        let history = prepared.replicate(seed, replicate, &mut scratch);
        prop_assert_eq!(&history, &prepared.replicate(seed, replicate, &mut scratch));

        let mut infected: BTreeMap<u32, f64> = BTreeMap::new();
        let mut before = 0.0;
        for (position, infection) in history.infections.iter().enumerate() {
            prop_assert!(infection.hours >= before && infection.hours <= input.horizon_hours);
            before = infection.hours;
            prop_assert!(infected.insert(infection.host, infection.hours).is_none(), "infected twice");
            let host = &input.hosts[infection.host as usize];
            match infection.from {
                None => {
                    prop_assert_eq!((infection.hours, infection.across), (0.0, Across::Entry));
                    prop_assert!(position < entries(&input).len() && entries(&input).contains(&infection.host));
                }
                Some(from) => {
                    prop_assert!(host.success > 0.0);
                    prop_assert!(infected.contains_key(&from), "infected by a host that was not");
                    prop_assert!(host.networks.iter().any(|&network| prepared.reaches(from, network)));
                    prop_assert!(infection.across != Across::Entry);
                }
            }
        }

        let lasting: Vec<u32> = history.lasting().map(|infection| infection.host).collect();
        prop_assert_eq!(lasting.len(), history.lasting_count());
        let mut before = 0.0;
        for answer in &history.answers {
            prop_assert!(answer.hours >= before);
            before = answer.hours;
            prop_assert_eq!(history.infections[answer.infection as usize].host, answer.host);
            prop_assert!(input.hosts[answer.host as usize].answers_kill_switch);
            prop_assert!(input.kill_switch.is_some_and(|switch| answer.hours >= switch.live_from_hours));
            prop_assert!(history.infections.iter().all(|infection| infection.from != Some(answer.host)));
        }
        let mut crashed: Vec<u32> = history.crashes.iter().map(|crash| crash.host).collect();
        for crash in &history.crashes {
            let host = &input.hosts[crash.host as usize];
            prop_assert!(host.crash > 0.0 && host.success < 1.0);
            prop_assert!(crash.hours <= input.horizon_hours && !lasting.contains(&crash.host));
        }
        crashed.sort_unstable();
        crashed.dedup();
        prop_assert_eq!(crashed.len(), history.crashes.len(), "crashed twice");
    }
}

/// If a source that probes sparsely were drawn as often as its target's dense neighbours, this would take days.
#[test]
fn sparse_sources_cost_nothing_beside_dense_ones() {
    let closed = |organisation| Network {
        enters: false,
        ..open_network(organisation, 32.0)
    };
    let hosts = vec![host(0, 0.0), host(1, 1.0), host(1, 1.0)];
    let dense = uniform(Scope::Network, Input::MAX_PROBES_PER_HOUR);
    let mut input = world(vec![closed(0), closed(1)], hosts, dense);
    input.streams.push(uniform(Scope::Realm, 1.0));
    input.realms[0].addresses = 1e12;
    input.links = vec![Link { from: 0, to: 1 }];
    input.horizon_hours = Input::MAX_HORIZON_HOURS;
    assert!(
        histories(&input, 100)
            .iter()
            .all(|history| history.infections.len() == 1)
    );
}

fn entries(input: &Input) -> &[u32] {
    let (Entries::OneOf(hosts) | Entries::These(hosts)) = &input.entries;
    hosts
}

/// Any valid input of up to 20 hosts, extremes of every number included.
fn any_input() -> impl Strategy<Value = Input> {
    let networks = prop::collection::vec(any_network(), 0..6);
    let hosts = prop::collection::vec(any_host(), 1..20);
    let streams = prop::collection::vec(any_stream(), 0..4);
    let links = prop::collection::vec((0_u32..6, 0_u32..6), 0..4);
    let kill_switch = prop::option::of(
        (-2.0..9.0_f64).prop_map(|live_from_hours| KillSwitch { live_from_hours }),
    );
    let horizon = prop_oneof![
        Just(Input::MAX_HORIZON_HOURS),
        Just(f64::MIN_POSITIVE),
        0.1..48.0
    ];
    let times = (
        any_delay(),
        prop::option::of(any_delay()),
        kill_switch,
        horizon,
    );
    (networks, hosts, streams, links, times, any::<bool>()).prop_map(assemble)
}

type Parts = (
    Vec<Network>,
    Vec<Host>,
    Vec<Stream>,
    Vec<(u32, u32)>,
    (Delay, Option<Delay>, Option<KillSwitch>, f64),
    bool,
);

fn assemble((networks, mut hosts, streams, links, times, is_one_of): Parts) -> Input {
    let count = networks.len() as u32;
    hosts
        .iter_mut()
        .for_each(|host| host.networks.retain(|&network| network < count));
    let links = links
        .into_iter()
        .filter(|&(from, to)| from < count && to < count);
    let (latency, removal, kill_switch, horizon_hours) = times;
    let entries = (0..hosts.len() as u32).step_by(4).collect();
    Input {
        realms: vec![Realm { addresses: 1e30 }, Realm { addresses: 1e5 }],
        networks,
        links: links.map(|(from, to)| Link { from, to }).collect(),
        hosts,
        streams,
        latency,
        removal,
        kill_switch,
        entries: if is_one_of {
            Entries::OneOf(entries)
        } else {
            Entries::These(entries)
        },
        horizon_hours,
    }
}

fn any_network() -> impl Strategy<Value = Network> {
    let realm = prop_oneof![Just(None), Just(Some(0)), Just(Some(1))];
    (0_u32..3, realm, any::<[bool; 4]>(), 20.0..300.0).prop_map(
        |(organisation, realm, allowed, addresses)| Network {
            organisation: [7, 0, u32::MAX][organisation as usize],
            realm,
            addresses,
            leaves: allowed[0],
            enters: allowed[1],
            leaves_organisation: allowed[2],
            enters_organisation: allowed[3],
        },
    )
}

fn any_host() -> impl Strategy<Value = Host> {
    let chance = || {
        prop_oneof![
            Just(0.0_f32),
            Just(1.0),
            Just(f32::MIN_POSITIVE),
            0.0..1.0_f32
        ]
    };
    let networks = prop::collection::btree_set(0_u32..6, 0..4);
    (networks, chance(), chance(), any::<bool>()).prop_map(
        |(networks, success, crash, answers_kill_switch)| Host {
            networks: networks.into_iter().collect(),
            success,
            crash,
            answers_kill_switch,
        },
    )
}

fn any_stream() -> impl Strategy<Value = Stream> {
    let rate = || {
        prop_oneof![
            Just(0.0),
            Just(f64::MIN_POSITIVE),
            Just(Input::MAX_PROBES_PER_HOUR),
            0.0..1e3
        ]
    };
    let scope = prop_oneof![
        Just(Scope::Network),
        Just(Scope::Organisation),
        Just(Scope::Realm)
    ];
    prop_oneof![
        (scope, rate()).prop_map(|(scope, probes_per_hour)| Stream::Uniform {
            scope,
            probes_per_hour
        }),
        rate().prop_map(|probes_per_hour| Stream::Sweep { probes_per_hour }),
    ]
}

fn any_delay() -> impl Strategy<Value = Delay> {
    let hours = || prop_oneof![Just(0.0), Just(f64::MAX), 0.0..10.0];
    prop_oneof![
        hours().prop_map(Delay::Fixed),
        hours().prop_map(|mean| Delay::Exponential { mean }),
        (hours(), hours()).prop_map(|(a, b): (f64, f64)| Delay::Uniform {
            from: a.min(b),
            to: a.max(b)
        }),
    ]
}
