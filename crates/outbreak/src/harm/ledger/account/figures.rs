//! What a ledger comes to, as figures.

use jiff::civil::Date;
use serde::Serialize;

use super::super::Standing;
use super::super::forecast::ReportTaken;
use super::super::missing::{Missing, Span};
use super::learnt::Learnt;

/// What it has cost so far, and what it will have cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    /// From the first day of which anything was entered to the last.
    pub days: Option<Span>,
    /// Who entered anything.
    pub organisations: Vec<String>,
    /// Rows that were counted.
    pub rows: usize,
    /// Rows that could not be read, and are in no figure.
    pub rows_left_out: usize,
    /// Rows that are alike in every column to one above, and are in no figure again.
    pub rows_repeated: usize,
    /// Activities, each in its own units.
    pub activities: Vec<ActivityAccount>,
    /// Money spent; none where nothing was entered.
    pub spend: Option<GbpSoFar>,
    /// Staff hours; none where nothing was entered.
    pub staff_hours: Option<HoursSoFar>,
    /// Infected machines that were seen; none where nothing was entered.
    pub sightings: Option<SightingsSoFar>,
    /// What each day says, of each activity that was entered or forecast for it.
    pub by_day: Vec<DayLine>,
    /// Money spent on each day of which any was entered.
    pub spend_by_day: Vec<SpendOnDay>,
    /// Staff hours of each day of which any were entered.
    pub staff_hours_by_day: Vec<HoursOnDay>,
    /// Infected machines seen on each day of which any number was entered.
    pub sightings_by_day: Vec<SightingsOnDay>,
    /// Machines taken in the forecast's outbreaks, to stand beside sightings; none where the forecast is no report.
    pub report_takes: Option<ReportTaken>,
    /// Days of which nothing was entered.
    pub missing: Vec<Missing>,
    /// What the entries make of the forecast; none where the forecast is not a report with single outbreaks.
    pub learnt: Option<Learnt>,
}

/// One activity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActivityAccount {
    /// Its identifier, or its name as it was entered.
    pub activity: String,
    /// Its units, in the plural.
    pub units: String,
    /// What was entered; none where nothing was.
    pub so_far: Option<CountSoFar>,
    /// What these units are worth at the least and the most price of the table of services; none where it has none. It is
    /// reckoned, and never added to what was spent.
    pub worth: Option<[LedgerGbp; 2]>,
    /// Days within the ledger for which an organisation that enters this activity entered none, added over organisations; all
    /// days where nobody enters it.
    pub missing_days: u64,
    /// Beside a forecast.
    pub against: Option<SetAgainst>,
}

/// Pounds sterling.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LedgerGbp {
    /// How many.
    pub gbp: f64,
}

/// Units, by how they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct CountSoFar {
    /// Counted; none where no such row was entered.
    pub measured: Option<f64>,
    /// Reckoned; none where no such row was entered.
    pub estimated: Option<f64>,
}

/// Money, by how it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct GbpSoFar {
    /// Counted; none where no such row was entered.
    pub measured_gbp: Option<f64>,
    /// Reckoned; none where no such row was entered.
    pub estimated_gbp: Option<f64>,
}

/// Hours, by how they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct HoursSoFar {
    /// Counted; none where no such row was entered.
    pub measured_hours: Option<f64>,
    /// Reckoned; none where no such row was entered.
    pub estimated_hours: Option<f64>,
}

/// Infected machines that were seen. Days are not added: a machine may be seen on many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SightingsSoFar {
    /// The day on which most were.
    pub most_on: Date,
    /// How many then.
    pub most: CountSoFar,
    /// The last day of which anything was entered.
    pub last_on: Date,
    /// How many then.
    pub last: CountSoFar,
}

/// Money spent on one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpendOnDay {
    /// The day.
    pub day: Date,
    /// What was spent on it.
    #[serde(flatten)]
    pub spend: GbpSoFar,
}

/// Staff hours of one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HoursOnDay {
    /// The day.
    pub day: Date,
    /// The hours of it.
    #[serde(flatten)]
    pub hours: HoursSoFar,
}

/// Infected machines that were seen on one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SightingsOnDay {
    /// The day.
    pub day: Date,
    /// How many, over all organisations.
    #[serde(flatten)]
    pub seen: CountSoFar,
}

/// A middle, and nine in ten about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Three {
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
}

/// A middle of pounds, and nine in ten about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ThreeGbp {
    /// The 5 % quantile.
    pub low_gbp: f64,
    /// The median.
    pub median_gbp: f64,
    /// The 95 % quantile.
    pub high_gbp: f64,
}

/// One activity beside its forecast. Days are added as if they went well or badly together, which
/// makes the span wide; but where all days from one on are still to come, a report says what they are together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetAgainst {
    /// The forecast is by day.
    Daily {
        /// Days (of an organisation, where the forecast tells them apart) that were forecast and are entered.
        days_entered: u64,
        /// What was entered for them.
        entered: f64,
        /// What was forecast for them.
        forecast: Three,
        /// Days that were forecast and that the ledger reaches, which are not entered, or not by all that enter this activity.
        days_missing: u64,
        /// Days that were forecast and that the ledger does not reach.
        days_to_come: u64,
        /// What is forecast for both, beyond what was entered.
        ahead: Three,
        /// All that was entered, and the forecast for days that are not.
        will_have_cost: Three,
        /// What that is worth, where the forecast is a report's and the activity is priced: entered units at the prices of the
        /// table of services, and what the report has for the rest.
        worth: Option<ThreeGbp>,
    },
    /// The forecast is one number for all days: nothing says how much of it is still to come.
    Total {
        /// How many days.
        days: u64,
        /// For all of them.
        forecast: Three,
    },
}

/// One day of one activity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayLine {
    /// The day.
    pub day: Date,
    /// The activity.
    pub activity: String,
    /// The organisation, where the forecast tells them apart.
    pub organisation: Option<String>,
    /// What was entered; none where nothing was.
    pub entered: Option<CountSoFar>,
    /// What was forecast.
    pub forecast: Option<Three>,
    /// What the figure of the day rests on.
    pub standing: DayStanding,
}

/// What the figure of a day rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayStanding {
    /// All of it was counted.
    Measured,
    /// Some of it was reckoned.
    Estimated,
    /// Some organisations entered theirs and some did not.
    PartlyMissing,
    /// Nothing was entered, on a day within the ledger.
    Missing,
    /// The ledger does not reach it.
    Ahead,
}

impl CountSoFar {
    /// All of it.
    #[must_use]
    pub fn all(&self) -> f64 {
        self.measured.unwrap_or(0.0) + self.estimated.unwrap_or(0.0)
    }

    pub(super) fn add(&mut self, standing: Standing, amount: f64) {
        let part = match standing {
            Standing::Measured => &mut self.measured,
            Standing::Estimated => &mut self.estimated,
        };
        *part = sum(*part, Some(amount));
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            measured: sum(self.measured, other.measured),
            estimated: sum(self.estimated, other.estimated),
        }
    }
}

impl GbpSoFar {
    pub(super) fn add(&mut self, standing: Standing, pounds: f64) {
        let part = match standing {
            Standing::Measured => &mut self.measured_gbp,
            Standing::Estimated => &mut self.estimated_gbp,
        };
        *part = sum(*part, Some(pounds));
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            measured_gbp: sum(self.measured_gbp, other.measured_gbp),
            estimated_gbp: sum(self.estimated_gbp, other.estimated_gbp),
        }
    }
}

impl HoursSoFar {
    pub(super) fn add(&mut self, standing: Standing, hours: f64) {
        let part = match standing {
            Standing::Measured => &mut self.measured_hours,
            Standing::Estimated => &mut self.estimated_hours,
        };
        *part = sum(*part, Some(hours));
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            measured_hours: sum(self.measured_hours, other.measured_hours),
            estimated_hours: sum(self.estimated_hours, other.estimated_hours),
        }
    }
}

/// Nothing entered and something make something; twice nothing stays nothing entered.
fn sum(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

impl Three {
    pub(super) fn add(&mut self, other: Self) {
        self.low += other.low;
        self.median += other.median;
        self.high += other.high;
    }

    /// What is left of it above a floor, which has already come to pass.
    pub(super) fn above(self, floor: f64) -> Self {
        let left = |value: f64| (value - floor).max(0.0);
        Self {
            low: left(self.low),
            median: left(self.median),
            high: left(self.high),
        }
    }

    pub(super) fn plus(self, amount: f64) -> Self {
        Self {
            low: self.low + amount,
            median: self.median + amount,
            high: self.high + amount,
        }
    }
}
