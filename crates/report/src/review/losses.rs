//! What one threat's outbreaks cost.

use wardround_evidence::{OrganisationName, ServiceName};

/// What one threat's outbreaks cost.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// Days counted, that of the beginning first.
    pub days: u32,
    /// The weekdays of the days counted: `Tuesday`.
    pub weekdays: Vec<&'static str>,
    /// Whether the threat puts machines out of service.
    pub strikes: bool,
    /// Whether organisations cut themselves off.
    pub cuts: bool,
    /// Whether a warning comes on which those do that nothing has befallen.
    pub warned: bool,
    /// Services that were described, and those that stand by default.
    pub described: u32,
    /// See [`Self::described`].
    pub by_default: u32,
    /// Of the numbers behind services: how many are sourced, derived, assumed.
    pub numbers: [u32; 3],
    /// Activities, each summed over the organisations that do it.
    pub activities: Vec<ActivityLosses>,
    /// The same at both ends of what is unknown.
    pub ends: LossEnds,
    /// Organisations that anything befell, worst first.
    pub organisations: Vec<OrganisationLosses>,
    /// Services that anything befell, worst first.
    pub services: Vec<ServiceLosses>,
    /// What units not done that are priced are worth, in pounds.
    pub worth_gbp: Amount,
    /// The same by day.
    pub worth_by_day_gbp: Vec<Amount>,
    /// The same over outbreaks that cost anything at all.
    pub worth_by_day_if_any_gbp: Vec<Amount>,
    /// Of that, what organisations lost by cutting themselves off without having been infected.
    pub worth_of_precautions_gbp: Amount,
    /// The share (0 to 1) of outbreaks that cost nothing at all.
    pub costs_nothing: f64,
    /// The loss curve of one outbreak in pounds.
    pub curve_gbp: Vec<CurvePoint>,
    /// Emergency departments that send patients elsewhere, by day; empty where there are none.
    pub diverting: Vec<Amount>,
    /// Single outbreaks of those that cost anything, evenly spread over all of them.
    pub outbreaks_if_any: Vec<OutbreakLosses>,
    /// What of the description of services could not be used, a sentence each.
    pub notes: Vec<String>,
}

/// What one outbreak cost.
#[derive(Clone, Debug)]
pub struct OutbreakLosses {
    /// The world that it was drawn in: outbreaks of one world are alike.
    pub world: u32,
    /// For each of [`Losses::activities`], hundredths of units not done by day.
    pub not_done: Vec<Vec<u64>>,
}

/// What is not done at both ends of what is unknown.
#[derive(Clone, Debug, Default)]
pub struct LossEnds {
    /// Units not done, by activity: its units in the plural.
    pub activities: Vec<(String, EndAmounts)>,
    /// What those that are priced are worth, in pounds.
    pub worth_gbp: EndAmounts,
}

/// An amount with unknowns drawn, and at both ends of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct EndAmounts {
    /// Everything unknown against us.
    pub against: Amount,
    /// Unknowns drawn from what is known of their like.
    pub drawn: Amount,
    /// Everything unknown for us.
    pub in_favour: Amount,
}

/// A distribution over outbreaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amount {
    /// Its mean.
    pub mean: f64,
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
    /// The mean of the worst 5 %.
    pub worst_twentieth: f64,
}

/// One point of a loss curve.
#[derive(Clone, Copy, Debug, Default)]
pub struct CurvePoint {
    /// A share (0 to 1) of outbreaks.
    pub share: f64,
    /// What so many of them cost at the least.
    pub at_least: f64,
    /// The lower end of how far the number of outbreaks sampled leaves it open: nine in ten such intervals hold the truth.
    pub low: f64,
    /// The upper end; none where it lies beyond every outbreak that was sampled.
    pub high: Option<f64>,
}

/// One activity's losses.
#[derive(Clone, Debug)]
pub struct ActivityLosses {
    /// Its units, in the plural: `outpatient appointments`.
    pub activity: String,
    /// Units kept on paper.
    pub on_paper: Amount,
    /// Units done later.
    pub postponed: Amount,
    /// Units not done.
    pub lost: Amount,
    /// Both.
    pub not_done: Amount,
    /// The share (0 to 1) of the mean not done that fell to organisations of which no machine was taken.
    pub spared_share: f64,
    /// The share (0 to 1) of the mean not done that fell to services that lacked another one.
    pub lacking_share: f64,
    /// Units not done by organisations that cut themselves off without having been infected.
    pub by_precaution: Amount,
    /// What units not done are worth, in pounds; none where they are not priced.
    pub worth_gbp: Option<Amount>,
    /// The same units by day.
    pub by_day: Vec<DayLosses>,
    /// The loss curve of one outbreak in units not done.
    pub curve: Vec<CurvePoint>,
}

/// One activity's losses on one day.
#[derive(Clone, Copy, Debug, Default)]
pub struct DayLosses {
    /// Units kept on paper.
    pub on_paper: Amount,
    /// Units done later.
    pub postponed: Amount,
    /// Units not done.
    pub lost: Amount,
    /// Both.
    pub not_done: Amount,
    /// What units not done on the day are worth, in pounds; none where they are not priced.
    pub worth_gbp: Option<Amount>,
    /// Units not done, over outbreaks that cost anything at all.
    pub not_done_if_any: Amount,
    /// Units not done on this day and all that follow, over such outbreaks.
    pub from_here_on_if_any: Amount,
    /// What those of the day are worth, over such outbreaks.
    pub worth_if_any_gbp: Option<Amount>,
    /// What those of this day and all that follow are worth, over such outbreaks.
    pub worth_from_here_on_if_any_gbp: Option<Amount>,
}

/// One organisation's losses.
#[derive(Clone, Debug)]
pub struct OrganisationLosses {
    /// Its name; none for machines that no organisation claims.
    pub organisation: Option<OrganisationName>,
    /// The share (0 to 1) of outbreaks in which anything befell a service of its.
    pub befallen: f64,
    /// The share (0 to 1) in which anything did and no machine of its was taken.
    pub befallen_uninfected: f64,
    /// The share (0 to 1) of what it planned that is not done, each of its services counting alike.
    pub not_done_share: Amount,
    /// The same by day.
    pub not_done_share_by_day: Vec<Amount>,
    /// What its units not done that are priced are worth, in pounds.
    pub worth_gbp: Amount,
}

/// One service's losses.
#[derive(Clone, Debug)]
pub struct ServiceLosses {
    /// Whose it is.
    pub organisation: Option<OrganisationName>,
    /// Its name, where it is described.
    pub service: Option<ServiceName>,
    /// Its units, in the plural.
    pub activity: String,
    /// The share (0 to 1) of outbreaks in which anything befell it.
    pub befallen: f64,
    /// Units planned over all days.
    pub planned: f64,
    /// Units done later.
    pub postponed: Amount,
    /// Units not done.
    pub lost: Amount,
    /// Both.
    pub not_done: Amount,
    /// The same by day.
    pub not_done_by_day: Vec<Amount>,
}

/// What is not lost after all, on average over all outbreaks.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    /// Units by activity.
    pub units: Vec<SavedUnits>,
    /// What units that are priced are worth, in pounds, with its standard error.
    pub worth_gbp: (f64, f64),
}

/// Units of one activity that are not lost after all.
#[derive(Clone, Debug)]
pub struct SavedUnits {
    /// The units, in the plural.
    pub activity: String,
    /// How many on average, with the standard error.
    pub units: (f64, f64),
}
