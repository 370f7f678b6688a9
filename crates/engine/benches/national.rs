//! What one infection costs the fast sampler on a national estate, beside a small one of the same shape.
//!
//! Times are processor time; the throughput that is printed counts infections, so its inverse is the cost of one.
//!
//! What one infection takes on the national estate, counted over replicate 0 (the small one has the same within a tenth):
//!
//! | | `falls` | `whole` | |
//! |---|---|---|---|
//! | probes | 1 | 1.13 | 0.12 in vain, from hosts that are not active (`fast::generous`); 0.01 crash a host |
//! | starts, and strikes of the payload | – | 2 | inherent: a strike is told at its time, and follows a start |
//! | turns of staff | – | 0.11 | inherent; 0.19 before they stopped when nobody is left to patch |
//! | removals, dormancies, wakings | – | 0.88 | only of cells that a probe, a start, a strike or staff ask for |
//! | exponential numbers | 1 | 4.2 | 1.3 waits, 1 strike, 1 end of activity as it begins, 0.9 of what has become of cells |
//! | logarithms | 1 | – | a ziggurat's layers need none |
//! | random words | 4.6 | 18.4 | those that turns are guessed from included |
//! | changes of pools | 3 | 3.6 | 5.0 before isolated organisations had one pool; the working hours, and who is found to be gone |
//! | moves between lists of an urn | 0.36 | 0.65 | these change more often |
//!
//! Changes and moves were counted before the last of the steps below, the other rows before the last eight: turns of staff no longer
//! take the place of probes, and only a pool is guessed. So three turns are inherent where `falls` has one. The small estate, which
//! is all in the nearest caches, shows what they cost without waits for memory; on the national one 44 MB are worked in, where
//! `falls` needs 5. What came of each step, as a share of the time before it (medians of paired runs beside other work):
//!
//! | | |
//! |---|---|
//! | the records that a probe comes to are read at once (`fast::ahead`), and not one after the other | 0.85 to 0.89 |
//! | a turn is drawn with its time, before starts and strikes; hints to the processor; a ziggurat | 0.84 |
//! | the turn after the next is guessed, so that its records are asked for a turn ahead; the small estate takes 1.1 | 0.95 to 0.97 |
//! | when the next of a cell's hosts leaves is drawn ahead; times are compared without looking for NaN | 0.96 |
//! | without sweeps the record of a cell's sweeps is not read; what of a class counts now is worked out once an hour (with 1 MB of second cache) | 0.88 |
//! | the records of a probe's target are asked for at once in `falls` too (the same processor) | 0.87 of `falls` |
//! | starts and strikes ask for no cells, which they seldom read (the same processor) | 0.94 |
//! | cells of hosts that nothing can happen to any more stand after all others, not among them (the same processor) | 0.94 |
//! | where few probes come from outside, who is exposed is counted once: some of these are in vain (the same processor) | 0.91 to 0.95 |
//! | a pool keeps its positions in urns and its organisation itself, in half a cache line (the same processor) | 0.94 to 0.97 |
//! | times for the turns of staff are drawn beforehand: they race with nothing, and their records are read in rounds (the same processor) | 0.94 |
//! | of the turn after the next only the pool is guessed, not from where to where its probe goes; 0.93 of the small estate | 0.95 to 0.97 |
//! | as working hours begin and end, only cells of hosts with hours are looked at (the same processor) | 0.98 |
//! | an isolated organisation in one realm has one pool for probes of both scopes, not two with the same ends (the same processor) | 0.94 |
//! | dates are told in ticks, without a division (the same processor) | 0.99 |
//!
//! What it takes now stands in `README.md`; the benchmark `whole` lets the estates take turns. About twelve choices that no
//! processor can foresee remain for each infection (`falls`: four): which list of an urn, which cell, whether a start, a strike or
//! a probe comes next.
//!
//! Tried, and slower: what is known of each host in place of a cell's counts, which saves the starts (0.9 of the time on the
//! small estate, 0.99 to 1.08 on the national one, for 12 MB more are touched; where hosts are only removed 1.2 to 1.4);
//! weights beside the members of urns, which saves a dependent read and costs a write for each change (1.07; `falls` 1.1).
//! Guessing two turns ahead (1.03 of guessing one). Without gain: hints for positions in urns when a probe is drawn, which is too
//! late; none of these hints at all, though one in five is used; wider or narrower buckets of strikes; hints for what stands by
//! network while one is drawn; one unit of code generation; starts that are seen to only when their cell is asked for (0.98 to
//! 1.01); a host to rebuild drawn from all of its organisation until one may be, and strikes sorted by where they belong (1.0 and
//! more); counts of who may be patched by network (1.03); no hints for a target's stages (1.0). Sixteen or more turns drawn at
//! a time from pools that change only after them, each step of all in a round, which is exact until the first of those newly infected
//! is active: 0.98 of guessing them one by one, no better than guessing pools alone, and 1.08 of it on the small estate. No hints for
//! turns at all: 1.02, and 0.96 on the small estate. The side from which a host leaves drawn even where one is
//! empty, so that nothing has to be foreseen: 0.97 to 1.01, by where the code comes to lie. A list with a name for each infected
//! host of a realm, in place of an urn of networks by sources: 0.97 on the small estate, 1.06 on the national one, for 12 MB more
//! are read in no order.

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
        ("sweeps", Features::Sweeps),
        ("contacts", Features::Contacts),
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
