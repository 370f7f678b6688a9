//! What one threat's outbreaks cost, as the page tells it.

use std::collections::BTreeSet;

use wardround_outbreak::Grounds;
use wardround_outbreak::harm::{self, EstateServices, ServiceRules};
use wardround_report::{
    ActivityLosses, Amount, CurvePoint, DayLosses, EndAmounts, LossEnds, Losses,
    OrganisationLosses, OutbreakLosses, ServiceLosses,
};

use crate::round::{Round, Settings, ThreatRound};

pub(super) fn losses(
    round: &Round,
    settings: &Settings,
    services: &EstateServices,
    threat: &ThreatRound<'_>,
) -> Losses {
    let lost = &threat.losses;
    let numbers = services.numbers().into_iter();
    let grounds: Grounds = numbers.map(|number| number.basis).collect();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let all = services.services();
    let described = all.iter().filter(|entry| entry.name.is_some()).count();
    let diverts = services.rules().activity(harm::DIVERTS);
    let has_departments = all.iter().any(|entry| Some(entry.activity) == diverts);
    let response = settings.scenario.response.as_ref();
    Losses {
        days: lost.days,
        weekdays: weekdays(lost),
        strikes: threat.population.profile().payload.is_some(),
        cuts: response.is_some_and(|response| response.isolates),
        warned: response
            .is_some_and(|response| response.isolates && response.warned_at_hours.is_some()),
        described: count(described),
        by_default: count(all.len() - described),
        numbers: [grounds.sourced, grounds.derived, grounds.assumed].map(count),
        activities: lost
            .activities
            .iter()
            .map(|line| ActivityLosses {
                activity: activity(services.rules(), line.activity),
                on_paper: amount(&line.units.on_paper),
                postponed: amount(&line.units.postponed),
                lost: amount(&line.units.lost),
                not_done: amount(&line.units.not_done),
                spared_share: line.spared_share,
                lacking_share: line.lacking_share,
                by_precaution: amount(&line.by_precaution),
                worth_gbp: line.worth.as_ref().map(amount),
                by_day: line.by_day.iter().map(day).collect(),
                curve: curve(&lost.curve.shares, &line.curve),
            })
            .collect(),
        ends: ends(services.rules(), threat),
        organisations: organisations(round, lost),
        services: worst_first(round, services, lost),
        worth_gbp: amount(&lost.worth),
        worth_by_day_gbp: lost.worth_by_day.iter().map(amount).collect(),
        worth_by_day_if_any_gbp: lost.worth_by_day_if_any.iter().map(amount).collect(),
        worth_of_precautions_gbp: amount(&lost.worth_of_precautions),
        costs_nothing: lost.curve.nothing,
        curve_gbp: curve(&lost.curve.shares, &lost.curve.worth),
        diverting: if has_departments {
            lost.diverting.iter().map(amount).collect()
        } else {
            Vec::new()
        },
        outbreaks_if_any: (lost.outbreaks.iter())
            .map(|outbreak| OutbreakLosses {
                world: outbreak.world,
                not_done: outbreak.not_done.clone(),
            })
            .collect(),
        notes: services.notes.clone(),
    }
}

/// What is not done, and what it is worth, with unknowns drawn and at both ends of them.
fn ends(rules: &ServiceRules, threat: &ThreatRound<'_>) -> LossEnds {
    let all = [
        &threat.against.losses,
        &threat.losses,
        &threat.in_favour.losses,
    ];
    let activities: BTreeSet<usize> = all
        .iter()
        .flat_map(|losses| losses.activities.iter().map(|line| line.activity))
        .collect();
    let not_done = |losses: &harm::Losses, activity: usize| {
        let mut lines = losses.activities.iter();
        let line = lines.find(|line| line.activity == activity);
        line.map_or_else(Amount::default, |line| amount(&line.units.not_done))
    };
    let end = |activity_of: &dyn Fn(&harm::Losses) -> Amount| {
        let [against, drawn, in_favour] = all.map(activity_of);
        EndAmounts {
            against,
            drawn,
            in_favour,
        }
    };
    LossEnds {
        activities: activities
            .into_iter()
            .map(|number| {
                let amounts = end(&|losses| not_done(losses, number));
                (activity(rules, number), amounts)
            })
            .collect(),
        worth_gbp: end(&|losses| amount(&losses.worth)),
    }
}

/// The weekdays of the days counted; none where nothing was lost.
fn weekdays(lost: &harm::Losses) -> Vec<&'static str> {
    const WEEK: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let first = lost.first_weekday.map(usize::from);
    let days = first.map(|first| (0..lost.days as usize).map(move |day| WEEK[(first + day) % 7]));
    days.into_iter().flatten().collect()
}

fn day(day: &harm::DayLosses) -> DayLosses {
    DayLosses {
        on_paper: amount(&day.on_paper),
        postponed: amount(&day.postponed),
        lost: amount(&day.lost),
        not_done: amount(&day.not_done),
        worth_gbp: day.worth.as_ref().map(amount),
        not_done_if_any: amount(&day.if_any.not_done),
        from_here_on_if_any: amount(&day.if_any.from_here_on),
        worth_if_any_gbp: day.if_any.worth.as_ref().map(amount),
        worth_from_here_on_if_any_gbp: day.if_any.worth_from_here_on.as_ref().map(amount),
    }
}

fn curve(shares: &[f64], at_least: &[harm::AtLeast]) -> Vec<CurvePoint> {
    let points = shares.iter().zip(at_least);
    points
        .map(|(share, at_least)| CurvePoint {
            share: *share,
            at_least: at_least.value,
            low: at_least.low,
            high: at_least.high,
        })
        .collect()
}

/// By the mean share of what they planned that is not done.
fn organisations(round: &Round, lost: &harm::Losses) -> Vec<OrganisationLosses> {
    let mut lines: Vec<&harm::OrganisationLosses> = lost.organisations.iter().collect();
    lines.sort_by(|one, other| {
        let share = |line: &harm::OrganisationLosses| line.not_done_share.mean;
        share(other)
            .total_cmp(&share(one))
            .then_with(|| one.organisation.cmp(&other.organisation))
    });
    lines
        .into_iter()
        .map(|line| OrganisationLosses {
            organisation: round.estate.organisation(line.organisation).name.clone(),
            befallen: line.befallen,
            befallen_uninfected: line.befallen_uninfected,
            not_done_share: amount(&line.not_done_share),
            not_done_share_by_day: line.not_done_share_by_day.iter().map(amount).collect(),
            worth_gbp: amount(&line.worth),
        })
        .collect()
}

/// By the share of what they planned that is not done on average: units of different activities have nothing else in
/// common.
fn worst_first(
    round: &Round,
    services: &EstateServices,
    lost: &harm::Losses,
) -> Vec<ServiceLosses> {
    let mut lines: Vec<&harm::ServiceLosses> = lost.services.iter().collect();
    let share = |line: &harm::ServiceLosses| line.units.not_done.mean / line.units.planned.max(1.0);
    lines.sort_by(|one, other| {
        share(other)
            .total_cmp(&share(one))
            .then_with(|| one.service.cmp(&other.service))
    });
    lines
        .into_iter()
        .map(|line| {
            let entry = &services.services()[line.service as usize];
            ServiceLosses {
                organisation: round.estate.organisation(entry.organisation).name.clone(),
                service: entry.name.clone(),
                activity: activity(services.rules(), entry.activity),
                befallen: line.befallen,
                planned: line.units.planned,
                postponed: amount(&line.units.postponed),
                lost: amount(&line.units.lost),
                not_done: amount(&line.units.not_done),
                not_done_by_day: line.by_day.iter().map(amount).collect(),
            }
        })
        .collect()
}

fn activity(rules: &ServiceRules, activity: usize) -> String {
    let rules = rules.activities.get(activity);
    rules.map_or_else(String::new, |rules| rules.name.clone())
}

pub(super) const fn amount(amount: &harm::Distribution) -> Amount {
    Amount {
        mean: amount.mean,
        low: amount.low,
        median: amount.median,
        high: amount.high,
        worst_twentieth: amount.worst_twentieth,
    }
}
