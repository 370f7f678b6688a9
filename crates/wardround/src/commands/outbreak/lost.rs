//! What an ensemble's outbreaks cost, in words and as data: services and organisations by position, activities by identifier.

use serde_json::{Value, json};
use wardround_estate::Estate;
use wardround_outbreak::Part;
use wardround_outbreak::harm::{
    ActivityLosses, AtLeast, DayLosses, Distribution, EstateServices, LossPart, Losses,
    OrganisationLosses, ServiceLosses, Struck, UnitLosses, WholeService, summarise_losses,
    whole_service,
};
use wardround_report::thousands_apart;

/// What outbreaks cost, and what they were sampled over.
pub(super) struct Lost {
    losses: Losses,
    whole_service: WholeService,
    services: EstateServices,
}

impl Lost {
    /// Sums up what the replicates of a part lost.
    pub(super) fn new(
        part: &Part,
        losses: &LossPart,
        services: EstateServices,
        estate: &Estate,
    ) -> Self {
        Self {
            losses: summarise_losses(losses, &services),
            whole_service: whole_service(part, losses, &services, estate),
            services,
        }
    }

    pub(super) fn words(&self) -> String {
        let losses = &self.losses;
        let mut text = format!(
            "cost something                 {:.1} % of outbreaks, counted over {} days\n",
            100.0 * (1.0 - losses.curve.nothing),
            losses.days
        );
        if !losses.activities.is_empty() {
            text.push_str("postponed or lost, on the average and in nine of ten\n");
        }
        for line in &losses.activities {
            let name = &self.services.rules().activities[line.activity].name;
            let not_done = range(&line.units.not_done, "");
            text.push_str(&format!("  {name:<28} {not_done}\n"));
        }
        let worth = range(&losses.worth, "£");
        text.push_str(&format!("what of it is priced is worth  {worth}\n"));
        let struck = &self.whole_service.all;
        text.push_str(&format!(
            "organisations infected         {}\n",
            range(&struck.infected, "")
        ));
        text.push_str(&format!(
            "disrupted without infection    {}\n",
            range(&struck.disrupted, "")
        ));
        text
    }

    pub(super) fn as_data(&self) -> Value {
        let losses = &self.losses;
        let activity = |activity: usize| self.services.rules().activities[activity].id.as_str();
        let activities = losses.activities.iter();
        let activities: Vec<Value> = activities
            .map(|line| activity_data(activity(line.activity), line, &losses.curve.shares))
            .collect();
        let services = losses.services.iter().map(|line| {
            let entry = &self.services.services()[line.service as usize];
            service_data(line, entry.organisation.0, activity(entry.activity))
        });
        let organisations = losses.organisations.iter().map(organisation_data);
        json!({
            "days": losses.days,
            "first_weekday": losses.first_weekday,
            "costs_nothing": losses.curve.nothing,
            "worth_gbp": amount(&losses.worth),
            "worth_by_day_gbp": amounts(&losses.worth_by_day),
            "worth_of_precautions_gbp": amount(&losses.worth_of_precautions),
            "curve_gbp": curve(&losses.curve.shares, &losses.curve.worth),
            "diverting_by_day": amounts(&losses.diverting),
            "activities": activities,
            "organisations": organisations.collect::<Vec<_>>(),
            "services": services.collect::<Vec<_>>(),
            "whole_service": struck_data(&self.whole_service.all),
        })
    }
}

/// `1,234, 0 to 5,600`.
fn range(of: &Distribution, unit: &str) -> String {
    let number = |value: f64| format!("{unit}{}", thousands_apart(&format!("{value:.0}")));
    format!(
        "{}, {} to {}",
        number(of.mean),
        number(of.low),
        number(of.high)
    )
}

fn activity_data(activity: &str, line: &ActivityLosses, shares: &[f64]) -> Value {
    let by_day = line.by_day.iter().map(day_data);
    json!({
        "activity": activity,
        "units": units_data(&line.units),
        "spared_share": line.spared_share,
        "lacking_share": line.lacking_share,
        "by_precaution": amount(&line.by_precaution),
        "worth_gbp": line.worth.as_ref().map(amount),
        "by_day": by_day.collect::<Vec<_>>(),
        "curve": curve(shares, &line.curve),
    })
}

fn day_data(day: &DayLosses) -> Value {
    json!({
        "on_paper": amount(&day.on_paper),
        "postponed": amount(&day.postponed),
        "lost": amount(&day.lost),
        "not_done": amount(&day.not_done),
        "worth_gbp": day.worth.as_ref().map(amount),
    })
}

fn service_data(line: &ServiceLosses, organisation: u32, activity: &str) -> Value {
    json!({
        "service": line.service,
        "organisation": organisation,
        "activity": activity,
        "befallen": line.befallen,
        "units": units_data(&line.units),
        "not_done_by_day": amounts(&line.by_day),
        "worth_gbp": line.worth.as_ref().map(amount),
    })
}

fn organisation_data(line: &OrganisationLosses) -> Value {
    json!({
        "organisation": line.organisation.0,
        "befallen": line.befallen,
        "befallen_uninfected": line.befallen_uninfected,
        "not_done_share": amount(&line.not_done_share),
        "not_done_share_by_day": amounts(&line.not_done_share_by_day),
        "worth_gbp": amount(&line.worth),
    })
}

fn units_data(units: &UnitLosses) -> Value {
    json!({
        "planned": units.planned,
        "on_paper": amount(&units.on_paper),
        "postponed": amount(&units.postponed),
        "lost": amount(&units.lost),
        "not_done": amount(&units.not_done),
    })
}

fn struck_data(struck: &Struck) -> Value {
    json!({
        "organisations": struck.organisations,
        "infected": amount(&struck.infected),
        "disrupted": amount(&struck.disrupted),
        "hit": amount(&struck.hit),
        "spared": amount(&struck.spared),
    })
}

fn amount(of: &Distribution) -> Value {
    json!({
        "mean": of.mean,
        "low": of.low,
        "median": of.median,
        "high": of.high,
        "worst_twentieth": of.worst_twentieth,
    })
}

fn amounts(of: &[Distribution]) -> Vec<Value> {
    of.iter().map(amount).collect()
}

fn curve(shares: &[f64], points: &[AtLeast]) -> Vec<Value> {
    let points = shares.iter().zip(points);
    points
        .map(|(share, point)| {
            json!({ "share": share, "at_least": point.value, "low": point.low, "high": point.high })
        })
        .collect()
}
