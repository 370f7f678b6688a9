//! What one infection costs the fast engine on a national estate, beside a small one of the same shape.
//!
//! Addresses are scanned until everyone has fallen: 5 probes per hour into the own network, 1 into the own organisation,
//! 2 into all 7.68 million addresses, 10 entries. *National*: 30,000 networks of 256 addresses with 10 to 90 hosts each
//! (1.5 million in all), 8,000 organisations with 1 to 17 networks. *Floor*: 2,000 hosts in 40 networks of 8 organisations, which fit
//! the nearest cache. Times are processor time, so that a busy machine disturbs them less; the throughput that is printed counts infections. `removed` has them active for 10 hours on
//! average, `classes` has eight classes of hosts.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use wardround_engine::plain::fast::{
    CellEntries, CellEntry, CellStream, Cells, Prepared, Scratch, Wanted,
};
use wardround_engine::plain::{Delay, Input, Network, Realm, Scope};

fn outbreaks(criterion: &mut Criterion<CpuTime>) {
    for (name, classes, removal) in [
        ("falls", 1, None),
        ("removed", 1, Some(10.0)),
        ("classes", 8, None),
    ] {
        bench(
            criterion,
            &format!("{name}/floor"),
            &floor(classes, removal),
        );
        bench(
            criterion,
            &format!("{name}/national"),
            &national(classes, removal),
        );
    }
    let cells = national(1, None);
    criterion.bench_function("prepare/national", |bencher| {
        bencher.iter_batched(
            || (),
            |()| Prepared::new(&cells).is_ok(),
            BatchSize::PerIteration,
        );
    });
}

fn bench(criterion: &mut Criterion<CpuTime>, name: &str, cells: &Cells) {
    let prepared = Prepared::new(cells).expect("the cells are written to be valid");
    let mut scratch = Scratch::new();
    let wanted = Wanted::default();
    let infections = prepared.course(1, 0, &wanted, &mut scratch).infections;
    let mut group = criterion.benchmark_group("fast");
    group.throughput(Throughput::Elements(u64::from(infections)));
    let mut replicate = 0;
    group.sample_size(10).bench_function(name, |bencher| {
        bencher.iter(|| {
            replicate += 1;
            black_box(
                prepared
                    .course(1, replicate, &wanted, &mut scratch)
                    .infections,
            )
        });
    });
    group.finish();
}

/// 30,000 networks; how many hosts and how many networks to an organisation repeat without pattern.
fn national(classes: u32, removal: Option<f64>) -> Cells {
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
    let sizes = sizes.collect::<Vec<_>>();
    cells(&sizes, classes, removal)
}

fn floor(classes: u32, removal: Option<f64>) -> Cells {
    let sizes: Vec<(u32, u32)> = (0..40).map(|network| (network / 5, 50)).collect();
    cells(&sizes, classes, removal)
}

fn scatter(number: u32) -> u32 {
    (number.wrapping_mul(0x9e37_79b1) ^ (number >> 3)).wrapping_mul(0x85eb_ca6b) >> 16
}

fn cells(sizes: &[(u32, u32)], classes: u32, removal: Option<f64>) -> Cells {
    let networks = sizes.iter().map(|&(organisation, _)| Network {
        organisation,
        realm: Some(0),
        addresses: 256.0,
        leaves: true,
        enters: true,
        leaves_organisation: true,
        enters_organisation: true,
    });
    let part = |hosts: u32, class: u32| hosts / classes + u32::from(class < hosts % classes);
    let hosts = sizes
        .iter()
        .flat_map(|&(_, hosts)| (0..classes).map(move |class| part(hosts, class)));
    let stream = |scope, probes_per_hour| CellStream {
        scope,
        probes_per_hour,
    };
    let entry = |entry: u32| CellEntry {
        network: entry * (sizes.len() as u32 / 10),
        class: Some(0),
    };
    Cells {
        realms: vec![Realm {
            addresses: 256.0 * sizes.len() as f64,
        }],
        networks: networks.collect(),
        successes: (0..classes)
            .map(|class| 1.0 - class as f32 / 10.0)
            .collect(),
        hosts: hosts.collect(),
        streams: vec![
            stream(Scope::Network, 5.0),
            stream(Scope::Organisation, 1.0),
            stream(Scope::Realm, 2.0),
        ],
        latency: Delay::Fixed(0.0),
        removal_mean_hours: removal,
        entries: CellEntries::These((0..10).map(entry).collect()),
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
