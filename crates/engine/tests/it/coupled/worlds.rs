//! Small worlds that hosts are attached to at random.

use proptest::prelude::*;
use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{
    Attachment, Class, Contact, Delay, Dormancy, Entries, Event, Host, Input, Link, Network,
    Opening, Organisation, Outside, Payload, Pressure, Realm, Schedule, Scope, Stream, StreamKind,
};

pub(crate) const HOSTS: u32 = 40;
const NETWORKS: u32 = 6;

/// Everything that happens in a replicate.
pub(crate) fn events(input: &Input, seed: u64, replicate: u64) -> Vec<(f64, Event)> {
    let prepared = Prepared::new(input).expect("the world is written to be valid");
    let mut events = Vec::new();
    prepared.sample(seed, replicate, &mut Scratch::new(), &mut events);
    events
}

/// When each host was first infected; infinite if never.
pub(crate) fn falls(input: &Input, seed: u64, replicate: u64) -> Vec<f64> {
    let mut falls = vec![f64::INFINITY; input.hosts.len()];
    for (hours, event) in events(input, seed, replicate) {
        if let Event::Infected { unit, .. } = event {
            let first = &mut falls[unit as usize];
            *first = first.min(hours);
        }
    }
    falls
}

pub(crate) fn class(success: f32) -> Class {
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

pub(crate) fn network(organisation: u32, addresses: f64) -> Network {
    Network {
        organisation,
        realm: Some(0),
        addresses,
        leaves: true,
        enters: true,
        leaves_organisation: true,
        enters_organisation: true,
    }
}

pub(crate) fn stream(scope: Scope, probes_per_hour: f64) -> Stream {
    Stream {
        vector: 0,
        kind: StreamKind::Uniform(scope),
        probes_per_hour,
    }
}

/// One network, one vector, one entry, everybody open.
pub(crate) fn plain(hosts: u32, addresses: f64, probes_per_hour: f64) -> Input {
    Input {
        realms: vec![Realm { addresses }],
        organisations: vec![Organisation::default()],
        networks: vec![network(0, addresses)],
        links: Vec::new(),
        vectors: 1,
        classes: vec![class(1.0), class(0.0)],
        schedules: Vec::new(),
        hosts: vec![
            Host {
                network: Some(0),
                class: 0,
            };
            hosts as usize
        ],
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![stream(Scope::Network, probes_per_hour)],
        latency: Delay::Fixed(0.0),
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 9.5,
        entries: Entries::These(vec![0]),
        horizon_hours: 24.0,
    }
}

prop_compose! {
    /// A world in which the law holds: nobody crashes, responds or is answered, and nobody is switched off.
    pub(crate) fn world()(
        networks in prop::collection::vec(
            (0..3_u32, prop::option::weighted(0.9, 0..2_u32), any::<[bool; 4]>()),
            NETWORKS as usize,
        ),
        hosts in prop::collection::vec((prop::option::weighted(0.95, 0..NETWORKS), 0..4_u16), HOSTS as usize),
        further in prop::collection::btree_set((0..HOSTS, 0..NETWORKS), 0..8),
        links in prop::collection::vec((0..NETWORKS, 0..NETWORKS), 0..4),
        contacts in prop::collection::vec((0..HOSTS, 0..HOSTS, 0..2_u8), 0..60),
        successes in prop::collection::vec((0.1..1.0_f32, any::<bool>(), any::<bool>()), 8),
        rates in prop::array::uniform5(0.0..2.0_f64),
        has in any::<[bool; 5]>(),
        entry in 0..HOSTS,
    ) -> Input {
        let networks: Vec<Network> = networks.into_iter().map(|(organisation, realm, open)| Network {
            organisation,
            realm,
            addresses: 50.0,
            leaves: open[0],
            enters: open[1],
            leaves_organisation: open[2],
            enters_organisation: open[3],
        }).collect();
        let classes = successes.chunks(2).map(|of| Class {
            openings: of.iter().map(|it| Opening { success: it.0, crash: 0.0 }).collect(),
            carries: of.iter().map(|it| it.1).collect(),
            is_exposed: of[0].2,
            ..class(0.0)
        }).collect();
        let hosts: Vec<Host> = hosts.into_iter().map(|(network, class)| Host { network, class }).collect();
        let further = further.into_iter().filter(|&(host, network)| {
            hosts[host as usize].network.is_some_and(|first| first != network)
        });
        let further = further.map(|(host, network)| Attachment { host, network }).collect();
        let scopes = [Scope::Network, Scope::Organisation, Scope::Realm, Scope::Realm];
        let mut streams: Vec<Stream> = (0..4_u8).map(|it| Stream {
            vector: it % 2,
            ..stream(scopes[usize::from(it)], 2.0 * rates[usize::from(it)])
        }).collect();
        if has[0] {
            streams.push(Stream { vector: 0, kind: StreamKind::Sweep, probes_per_hour: 4.0 });
        }
        let pressure = vec![Pressure { from_hours: 2.0, probes_per_hour: 0.02 }];
        Input {
            realms: vec![Realm { addresses: 400.0 }; 2],
            organisations: vec![Organisation::default(); 3],
            networks,
            links: links.into_iter().map(|(from, to)| Link { from, to }).collect(),
            vectors: 2,
            classes,
            hosts,
            further,
            contacts: contacts.into_iter().filter(|it| it.0 != it.1).map(|(from, to, vector)| Contact {
                from, to, vector, attempts_per_hour: rates[4] as f32 / 8.0,
            }).collect(),
            streams,
            latency: if has[1] { Delay::Exponential { mean: 0.5 } } else { Delay::Fixed(0.0) },
            dormancy: has[2].then_some(Dormancy { falls_per_hour: 0.2, wakes_per_hour: 0.5 }),
            removal_mean_hours: has[3].then_some(9.0),
            payload: has[4].then_some(Payload { mean_hours: 9.0, ends_spread: true }),
            outside: Some(Outside { vector: 1, pressure }),
            entries: Entries::These(vec![entry]),
            ..plain(0, 400.0, 0.0)
        }
    }
}

/// The same world with hosts switched on and off, and nothing that makes the law fail then.
pub(crate) fn in_shifts(mut input: Input, hours: u64) -> Input {
    let is_on = std::array::from_fn(|hour| !(hour / 5 + hours as usize).is_multiple_of(3));
    input.schedules = vec![Schedule { is_on }];
    input.classes[1].schedule = Some(0);
    input.classes[2].schedule = Some(0);
    input.contacts.clear();
    input.streams.retain(|it| it.kind != StreamKind::Sweep);
    input.dormancy = None;
    input.removal_mean_hours = None;
    input.payload = None;
    input
}
