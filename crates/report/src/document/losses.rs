//! What one threat's outbreaks cost: activity, and money apart from it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Shown};
use crate::review;

/// What one threat's outbreaks cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Losses {
    /// Days counted, that of the beginning first.
    pub(crate) days: u32,
    /// Whether the threat puts machines out of service.
    pub(crate) strikes: bool,
    /// Whether organisations cut themselves off.
    pub(crate) cuts: bool,
    /// Services that were described.
    pub(crate) described: u32,
    /// Services that stand by default for the kind of organisation.
    pub(crate) by_default: u32,
    /// Of the numbers behind services: how many are sourced.
    pub(crate) numbers_sourced: u32,
    /// How many are derived.
    pub(crate) numbers_derived: u32,
    /// How many are assumed.
    pub(crate) numbers_assumed: u32,
    /// Activities, each summed over the organisations that do it.
    pub(crate) activities: Vec<ActivityLosses>,
    /// Services that anything befell, worst first.
    pub(crate) services: Vec<ServiceLosses>,
    /// What units not done that are priced are worth, in pounds.
    pub(crate) worth_gbp: Amount,
    /// Of that, what organisations lost by cutting themselves off without having been infected.
    pub(crate) worth_of_precautions_gbp: Amount,
    /// What of the description of services could not be used.
    pub(crate) notes: Vec<Shown>,
}

/// A distribution over outbreaks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Amount {
    /// Its mean.
    pub(crate) mean: f64,
    /// The 5 % quantile.
    pub(crate) low: f64,
    /// The median.
    pub(crate) median: f64,
    /// The 95 % quantile.
    pub(crate) high: f64,
    /// The mean of the worst 5 %.
    pub(crate) worst_twentieth: f64,
}

/// One activity's losses, in units of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ActivityLosses {
    /// Its units, in the plural.
    pub(crate) activity: Shown,
    /// Kept on paper.
    pub(crate) on_paper: Amount,
    /// Done later.
    pub(crate) postponed: Amount,
    /// Not done by this organisation.
    pub(crate) lost: Amount,
    /// Postponed or lost.
    pub(crate) not_done: Amount,
    /// The share (0 to 1) of the mean not done that fell to organisations of which no machine was taken.
    pub(crate) spared_share: f64,
    /// The share (0 to 1) of the mean not done that fell to services that lacked another one.
    pub(crate) lacking_share: f64,
    /// What units not done are worth, in pounds; none where they are not priced.
    pub(crate) worth_gbp: Option<Amount>,
}

/// One service's losses, in units of its activity.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ServiceLosses {
    /// Whose it is; none for machines that no organisation claims.
    pub(crate) organisation: Option<Shown>,
    /// Its name, where it is described; for the team only.
    pub(crate) service: Option<Shown>,
    /// Its units, in the plural.
    pub(crate) activity: Shown,
    /// The share (0 to 1) of outbreaks in which anything befell it.
    pub(crate) befallen: f64,
    /// Planned over all days.
    pub(crate) planned: f64,
    /// Done later.
    pub(crate) postponed: Amount,
    /// Not done by this organisation.
    pub(crate) lost: Amount,
    /// Postponed or lost.
    pub(crate) not_done: Amount,
}

impl Losses {
    pub(crate) fn new(losses: &review::Losses, door: &Door<'_>) -> Self {
        let [numbers_sourced, numbers_derived, numbers_assumed] = losses.numbers;
        Self {
            days: losses.days,
            strikes: losses.strikes,
            cuts: losses.cuts,
            described: losses.described,
            by_default: losses.by_default,
            numbers_sourced,
            numbers_derived,
            numbers_assumed,
            activities: door.each(&losses.activities, ActivityLosses::new),
            services: door.each(&losses.services, ServiceLosses::new),
            worth_gbp: Amount::new(&losses.worth_gbp),
            worth_of_precautions_gbp: Amount::new(&losses.worth_of_precautions_gbp),
            notes: door.texts(&losses.notes),
        }
    }
}

impl Amount {
    fn new(amount: &review::Amount) -> Self {
        Self {
            mean: amount.mean,
            low: amount.low,
            median: amount.median,
            high: amount.high,
            worst_twentieth: amount.worst_twentieth,
        }
    }
}

impl ActivityLosses {
    fn new(line: &review::ActivityLosses, door: &Door<'_>) -> Self {
        Self {
            activity: door.text(&line.activity),
            on_paper: Amount::new(&line.on_paper),
            postponed: Amount::new(&line.postponed),
            lost: Amount::new(&line.lost),
            not_done: Amount::new(&line.not_done),
            spared_share: line.spared_share,
            lacking_share: line.lacking_share,
            worth_gbp: line.worth_gbp.as_ref().map(Amount::new),
        }
    }
}

impl ServiceLosses {
    fn new(line: &review::ServiceLosses, door: &Door<'_>) -> Self {
        let organisation = line.organisation.as_ref();
        Self {
            organisation: organisation.map(|name| door.organisation(name)),
            service: line.service.as_ref().and_then(|name| door.service(name)),
            activity: door.text(&line.activity),
            befallen: line.befallen,
            planned: line.planned,
            postponed: Amount::new(&line.postponed),
            lost: Amount::new(&line.lost),
            not_done: Amount::new(&line.not_done),
        }
    }
}
