//! Small inputs to start from.

use wardround_engine::plain::{
    Delay, Entries, History, Host, Input, Link, Network, Prepared, Realm, Scope, Scratch, Stream,
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

/// A host of one network that a probe infects with some chance.
pub(crate) fn host(network: u32, success: f32) -> Host {
    Host {
        networks: vec![network],
        success,
        crash: 0.0,
        answers_kill_switch: false,
    }
}

pub(crate) fn uniform(scope: Scope, probes_per_hour: f64) -> Stream {
    Stream::Uniform {
        scope,
        probes_per_hour,
    }
}

pub(crate) fn sweep(probes_per_hour: f64) -> Stream {
    Stream::Sweep { probes_per_hour }
}

/// One organisation and one network: host 0 enters, `open` others fall to the first probe.
pub(crate) fn one_network(open: u32, addresses: f64, stream: Stream) -> Input {
    let entry = host(0, 0.0);
    let others = (0..open).map(|_| host(0, 1.0));
    let hosts = std::iter::once(entry).chain(others).collect();
    let mut input = world(vec![open_network(0, addresses)], hosts, stream);
    input.realms[0].addresses = addresses.max(1e4);
    input
}

/// Immediate starts, no removal, no kill switch; host 0 enters.
pub(crate) fn world(networks: Vec<Network>, hosts: Vec<Host>, stream: Stream) -> Input {
    Input {
        realms: vec![Realm { addresses: 1e4 }],
        networks,
        links: Vec::<Link>::new(),
        hosts,
        streams: vec![stream],
        latency: Delay::Fixed(0.0),
        removal: None,
        kill_switch: None,
        entries: Entries::These(vec![0]),
        horizon_hours: 24.0,
    }
}

/// The first so many replicates of an input.
pub(crate) fn histories(input: &Input, replicates: u64) -> Vec<History> {
    let prepared = Prepared::new(input).expect("the world is valid");
    let mut scratch = Scratch::new();
    (0..replicates)
        .map(|replicate| prepared.replicate(11, replicate, &mut scratch))
        .collect()
}

/// One number from each of the first so many replicates.
pub(crate) fn sample(input: &Input, replicates: u64, number: impl Fn(&History) -> f64) -> Vec<f64> {
    histories(input, replicates).iter().map(number).collect()
}
