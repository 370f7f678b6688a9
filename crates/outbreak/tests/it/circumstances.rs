//! What a scenario or a profile says is what outbreaks do: hours, the internet, staff, rest, credentials.

use std::ops::Range;

use wardround_estate::Estate;
use wardround_evidence::{Direction, Fact, Role};
use wardround_outbreak::{
    Effect, Part, Point, Population, Profile, ResponseRule, Scenario, Settle, run_part,
};

use crate::builder::*;

const WEDNESDAY: f64 = 48.0;
const SATURDAY: f64 = 120.0;

/// A server, from which outbreaks start, and a hundred PCs in one network of its organisation; all of them are open.
fn office() -> Sketch {
    Sketch::new()
        .organisation("harbour", None)
        .network("harbour-lan", "harbour")
        .machine("harbour", &["10.0.0.254"], Known::Open)
        .seen(Fact::Role(Role::Server))
        .machines("harbour", 0, 100, Known::Open)
}

fn sampled(estate: &Estate, profile: &Profile, scenario: Scenario, effects: &[Effect]) -> Part {
    let population = Population::new(estate, profile);
    let scenario = from_host(host(estate, 0), scenario);
    let all = 0..scenario.replicates();
    let part = run_part(
        &population,
        &scenario,
        Settle::InFavour,
        effects,
        all,
        &|_| {},
    );
    part.expect("a sketch by hand can be sampled")
}

/// Machines taken on the average, the entry apart.
fn mean_taken(part: &Part) -> f64 {
    let taken: u32 = part.replicates.iter().map(|row| row.taken - 1).sum();
    f64::from(taken) / part.replicates.len() as f64
}

fn taken(part: &Part) -> Vec<u32> {
    part.replicates.iter().map(|row| row.taken).collect()
}

fn sweep(per_hour: f64) -> String {
    let pace = exactly(per_hour);
    format!("[[stream]]\nkind = \"sweep\"\nprobes_per_hour = {pace}\n")
}

/// Random addresses of the machine's own network, from which a machine that rests or is off loses nothing but time.
fn network_probes(per_hour: f64) -> String {
    let pace = exactly(per_hour);
    format!("[[stream]]\nkind = \"uniform\"\nscope = \"network\"\nprobes_per_hour = {pace}\n")
}

fn within(range: Range<f64>, value: f64) {
    assert!(range.contains(&value), "{value} is not within {range:?}");
}

#[test]
fn workstations_are_on_by_the_hours_of_the_week_and_servers_always() {
    let sketch = office().network("harbour-servers", "harbour");
    let estate = (1..=30)
        .fold(sketch, |sketch, last| {
            let address = format!("10.0.0.{}", 200 + last);
            let sketch = sketch.machine("harbour", &[&address], Known::Open);
            sketch.seen(Fact::Role(Role::Server))
        })
        .estate();
    // 30 servers, and of 100 PCs the assumed share: 0.2 by night, 0.9 in the office, 0.25 at the weekend. The standard error
    // over forty worlds is at most 0.7 machines.
    for (start, expected) in [
        (WEDNESDAY + 1.0, 30.0 + 20.0),
        (WEDNESDAY + 10.0, 30.0 + 90.0),
        (SATURDAY + 10.0, 30.0 + 25.0),
    ] {
        let by_hours = |presence| {
            let scenario = Scenario {
                start_hour_of_week: start,
                horizon_hours: 4.0,
                presence,
                ..scenario(40, 1)
            };
            let profile = worm_of("", "", &network_probes(36000.0));
            mean_taken(&sampled(&estate, &profile, scenario, &[]))
        };
        within(expected - 3.0..expected + 3.0, by_hours(true));
        within(129.9..130.1, by_hours(false));
    }
}

#[test]
fn dwell_moves_the_hour_of_the_week_and_nothing_else() {
    let estate = office().estate();
    let dwell = format!(
        "[dwell]\nabout = \"They look round.\"\nhours = {}\n",
        exactly(49.0)
    );
    let from = |start, tables: &str| {
        let profile = worm_of("", "", &format!("{}{tables}", network_probes(300.0)));
        let scenario = Scenario {
            start_hour_of_week: start,
            presence: true,
            horizon_hours: 3.0,
            ..scenario(10, 2)
        };
        taken(&sampled(&estate, &profile, scenario, &[]))
    };
    // From Saturday 10:00 it takes 49 hours until Monday 11:00.
    assert_eq!(from(SATURDAY + 10.0, &dwell), from(11.0, ""));
    assert_ne!(from(SATURDAY + 10.0, &dwell), from(SATURDAY + 10.0, ""));
}

#[test]
fn the_internet_presses_on_what_faces_it_from_its_hour_on_and_where_it_is_asked_for() {
    let estate = office().seen(Fact::InternetFacing(true)).estate();
    let facing = host(&estate, 100);
    let pressure = format!(
        "{}[[outside]]\nfrom_hour = {}\nprobes_per_hour = {}\n",
        sweep(0.0),
        exactly(6.0),
        exactly(1000.0)
    );
    let profile = worm_of("", "", &pressure);
    let under = |outside, horizon_hours| {
        let scenario = Scenario {
            outside,
            horizon_hours,
            ..scenario(4, 2)
        };
        sampled(&estate, &profile, scenario, &[])
    };
    assert_eq!(taken(&under(false, 24.0)), [1; 8]);
    assert_eq!(taken(&under(true, 5.9)), [1; 8]);
    let pressed = under(true, 24.0);
    assert_eq!(taken(&pressed), [2; 8]);
    assert!(pressed.hosts[facing.0 as usize].falls > 0);
}

fn response(rule: impl FnOnce(&mut ResponseRule)) -> Option<ResponseRule> {
    let mut response = ResponseRule {
        after_infections: 1,
        counts_disabled: false,
        delay_hours: 0.0,
        warned_at_hours: None,
        isolates: false,
        patches_per_hour_and_thousand: 0.0,
        rebuilds_per_hour_and_thousand: 0.0,
        works_by_day: false,
    };
    rule(&mut response);
    Some(response)
}

#[test]
fn staff_rebuild_at_their_pace_and_by_day_where_it_is_said() {
    let estate = office().estate();
    let rebuilt = |start, works_by_day| {
        let scenario = Scenario {
            start_hour_of_week: start,
            horizon_hours: 10.0,
            response: response(|rule| {
                rule.rebuilds_per_hour_and_thousand = 50.0;
                rule.works_by_day = works_by_day;
            }),
            ..scenario(10, 4)
        };
        let part = sampled(&estate, &quick_worm(), scenario, &[]);
        let rebuilt: u32 = part.replicates.iter().map(|row| row.rebuilt).sum();
        f64::from(rebuilt) / 40.0
    };
    // 50 for each thousand of 101 machines are 5 an hour, over ten hours or those until 18:00; the standard error is 1.1.
    within(46.0..55.0, rebuilt(WEDNESDAY + 1.0, false));
    within(46.0..55.0, rebuilt(WEDNESDAY + 8.0, true));
    within(21.0..29.0, rebuilt(WEDNESDAY + 13.0, true));
    within(0.0..0.1, rebuilt(SATURDAY + 8.0, true));
}

#[test]
fn staff_patch_what_the_fix_closes_before_the_worm_comes() {
    let estate = office().estate();
    let mean = |patch_closes: bool, pace: f64| {
        let head = format!("latency_hours = {}", exactly(4.0));
        let of_vector = format!("patch_closes = {patch_closes}");
        let profile = worm_of(&head, &of_vector, &sweep(36000.0));
        let scenario = Scenario {
            response: response(|rule| rule.patches_per_hour_and_thousand = pace),
            ..scenario(10, 4)
        };
        mean_taken(&sampled(&estate, &profile, scenario, &[]))
    };
    let unpatched = mean(true, 0.0);
    within(80.0..100.1, unpatched);
    // Half of the machines an hour, against four hours until the first probe.
    within(1.0..0.6 * unpatched, mean(true, 500.0));
    within(80.0..100.1, mean(false, 500.0));
}

#[test]
fn a_worm_that_falls_silent_or_ends_spreads_less() {
    let estate = office().estate();
    let mean = |head: &str, tables: &str| {
        let profile = worm_of(head, "", &format!("{}{tables}", network_probes(300.0)));
        mean_taken(&sampled(&estate, &profile, scenario(5, 4), &[]))
    };
    let rests = |wakes: f64| {
        format!(
            "[dormancy]\nto_dormant_per_hour = {}\nto_active_per_hour = {}\n",
            exactly(1000.0),
            exactly(wakes)
        )
    };
    let ends = |hours: f64| format!("removal_mean_hours = {}", exactly(hours));
    within(99.0..100.1, mean("", ""));
    within(0.0..2.0, mean("", &rests(0.0)));
    within(10.0..100.1, mean("", &rests(1000.0)));
    within(0.0..2.0, mean(&ends(0.001), ""));
    within(90.0..100.1, mean(&ends(1000.0), ""));
}

#[test]
fn the_service_runs_on_the_share_that_the_profile_says() {
    let estate = office().estate();
    let population_taken = |share: f64| {
        let of_vector = format!("service_share = {}", exactly(share));
        let profile = worm_of("", &of_vector, &sweep(36000.0));
        let population = Population::new(&estate, &profile);
        let scenario = from_host(host(&estate, 0), scenario(40, 1));
        let ensemble = sample(&population, &scenario, Settle::Drawn, &[]);
        ensemble.spread.mean_taken.0 - 1.0
    };
    within(0.0..0.1, population_taken(0.0));
    within(27.0..33.0, population_taken(0.3));
    within(99.9..100.1, population_taken(1.0));
}

#[test]
fn credentials_open_the_way_to_whom_they_are_held_for_inside_the_organisation() {
    let estate = office()
        .organisation("mill", None)
        .network("mill-lan", "mill")
        .link("harbour-lan", "mill-lan")
        .machines("mill", 1, 20, Known::Open)
        .network("harbour-ward", "harbour")
        .machines("harbour", 2, 20, Known::Open)
        .estate();
    let falls = |share: f64, effects: &[Effect]| {
        let tables = format!(
            "[vector.credentials]\nshare = {}\n[[stream]]\nkind = \"contacts\"\nalong = \"log_ons\"\nattempts_per_hour = {}\n",
            exactly(share),
            exactly(20.0)
        );
        let profile = worm_of("", "carried_by = \"credentials\"", &tables);
        let population = Population::new(&estate, &profile);
        let scenario = from_host(host(&estate, 0), scenario(10, 2));
        let ensemble = sample(&population, &scenario, Settle::Against, effects);
        // The office, the other organisation and the ward, in the order in which they were sketched.
        let of = |numbers: Range<usize>| -> f64 {
            numbers
                .map(|number| crate::builder::falls(&ensemble, host(&estate, number)))
                .sum()
        };
        [of(1..101), of(101..121), of(121..141)]
    };
    // With everything against us every machine holds credentials, so the share is told by the draws alone.
    let [office, mill, ward] = falls(0.5, &[]);
    within(90.0..100.1, office);
    within(0.0..0.1, mill);
    within(15.0..20.1, ward);
    let closed = Effect::Set(
        Point::Boundary(network(&estate, "harbour-ward"), Direction::In),
        wardround_estate::Passage::Denied,
    );
    let [office, _, ward] = falls(0.5, &[closed]);
    within(90.0..100.1, office);
    within(0.0..0.1, ward);
}
