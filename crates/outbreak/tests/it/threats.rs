//! Every threat that comes with wardround, sampled on a small estate that has something of everything.

#![expect(clippy::unwrap_used, reason = "a sketch by hand can be sampled")]

use std::fmt::Write;

use rayon::ThreadPoolBuilder;
use wardround_estate::{Estate, HostId};
use wardround_evidence::{Fact, Role};
use wardround_outbreak::{
    Effect, KillSwitchState, Part, Population, Profile, ResponseRule, Scenario, Settle, built_in,
    run_part,
};

use crate::builder::*;

/// Desks, servers and an old machine or two, of which nothing is known but what they run; one of them faces the internet.
fn estate() -> Estate {
    let mut sketch = Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("harbour-servers", "harbour")
        .network("mill-lan", "mill")
        .link("harbour-lan", "harbour-servers");
    for (system, owner, network, count) in [
        ("Microsoft Windows 7 Enterprise", "harbour", 0, 12),
        ("Microsoft Windows 10 Enterprise", "harbour", 0, 8),
        ("Microsoft Windows XP Professional", "harbour", 0, 3),
        ("Microsoft Windows Server 2008 R2 Standard", "harbour", 1, 4),
        ("Microsoft Windows Server 2016 Standard", "harbour", 1, 2),
        ("Microsoft Windows 7 Enterprise", "mill", 2, 12),
        ("Microsoft Windows XP Professional", "mill", 2, 2),
        ("Microsoft Windows 2000 Server", "mill", 2, 3),
    ] {
        for number in 0..count {
            let last = 10 * system.len() % 200 + number + 1;
            let address = format!("10.0.{network}.{last}");
            sketch = sketch.machine_with(system, owner, &[&address], Known::Nothing);
            if network == 1 {
                sketch = sketch.seen(Fact::Role(Role::Server));
            }
        }
    }
    sketch.seen(Fact::InternetFacing(true)).estate()
}

fn threat(id: &str) -> Profile {
    let all = built_in().unwrap();
    all.into_iter().find(|profile| profile.id == id).unwrap()
}

/// Everything that a scenario can say.
fn everything() -> Scenario {
    Scenario {
        presence: true,
        outside: true,
        kill_switch: KillSwitchState::LiveFrom(12.0),
        response: Some(ResponseRule {
            after_infections: 2,
            counts_disabled: false,
            delay_hours: 2.0,
            warned_at_hours: Some(18.0),
            isolates: true,
            patches_per_hour_and_thousand: 20.0,
            rebuilds_per_hour_and_thousand: 20.0,
            works_by_day: true,
        }),
        ..scenario(6, 1)
    }
}

fn part(
    population: &Population<'_>,
    scenario: &Scenario,
    settle: Settle,
    effects: &[Effect],
) -> Part {
    let all = 0..scenario.replicates();
    run_part(population, scenario, settle, effects, all, &|_| {}).unwrap()
}

fn taken(part: &Part) -> Vec<u32> {
    part.replicates.iter().map(|row| row.taken).collect()
}

#[test]
fn every_built_in_threat_takes_what_it_took() {
    let estate = estate();
    let mut lines = String::new();
    for profile in built_in().unwrap() {
        let population = Population::new(&estate, &profile);
        for (name, settle, scenario) in [
            ("drawn", Settle::Drawn, scenario(6, 1)),
            ("drawn, everything on", Settle::Drawn, everything()),
            ("against, everything on", Settle::Against, everything()),
        ] {
            let part = part(&population, &scenario, settle, &[]);
            let sum = |of: fn(&wardround_outbreak::ReplicateRow) -> u32| -> u32 {
                part.replicates.iter().map(of).sum()
            };
            writeln!(
                lines,
                "{}, {name}: taken {:?}; disabled {}, crashed {}, rebuilt {}, acted {}",
                profile.id,
                taken(&part),
                sum(|row| row.disabled),
                sum(|row| row.crashed),
                sum(|row| row.rebuilt),
                sum(|row| row.acted),
            )
            .unwrap();
            if settle == Settle::Against {
                let most = taken(&part).into_iter().max();
                assert!(most > Some(1), "{} spreads nowhere", profile.id);
            }
        }
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn patching_every_machine_stops_wannacry_and_not_notpetya() {
    let estate = estate();
    let all: Vec<HostId> = estate.hosts().map(|(id, _)| id).collect();
    let patched = [Effect::Close(all)];
    let mean = |id: &str, settle, effects: &[Effect]| {
        let profile = threat(id);
        let population = Population::new(&estate, &profile);
        let scenario = from_host(host(&estate, 0), scenario(20, 2));
        sample(&population, &scenario, settle, effects)
            .spread
            .mean_taken
            .0
    };
    for settle in [Settle::Drawn, Settle::Against] {
        assert!(mean("wannacry", settle, &[]) > 1.5);
        assert!((mean("wannacry", settle, &patched) - 1.0).abs() < 1e-9);
        let (unpatched, patched) = (
            mean("notpetya", settle, &[]),
            mean("notpetya", settle, &patched),
        );
        assert!(
            patched > 1.5,
            "{settle:?}: credentials are enough: {patched}"
        );
        if settle == Settle::Drawn {
            assert!(patched < unpatched, "{patched} of {unpatched}");
        }
    }
    // Nothing unknown is against us: every safeguard holds, and nobody holds credentials or deals with anybody.
    assert!((mean("notpetya", Settle::InFavour, &[]) - 1.0).abs() < 1e-9);
}

#[test]
fn neither_threads_nor_cuts_change_an_outbreak_along_contacts() {
    let (estate, profile) = (estate(), threat("notpetya"));
    let population = Population::new(&estate, &profile);
    let scenario = Scenario {
        worlds: 5,
        repeats: 3,
        ..everything()
    };
    let with = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| part(&population, &scenario, Settle::Drawn, &[]))
    };
    let whole = with(1);
    assert!(taken(&whole).iter().any(|taken| *taken > 1));
    assert_eq!(whole, with(2));
    assert_eq!(whole, with(5));
    for cuts in [vec![0..7, 7..15], vec![0..1, 1..10, 10..15]] {
        let parts = cuts.into_iter().rev().map(|range| {
            run_part(&population, &scenario, Settle::Drawn, &[], range, &|_| {}).unwrap()
        });
        assert_eq!(whole, Part::merge(parts).unwrap());
    }
}
