//! That outbreaks along contacts depend on their input, seed and replicate alone, and what is refused.

use wardround_engine::contacts::{
    Contact, Entries, EntriesError, Graph, GraphError, Period, Prepared, Scratch, Spread,
    SpreadError,
};

/// Fixed once; it is to be the same on any machine. A change of the draws changes it, and belongs in the changelog.
#[test]
fn falls_are_frozen() {
    let (graph, spread) = (ring(5_000), spread());
    let prepared = Prepared::new(&graph, &spread).unwrap();
    let mut scratch = Scratch::new();
    let mut sum = 0_u64;
    for replicate in 0..20 {
        sum = sum.rotate_left(7) ^ digest(&prepared, replicate, &mut scratch);
    }
    assert_eq!(sum, 432_580_105_690_649_826);
}

#[test]
fn what_a_scratch_was_used_for_before_does_not_show() {
    let spreads = [
        spread(),
        Spread {
            horizon_hours: 2.0,
            ..spread()
        },
    ];
    let graphs = [ring(5_000), ring(400), ring(100_000)];
    let mut used = Scratch::new();
    for replicate in 0..12 {
        for graph in &graphs {
            for spread in &spreads {
                let prepared = Prepared::new(graph, spread).unwrap();
                for replicate in [replicate, replicate + 100] {
                    let fresh = digest(&prepared, replicate, &mut Scratch::new());
                    assert_eq!(digest(&prepared, replicate, &mut used), fresh);
                }
            }
        }
    }
}

#[test]
fn an_undirected_graph_is_a_directed_one_both_ways() {
    let pairs = [(0, 1), (2, 1), (3, 0)];
    let undirected = Graph::undirected(4, &pairs).unwrap();
    let both: Vec<_> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    assert_eq!(undirected, Graph::directed(4, &both).unwrap());
    assert_eq!(undirected.targets_of(1), [0, 2]);
    assert_eq!((undirected.hosts(), undirected.contacts()), (4, 6));
}

#[test]
fn contacts_that_cannot_be_are_refused() {
    let check = |edges: &[(u32, u32)], message: &str| {
        assert_eq!(Graph::directed(3, edges).unwrap_err().to_string(), message);
    };
    check(
        &[(0, 1), (1, 3)],
        "contact 1 names host 3, but there are only 3",
    );
    check(&[(2, 2)], "contact 0 leads from host 2 to itself");
    check(
        &[(0, 1), (2, 1), (0, 1)],
        "two contacts lead from host 0 to host 1",
    );
    let twice = Graph::undirected(3, &[(0, 1), (1, 0)]).unwrap_err();
    assert_eq!(twice, GraphError::Twice { from: 0, to: 1 });
    for multiplier in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e-38] {
        let contact = Contact {
            from: 0,
            to: 1,
            multiplier,
        };
        let error = Graph::weighted(2, &[contact]).unwrap_err();
        assert!(matches!(error, GraphError::Multiplier { contact: 0, .. }));
    }
    assert!(matches!(
        Graph::directed(u32::MAX, &[]).unwrap_err(),
        GraphError::TooManyHosts { .. }
    ));
}

#[test]
fn a_spread_that_cannot_be_is_refused() {
    let graph = ring(5);
    let check = |spread: Spread, message: &str| {
        let error = Prepared::new(&graph, &spread).unwrap_err();
        assert_eq!(error.to_string(), message);
    };
    let spread = spread();
    check(
        Spread {
            transmissions_per_hour: 0.0,
            ..spread.clone()
        },
        "transmissions per hour is 0, which is not a finite number above 0",
    );
    check(
        Spread {
            horizon_hours: f64::INFINITY,
            ..spread.clone()
        },
        "the horizon in hours is inf, which is not a finite number above 0",
    );
    check(
        Spread {
            latency: Period::Fixed(-1.0),
            ..spread.clone()
        },
        "the latency in hours is -1, which is not a finite number of at least 0",
    );
    check(
        Spread {
            transmissions_per_hour: 1e9,
            horizon_hours: 1.0,
            ..spread.clone()
        },
        "1000000000 transmissions per contact until the horizon are too many to tell apart, at most 1048576: \
         shorten the horizon",
    );
    let entries = |entries| Spread {
        entries,
        ..spread.clone()
    };
    check(entries(Entries::Drawn(0)), "the entries name no host");
    check(
        entries(Entries::These(Vec::new())),
        "the entries name no host",
    );
    check(
        entries(Entries::Drawn(6)),
        "6 entries are to be drawn from 5 hosts",
    );
    check(
        entries(Entries::These(vec![1, 9])),
        "the entries name host 9, but there are only 5",
    );
    check(
        entries(Entries::These(vec![1, 2, 1])),
        "the entries name host 1 twice",
    );
    let error = Prepared::new(&ring(5), &entries(Entries::Drawn(0))).unwrap_err();
    assert_eq!(error, SpreadError::Entries(EntriesError::Nobody));
}

/// Everyone with the next, and with one far away.
fn ring(hosts: u32) -> Graph {
    let near = (0..hosts).map(|host| (host, (host + 1) % hosts));
    let far = (0..hosts).map(|host| (host, (u64::from(host) * 7 + 3) as u32 % hosts));
    let mut edges: Vec<_> = near
        .chain(far)
        .filter(|(one, other)| one != other)
        .collect();
    edges.sort_unstable_by_key(|&(one, other)| (one.min(other), one.max(other)));
    edges.dedup_by_key(|&mut (one, other)| (one.min(other), one.max(other)));
    Graph::undirected(hosts, &edges).expect("each edge is there once")
}

fn spread() -> Spread {
    Spread {
        transmissions_per_hour: 0.4,
        latency: Period::Exponential { mean_hours: 0.5 },
        active: Some(Period::Exponential { mean_hours: 3.0 }),
        entries: Entries::Drawn(2),
        horizon_hours: 60.0,
    }
}

fn digest(prepared: &Prepared<'_>, replicate: u64, scratch: &mut Scratch) -> u64 {
    let outbreak = prepared.outbreak(9, replicate, scratch);
    let falls = outbreak.falls().into_iter();
    falls.fold(0xcbf2_9ce4_8422_2325, |sum, fall| {
        (sum ^ fall.hours.to_bits() ^ u64::from(fall.host)).wrapping_mul(0x0100_0000_01b3)
    })
}
