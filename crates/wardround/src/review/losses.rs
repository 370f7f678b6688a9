//! What one threat's outbreaks cost, as the page tells it.

use wardround_outbreak::harm::{self, EstateServices, ServiceRules};
use wardround_report::{ActivityLosses, Amount, Losses, ServiceLosses};

use crate::round::{Round, Settings, ThreatRound};

pub(super) fn losses(
    round: &Round,
    settings: &Settings,
    services: &EstateServices,
    threat: &ThreatRound<'_>,
) -> Losses {
    let lost = &threat.losses;
    let grounds = services.rules().grounds();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let all = services.services();
    let described = all.iter().filter(|entry| entry.name.is_some()).count();
    let response = settings.scenario.response.as_ref();
    Losses {
        days: lost.days,
        strikes: threat.population.profile().payload.is_some(),
        cuts: response.is_some_and(|response| response.isolates),
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
                worth_gbp: line.worth.as_ref().map(amount),
            })
            .collect(),
        services: worst_first(round, services, lost),
        worth_gbp: amount(&lost.worth),
        worth_of_precautions_gbp: amount(&lost.worth_of_precautions),
        notes: services.notes.clone(),
    }
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
            }
        })
        .collect()
}

fn activity(rules: &ServiceRules, activity: usize) -> String {
    let rules = rules.activities.get(activity);
    rules.map_or_else(String::new, |rules| rules.name.clone())
}

const fn amount(amount: &harm::Distribution) -> Amount {
    Amount {
        mean: amount.mean,
        low: amount.low,
        median: amount.median,
        high: amount.high,
        worst_twentieth: amount.worst_twentieth,
    }
}
