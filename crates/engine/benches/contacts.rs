//! What one outbreak along contacts costs on 10⁴, 10⁵ and 10⁶ hosts.
//!
//! A uniformly drawn graph with five edges for each host, 0.3 transmissions per contact and hour, active for 10 hours on
//! average, 10 entries, 50 hours; nearly everyone falls. `removed` is that, `endless` has hosts active for ever, `weighted` gives
//! each contact a multiplier. Times are processor time, so that a busy machine disturbs them less; the throughput that is printed counts
//! hosts that fall. A name picks a size: `cargo bench -p wardround-engine --bench contacts -- /1e4`. Beside other programs:
//! `benches/peers/`.

#[path = "support/cpu_time.rs"]
mod cpu_time;

use std::hint::black_box;

use cpu_time::CpuTime;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wardround_engine::contacts::{Contact, Entries, Graph, Period, Prepared, Scratch, Spread};

fn outbreaks(criterion: &mut Criterion<CpuTime>) {
    for (size, hosts) in [("1e4", 10_000), ("1e5", 100_000), ("1e6", 1_000_000)] {
        let edges = edges(hosts);
        let graph = Graph::undirected(hosts, &edges);
        let graph = graph.expect("the edges are drawn to be valid");
        let removed = spread(Some(Period::Exponential { mean_hours: 10.0 }));
        bench(criterion, &format!("removed/{size}"), &graph, &removed);
        bench(criterion, &format!("endless/{size}"), &graph, &spread(None));
        let weighted = weighted(hosts, &edges);
        bench(criterion, &format!("weighted/{size}"), &weighted, &removed);
    }
}

fn bench(criterion: &mut Criterion<CpuTime>, name: &str, graph: &Graph, spread: &Spread) {
    let prepared = Prepared::new(graph, spread).expect("the spread is written to be valid");
    let mut scratch = Scratch::new();
    let mut group = criterion.benchmark_group("contacts");
    group.throughput(Throughput::Elements(u64::from(graph.hosts())));
    let mut replicate = 0;
    group.sample_size(10).bench_function(name, |bencher| {
        bencher.iter(|| {
            replicate += 1;
            black_box(prepared.outbreak(1, replicate, &mut scratch).size())
        });
    });
    group.finish();
}

fn spread(active: Option<Period>) -> Spread {
    Spread {
        transmissions_per_hour: 0.3,
        latency: Period::Fixed(0.0),
        active,
        entries: Entries::Drawn(10),
        horizon_hours: 50.0,
    }
}

/// Five edges for each host, drawn with a small generator of the benchmark's own, those that occur twice left out.
fn edges(hosts: u32) -> Vec<(u32, u32)> {
    let mut word = 1_u64;
    let mut draw = || {
        word = word
            .wrapping_mul(0x5851_f42d_4c95_7f2d)
            .wrapping_add(0x1405_7b7e_f767_814f);
        (((word >> 32) * u64::from(hosts)) >> 32) as u32
    };
    let pairs = (0..5 * u64::from(hosts)).map(|_| (draw(), draw()));
    let ordered = pairs.map(|(one, other)| (one.min(other), one.max(other)));
    let mut edges: Vec<_> = ordered.filter(|(one, other)| one < other).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn weighted(hosts: u32, edges: &[(u32, u32)]) -> Graph {
    let contacts = edges.iter().flat_map(|&(one, other)| {
        let multiplier = 0.5 + (one ^ other) as f32 % 8.0 / 8.0;
        let contact = |(from, to)| Contact {
            from,
            to,
            multiplier,
        };
        [(one, other), (other, one)].map(contact)
    });
    let graph = Graph::weighted(hosts, &contacts.collect::<Vec<_>>());
    graph.expect("the edges are drawn to be valid")
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime);
    targets = outbreaks
}
criterion_main!(benches);
