//! What one replicate costs, and what preparing its input does.
//!
//! 15 organisations with 60 networks and 3,000 hosts, of which 1,200 are open to the worm and nearly all fall.

use criterion::{Criterion, criterion_group, criterion_main};
use wardround_engine::plain::{
    Delay, Entries, Host, Input, Network, Prepared, Realm, Scope, Scratch, Stream,
};

fn replicates(criterion: &mut Criterion) {
    let sweep = Stream::Sweep {
        probes_per_hour: 20_000.0,
    };
    let uniform = |scope, probes_per_hour| Stream::Uniform {
        scope,
        probes_per_hour,
    };
    let local = uniform(Scope::Network, 500.0);
    let realm = uniform(Scope::Realm, 5_000.0);
    for (name, streams) in [
        ("uniform", vec![local, realm]),
        ("sweep_and_uniform", vec![sweep, realm]),
    ] {
        for (removal, suffix) in [
            (None, ""),
            (Some(Delay::Exponential { mean: 12.0 }), "_removed"),
        ] {
            let input = estate(streams.clone(), removal);
            let prepared = Prepared::new(&input).expect("the input is written to be valid");
            let mut scratch = Scratch::new();
            let mut replicate = 0;
            criterion.bench_function(&format!("{name}{suffix}"), |bencher| {
                bencher.iter(|| {
                    replicate += 1;
                    prepared
                        .replicate(1, replicate, &mut scratch)
                        .infections
                        .len()
                });
            });
        }
    }
    let input = estate(vec![sweep, local, realm], None);
    criterion.bench_function("prepare", |bencher| {
        bencher.iter(|| Prepared::new(&input).is_ok());
    });
}

fn estate(streams: Vec<Stream>, removal: Option<Delay>) -> Input {
    let networks = (0..60).map(|network| Network {
        organisation: network / 4,
        realm: Some(0),
        addresses: 254.0,
        leaves: true,
        enters: true,
        leaves_organisation: true,
        enters_organisation: true,
    });
    let hosts = (0..3_000).map(|host| Host {
        networks: vec![host % 60],
        success: if host % 5 < 2 { 0.9 } else { 0.0 },
        crash: 0.0,
        answers_kill_switch: false,
    });
    Input {
        realms: vec![Realm {
            addresses: 65_536.0,
        }],
        networks: networks.collect(),
        links: Vec::new(),
        hosts: hosts.collect(),
        streams,
        latency: Delay::Exponential { mean: 0.2 },
        removal,
        kill_switch: None,
        entries: Entries::OneOf((0..3_000).filter(|host| host % 5 < 2).collect()),
        horizon_hours: 24.0,
    }
}

criterion_group!(benches, replicates);
criterion_main!(benches);
