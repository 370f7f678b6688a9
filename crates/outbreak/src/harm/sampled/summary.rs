//! What an ensemble's losses come to: distributions by service, by day and by activity, and money apart.

use wardround_estate::OrganisationId;

use super::curve::{AtLeast, LossCurve};
use super::distribution::Distribution;

/// The losses of an ensemble. A replicate in which nothing befell a service counts as none.
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// Days counted.
    pub days: u32,
    /// The weekday of the first day, Monday being 0; none where nothing was lost.
    pub first_weekday: Option<u8>,
    /// Outbreaks.
    pub replicates: u32,
    /// Services that anything befell in some outbreak, by position.
    pub services: Vec<ServiceLosses>,
    /// Organisations of which any service was befallen in some outbreak, ascending.
    pub organisations: Vec<OrganisationLosses>,
    /// Activities, each summed over the organisations that do it, but for those whose units are unlike.
    pub activities: Vec<ActivityLosses>,
    /// What all activity not done that is priced is worth, in pounds.
    pub worth: Distribution,
    /// The same by day.
    pub worth_by_day: Vec<Distribution>,
    /// The same over outbreaks that cost anything at all.
    pub worth_by_day_if_any: Vec<Distribution>,
    /// Of that, what organisations lost by cutting themselves off without having been infected.
    pub worth_of_precautions: Distribution,
    /// How often one event costs at least so much.
    pub curve: LossCurve,
    /// Departments that send patients elsewhere, by day.
    pub diverting: Vec<Distribution>,
    /// Single outbreaks of those that cost anything, ascending: at most [`OUTBREAKS_TOLD`], evenly spread over all of them.
    pub outbreaks: Vec<OutbreakLosses>,
}

/// So many single outbreaks are told at most.
pub const OUTBREAKS_TOLD: usize = 500;

/// What one outbreak cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutbreakLosses {
    /// The world that it was drawn in.
    pub world: u32,
    /// For each of [`Losses::activities`] and each day, the hundredths of units not done.
    pub not_done: Vec<Vec<u64>>,
}

/// One service's losses over all days.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLosses {
    /// Which, by position among [`EstateServices::services`](crate::harm::EstateServices::services).
    pub service: u32,
    /// The share of outbreaks in which anything befell it.
    pub befallen: f64,
    /// Units.
    pub units: UnitLosses,
    /// Units not done, by day.
    pub by_day: Vec<Distribution>,
    /// What units not done are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
}

/// What one organisation's services lost, which have only money in common.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationLosses {
    /// Which.
    pub organisation: OrganisationId,
    /// The share of outbreaks in which anything befell a service of its.
    pub befallen: f64,
    /// The share of outbreaks in which anything did and no machine of its was taken.
    pub befallen_uninfected: f64,
    /// The share (0 to 1) of what it planned that is not done: the mean over its services, each counting alike, since units
    /// of different activities cannot be added.
    pub not_done_share: Distribution,
    /// The same by day.
    pub not_done_share_by_day: Vec<Distribution>,
    /// What its units not done that are priced are worth, in pounds.
    pub worth: Distribution,
}

/// Units that were not done as planned.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitLosses {
    /// What was planned where anything befell it, on average.
    pub planned: f64,
    /// Done on paper instead.
    pub on_paper: Distribution,
    /// Done later.
    pub postponed: Distribution,
    /// Not done.
    pub lost: Distribution,
    /// Postponed and lost.
    pub not_done: Distribution,
}

/// One activity's losses, summed over organisations: each counts what it does itself, so no unit counts twice.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityLosses {
    /// Which, by position among the rules' activities.
    pub activity: usize,
    /// Units.
    pub units: UnitLosses,
    /// The share of the mean not done that fell to organisations of which no machine was taken: by precautions and by
    /// services of others.
    pub spared_share: f64,
    /// The share of the mean not done that fell to services that lacked another one.
    pub lacking_share: f64,
    /// Units not done by organisations that cut themselves off without having been infected.
    pub by_precaution: Distribution,
    /// What units not done are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
    /// The same units by day.
    pub by_day: Vec<DayLosses>,
    /// For each share of [`LossCurve`], the units that so many events leave undone at the least.
    pub curve: Vec<AtLeast>,
}

/// One activity's losses on one day, summed over organisations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayLosses {
    /// Units done on paper instead.
    pub on_paper: Distribution,
    /// Done later.
    pub postponed: Distribution,
    /// Not done.
    pub lost: Distribution,
    /// Postponed and lost.
    pub not_done: Distribution,
    /// What the units not done on the day are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
    /// The same of outbreaks that cost anything at all: once one does, the others are no guide.
    pub if_any: DayIfAny,
}

/// One activity's losses on one day, over outbreaks that cost anything of any activity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayIfAny {
    /// Postponed and lost.
    pub not_done: Distribution,
    /// Postponed and lost on this day and all that follow: days of one outbreak go well or badly together, so that this is
    /// no sum of quantiles.
    pub from_here_on: Distribution,
    /// What the units not done on the day are worth in pounds; none where they are not priced.
    pub worth: Option<Distribution>,
    /// What those not done on this day and all that follow are worth.
    pub worth_from_here_on: Option<Distribution>,
}
