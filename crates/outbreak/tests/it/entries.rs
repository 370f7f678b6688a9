//! Where outbreaks begin: where the threat's profile or the user says, alike in worlds that are compared.

use wardround_estate::{Estate, HostId};
use wardround_evidence::{Fact, Role};
use wardround_outbreak::{
    Effect, Ensemble, Entry, EntryKind, Population, Profile, Scenario, Settle, entry_classes,
    run_part,
};

use crate::builder::*;

/// A worm that begins and goes nowhere.
fn still() -> Profile {
    worm(&format!("probes_per_hour = {}", exactly(0.0)))
}

/// Two hundred PCs of two organisations, ten servers, and an appliance.
fn estate() -> Sketch {
    let sketch = Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("mill-lan", "mill")
        .network("harbour-servers", "harbour")
        .machines("harbour", 0, 150, Known::Nothing)
        .machines("mill", 1, 50, Known::Nothing);
    let with_servers = (1..=10).fold(sketch, |sketch, last| {
        let address = format!("10.0.2.{last}");
        let sketch = sketch.machine("harbour", &[&address], Known::Nothing);
        sketch.seen(Fact::Role(Role::Server))
    });
    with_servers
        .machine("harbour", &["10.0.0.254"], Known::Closed)
        .seen(Fact::Role(Role::Appliance))
}

fn begun(estate: &Estate, entry: Entry, settle: Settle, effects: &[Effect]) -> Ensemble {
    let profile = still();
    let population = Population::new(estate, &profile);
    let scenario = Scenario {
        entry,
        ..scenario(200, 2)
    };
    sample(&population, &scenario, settle, effects)
}

/// The machines that outbreaks began at, and how often they did, all of them together.
fn entries(ensemble: &Ensemble) -> (Vec<HostId>, f64) {
    let fell = ensemble.hosts.iter().filter(|of| of.falls > 0.0);
    let machines = fell.clone().map(|of| of.host).collect();
    (machines, fell.map(|of| of.falls).sum())
}

fn within_one_millionth(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-6, "{one} and {other}");
}

#[test]
fn outbreaks_begin_at_machines_of_the_kind_that_is_asked_for() {
    let estate = estate().estate();
    let role = |host: &HostId| estate.host(*host).role;
    let at = |kind| entries(&begun(&estate, Entry::AnyOf(kind), Settle::Drawn, &[]));

    let (machines, times) = at(EntryKind::Server);
    assert_eq!(machines.len(), 10);
    assert!(machines.iter().all(|host| role(host) == Some(Role::Server)));
    within_one_millionth(times, 1.0);

    let (machines, times) = at(EntryKind::Workstation);
    assert!(machines.len() > 150 && machines.iter().all(|host| role(host).is_none()));
    within_one_millionth(times, 1.0);

    // Nothing says which machines face the internet, and one of them is closed for sure.
    let (machines, times) = at(EntryKind::InternetExposed);
    assert!(machines.len() > 50, "{}", machines.len());
    assert!(!machines.contains(&host(&estate, 210)));
    within_one_millionth(times, 1.0);
}

#[test]
fn a_machine_that_evidence_shows_to_face_the_internet_is_always_among_those_that_may_fall_first() {
    let estate = estate()
        .machine("mill", &["10.0.1.250"], Known::Nothing)
        .seen(Fact::InternetFacing(true))
        .estate();
    let facing = host(&estate, 211);
    let exposed = Entry::AnyOf(EntryKind::InternetExposed);
    for settle in [Settle::Drawn, Settle::Against, Settle::InFavour] {
        let ensemble = begun(&estate, exposed.clone(), settle, &[]);
        // On the average one of the others is drawn to face it too, in a few organisations more.
        assert!(falls(&ensemble, facing) > 0.4, "{settle:?}");
        within_one_millionth(entries(&ensemble).1, 1.0);
    }
}

#[test]
fn machines_of_one_supplier_fall_at_once_and_are_counted_each() {
    let estate = estate().estate();
    let ensemble = begun(
        &estate,
        Entry::AnyOf(EntryKind::Supplier),
        Settle::Against,
        &[],
    );
    let most = ensemble.finals.iter().max();
    assert!(ensemble.finals.iter().all(|taken| *taken >= 1));
    assert!(most > Some(&1), "in some world it serves several");
    let mean = ensemble.spread.mean_taken.0;
    assert!(mean < 4.0, "and everywhere few: {mean}");
    let (machines, times) = entries(&ensemble);
    assert!(
        !machines.contains(&host(&estate, 210)),
        "an appliance takes none"
    );
    within_one_millionth(times, mean);
    // Repeats of one world begin alike.
    let pairs = ensemble.finals.chunks(2);
    assert!(pairs.into_iter().all(|pair| pair[0] == pair[1]));
}

#[test]
fn worlds_that_are_compared_begin_alike() {
    let estate = estate().estate();
    let all: Vec<HostId> = estate.hosts().map(|(id, _)| id).collect();
    let profile = still();
    let population = Population::new(&estate, &profile);
    for kind in EntryKind::ALL {
        // In which network each outbreak began, and with how many machines.
        let begun = |settle, effects: &[Effect]| {
            let scenario = Scenario {
                entry: Entry::AnyOf(kind),
                ..scenario(100, 2)
            };
            let all = 0..scenario.replicates();
            let part = run_part(&population, &scenario, settle, effects, all, &|_| {});
            let part = part.expect("a sketch by hand can be sampled");
            let rows = part.replicates.into_iter();
            rows.map(|row| (row.entry_network, row.taken))
                .collect::<Vec<_>>()
        };
        let drawn = begun(Settle::Drawn, &[]);
        assert_eq!(drawn, begun(Settle::Drawn, &[Effect::Close(all.clone())]));
        assert_eq!(drawn, begun(Settle::Against, &[]), "{kind:?}");
        assert_eq!(drawn, begun(Settle::InFavour, &[]), "{kind:?}");
    }
}

#[test]
fn a_threat_begins_where_its_profile_says() {
    let estate = estate().estate();
    let all = wardround_outbreak::built_in().expect("a test reads them all");
    for profile in all {
        let population = Population::new(&estate, &profile);
        let finals = |entry| {
            let scenario = Scenario {
                entry,
                ..scenario(4, 1)
            };
            let all = 0..scenario.replicates();
            let part = run_part(&population, &scenario, Settle::Drawn, &[], all, &|_| {});
            part.expect("it can be sampled").replicates
        };
        let said = finals(Entry::OfTheThreat);
        assert_eq!(
            said,
            finals(Entry::AnyOf(profile.entry.kind)),
            "{}",
            profile.id
        );
    }
}

#[test]
fn where_nobody_is_infected_only_the_internet_comes_in() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machines("harbour", 0, 20, Known::Open)
        .seen(Fact::InternetFacing(true))
        .estate();
    let pressed = format!(
        "[[stream]]\nkind = \"sweep\"\nprobes_per_hour = {}\n[[outside]]\nfrom_hour = {}\nprobes_per_hour = {}\n",
        exactly(0.0),
        exactly(0.0),
        exactly(1000.0)
    );
    let profile = worm_of("", "", &pressed);
    let population = Population::new(&estate, &profile);
    let taken = |outside| {
        let scenario = Scenario {
            entry: Entry::Nobody,
            outside,
            ..scenario(3, 2)
        };
        sample(&population, &scenario, Settle::InFavour, &[]).finals
    };
    assert_eq!(taken(true), [1; 6]);
    assert_eq!(taken(false), [0; 6]);
}

#[test]
fn the_internet_tries_the_vector_that_the_profile_names() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machines("harbour", 0, 5, Known::Open)
        .seen(Fact::InternetFacing(true))
        .estate();
    let taken = |vector: &str| {
        let other = "[[vector]]\nid = \"other\"\ntitle = \"Another\"\nabout = \"Another.\"\npatch_closes = true\nclosed_by = [\"not_listening\"]\n";
        let success = FAMILIES
            .map(|family| format!("{family} = {}\n", exactly(1.0)))
            .concat();
        let stream = |id: &str| {
            format!(
                "[[stream]]\nkind = \"sweep\"\nvector = \"{id}\"\nprobes_per_hour = {}\n",
                exactly(0.0)
            )
        };
        let tables = format!(
            "{other}[vector.success]\n{success}{}{}[[outside]]\nvector = \"{vector}\"\nfrom_hour = {}\nprobes_per_hour = {}\n",
            stream("flaw"),
            stream("other"),
            exactly(0.0),
            exactly(1000.0)
        );
        let profile = worm_of("", "", &tables);
        let population = Population::new(&estate, &profile);
        let scenario = Scenario {
            entry: Entry::Nobody,
            outside: true,
            ..scenario(2, 2)
        };
        // That something answers is known of none of them, and in our favour nothing does.
        sample(&population, &scenario, Settle::InFavour, &[]).finals
    };
    assert_eq!(taken("flaw"), [1; 4]);
    assert_eq!(taken("other"), [0; 4]);
}

#[test]
fn the_space_that_addresses_are_drawn_from_is_drawn_within_its_range() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machines("harbour", 0, 100, Known::Open)
        .estate();
    let spread = |low: f64, high: f64| {
        let tables = format!(
            "[[stream]]\nkind = \"uniform\"\nscope = \"realm\"\naddresses = {{ low = {low:?}, high = {high:?}, basis = \"assumed\", source = \"a test\" }}\nprobes_per_hour = {}\n",
            exactly(1000.0)
        );
        let profile = worm_of("", "", &tables);
        let population = Population::new(&estate, &profile);
        let ensemble = sample(&population, &scenario(40, 1), Settle::Against, &[]);
        ensemble.finals.iter().filter(|taken| **taken > 50).count()
    };
    assert_eq!((spread(1e3, 1e3), spread(1e12, 1e12)), (40, 0));
    let some = spread(1e3, 1e12);
    assert!((5..35).contains(&some), "{some} of 40 worlds");
}

#[test]
fn the_blast_radius_is_told_by_the_networks_in_which_outbreaks_began() {
    let estate = estate().estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let scenario = Scenario {
        entry: Entry::AnyOf(EntryKind::Server),
        ..scenario(5, 2)
    };
    let all = 0..scenario.replicates();
    let part = run_part(&population, &scenario, Settle::Drawn, &[], all, &|_| {});
    let classes = entry_classes(&part.expect("it can be sampled"), &estate, 12);
    assert_eq!(classes.len(), 1, "{classes:?}");
    assert_eq!(classes[0].outbreaks, 10);
}
