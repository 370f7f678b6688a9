//! Two worlds beside each other on the same draws.

use wardround_estate::{Estate, Passage};
use wardround_evidence::Direction;
use wardround_outbreak::{
    Alternative, Comparison, Effect, Entry, Point, Population, Profile, ResponseRule, RunError,
    Scenario, Settle, advise, as_claimed, compare,
};

use crate::builder::*;

fn compared(
    population: &Population<'_>,
    scenario: &Scenario,
    first: &Alternative,
    second: &Alternative,
) -> Comparison {
    compare(population, scenario, first, second, &|_| {}).expect("the estate has machines")
}

/// An entry, and a hundred machines of which nothing is known, so that worlds differ in how many are open.
fn unknown_hundred() -> Estate {
    Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 1, Known::Open)
        .machines("harbour", 0, 100, Known::Nothing)
        .estate()
}

/// Ten open machines here and thirty there, and nothing passes between: the beginning, drawn from all of them, settles what
/// is taken.
struct Islands {
    estate: Estate,
    profile: Profile,
}

impl Islands {
    fn new() -> Self {
        let estate = Sketch::new()
            .organisation("harbour", None)
            .organisation("mill", None)
            .network("harbour-lan", "harbour")
            .network("mill-lan", "mill")
            .machines("harbour", 0, 10, Known::Open)
            .machines("mill", 1, 30, Known::Open)
            .estate();
        Self {
            estate,
            profile: quick_worm(),
        }
    }

    /// As it is beside a world in which the machines of one organisation have the fix.
    fn with_the_fix_at(&self, owner: &str, worlds: u32, repeats: u32, seed: u64) -> Comparison {
        let population = Population::new(&self.estate, &self.profile);
        let all = self.estate.hosts().map(|(host, _)| host).collect();
        let scenario = Scenario {
            entry: Entry::OneOf(all),
            seed,
            ..scenario(worlds, repeats)
        };
        let border = |id| Point::Border(organisation(&self.estate, id), Direction::In);
        let apart = ["harbour", "mill"].map(|id| Effect::Set(border(id), Passage::Denied));
        let hosts = self.estate.hosts_by_organisation();
        let fixed = hosts[&organisation(&self.estate, owner)].clone();
        let mut second = Alternative::with(&scenario, &apart);
        second.effects.push(Effect::Close(fixed));
        let first = Alternative::with(&scenario, &apart);
        compared(&population, &scenario, &first, &second)
    }
}

#[test]
fn a_fix_of_no_machine_makes_no_difference_at_all() {
    let (estate, profile) = (unknown_hundred(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(10, 3));
    let as_it_is = Alternative::of(&scenario);
    let nothing = Alternative::with(&scenario, &[Effect::Close(Vec::new())]);
    let found = compared(&population, &scenario, &as_it_is, &nothing);
    assert_eq!(found.first, found.second);
    let difference = found.difference;
    assert_eq!((difference.mean, difference.standard_error), (0.0, 0.0));
    assert_eq!(difference.interval_95(), (0.0, 0.0));
    assert!(!difference.is_told());
    // Outbreaks differ, and the difference never does.
    assert_eq!(difference.variance_reduction, f64::INFINITY);
}

#[test]
fn the_other_way_round_the_difference_is_the_negative() {
    let (estate, profile) = (unknown_hundred(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(12, 2));
    let against = Alternative {
        settle: Settle::Against,
        ..Alternative::of(&scenario)
    };
    let drawn = Alternative::of(&scenario);
    let one = compared(&population, &scenario, &against, &drawn);
    let other = compared(&population, &scenario, &drawn, &against);
    assert!(one.difference.mean > 0.0 && one.difference.is_told());
    assert_eq!(one.difference.mean, -other.difference.mean);
    let (low, high) = one.difference.interval_95();
    assert_eq!(other.difference.interval_95(), (-high, -low));
    assert_eq!(
        one.difference.variance_reduction,
        other.difference.variance_reduction
    );
    assert_eq!((one.first, one.second), (other.second, other.first));
}

#[test]
fn the_difference_and_what_the_coupling_gave_are_those_of_the_closed_form() {
    // One in four outbreaks begins at the harbour and takes its 10 machines, the others the mill's 30. With the harbour
    // fixed its outbreaks take the entry alone: 9 fewer in a quarter of all, so 2.25 on average. What two worlds apart vary
    // by is (20² + 29²) 3/16, together 9² 3/16.
    let islands = Islands::new();
    let found = islands.with_the_fix_at("harbour", 2_000, 1, 1);
    let difference = found.difference;
    assert!((found.first.mean_taken.0 - 25.0).abs() < 1.0, "{found:?}");
    assert!((difference.mean - 2.25).abs() < 4.0 * difference.standard_error);
    let variance = 81.0 * 3.0 / 16.0;
    assert!((difference.variance / variance - 1.0).abs() < 0.1);
    let reduction = (400.0 + 841.0) / 81.0;
    assert!((difference.variance_reduction / reduction - 1.0).abs() < 0.1);
    // A fix that turns outbreaks about, so that the larger become the smaller, is told apart the worse for the same draws:
    // 29 fewer in three quarters of all, 20 and 9 apart.
    let difference = islands.with_the_fix_at("mill", 2_000, 1, 1).difference;
    assert!((difference.mean - 21.75).abs() < 4.0 * difference.standard_error);
    let reduction = (400.0 + 81.0) / 841.0;
    assert!((difference.variance_reduction / reduction - 1.0).abs() < 0.1);
}

#[test]
fn of_a_hundred_intervals_ninety_five_cover_what_is_true() {
    let islands = Islands::new();
    let covers = |seed: &u64| {
        let found = islands.with_the_fix_at("harbour", 20, 8, *seed);
        let (low, high) = found.difference.interval_95();
        low <= 2.25 && 2.25 <= high
    };
    let covered = (1..=400).filter(covers).count();
    // Two and a half standard errors of so many about 380.
    assert!((369..=391).contains(&covered), "{covered} of 400");
}

#[test]
fn a_small_fix_is_told_far_better_on_the_same_draws() {
    let (estate, profile) = (unknown_hundred(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(40, 2));
    let fixed = vec![host(&estate, 5), host(&estate, 50)];
    let first = Alternative::of(&scenario);
    let second = Alternative::with(&scenario, &[Effect::Close(fixed)]);
    let found = compared(&population, &scenario, &first, &second).difference;
    assert!(found.is_told() && found.mean < 2.0, "{found:?}");
    assert!(found.variance_reduction > 20.0, "{found:?}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (estate, profile) = (unknown_hundred(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(9, 2));
    let first = Alternative::of(&scenario);
    let second = Alternative {
        settle: Settle::InFavour,
        ..Alternative::of(&scenario)
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| format!("{:?}", compared(&population, &scenario, &first, &second)))
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

#[test]
fn what_people_do_may_differ_too() {
    let estate = Sketch::harbour_and_mill(1, 30).estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let scenario = from_host(host(&estate, 0), scenario(5, 2));
    let warned = Alternative {
        response: Some(ResponseRule {
            after_infections: 5,
            counts_disabled: false,
            delay_hours: 1.0,
            warned_at_hours: Some(0.0),
            isolates: true,
            patches_per_hour_and_thousand: 0.0,
            rebuilds_per_hour_and_thousand: 0.0,
            works_by_day: false,
        }),
        ..Alternative::of(&scenario)
    };
    let nobody_acts = Alternative::of(&scenario);
    let found = compared(&population, &scenario, &nobody_acts, &warned).difference;
    assert_eq!((found.first, found.second, found.mean), (31.0, 1.0, 30.0));
    // Every number is the same each time: there is nothing to reduce.
    assert_eq!(found.variance_reduction, 1.0);
}

#[test]
fn advice_is_this_very_comparison() {
    let estate = Sketch::new()
        .organisation("harbour", None)
        .network("lan", "harbour")
        .machines("harbour", 0, 41, Known::Open)
        .machines("harbour", 0, 40, Known::Nothing)
        .claim("harbour", "smb1_disabled", Some(60.0))
        .estate();
    let profile = quick_worm();
    let population = Population::new(&estate, &profile);
    let asked = from_host(host(&estate, 0), scenario(10, 5));
    let advice = advise(&population, &asked, 1, None).unwrap();
    // What advice is measured with.
    let scenario = Scenario {
        worlds: 25,
        repeats: 10,
        seed: asked.seed.wrapping_add(0x5eed),
        ..asked
    };
    let as_it_is = Alternative::of(&scenario);
    let done = Alternative::with(&scenario, &advice.to_do[0].candidate.done);
    let found = compared(&population, &scenario, &as_it_is, &done);
    assert_eq!(advice.to_do[0].spared, found.difference);
    let claimed = Alternative::with(&scenario, &as_claimed(&population));
    let found = compared(&population, &scenario, &as_it_is, &claimed);
    assert_eq!(
        advice.overconfidence.unwrap().refuted.spared,
        found.difference
    );
}

#[test]
fn an_estate_without_machines_has_no_worlds() {
    let (estate, profile) = (Sketch::new().estate(), quick_worm());
    let population = Population::new(&estate, &profile);
    let scenario = scenario(2, 1);
    let told = Alternative::of(&scenario);
    let found = compare(&population, &scenario, &told, &told, &|_| {});
    assert!(matches!(found, Err(RunError::NoHosts)));
}
