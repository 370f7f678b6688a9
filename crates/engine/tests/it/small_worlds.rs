//! Small inputs to start from, and what the fast sampler says of single hosts in them.

use wardround_engine::{
    Across, Class, Delay, Entries, Event, Host, Input, Network, Opening, Organisation, Realm,
    Scope, Stream, StreamKind, fast,
};

/// A network that everything may leave and enter.
pub(crate) fn open_network(organisation: u32, addresses: f64) -> Network {
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

/// A network, if any, and a kind of host.
pub(crate) type Place = (Option<u32>, Class);

/// A host of one network that a probe infects with some chance.
pub(crate) fn host(network: u32, success: f32) -> Place {
    host_that_crashes(network, success, 0.0)
}

/// The same, of which a failed probe crashes some.
pub(crate) fn host_that_crashes(network: u32, success: f32, crash: f32) -> Place {
    let class = Class {
        openings: vec![Opening { success, crash }],
        carries: vec![true],
        answers_kill_switch: false,
        is_exposed: false,
        schedule: None,
        patched: None,
    };
    (Some(network), class)
}

pub(crate) fn uniform(scope: Scope, probes_per_hour: f64) -> Stream {
    stream(StreamKind::Uniform(scope), probes_per_hour)
}

pub(crate) fn sweep(probes_per_hour: f64) -> Stream {
    stream(StreamKind::Sweep, probes_per_hour)
}

fn stream(kind: StreamKind, probes_per_hour: f64) -> Stream {
    Stream {
        vector: 0,
        kind,
        probes_per_hour,
    }
}

/// One organisation and one network: host 0 enters, `open` others fall to a probe with some chance.
pub(crate) fn one_network(open: u32, success: f32, addresses: f64, stream: Stream) -> Input {
    let others = (0..open).map(|_| host(0, success));
    let hosts = std::iter::once(host(0, 0.0)).chain(others).collect();
    let mut input = world(vec![open_network(0, addresses)], hosts, stream);
    input.realms[0].addresses = addresses.max(1e4);
    input
}

/// Immediate starts and nothing besides; host 0 enters. Equal hosts share a class.
pub(crate) fn world(networks: Vec<Network>, places: Vec<Place>, stream: Stream) -> Input {
    let mut classes: Vec<Class> = Vec::new();
    let mut hosts = Vec::new();
    for (network, class) in places {
        let known = classes.iter().position(|it| *it == class);
        let class = known.unwrap_or_else(|| {
            classes.push(class);
            classes.len() - 1
        });
        hosts.push(Host {
            network,
            class: class as u16,
        });
    }
    let organisations = networks.iter().map(|it| it.organisation + 1).max();
    Input {
        realms: vec![Realm { addresses: 1e4 }],
        organisations: vec![Organisation::default(); organisations.unwrap_or(0) as usize],
        networks,
        links: Vec::new(),
        vectors: 1,
        classes,
        schedules: Vec::new(),
        hosts,
        further: Vec::new(),
        contacts: Vec::new(),
        streams: vec![stream],
        latency: Delay::Fixed(0.0),
        dormancy: None,
        removal_mean_hours: None,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 0.0,
        entries: Entries::These(vec![0]),
        horizon_hours: 24.0,
    }
}

/// An infection. Hosts are the first ones of their units: themselves, where no other is like them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Infection {
    pub(crate) host: u32,
    pub(crate) hours: f64,
    pub(crate) from: Option<u32>,
    pub(crate) across: Across,
    pub(crate) is_repeat: bool,
}

/// One outbreak.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    pub(crate) infections: Vec<Infection>,
    /// Hosts and hours.
    pub(crate) answers: Vec<(u32, f64)>,
    pub(crate) crashes: Vec<(u32, f64)>,
}

impl History {
    /// When a host was first infected.
    pub(crate) fn hours_of(&self, host: u32) -> Option<f64> {
        let mut infections = self.infections.iter();
        infections.find(|it| it.host == host).map(|it| it.hours)
    }
}

/// The first so many replicates of an input.
pub(crate) fn histories(input: &Input, replicates: u64) -> Vec<History> {
    let prepared = fast::Prepared::new(input).expect("the world is valid");
    let mut scratch = fast::Scratch::new();
    let host = |unit: u32| prepared.unit(unit).hosts[0];
    let mut events = Vec::new();
    let mut all = Vec::new();
    for replicate in 0..replicates {
        events.clear();
        prepared.sample(11, replicate, &mut scratch, &mut events);
        let mut history = History::default();
        for &(hours, event) in &events {
            match event {
                Event::Infected {
                    unit,
                    across,
                    from,
                    is_repeat,
                } => history.infections.push(Infection {
                    host: host(unit),
                    hours,
                    from: from.map(host),
                    across,
                    is_repeat,
                }),
                Event::Answered { unit, .. } => history.answers.push((host(unit), hours)),
                Event::Crashed { unit } => history.crashes.push((host(unit), hours)),
                _ => {}
            }
        }
        all.push(history);
    }
    all
}

/// One number from each of the first so many replicates.
pub(crate) fn sample(input: &Input, replicates: u64, number: impl Fn(&History) -> f64) -> Vec<f64> {
    histories(input, replicates).iter().map(number).collect()
}
