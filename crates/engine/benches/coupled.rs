//! What one outbreak costs the coupled sampler on a national estate, beside a small one of the same shape.
//!
//! The estate and the worm are those of the benchmark `national`, with a host table: addresses are scanned until everyone
//! has fallen: 5 probes per hour into the own network, 1 into the own organisation, 2 into all 7.68 million addresses, 10
//! entries. *National*: 1.5 million hosts in 30,000 networks of 8,000 organisations. *Floor*: 2,000 hosts in 40 networks.
//! `removed` has hosts active for 10 hours on average, `dies` lets one host in ten thousand be open to the worm.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use wardround_engine::coupled::{Prepared, Scratch};
use wardround_engine::{
    Class, Delay, Entries, Host, Input, Network, Opening, Organisation, Realm, Scope, Stream,
    StreamKind, Totals,
};

fn outbreaks(criterion: &mut Criterion<CpuTime>) {
    let (floor, national) = (floor(), national());
    for (name, removal) in [("falls", None), ("removed", Some(10.0))] {
        bench(
            criterion,
            &format!("{name}/floor"),
            &estate(&floor, removal),
        );
        bench(
            criterion,
            &format!("{name}/national"),
            &estate(&national, removal),
        );
    }
    let mut dies = estate(&national, None);
    for host in (0..dies.hosts.len()).filter(|host| host % 10_000 != 0) {
        dies.hosts[host].class = 1;
    }
    bench(criterion, "dies/national", &dies);
    let input = estate(&national, None);
    criterion.bench_function("coupled/prepare/national", |bencher| {
        bencher.iter_batched(
            || (),
            |()| Prepared::new(&input).is_ok(),
            BatchSize::PerIteration,
        );
    });
}

fn bench(criterion: &mut Criterion<CpuTime>, name: &str, input: &Input) {
    let prepared = Prepared::new(input).expect("the estate is written to be valid");
    let mut scratch = Scratch::new();
    let mut infections = |replicate| {
        let mut totals = Totals::default();
        prepared.sample(1, replicate, &mut scratch, &mut totals);
        totals.infected
    };
    let mut group = criterion.benchmark_group("coupled");
    group.throughput(Throughput::Elements(u64::from(infections(0))));
    let mut replicate = 0;
    group.sample_size(10).bench_function(name, |bencher| {
        bencher.iter(|| {
            replicate += 1;
            black_box(infections(replicate))
        });
    });
    group.finish();
}

/// 30,000 networks; how many hosts and how many networks to an organisation repeat without pattern.
fn national() -> Vec<(u32, u32)> {
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
    sizes.collect()
}

fn floor() -> Vec<(u32, u32)> {
    (0..40).map(|network| (network / 5, 50)).collect()
}

fn scatter(number: u32) -> u32 {
    (number.wrapping_mul(0x9e37_79b1) ^ (number >> 3)).wrapping_mul(0x85eb_ca6b) >> 16
}

/// Networks with so many hosts of an organisation.
fn estate(sizes: &[(u32, u32)], removal: Option<f64>) -> Input {
    let networks = sizes.iter().map(|&(organisation, _)| Network {
        organisation,
        realm: Some(0),
        addresses: 256.0,
        leaves: true,
        enters: true,
        leaves_organisation: true,
        enters_organisation: true,
    });
    let mut hosts = Vec::new();
    let mut entries = Vec::new();
    for (network, &(_, count)) in (0..).zip(sizes) {
        if (network as usize).is_multiple_of(sizes.len() / 10) {
            entries.push(hosts.len() as u32);
        }
        hosts.extend((0..count).map(|_| Host {
            network: Some(network),
            class: 0,
        }));
    }
    let class = |success| Class {
        openings: vec![Opening {
            success,
            crash: 0.0,
        }],
        carries: vec![true],
        answers_kill_switch: false,
        is_exposed: false,
        schedule: None,
        patched: None,
    };
    let stream = |scope, probes_per_hour| Stream {
        vector: 0,
        kind: StreamKind::Uniform(scope),
        probes_per_hour,
    };
    let organisations = sizes.last().map_or(0, |last| last.0 as usize + 1);
    Input {
        realms: vec![Realm {
            addresses: 256.0 * sizes.len() as f64,
        }],
        organisations: vec![Organisation::default(); organisations],
        networks: networks.collect(),
        links: Vec::new(),
        vectors: 1,
        classes: vec![class(1.0), class(0.0)],
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
        removal_mean_hours: removal,
        payload: None,
        kill_switch: None,
        outside: None,
        start_hour_of_week: 9.0,
        entries: Entries::These(entries),
        horizon_hours: Input::MAX_HORIZON_HOURS,
    }
}

/// Time that this thread had a processor, from Linux's scheduler: other work on the machine does not count.
struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    #[expect(
        clippy::disallowed_methods,
        reason = "the benchmark measures the engine from outside"
    )]
    fn start(&self) -> Duration {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat");
        let text = text.expect("this benchmark needs Linux with scheduler statistics");
        let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok());
        Duration::from_nanos(nanoseconds.expect("the first field is a number"))
    }

    fn end(&self, start: Duration) -> Duration {
        self.start().saturating_sub(start)
    }

    fn add(&self, left: &Duration, right: &Duration) -> Duration {
        *left + *right
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = outbreaks
}
criterion_main!(benches);
