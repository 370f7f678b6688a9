//! The fast engine by itself: closed forms, what it refuses, its memory, and that it repeats itself.

use wardround_engine::plain::fast::{
    Adapted, CellEntries, CellEntry, CellStream, Cells, Course, FastError, Prepared, Scratch,
    Wanted,
};
use wardround_engine::plain::{Delay, Input, InputError, KillSwitch, Link, Realm, Scope};

use crate::statistics::{check_distribution, check_mean, check_variance};
use crate::worlds::{host, open_network, sweep, uniform, world};

/// One network of 100 addresses: an entry that no probe infects, and hosts of one class.
fn one_network(hosts: u32, success: f32) -> Cells {
    Cells {
        realms: vec![Realm { addresses: 1e4 }],
        networks: vec![open_network(0, 100.0)],
        successes: vec![success],
        hosts: vec![hosts],
        streams: vec![CellStream {
            scope: Scope::Network,
            probes_per_hour: 50.0,
        }],
        latency: Delay::Fixed(0.0),
        removal_mean_hours: None,
        entries: CellEntries::These(vec![CellEntry {
            network: 0,
            class: None,
        }]),
        horizon_hours: 1_000.0,
    }
}

fn courses(cells: &Cells, count: u64) -> Vec<Course> {
    let prepared = Prepared::new(cells).expect("the cells are valid");
    let mut scratch = Scratch::new();
    (0..count)
        .map(|replicate| prepared.course(23, replicate, &Wanted::default(), &mut scratch))
        .collect()
}

fn last_hours(cells: &Cells, count: u64) -> Vec<f64> {
    let courses = courses(cells, count);
    courses.iter().map(|course| course.last_hours).collect()
}

#[test]
fn a_single_host_falls_after_an_exponential_time() {
    for success in [1.0, 0.3] {
        let rate = 50.0 / 100.0 * f64::from(success);
        let sample = last_hours(&one_network(1, success), 20_000);
        check_distribution("time of the fall", &sample, |x| 1.0 - (-rate * x).exp());
    }
}

#[test]
fn a_full_network_takes_the_time_of_a_logistic_birth_process() {
    let hosts = 60_u32;
    let steps = (1..=hosts)
        .map(|infected| 1.0 / (0.5 * f64::from(infected) * f64::from(hosts + 1 - infected)));
    let sample = last_hours(&one_network(hosts, 1.0), 20_000);
    let variance = steps.clone().map(|step| step * step).sum();
    check_mean("time until all have fallen", &sample, steps.sum(), variance);
    check_variance("time until all have fallen", &sample, variance, 0.06);
}

#[test]
fn classes_fall_in_proportion_to_their_chances() {
    let mut cells = one_network(0, 1.0);
    cells.successes = vec![1.0, 0.25, 0.003];
    cells.hosts = vec![7, 20, 3];
    cells.streams[0].probes_per_hour = 1.0;
    cells.latency = Delay::Fixed(2_000.0);
    // The entry never starts, so nothing falls; then it starts at once, and the first to fall shows its class.
    assert!(
        courses(&cells, 10)
            .iter()
            .all(|course| course.infections == 1)
    );
    cells.latency = Delay::Fixed(0.0);
    let prepared = Prepared::new(&cells).expect("the cells are valid");
    let wanted = Wanted {
        steps: true,
        ..Wanted::default()
    };
    let mut scratch = Scratch::new();
    let mut first_is_class = |class: u8| {
        let mut is_first = |replicate| {
            let course = prepared.course(5, replicate, &wanted, &mut scratch);
            f64::from(u8::from(course.steps[1].class == Some(class)))
        };
        (0..20_000).map(&mut is_first).collect::<Vec<f64>>()
    };
    let total = 7.0 + 5.0 + 0.009;
    for (class, part) in [(0, 7.0), (1, 5.0), (2, 0.009)] {
        let chance = part / total;
        let sample = first_is_class(class);
        check_mean(
            "class of the first",
            &sample,
            chance,
            chance * (1.0 - chance),
        );
    }
}

#[test]
fn removal_and_infection_race() {
    let mut cells = one_network(1, 1.0);
    cells.removal_mean_hours = Some(4.0);
    for latency in [Delay::Fixed(0.0), Delay::Exponential { mean: 3.0 }] {
        cells.latency = latency;
        let falls = |course: &Course| f64::from(course.infections - 1);
        let sample: Vec<f64> = courses(&cells, 20_000).iter().map(falls).collect();
        let chance = 0.5 / (0.5 + 0.25);
        check_mean("falls", &sample, chance, chance * (1.0 - chance));
    }
    cells.removal_mean_hours = Some(0.0);
    assert!(
        courses(&cells, 10)
            .iter()
            .all(|course| course.infections == 1)
    );
}

#[test]
fn a_course_is_the_same_whatever_is_wanted_of_it() {
    let cells = national(40, 3);
    let prepared = Prepared::new(&cells).expect("the cells are valid");
    let wanted = Wanted {
        count_at_hours: vec![0.0, 1.0, 2.5, 5_000.0, 1e9],
        steps: true,
    };
    let mut used = Scratch::new();
    for replicate in 0..20 {
        let bare = prepared.course(3, replicate, &Wanted::default(), &mut Scratch::new());
        let full = prepared.course(3, replicate, &wanted, &mut used);
        assert_eq!(
            (bare.infections, bare.last_hours.to_bits()),
            (full.infections, full.last_hours.to_bits())
        );
        assert_eq!(full.counts.len(), 4);
        for count in &full.counts {
            let by_then = full.steps.iter().filter(|step| step.hours <= count.hours);
            assert_eq!(count.infected.iter().sum::<u32>() as usize, by_then.count());
        }
        assert_eq!(full.counts[3].infected, cells.hosts);
    }
}

#[test]
fn a_national_estate_fits_in_ten_megabytes() {
    let mut cells = national(30_000, 1);
    cells.latency = Delay::Exponential { mean: 0.2 };
    cells.removal_mean_hours = Some(100.0);
    let prepared = Prepared::new(&cells).expect("the cells are valid");
    let mut scratch = Scratch::new();
    let course = prepared.course(1, 1, &Wanted::default(), &mut scratch);
    assert!(course.infections > 1_400_000, "{course:?}");
    let bytes = scratch.bytes(&prepared);
    assert!(bytes < 10_000_000, "{bytes} bytes");

    cells.latency = Delay::Fixed(0.0);
    cells.removal_mean_hours = None;
    let prepared = Prepared::new(&cells).expect("the cells are valid");
    let mut scratch = Scratch::new();
    let course = prepared.course(1, 1, &Wanted::default(), &mut scratch);
    assert_eq!(course.infections, 1_500_000);
    let bytes = scratch.bytes(&prepared);
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

/// Networks of 256 addresses and 50 hosts, four to an organisation; all fall.
fn national(networks: u32, classes: u32) -> Cells {
    let stream = |scope, probes_per_hour| CellStream {
        scope,
        probes_per_hour,
    };
    let hosts = (0..networks * classes).map(|cell| {
        let class = cell % classes;
        50 / classes + u32::from(class < 50 % classes)
    });
    Cells {
        realms: vec![Realm {
            addresses: 256.0 * f64::from(networks),
        }],
        networks: (0..networks)
            .map(|network| open_network(network / 4, 256.0))
            .collect(),
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
        removal_mean_hours: None,
        entries: CellEntries::These(vec![CellEntry {
            network: 0,
            class: Some(0),
        }]),
        horizon_hours: Input::MAX_HORIZON_HOURS,
    }
}

#[test]
fn what_is_not_supported_is_named() {
    let scan = uniform(Scope::Realm, 10.0);
    let base = || {
        world(
            vec![open_network(0, 20.0)],
            vec![host(0, 1.0), host(0, 0.0)],
            scan,
        )
    };
    assert!(Adapted::new(&base()).is_ok());
    let feature = |change: &dyn Fn(&mut Input)| {
        let mut input = base();
        change(&mut input);
        match Adapted::new(&input) {
            Err(FastError::Unsupported { feature }) => feature,
            other => panic!("{other:?}"),
        }
    };
    let names = [
        feature(&|input| input.streams.push(sweep(3.0))),
        feature(&|input| {
            input.kill_switch = Some(KillSwitch {
                live_from_hours: 1.0,
            });
        }),
        feature(&|input| input.links = vec![Link { from: 0, to: 0 }]),
        feature(&|input| input.hosts[1].networks.clear()),
        feature(&|input| input.hosts[1].crash = 0.5),
        feature(&|input| input.removal = Some(Delay::Fixed(1.0))),
        feature(&|input| {
            let hosts = (1..10).map(|tenth| host(0, tenth as f32 / 10.0));
            input.hosts = hosts.collect();
        }),
    ];
    assert_eq!(
        names,
        [
            "sweeps",
            "kill switches",
            "links between networks",
            "hosts with several networks or none",
            "hosts that crash",
            "removals that are not exponential",
            "more than eight chances of success",
        ]
    );
}

#[test]
fn cells_that_make_no_sense_are_refused() {
    let refuse = |change: &dyn Fn(&mut Cells)| {
        let mut cells = one_network(50, 1.0);
        change(&mut cells);
        let refused = Prepared::new(&cells).map(|_| ());
        refused.expect_err("the cells make no sense")
    };
    let errors = [
        refuse(&|cells| cells.successes.clear()),
        refuse(&|cells| cells.successes[0] = 0.0),
        refuse(&|cells| cells.hosts.push(1)),
        refuse(&|cells| cells.hosts[0] = 100),
        refuse(&|cells| cells.horizon_hours = f64::NAN),
        refuse(&|cells| cells.entries = CellEntries::OneOf(Vec::new())),
        refuse(&|cells| {
            let entry = CellEntry {
                network: 0,
                class: Some(0),
            };
            cells.entries = CellEntries::These(vec![entry; 51]);
        }),
        refuse(&|cells| {
            cells.networks[0].addresses = 1e9;
            cells.realms[0].addresses = 1e9;
            cells.hosts[0] = Cells::MAX_HOSTS;
        }),
        refuse(&|cells| {
            cells.networks.push(open_network(1, 2.0));
            cells.hosts.push(2);
            cells.streams.push(CellStream {
                scope: Scope::Realm,
                probes_per_hour: 1e-12,
            });
        }),
    ];
    let messages = errors.each_ref().map(ToString::to_string);
    assert_eq!(
        messages,
        [
            "there are 0 classes of hosts, not between 1 and 8",
            "the chance of success of class 0 is 0, not above 0 and at most 1",
            "there are 2 counts of hosts for 1 networks with 1 classes",
            "network 0 has 100 addresses for 101 hosts",
            "the horizon is NaN hours, not above 0 and at most 8784",
            "the entries name no host",
            "entry 50 names a host of network 0 that is not there",
            "there are 16777216 hosts, at most 16777215",
            "the fast engine does not support address spaces or rates that differ by more than some \
             hundred-thousand-million-fold",
        ]
    );
    assert_eq!(errors[5], FastError::Input(InputError::NoEntry));
}
