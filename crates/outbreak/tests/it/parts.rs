//! Parts of an ensemble merge into what one go would have left, whatever the cut, the order and the threads.

#![expect(clippy::unwrap_used, reason = "a sketch by hand can be sampled")]

use std::ops::Range;

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use wardround_estate::Estate;
use wardround_outbreak::{
    Effect, MergeError, Part, Population, Profile, Scenario, Settle, default_threats, run,
    run_part, summarise,
};

use crate::builder::*;

fn estate() -> Estate {
    Sketch::new()
        .organisation("harbour", None)
        .organisation("mill", None)
        .network("harbour-lan", "harbour")
        .network("harbour-ward", "harbour")
        .network("mill-lan", "mill")
        .machines("harbour", 0, 10, Known::Nothing)
        .machines("harbour", 1, 6, Known::Open)
        .machines("mill", 2, 12, Known::Nothing)
        .machines("mill", 2, 3, Known::Closed)
        .machine("mill", &[], Known::Nothing)
        .estate()
}

fn part(population: &Population<'_>, scenario: &Scenario, replicates: Range<u32>) -> Part {
    run_part(
        population,
        scenario,
        Settle::Drawn,
        &[],
        replicates,
        &|_| {},
    )
    .unwrap()
}

/// Cuts `0..end` at these places.
fn cut(end: u32, places: &[u32]) -> Vec<Range<u32>> {
    let mut places: Vec<u32> = places.iter().map(|place| place % (end + 1)).collect();
    places.extend([0, end]);
    places.sort_unstable();
    places.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_cut_in_any_order_and_grouping_merges_into_the_whole(
        places in proptest::collection::vec(any::<u32>(), 0..5),
        order in any::<u64>(),
        grouping in any::<prop::sample::Index>(),
        repeats in 1u32..5,
    ) {
        let (estate, profile) = (estate(), quick_worm());
        let population = Population::new(&estate, &profile);
        let scenario = scenario(6, repeats);
        let whole = part(&population, &scenario, 0..scenario.replicates());
        let mut parts: Vec<Part> = cut(scenario.replicates(), &places)
            .into_iter()
            .map(|range| part(&population, &scenario, range))
            .collect();
        let shift = order as usize % parts.len();
        parts.rotate_left(shift);
        if order >> 32 & 1 == 1 {
            parts.reverse();
        }
        prop_assert_eq!(&Part::merge(parts.clone()).unwrap(), &whole);
        let later = parts.split_off(grouping.index(parts.len()));
        let groups = [parts, later].into_iter().filter(|group| !group.is_empty());
        let merged = groups.map(|group| Part::merge(group).unwrap());
        prop_assert_eq!(&Part::merge(merged).unwrap(), &whole);
        prop_assert_eq!(whole.missing(), vec![]);
    }
}

#[test]
fn one_two_and_five_threads_leave_the_same_part() {
    let estate = estate();
    for profile in default_threats().unwrap().iter().chain([&quick_worm()]) {
        let with_threads = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| {
                let population = Population::new(&estate, profile);
                part(&population, &scenario(8, 3), 2..19)
            })
        };
        let one = with_threads(1);
        assert_eq!(one, with_threads(2), "{}", profile.id);
        assert_eq!(one, with_threads(5), "{}", profile.id);
    }
}

#[test]
fn a_whole_part_sums_up_to_the_ensemble() {
    let (estate, profile) = (estate(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = scenario(7, 4);
    let ensemble = run(&population, &scenario, Settle::Drawn, &[], &|_| {}).unwrap();
    let halves = [0..9, 9..28].map(|range| part(&population, &scenario, range));
    let merged = Part::merge(halves).unwrap();
    let from_parts = summarise(&merged, &merged.ensemble.scenario());
    assert_eq!(format!("{from_parts:?}"), format!("{ensemble:?}"));
}

#[test]
fn what_is_there_twice_or_not_at_all_is_named() {
    let (estate, profile) = (estate(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = scenario(6, 5);
    let of = |range| part(&population, &scenario, range);
    let twice = MergeError::Twice { first: 8, last: 9 };
    assert_eq!(Part::merge([of(0..10), of(8..20)]), Err(twice));
    let same = MergeError::Twice { first: 3, last: 3 };
    assert_eq!(Part::merge([of(3..4), of(3..4)]), Err(same));
    let gappy = Part::merge([of(20..25), of(4..10)]).unwrap();
    assert_eq!(gappy.ranges(), [4..10, 20..25]);
    assert_eq!(gappy.missing(), [0..4, 10..20, 25..30]);
    assert_eq!(
        gappy.complete(0..30),
        Err(MergeError::Missing { first: 0, last: 3 })
    );
    assert_eq!(Part::merge([]), Err(MergeError::Nothing));
    let missing = of(28..99).missing();
    assert_eq!(
        (missing.len(), missing[0].end),
        (1, 28),
        "there are no more"
    );
}

#[test]
fn parts_of_other_ensembles_are_refused_and_say_what_differs() {
    let (estate, profile) = (estate(), quick_worm());
    let population = Population::new(&estate, &profile);
    let usual = scenario(4, 2);
    let first = part(&population, &usual, 0..2);
    let refused = |other: Part, words: &'static str| {
        let error = Part::merge([first.clone(), other]).unwrap_err();
        assert_eq!(error, MergeError::Different(vec![words]));
    };
    let with = |change: &dyn Fn(&mut Scenario)| {
        let mut scenario = usual.clone();
        change(&mut scenario);
        part(&population, &scenario, 2..4)
    };
    refused(with(&|it| it.seed = 9), "the seed");
    refused(with(&|it| it.worlds = 5), "the number of worlds");
    refused(with(&|it| it.repeats = 4), "the number of repeats");
    refused(with(&|it| it.horizon_hours = 3.0), "the scenario");
    let effects = [Effect::Close(vec![wardround_estate::HostId(0)])];
    let closed = run_part(&population, &usual, Settle::Drawn, &effects, 2..4, &|_| {});
    refused(closed.unwrap(), "the scenario");

    let other: Profile = default_threats().unwrap().remove(0);
    let population = Population::new(&estate, &other);
    let error = Part::merge([first.clone(), part(&population, &usual, 2..4)]).unwrap_err();
    assert!(
        error.to_string().contains("the threat's profile"),
        "{error}"
    );

    let larger = Sketch::new()
        .organisation("mill", None)
        .network("mill-lan", "mill")
        .machines("mill", 0, 32, Known::Open)
        .estate();
    let population = Population::new(&larger, &profile);
    let error = Part::merge([first, part(&population, &usual, 2..4)]).unwrap_err();
    assert!(error.to_string().contains("the estate"), "{error}");
}
