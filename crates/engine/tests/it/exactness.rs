//! The samplers and the naive twin draw from one law: sixty random worlds, fifty of which have every feature, quickly.
//!
//! The example `exactness` does the same at any length and tells how often a bias is seen.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use wardround_engine::Input;

use crate::twin::law::{Verdict, judge, quickened, weakened};
use crate::twin::observed::{Sampler, coupled, fast, literal};
use crate::twin::simpler::{FEATURES, without};
use crate::twin::worlds::{WORLDS, has_every_feature, world};

/// So many replicates of the twin are told from as many of a sampler that is 2 % off, at least nine times in ten.
const REPLICATES: u64 = 1_500;
/// The least chance that is accepted, of all tests together.
const LEVEL: f64 = 1e-3;

#[test]
fn fast_agrees_with_every_probe_drawn_literally() {
    let worlds = worlds();
    every_feature_is_in_most(&worlds);
    let verdict = against_the_twin(&worlds, &fast, Input::clone);
    assert!(
        verdict.corrected() > LEVEL,
        "corrected chance {:.1e}:\n{}",
        verdict.corrected(),
        verdict.worst(8)
    );
}

/// There it counts sources generously.
#[test]
fn fast_agrees_where_hosts_need_not_be_told_apart() {
    let mut worlds = worlds();
    for (_, world) in &mut worlds {
        for feature in ["sweeps", "contacts", "further"] {
            *world = without(world, feature);
        }
    }
    let verdict = against_the_twin(&worlds, &fast, Input::clone);
    assert!(
        verdict.corrected() > LEVEL,
        "corrected chance {:.1e}:\n{}",
        verdict.corrected(),
        verdict.worst(8)
    );
}

#[test]
fn coupled_agrees_with_every_probe_drawn_literally() {
    let verdict = against_the_twin(&worlds(), &coupled, Input::clone);
    assert!(
        verdict.corrected() > LEVEL,
        "corrected chance {:.1e}:\n{}",
        verdict.corrected(),
        verdict.worst(8)
    );
}

#[test]
fn two_percent_off_is_seen() {
    let worlds = worlds();
    let biases: [fn(&Input) -> Input; 2] = [|it| weakened(it, 0.98), |it| quickened(it, 1.02)];
    for bias in biases {
        let verdict = against_the_twin(&worlds, &fast, bias);
        assert!(
            verdict.corrected() < LEVEL,
            "corrected chance {:.1e}:\n{}",
            verdict.corrected(),
            verdict.worst(8)
        );
    }
}

#[test]
fn the_twin_agrees_with_itself() {
    let worlds: Vec<(u64, Input)> = worlds().into_iter().step_by(4).collect();
    let verdict = against_the_twin(&worlds, &literal, Input::clone);
    assert!(verdict.corrected() > LEVEL, "{}", verdict.worst(8));
    // Nor are the samples suspiciously alike or the tests too shy: the chances are spread evenly.
    let low = verdict.tests.iter().filter(|test| test.chance < 0.1);
    let share = low.count() as f64 / verdict.tests.len() as f64;
    assert!((0.05..0.15).contains(&share), "{share} are below a tenth");
}

/// Made once: those with everything take some looking for.
fn worlds() -> Vec<(u64, Input)> {
    static MADE: LazyLock<Vec<(u64, Input)>> =
        LazyLock::new(|| (0..WORLDS).map(|number| (number, world(number))).collect());
    MADE.clone()
}

fn against_the_twin(
    worlds: &[(u64, Input)],
    sampler: Sampler<'_>,
    bias: impl Fn(&Input) -> Input,
) -> Verdict {
    let reference: Sampler<'_> = &literal;
    let count = 0..REPLICATES;
    judge(worlds, (reference, count.clone()), (sampler, count), bias)
}

fn every_feature_is_in_most(worlds: &[(u64, Input)]) {
    for feature in FEATURES {
        let has = |it: &&(u64, Input)| without(&it.1, feature) != it.1;
        let count = worlds.iter().filter(has).count();
        assert!(count >= 50, "{feature}: in {count} worlds");
    }
    let closing = worlds
        .iter()
        .filter(|it| closes_in_one_realm(&it.1))
        .count();
    assert!(closing >= 20, "one realm: in {closing} worlds");
    let full = worlds.iter().filter(|it| has_every_feature(&it.1)).count();
    assert!(full >= 50, "{full} worlds have every feature");
    let sizes: BTreeSet<usize> = worlds.iter().map(|it| it.1.hosts.len()).collect();
    assert!(sizes.first() < Some(&15) && sizes.last() > Some(&50));
}

/// Whether an organisation of several networks isolates itself that has them all in one realm: then the engine counts its probes
/// of two scopes together.
fn closes_in_one_realm(world: &Input) -> bool {
    (0..).zip(&world.organisations).any(|(id, organisation)| {
        let own = || world.networks.iter().filter(|it| it.organisation == id);
        let realms: BTreeSet<Option<u32>> = own().map(|network| network.realm).collect();
        let isolates = organisation.response.as_ref().is_some_and(|it| it.isolates);
        isolates && own().count() > 1 && realms.len() == 1 && !realms.contains(&None)
    })
}
