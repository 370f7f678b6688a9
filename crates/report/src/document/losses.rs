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
    /// The weekdays of the days counted: `Tuesday`.
    pub(crate) weekdays: Vec<&'static str>,
    /// Whether the threat puts machines out of service.
    pub(crate) strikes: bool,
    /// Whether organisations cut themselves off.
    pub(crate) cuts: bool,
    /// Whether a warning comes on which those do that nothing has befallen.
    pub(crate) warned: bool,
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
    /// Units not done by activity, with unknowns drawn and at both ends of them.
    pub(crate) ends: Vec<ActivityEnds>,
    /// What those that are priced are worth, in pounds.
    pub(crate) worth_ends_gbp: EndAmounts,
    /// Organisations that anything befell, worst first.
    pub(crate) organisations: Vec<OrganisationLosses>,
    /// Services that anything befell, worst first.
    pub(crate) services: Vec<ServiceLosses>,
    /// What units not done that are priced are worth, in pounds.
    pub(crate) worth_gbp: Amount,
    /// The same by day.
    pub(crate) worth_by_day_gbp: Vec<Amount>,
    /// The same over outbreaks that cost anything at all.
    pub(crate) worth_by_day_if_any_gbp: Vec<Amount>,
    /// Of that, what organisations lost by cutting themselves off without having been infected.
    pub(crate) worth_of_precautions_gbp: Amount,
    /// The share (0 to 1) of outbreaks that cost nothing at all.
    pub(crate) costs_nothing: f64,
    /// The loss curve of one outbreak: pounds that a share of outbreaks cost at the least.
    pub(crate) curve_gbp: Vec<CurvePoint>,
    /// Emergency departments that send patients elsewhere, by day; empty where there are none.
    pub(crate) diverting: Vec<Amount>,
    /// Single outbreaks of those that cost anything, at most 500, evenly spread over all of them: for setting them against what
    /// really happens.
    pub(crate) outbreaks_if_any: Vec<OutbreakLosses>,
    /// What of the description of services could not be used.
    pub(crate) notes: Vec<Shown>,
}

/// What one outbreak cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct OutbreakLosses {
    /// The world that it was drawn in, from 0: outbreaks of one world are alike.
    pub(crate) world: u32,
    /// For each of `activities` in their order, hundredths of units not done on each day, with blanks between: `12000 850 0 0 0 0 0`.
    pub(crate) not_done: Vec<ByDay>,
}

/// Whole numbers, one for each day, in few bytes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct ByDay(String);

impl OutbreakLosses {
    fn new(outbreak: &review::OutbreakLosses) -> Self {
        let by_day = |days: &Vec<u64>| {
            let words: Vec<String> = days.iter().map(ToString::to_string).collect();
            ByDay(words.join(" "))
        };
        Self {
            world: outbreak.world,
            not_done: outbreak.not_done.iter().map(by_day).collect(),
        }
    }
}

/// Units of one activity not done, with unknowns drawn and at both ends of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ActivityEnds {
    /// Its units, in the plural.
    pub(crate) activity: Shown,
    /// Units not done.
    pub(crate) not_done: EndAmounts,
}

/// An amount with unknowns drawn, and at both ends of them.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct EndAmounts {
    /// Everything unknown against us.
    pub(crate) against: Amount,
    /// Unknowns drawn from what is known of their like.
    pub(crate) drawn: Amount,
    /// Everything unknown for us.
    pub(crate) in_favour: Amount,
}

impl EndAmounts {
    const fn new(ends: &review::EndAmounts) -> Self {
        Self {
            against: Amount::new(&ends.against),
            drawn: Amount::new(&ends.drawn),
            in_favour: Amount::new(&ends.in_favour),
        }
    }
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

/// One point of a loss curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct CurvePoint {
    /// A share (0 to 1) of outbreaks.
    pub(crate) share: f64,
    /// What so many of them cost at the least.
    pub(crate) at_least: f64,
    /// The lower end of how far the number of outbreaks sampled leaves it open: nine in ten such intervals hold the truth.
    pub(crate) low: f64,
    /// The upper end; none where it lies beyond every outbreak that was sampled.
    pub(crate) high: Option<f64>,
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
    /// Units not done by organisations that cut themselves off without having been infected.
    pub(crate) by_precaution: Amount,
    /// What units not done are worth, in pounds; none where they are not priced.
    pub(crate) worth_gbp: Option<Amount>,
    /// The same units by day.
    pub(crate) by_day: Vec<DayLosses>,
    /// The loss curve of one outbreak: units not done that a share of outbreaks cost at the least.
    pub(crate) curve: Vec<CurvePoint>,
}

/// One activity's losses on one day, in units of it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct DayLosses {
    /// Kept on paper.
    pub(crate) on_paper: Amount,
    /// Done later.
    pub(crate) postponed: Amount,
    /// Not done by this organisation.
    pub(crate) lost: Amount,
    /// Postponed or lost.
    pub(crate) not_done: Amount,
    /// What units not done on the day are worth, in pounds; none where they are not priced.
    pub(crate) worth_gbp: Option<Amount>,
    /// Postponed or lost, over outbreaks that cost anything at all: once one does, the others are no guide.
    pub(crate) not_done_if_any: Amount,
    /// Postponed or lost on this day and all that follow, over such outbreaks; no sum of the days' quantiles, since days of one
    /// outbreak go well or badly together.
    pub(crate) from_here_on_if_any: Amount,
    /// What units not done on the day are worth, over such outbreaks.
    pub(crate) worth_if_any_gbp: Option<Amount>,
    /// What units not done on this day and all that follow are worth, over such outbreaks.
    pub(crate) worth_from_here_on_if_any_gbp: Option<Amount>,
}

/// One organisation's losses, of which only shares and pounds can be told for all its activities at once.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct OrganisationLosses {
    /// Its name; none for machines that no organisation claims.
    pub(crate) organisation: Option<Shown>,
    /// The share (0 to 1) of outbreaks in which anything befell a service of its.
    pub(crate) befallen: f64,
    /// The share (0 to 1) in which anything did and no machine of its was taken.
    pub(crate) befallen_uninfected: f64,
    /// The share (0 to 1) of what it planned that is not done, each of its services counting alike.
    pub(crate) not_done_share: Amount,
    /// The same by day.
    pub(crate) not_done_share_by_day: Vec<Amount>,
    /// What its units not done that are priced are worth, in pounds.
    pub(crate) worth_gbp: Amount,
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
    /// The same by day.
    pub(crate) not_done_by_day: Vec<Amount>,
}

impl Losses {
    pub(crate) fn new(losses: &review::Losses, door: &Door<'_>) -> Self {
        let [numbers_sourced, numbers_derived, numbers_assumed] = losses.numbers;
        Self {
            days: losses.days,
            weekdays: losses.weekdays.clone(),
            strikes: losses.strikes,
            cuts: losses.cuts,
            warned: losses.warned,
            described: losses.described,
            by_default: losses.by_default,
            numbers_sourced,
            numbers_derived,
            numbers_assumed,
            activities: door.each(&losses.activities, ActivityLosses::new),
            ends: door.each(&losses.ends.activities, |(activity, ends), door| {
                ActivityEnds {
                    activity: door.text(activity),
                    not_done: EndAmounts::new(ends),
                }
            }),
            worth_ends_gbp: EndAmounts::new(&losses.ends.worth_gbp),
            organisations: door.each(&losses.organisations, OrganisationLosses::new),
            services: door.each(&losses.services, ServiceLosses::new),
            worth_gbp: Amount::new(&losses.worth_gbp),
            worth_by_day_gbp: losses.worth_by_day_gbp.iter().map(Amount::new).collect(),
            worth_by_day_if_any_gbp: (losses.worth_by_day_if_any_gbp.iter())
                .map(Amount::new)
                .collect(),
            worth_of_precautions_gbp: Amount::new(&losses.worth_of_precautions_gbp),
            costs_nothing: losses.costs_nothing,
            curve_gbp: CurvePoint::all(&losses.curve_gbp),
            diverting: losses.diverting.iter().map(Amount::new).collect(),
            outbreaks_if_any: (losses.outbreaks_if_any.iter())
                .map(OutbreakLosses::new)
                .collect(),
            notes: door.texts(&losses.notes),
        }
    }
}

impl CurvePoint {
    fn all(points: &[review::CurvePoint]) -> Vec<Self> {
        let point = |point: &review::CurvePoint| Self {
            share: point.share,
            at_least: point.at_least,
            low: point.low,
            high: point.high,
        };
        points.iter().map(point).collect()
    }
}

impl DayLosses {
    fn new(day: &review::DayLosses) -> Self {
        Self {
            on_paper: Amount::new(&day.on_paper),
            postponed: Amount::new(&day.postponed),
            lost: Amount::new(&day.lost),
            not_done: Amount::new(&day.not_done),
            worth_gbp: day.worth_gbp.as_ref().map(Amount::new),
            not_done_if_any: Amount::new(&day.not_done_if_any),
            from_here_on_if_any: Amount::new(&day.from_here_on_if_any),
            worth_if_any_gbp: day.worth_if_any_gbp.as_ref().map(Amount::new),
            worth_from_here_on_if_any_gbp: (day.worth_from_here_on_if_any_gbp.as_ref())
                .map(Amount::new),
        }
    }
}

impl OrganisationLosses {
    fn new(line: &review::OrganisationLosses, door: &Door<'_>) -> Self {
        let organisation = line.organisation.as_ref();
        Self {
            organisation: organisation.map(|name| door.organisation(name)),
            befallen: line.befallen,
            befallen_uninfected: line.befallen_uninfected,
            not_done_share: Amount::new(&line.not_done_share),
            not_done_share_by_day: line.not_done_share_by_day.iter().map(Amount::new).collect(),
            worth_gbp: Amount::new(&line.worth_gbp),
        }
    }
}

impl Amount {
    pub(super) const fn new(amount: &review::Amount) -> Self {
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
            by_precaution: Amount::new(&line.by_precaution),
            worth_gbp: line.worth_gbp.as_ref().map(Amount::new),
            by_day: line.by_day.iter().map(DayLosses::new).collect(),
            curve: CurvePoint::all(&line.curve),
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
            not_done_by_day: line.not_done_by_day.iter().map(Amount::new).collect(),
        }
    }
}
