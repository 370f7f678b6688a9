//! Losses read off an ensemble's outbreaks.

#![expect(clippy::unwrap_used, reason = "a sketch by hand can be sampled")]

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::ThreadPoolBuilder;
use wardround_estate::Estate;
use wardround_evidence::{
    DeclaredService, HostName, OrganisationKind, OrganisationName, ServiceName,
};
use wardround_outbreak::harm::{
    AtLeast, EstateServices, InCommon, LossMergeError, LossPart, ServiceRules, WholeService,
    summarise_losses, whole_service,
};
use wardround_outbreak::{
    Basis, Part, Payload, Population, Profile, Quantity, ResponseRule, Scenario, Settle, advise,
    run_part, run_with_losses,
};

use crate::builder::*;

/// A provider that runs records for a surgery, whose machines are closed to the worm, and a hospital.
fn estate() -> Estate {
    shared().estate()
}

fn shared() -> Sketch {
    Sketch::new()
        .organisation("provider", None)
        .of_kind(OrganisationKind::Provider)
        .organisation("surgery", None)
        .of_kind(OrganisationKind::Surgery)
        .organisation("trust", None)
        .of_kind(OrganisationKind::Acute)
        .network("provider-lan", "provider")
        .network("surgery-lan", "surgery")
        .network("trust-lan", "trust")
        .service("records", "provider", &["provider-lan"], &[])
        .service_of(DeclaredService {
            activity: Some("gp_appointments".to_owned()),
            ..row("appointments", "surgery", &["records"])
        })
        .machines("provider", 0, 20, Known::Open)
        .machines("surgery", 1, 15, Known::Closed)
        .machines("trust", 2, 60, Known::Open)
}

fn row(id: &str, owner: &str, needs: &[&str]) -> DeclaredService {
    DeclaredService {
        id: ServiceName::new(id),
        organisation: OrganisationName::new(owner),
        name: None,
        networks: Vec::new(),
        hosts: Vec::new(),
        services: needs.iter().map(|id| ServiceName::new(*id)).collect(),
        activity_per_weekday: None,
        kept_on_paper_percent: None,
        postponed_percent: None,
        activity: None,
    }
}

/// The quick worm, which puts machines out of service.
fn striking() -> Profile {
    let mut profile = quick_worm();
    profile.payload = Some(Payload {
        about: "It strikes.".to_owned(),
        mean_hours: Quantity {
            low: 0.5,
            high: 0.5,
            basis: Basis::Assumed,
            source: "a test".to_owned(),
        },
        stops_spread: false,
    });
    profile
}

fn services(estate: &Estate) -> EstateServices {
    EstateServices::new(estate, ServiceRules::built_in())
}

fn sampled(
    estate: &Estate,
    profile: &Profile,
    scenario: &Scenario,
    replicates: Range<u32>,
) -> (Part, LossPart) {
    let (population, services) = (Population::new(estate, profile), services(estate));
    run_with_losses(
        &population,
        scenario,
        Settle::Drawn,
        &[],
        replicates,
        &services,
        7,
        &|_| {},
    )
    .unwrap()
}

/// The service of an organisation that does an activity, or needs none.
fn number(services: &EstateServices, name: &str) -> u32 {
    let mut all = services.services().iter();
    let place = all.position(|entry| entry.name.as_ref().is_some_and(|it| it.as_key() == name));
    place.unwrap() as u32
}

#[test]
fn nothing_out_of_service_and_no_precaution_costs_nothing() {
    let estate = estate();
    let (part, losses) = sampled(&estate, &quick_worm(), &scenario(10, 3), 0..30);
    assert!(part.replicates.iter().any(|row| row.taken > 10));
    assert_eq!(losses.replicates.len(), 30);
    assert!(losses.rows.is_empty() && losses.stopped.is_empty());
    let sum = summarise_losses(&losses, &services(&estate));
    assert_eq!(sum.worth.high, 0.0);
    assert!(sum.activities.is_empty());
}

#[test]
fn planned_is_done_on_paper_postponed_and_lost_in_every_replicate() {
    let estate = estate();
    let services = services(&estate);
    let (_, losses) = sampled(&estate, &striking(), &scenario(12, 4), 0..48);
    assert!(losses.rows.len() > 48);
    for position in 0..losses.rows.len() {
        let service = losses.service(position, &services);
        for day in losses.days(position, &service) {
            let sum = day.done + day.on_paper + day.postponed + day.lost;
            assert_eq!(day.planned, sum);
        }
    }
}

#[test]
fn reading_losses_changes_no_outbreak() {
    let (estate, profile) = (estate(), striking());
    let population = Population::new(&estate, &profile);
    let scenario = scenario(6, 4);
    let alone = run_part(&population, &scenario, Settle::Drawn, &[], 0..24, &|_| {}).unwrap();
    let (beside, _) = sampled(&estate, &profile, &scenario, 0..24);
    assert_eq!(alone, beside);
}

#[test]
fn any_cut_and_any_number_of_threads_leave_the_same_losses() {
    let (estate, profile, scenario) = (estate(), striking(), scenario(6, 4));
    let (_, whole) = sampled(&estate, &profile, &scenario, 0..24);
    let cuts = [13..24, 0..3, 3..13];
    let one_thread = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let parts = cuts.map(|cut| one_thread.install(|| sampled(&estate, &profile, &scenario, cut).1));
    let again = parts[0].clone();
    assert_eq!(LossPart::merge(parts.clone()).unwrap(), whole);
    let twice = parts.into_iter().chain([again]);
    assert_eq!(LossPart::merge(twice), Err(LossMergeError::Twice(13)));
    assert_eq!(LossPart::merge([]), Err(LossMergeError::Nothing));
}

#[test]
fn days_are_the_whole_told_apart() {
    let estate = estate();
    let services = services(&estate);
    let (_, losses) = sampled(&estate, &striking(), &scenario(12, 4), 0..48);
    let sum = summarise_losses(&losses, &services);
    let near = |one: f64, other: f64| (one - other).abs() < 1e-6 * one.abs().max(1.0);
    assert_eq!(sum.first_weekday, Some(1));
    let befallen: BTreeSet<u32> = losses.rows.iter().map(|row| row.replicate).collect();
    assert!((sum.curve.nothing - (48 - befallen.len()) as f64 / 48.0).abs() < 1e-12);
    assert!(!sum.activities.is_empty() && sum.worth.median > 0.0);
    for line in &sum.activities {
        assert_eq!(line.by_day.len(), 7);
        // All days from the first on are the whole, in each outbreak, so every quantile is the same.
        if losses.replicates.len() == befallen.len() {
            assert_eq!(line.by_day[0].if_any.from_here_on, line.units.not_done);
        }
        let share = befallen.len() as f64 / 48.0;
        assert!(near(
            line.by_day[0].if_any.from_here_on.mean * share,
            line.units.not_done.mean
        ));
        let mean: f64 = line.by_day.iter().map(|day| day.not_done.mean).sum();
        assert!(near(mean, line.units.not_done.mean));
        for day in &line.by_day {
            assert!(near(day.not_done.mean, day.postponed.mean + day.lost.mean));
            assert_eq!(day.worth.is_some(), line.worth.is_some());
        }
    }
    let mean: f64 = sum.worth_by_day.iter().map(|day| day.mean).sum();
    assert!(near(mean, sum.worth.mean));
    // All single outbreaks are told, being few, and are the whole.
    let worlds: Vec<u32> = befallen.iter().map(|replicate| replicate / 4).collect();
    assert!(sum.outbreaks.iter().map(|one| one.world).eq(worlds));
    for (place, line) in sum.activities.iter().enumerate() {
        for (day, told) in line.by_day.iter().enumerate() {
            let units = sum.outbreaks.iter().map(|one| one.not_done[place][day]);
            assert!(near(
                units.sum::<u64>() as f64 / 100.0,
                48.0 * told.not_done.mean
            ));
        }
    }
    // The loss curve and the quantiles speak of the same outbreaks.
    assert_eq!(sum.curve.shares, [0.9, 0.75, 0.5, 0.25]);
    let half = sum
        .curve
        .shares
        .iter()
        .position(|share| *share == 0.5)
        .unwrap();
    assert!(sum.curve.worth[half].value >= sum.worth.median);
    assert!(sum.curve.worth.is_sorted_by_key(|point| point.value));
    let holds = |point: &AtLeast| {
        point.low <= point.value && point.high.is_none_or(|high| point.value <= high)
    };
    assert!(sum.curve.worth.iter().all(holds));
}

#[test]
fn departments_divert_where_all_machines_are_out() {
    let estate = estate();
    let services = services(&estate);
    let scenario = from_host(host(&estate, 50), scenario(12, 4));
    let (_, losses) = sampled(&estate, &striking(), &scenario, 0..48);
    let sum = summarise_losses(&losses, &services);
    // One hospital has one department, and its machines come back within the days counted.
    assert!(sum.diverting.iter().all(|day| day.high <= 1.0));
    assert!(sum.diverting[1].mean > 0.5 && sum.diverting[6].mean < sum.diverting[1].mean);
}

#[test]
fn a_shared_service_carries_harm_to_those_that_were_never_infected() {
    let estate = estate();
    let services = services(&estate);
    let scenario = from_host(host(&estate, 0), scenario(12, 2));
    let (_, losses) = sampled(&estate, &striking(), &scenario, 0..24);
    let appointments = number(&services, "appointments");
    let rows = losses.rows.iter().enumerate();
    let rows: Vec<_> = rows
        .filter(|(_, row)| row.service == appointments)
        .collect();
    // The provider falls whole in each outbreak.
    assert_eq!(rows.len(), 24);
    for (position, row) in rows {
        assert!(!row.is_infected && !row.is_cut_off && row.lacks_another);
        let service = losses.service(position, &services);
        let not_done: u64 = losses
            .days(position, &service)
            .map(|day| day.not_done())
            .sum();
        assert!(not_done > 0);
    }
    let sum = summarise_losses(&losses, &services);
    let surgery = organisation(&estate, "surgery");
    let surgery = sum
        .organisations
        .iter()
        .find(|row| row.organisation == surgery)
        .unwrap();
    assert!((surgery.befallen_uninfected - 1.0).abs() < 1e-12 && surgery.worth.low > 0.0);
    let gp = services.rules().activity("gp_appointments").unwrap();
    let of_gp = sum
        .activities
        .iter()
        .find(|row| row.activity == gp)
        .unwrap();
    assert!((of_gp.spared_share - 1.0).abs() < 1e-12 && (of_gp.lacking_share - 1.0).abs() < 1e-12);
    assert!(of_gp.units.not_done.median > 0.0);
    assert!(of_gp.worth.unwrap().median > of_gp.units.not_done.median);
}

#[test]
fn a_precaution_costs_organisations_that_the_worm_never_reached() {
    let estate = estate();
    let services = services(&estate);
    let warned = Scenario {
        response: Some(ResponseRule {
            after_infections: 1_000,
            counts_disabled: false,
            delay_hours: 0.0,
            warned_at_hours: Some(2.0),
            isolates: true,
            patches_per_hour_and_thousand: 0.0,
            rebuilds_per_hour_and_thousand: 0.0,
            works_by_day: false,
        }),
        ..from_host(host(&estate, 20), scenario(8, 2))
    };
    // The entry is the surgery's; nothing there strikes.
    let (_, losses) = sampled(&estate, &quick_worm(), &warned, 0..16);
    let trust = organisation(&estate, "trust");
    let mut seen = 0;
    for row in &losses.rows {
        let entry = &services.services()[row.service as usize];
        if entry.organisation == trust && !row.is_infected {
            assert!(row.is_precaution());
            seen += 1;
        }
    }
    assert!(seen > 0);
    let sum = summarise_losses(&losses, &services);
    assert!(sum.worth_of_precautions.median > 0.0);
    assert!(sum.worth_of_precautions.high <= sum.worth.high);
}

#[test]
fn a_machine_of_many_alike_is_told_apart_where_a_service_depends_on_it() {
    let estate = shared()
        .service_of(DeclaredService {
            hosts: vec![HostName::new("pc-00003")],
            activity_per_weekday: Some(100.0),
            ..row("desk", "provider", &[])
        })
        .estate();
    let services = services(&estate);
    let desk = number(&services, "desk");
    // Nobody knows what it does, so its units are added to no others.
    let other = services.rules().activity("other").unwrap();
    assert_eq!(services.services()[desk as usize].activity, other);
    // Half an hour on average from a fall to the payload: within an hour some replicates have struck the desk, some not.
    let scenario = Scenario {
        horizon_hours: 0.3,
        ..from_host(host(&estate, 0), scenario(20, 10))
    };
    let (part, losses) = sampled(&estate, &striking(), &scenario, 0..200);
    let sum = summarise_losses(&losses, &services);
    assert!(sum.activities.iter().all(|row| row.activity != other));
    assert!(
        sum.services
            .iter()
            .any(|row| row.service == desk && row.worth.is_none())
    );
    let struck = losses.rows.iter().filter(|row| row.service == desk).count() as f64;
    let provider = organisation(&estate, "provider").0;
    let own = part.organisations.iter();
    let own = own.filter(|row| row.organisation == provider);
    let expected: f64 = own.map(|row| f64::from(row.disabled) / 20.0).sum();
    assert!(expected > 20.0 && expected < 180.0, "{expected}");
    // Each of the twenty machines is as likely to be among those struck.
    let error = (expected * (1.0 - expected / 200.0)).sqrt();
    assert!(
        (struck - expected).abs() < 4.0 * error,
        "{struck} {expected}"
    );
}

#[test]
fn what_a_service_keeps_on_paper_and_does_later_can_be_its_own() {
    let of = |kept_on_paper_percent, postponed_percent| {
        let estate = shared()
            .service_of(DeclaredService {
                activity: Some("outpatient_appointments".to_owned()),
                activity_per_weekday: Some(400.0),
                kept_on_paper_percent,
                postponed_percent,
                ..row("clinics", "trust", &["records"])
            })
            .estate();
        let (_, losses) = sampled(&estate, &striking(), &scenario(5, 4), 0..20);
        let services = services(&estate);
        let clinics = number(&services, "clinics");
        let sum = summarise_losses(&losses, &services);
        let line = sum.services.into_iter().find(|row| row.service == clinics);
        (line.unwrap().units, losses.identity.services)
    };
    let (usual, digest) = of(None, None);
    assert!(usual.not_done.mean > 0.0 && usual.lost.mean > 0.0);
    let (all_kept, other) = of(Some(100.0), None);
    assert_eq!(all_kept.not_done.mean, 0.0);
    assert!(all_kept.on_paper.mean > usual.on_paper.mean);
    assert_ne!(digest, other);
    let (all_later, _) = of(None, Some(100.0));
    assert_eq!(all_later.lost.mean, 0.0);
    assert!((all_later.not_done.mean - usual.not_done.mean).abs() < 1e-9);
}

#[test]
fn what_is_described_stands_in_place_of_what_is_usual() {
    let estate = shared()
        .service_of(DeclaredService {
            activity: Some("ae_attendances".to_owned()),
            activity_per_weekday: Some(70.0),
            ..row("emergency", "trust", &["emergency"])
        })
        .service_of(DeclaredService {
            activity: Some("juggling".to_owned()),
            ..row("circus", "nobody", &["absent"])
        })
        .estate();
    let services = services(&estate);
    let trust = organisation(&estate, "trust");
    let own: Vec<_> = services
        .services()
        .iter()
        .filter(|entry| entry.organisation == trust)
        .map(|entry| services.rules().activities[entry.activity].id.as_str())
        .collect();
    assert_eq!(
        own,
        [
            "ae_attendances",
            "outpatient_appointments",
            "elective_admissions",
            "emergency_admissions"
        ]
    );
    let drawn = services.rules().draw(1, 1);
    let surgery = drawn.services_of(OrganisationKind::Surgery, 15);
    assert_eq!(surgery.len(), 1);
    // It needs itself, and its row belongs to nobody.
    assert!(
        services.notes.iter().any(|note| note.contains("in turn")),
        "{:?}",
        services.notes
    );
    assert!(
        services
            .notes
            .iter()
            .any(|note| note.contains("left out because"))
    );
}

fn whole(estate: &Estate, scenario: &Scenario, replicates: Range<u32>) -> WholeService {
    let (part, losses) = sampled(estate, &striking(), scenario, replicates);
    whole_service(&part, &losses, &services(estate), estate)
}

#[test]
fn every_organisation_is_infected_disrupted_or_spared() {
    let estate = estate();
    let scenario = from_host(host(&estate, 0), scenario(12, 4));
    let told = whole(&estate, &scenario, 0..48);
    let sum = |of: &wardround_outbreak::harm::Struck| {
        of.infected.mean + of.disrupted.mean + of.spared.mean - f64::from(of.organisations)
    };
    assert_eq!((told.replicates, told.all.organisations), (48, 3));
    assert!(sum(&told.all).abs() < 1e-9);
    assert_eq!(told.kinds.len(), 3);
    for (kind, struck) in &told.kinds {
        assert_eq!(struck.organisations, 1, "{kind:?}");
        assert!(sum(struck).abs() < 1e-9, "{kind:?}");
    }
    // The provider is entered, and the surgery, which the worm cannot take, does without its records.
    let of = |kind| {
        &told
            .kinds
            .iter()
            .find(|(other, _)| *other == kind)
            .unwrap()
            .1
    };
    assert_eq!(of(OrganisationKind::Provider).infected.low, 1.0);
    assert_eq!(of(OrganisationKind::Surgery).infected.high, 0.0);
    assert_eq!(of(OrganisationKind::Surgery).disrupted.low, 1.0);
}

#[test]
fn those_that_share_a_service_share_its_fate() {
    let estate = estate();
    let told = whole(&estate, &scenario(30, 4), 0..120);
    assert_eq!(told.groups[0].in_common, InCommon::Estate);
    let records = number(&services(&estate), "records");
    let mut groups = told.groups.iter();
    let sharing = groups.find(|group| group.in_common == InCommon::Service(records));
    let sharing = sharing.unwrap();
    assert_eq!(sharing.organisations, 2);
    // Neither is always hit, and wherever the provider is struck the surgery loses its records.
    assert!(sharing.hit < 1.0 && sharing.together > sharing.if_apart);
    for pair in &told.pairs {
        assert!(pair.both > pair.if_apart && pair.both <= pair.hit[0].min(pair.hit[1]));
    }
}

#[test]
fn any_cut_tells_the_same_of_the_whole_service() {
    let (estate, scenario) = (estate(), scenario(6, 4));
    let parts = [13..24, 0..3, 3..13].map(|cut| sampled(&estate, &striking(), &scenario, cut));
    let (parts, losses): (Vec<Part>, Vec<LossPart>) = parts.into_iter().unzip();
    let part = Part::merge(parts).unwrap();
    let losses = LossPart::merge(losses).unwrap();
    let merged = whole_service(&part, &losses, &services(&estate), &estate);
    assert_eq!(merged, whole(&estate, &scenario, 0..24));
}

#[test]
fn whoever_cuts_itself_off_is_disrupted_even_without_services() {
    // A provider without services of its own, and a trust.
    let estate = Sketch::new()
        .organisation("provider", None)
        .of_kind(OrganisationKind::Provider)
        .organisation("trust", None)
        .of_kind(OrganisationKind::Acute)
        .network("provider-lan", "provider")
        .network("trust-lan", "trust")
        .machines("provider", 0, 10, Known::Closed)
        .machines("trust", 1, 10, Known::Closed)
        .estate();
    let warned = Scenario {
        response: Some(ResponseRule {
            after_infections: 1_000,
            counts_disabled: false,
            delay_hours: 0.0,
            warned_at_hours: Some(2.0),
            isolates: true,
            patches_per_hour_and_thousand: 0.0,
            rebuilds_per_hour_and_thousand: 0.0,
            works_by_day: false,
        }),
        ..from_host(host(&estate, 10), scenario(4, 2))
    };
    let told = whole(&estate, &warned, 0..8);
    assert_eq!(told.all.infected.low, 1.0);
    assert_eq!(told.all.disrupted.low, 1.0);
    assert_eq!(told.all.spared.high, 0.0);
}

#[test]
fn what_a_fix_saves_is_told_without_changing_what_it_spares() {
    let (estate, profile) = (estate(), striking());
    let population = Population::new(&estate, &profile);
    let services = services(&estate);
    let scenario = from_host(host(&estate, 0), scenario(10, 2));
    let alone = advise(&population, &scenario, 3, None).unwrap();
    let told = advise(&population, &scenario, 3, Some((&services, 7))).unwrap();
    assert_eq!(alone.to_do.len(), told.to_do.len());
    let best = &told.to_do[0];
    assert!(alone.to_do[0].saved.is_none() && alone.to_do[0].spared == best.spared);
    let saved = best.saved.as_ref().unwrap();
    let (worth, error) = saved.worth;
    assert!(worth > 2.0 * error, "{worth} {error}");
    // The provider's machines carry the records that the surgery's appointments need.
    let gp = services.rules().activity("gp_appointments").unwrap();
    assert!(
        saved
            .units
            .iter()
            .any(|(activity, units)| *activity == gp && units.0 > 0.0)
    );
}
