//! Laws of losses.

use proptest::prelude::*;
use wardround_evidence::OrganisationKind;
use wardround_outbreak::harm::{
    Change, Clock, Course, Cut, DayLoss, DrawnServices, Group, Need, Service, ServiceRules,
    impairment, losses,
};

const KINDS: [OrganisationKind; 5] = [
    OrganisationKind::Acute,
    OrganisationKind::MentalHealth,
    OrganisationKind::Community,
    OrganisationKind::Ambulance,
    OrganisationKind::Surgery,
];

/// The users', servers' and devices' machines of every organisation here.
const MACHINES: [u32; 3] = [800, 60, 140];

fn drawn(world: u64) -> DrawnServices {
    ServiceRules::built_in().draw(1, world)
}

fn course(out: &[(f64, usize, i32)], cuts: &[(f64, f64)], drawn: &DrawnServices) -> Course {
    let recoveries = [drawn.recovery, drawn.servers_recovery, drawn.recovery];
    Course {
        groups: (0..3)
            .map(|group| Group {
                machines: MACHINES[group],
                changes: out
                    .iter()
                    .filter(|(_, of, _)| *of == group)
                    .map(|&(hours, _, machines)| Change { hours, machines })
                    .collect(),
                recovery: Some(recoveries[group]),
            })
            .collect(),
        cuts: cuts
            .iter()
            .map(|&(from_hours, hours)| Cut {
                from_hours,
                until_hours: from_hours + hours,
            })
            .collect(),
        recovers_from_hours: 0.0,
    }
}

fn lost(
    service: &Service,
    course: &Course,
    needs: &[Need<'_>],
    drawn: &DrawnServices,
    clock: &Clock,
) -> Vec<DayLoss> {
    let shares = course.shares(clock);
    let hours = impairment(service, &shares, &MACHINES, needs, &drawn.curve, clock);
    assert!(hours.iter().all(|hour| (0.0..=1.0).contains(hour)));
    losses(service, &hours, clock)
}

fn not_done(days: &[DayLoss]) -> f64 {
    days.iter().map(DayLoss::not_done).sum()
}

/// Machines out: when, of which group, how many.
fn outages() -> impl Strategy<Value = Vec<(f64, usize, i32)>> {
    prop::collection::vec((0.0..120.0, 0usize..3, 1..60i32), 0..12)
}

fn cuts() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.0..150.0, 0.0..100.0), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, rng_seed: proptest::test_runner::RngSeed::Fixed(4), ..ProptestConfig::default() })]

    #[test]
    fn what_is_planned_is_done_kept_on_paper_postponed_or_lost(
        out in outages(), cuts in cuts(), world in 0u64..50, kind in 0usize..5, start in 0.0..168.0,
    ) {
        let drawn = drawn(world);
        let clock = Clock { start_hour_of_week: start, days: 9 };
        for service in drawn.services_of(KINDS[kind], 1000) {
            for day in lost(&service, &course(&out, &cuts, &drawn), &[], &drawn, &clock) {
                let parts = [day.done(), day.on_paper, day.postponed, day.lost];
                let sum: f64 = parts.iter().sum();
                prop_assert!((sum - day.planned).abs() <= 1e-9 * day.planned.max(1.0));
                prop_assert!(parts.iter().all(|part| *part >= -1e-9), "{parts:?}");
            }
        }
    }

    #[test]
    fn more_machines_out_never_cost_less(
        out in outages(), more in outages(), cuts in cuts(), world in 0u64..50, kind in 0usize..5, start in 0.0..168.0,
    ) {
        let drawn = drawn(world);
        let clock = Clock::week(start);
        let both: Vec<_> = out.iter().chain(&more).copied().collect();
        let (few, many) = (course(&out, &cuts, &drawn), course(&both, &cuts, &drawn));
        for service in drawn.services_of(KINDS[kind], 1000) {
            let less = lost(&service, &few, &[], &drawn, &clock);
            let more = lost(&service, &many, &[], &drawn, &clock);
            for (less, more) in less.iter().zip(&more) {
                prop_assert!(less.not_done() <= more.not_done() + 1e-9);
                prop_assert!(less.on_paper <= more.on_paper + 1e-9);
            }
        }
    }

    #[test]
    fn more_machines_out_of_one_never_cost_those_less_that_need_it(
        out in outages(), more in outages(), own in outages(), world in 0u64..50, weight in 0.0..1.0, start in 0.0..168.0,
    ) {
        let drawn = drawn(world);
        let clock = Clock::week(start);
        let both: Vec<_> = out.iter().chain(&more).copied().collect();
        let own = course(&own, &[], &drawn);
        let laboratory = drawn.services_of(OrganisationKind::Acute, 1000).remove(0);
        let impaired = [&out, &both].map(|out| {
            let shares = course(out, &[], &drawn).shares(&clock);
            impairment(&laboratory, &shares, &MACHINES, &[], &drawn.curve, &clock)
        });
        for service in drawn.services_of(OrganisationKind::Community, 1000) {
            let [less, more] = impaired.each_ref().map(|impairment| {
                let needs = [Need { impairment, weight }];
                not_done(&lost(&service, &own, &needs, &drawn, &clock))
            });
            prop_assert!(less <= more + 1e-9, "{less} {more}");
        }
    }

    #[test]
    fn a_longer_cut_never_costs_less(
        out in outages(), from in 0.0..100.0, hours in 0.0..100.0, longer in 0.0..50.0, world in 0u64..50, kind in 0usize..5,
    ) {
        let drawn = drawn(world);
        let clock = Clock::week(33.0);
        let short = course(&out, &[(from, hours)], &drawn);
        let long = course(&out, &[(from, hours + longer)], &drawn);
        for service in drawn.services_of(KINDS[kind], 1000) {
            let less = not_done(&lost(&service, &short, &[], &drawn, &clock));
            let more = not_done(&lost(&service, &long, &[], &drawn, &clock));
            prop_assert!(less <= more + 1e-9, "{less} {more}");
        }
    }
}

#[test]
fn nothing_out_and_nobody_cut_off_costs_exactly_nothing() {
    for world in 0..50 {
        let drawn = drawn(world);
        let clock = Clock::week(33.0);
        let untouched = course(&[], &[], &drawn);
        assert!(untouched.is_untouched());
        for service in KINDS
            .iter()
            .flat_map(|kind| drawn.services_of(*kind, 4_000))
        {
            for day in lost(&service, &untouched, &[], &drawn, &clock) {
                assert_eq!((day.on_paper, day.postponed, day.lost), (0.0, 0.0, 0.0));
                assert_eq!(day.done(), day.planned);
            }
        }
    }
}

#[test]
fn a_precaution_costs_those_that_were_never_infected() {
    let drawn = drawn(3);
    let clock = Clock::week(33.0);
    let cut = course(&[], &[(5.0, 48.0)], &drawn);
    for service in drawn.services_of(OrganisationKind::Acute, 4_000) {
        assert!(not_done(&lost(&service, &cut, &[], &drawn, &clock)) > 0.0);
    }
}

#[test]
fn a_service_that_needs_another_one_suffers_with_it() {
    let drawn = drawn(3);
    let clock = Clock::week(33.0);
    let untouched = course(&[], &[], &drawn);
    let service = &drawn.services_of(OrganisationKind::Surgery, 20)[0];
    let (works, down) = (vec![0.0; clock.hours()], vec![1.0; clock.hours()]);
    let need = |impairment| Need {
        impairment,
        weight: 0.5,
    };
    let of = |needs: &[Need<'_>]| not_done(&lost(service, &untouched, needs, &drawn, &clock));
    assert_eq!(of(&[need(&works)]), 0.0);
    assert!(of(&[need(&down)]) > 0.0);
    assert!(of(&[need(&down), need(&down)]) > of(&[need(&down)]));
}

#[test]
fn everything_out_stops_what_is_not_kept_on_paper() {
    let drawn = drawn(5);
    let clock = Clock::week(0.0);
    let service = &drawn.services_of(OrganisationKind::Acute, 1_000)[0];
    let all: Vec<_> = (0..3)
        .map(|group| (0.0, group, MACHINES[group] as i32))
        .collect();
    // Nothing is back on the first day, nor ever.
    let mut course = course(&all, &[], &drawn);
    course
        .groups
        .iter_mut()
        .for_each(|group| group.recovery = None);
    for day in lost(service, &course, &[], &drawn, &clock) {
        assert!((day.not_done() - day.planned * (1.0 - service.kept_on_paper)).abs() < 1e-6);
        assert!(day.done().abs() < 1e-6);
    }
}

#[test]
fn money_is_units_not_done_times_their_price() {
    let drawn = drawn(2);
    let day = DayLoss {
        planned: 100.0,
        on_paper: 10.0,
        postponed: 20.0,
        lost: 5.0,
    };
    let price = drawn.activities[0].price.unwrap();
    assert!((day.worth(price).0 - 25.0 * price.0).abs() < 1e-9);
    assert!((day.done() - 65.0).abs() < 1e-9);
}
