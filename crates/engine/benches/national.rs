//! What one infection costs the fast sampler on a national estate, beside a small one of the same shape.
//!
//! Times are processor time; the throughput that is printed counts infections, so its inverse is the cost of one.

#![expect(clippy::print_stdout, reason = "a benchmark shows what it measured")]

mod support;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use support::cpu_time::CpuTime;
use support::estate::{Features, floor, national};
use wardround_engine::fast::{Prepared, Scratch};
use wardround_engine::{Input, Totals};

fn outbreaks(criterion: &mut Criterion<CpuTime>) {
    for (name, features) in [
        ("falls", Features::Falls),
        ("removed", Features::Removed),
        ("classes", Features::Classes),
        ("whole", Features::Whole),
    ] {
        bench(criterion, &format!("{name}/floor"), &floor(features));
        bench(criterion, &format!("{name}/national"), &national(features));
    }
    let input = national(Features::Falls);
    criterion.bench_function("prepare/national", |bencher| {
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
    let mut totals = Totals::default();
    prepared.sample(1, 0, &mut scratch, &mut totals);
    println!("{name}: {totals:?}");
    println!(
        "{name}: the loop works in {} bytes",
        scratch.bytes(&prepared)
    );
    let mut group = criterion.benchmark_group("fast");
    group.throughput(Throughput::Elements(u64::from(totals.infected)));
    let mut replicate = 0;
    group.sample_size(10).bench_function(name, |bencher| {
        bencher.iter(|| {
            replicate += 1;
            let mut totals = Totals::default();
            prepared.sample(1, replicate, &mut scratch, &mut totals);
            black_box(totals.infected)
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = outbreaks
}
criterion_main!(benches);
