//! A forecast as plain numbers: by day and activity, or as totals of a whole report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::super::{HUNDREDTHS, ServiceRules};
use super::account::Three;
use super::rows::{activity_id, activity_of};
use crate::rows::{Columns, Row, RowFault, Table, TableError};

const COLUMNS: Columns = Columns {
    names: &["day", "activity", "median", "low", "high", "organisation"],
    needed: 5,
};

/// What was forecast, in units of activities.
#[derive(Clone, Debug, PartialEq)]
pub enum Forecast {
    /// Day by day.
    Daily {
        /// By activity and day, and by organisation where the forecast tells them apart.
        cells: BTreeMap<(String, Date, Option<String>), Three>,
        /// Rows that could not be used.
        faults: Vec<RowFault>,
        /// What else is known where the days are those of a report.
        report: Option<ReportDays>,
    },
    /// Over all days of one outbreak, which says nothing of any one day.
    Totals {
        /// Days counted, that of the beginning first.
        days: u64,
        /// The threat that it speaks of.
        threat: String,
        /// By activity.
        activities: BTreeMap<String, Three>,
    },
}

/// The days of a report's outbreaks that cost anything, set on a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportDays {
    /// The threat that it speaks of.
    pub threat: String,
    /// The day that stands for its first.
    pub began: Date,
    /// The weekday of its first day, as it was sampled: `Tuesday`.
    pub first_weekday: String,
    /// By activity and day.
    pub days: BTreeMap<(String, Date), ReportDay>,
    /// Of how many organisations it says what befell them.
    pub organisations: usize,
    /// How many machines are taken in them; none where it does not say.
    pub taken: Option<ReportTaken>,
    /// Single outbreaks that cost anything; none where the report has none, or an earlier version wrote it.
    pub outbreaks: Vec<ReportOutbreak>,
}

/// How many machines a report's outbreaks take, of those that do not die out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReportTaken {
    /// Within so many hours of the first infection.
    pub hours: f64,
    /// Machines.
    pub machines: Three,
    /// The share (0 to 1) of outbreaks that die out.
    pub dies_out: f64,
}

/// One of a report's outbreaks.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOutbreak {
    /// The world that it was drawn in: outbreaks of one world are alike.
    pub world: u64,
    /// By activity, the units not done on each day from the first.
    pub not_done: BTreeMap<String, Vec<f64>>,
}

/// What a report says of one activity from one day on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReportDay {
    /// Units not done on this day and all that follow.
    pub from_here_on: Three,
    /// Pounds that those of this day are worth; none where they are not priced.
    pub worth: Option<Three>,
    /// Pounds that those of this day and all that follow are worth.
    pub worth_from_here_on: Option<Three>,
}

/// Why a forecast cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ForecastError {
    /// It is no such table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It is no JSON.
    #[error("the report cannot be read as JSON")]
    Json(#[from] serde_json::Error),
    /// It holds no losses.
    #[error("the report holds no losses of {0}")]
    NoLosses(String),
    /// No row of it could be used.
    #[error("no row of the forecast can be used; the first: {0}")]
    Nothing(String),
}

impl Forecast {
    /// Reads `day,activity,median,low,high`, with `organisation` where it tells them apart.
    ///
    /// # Errors
    /// When it is no such table, or none of its rows can be used.
    pub fn parse(text: &str, rules: &ServiceRules) -> Result<Self, ForecastError> {
        let table = Table::parse(text, &COLUMNS)?;
        let by_organisation = table.header.iter().any(|column| column == "organisation");
        let mut cells = BTreeMap::new();
        let mut faults = table.faults;
        for row in &table.rows {
            match cell(row, by_organisation, rules) {
                Ok((key, _)) if cells.contains_key(&key) => {
                    faults.push(row.fault("day", "this day of this activity was forecast above"));
                }
                Ok((key, three)) => {
                    cells.insert(key, three);
                }
                Err(fault) => faults.push(fault),
            }
        }
        faults.sort_by_key(|fault| fault.line);
        if cells.is_empty() {
            let first = faults.first().map(ToString::to_string);
            let first = first.unwrap_or_else(|| "it has no rows".to_owned());
            return Err(ForecastError::Nothing(first));
        }
        Ok(Self::Daily {
            cells,
            faults,
            report: None,
        })
    }

    /// Reads the losses of one answer of a report's JSON: of the threat named, else of the first that has any.
    ///
    /// They are by day from that on which it began, over outbreaks that cost anything at all, since one that is in a ledger did;
    /// totals where nobody says when that was, or the report is of a version that has none by day.
    ///
    /// # Errors
    /// When it is no report, or the threat is not in it.
    pub fn of_report(
        json: &str,
        threat: Option<&str>,
        began: Option<Date>,
        rules: &ServiceRules,
    ) -> Result<Self, ForecastError> {
        let report: Value = serde_json::from_str(json)?;
        let answers = report["answers"].as_array();
        let answer = answers.into_iter().flatten().find(|answer| match threat {
            Some(threat) => answer["threat"].as_str() == Some(threat),
            None => has_losses(answer),
        });
        let named = || threat.unwrap_or("any threat").to_owned();
        let answer = answer.ok_or_else(|| ForecastError::NoLosses(named()))?;
        let losses = &answer["losses"];
        if let Some(daily) = began.and_then(|began| daily(answer, began, rules)) {
            return Ok(daily);
        }
        let mut activities = BTreeMap::new();
        for line in losses["activities"].as_array().into_iter().flatten() {
            if let (Some(name), Some(three)) =
                (line["activity"].as_str(), three_of(&line["not_done"]))
            {
                activities.insert(activity_id(rules, name), three);
            }
        }
        match losses["days"].as_u64() {
            Some(days) if !activities.is_empty() => Ok(Self::Totals {
                days,
                threat: answer["threat"].as_str().unwrap_or_default().to_owned(),
                activities,
            }),
            _ => Err(ForecastError::NoLosses(named())),
        }
    }

    /// The activities that it speaks of.
    pub(super) fn activities(&self) -> Vec<&str> {
        match self {
            Self::Daily { cells, .. } => cells.keys().map(|(id, ..)| id.as_str()).collect(),
            Self::Totals { activities, .. } => activities.keys().map(String::as_str).collect(),
        }
    }
}

fn has_losses(answer: &Value) -> bool {
    let activities = answer["losses"]["activities"].as_array();
    activities.is_some_and(|activities| !activities.is_empty())
}

fn three_of(amount: &Value) -> Option<Three> {
    Some(Three {
        low: amount["low"].as_f64()?,
        median: amount["median"].as_f64()?,
        high: amount["high"].as_f64()?,
    })
}

/// The days of a report's answer; none where an activity of it has none.
fn daily(answer: &Value, began: Date, rules: &ServiceRules) -> Option<Forecast> {
    let losses = &answer["losses"];
    let (mut cells, mut days) = (BTreeMap::new(), BTreeMap::new());
    for line in losses["activities"].as_array()? {
        let activity = activity_id(rules, line["activity"].as_str()?);
        let mut date = began;
        for day in line["by_day"].as_array()? {
            let not_done = three_of(&day["not_done_if_any"])?;
            cells.insert((activity.clone(), date, None), not_done);
            days.insert(
                (activity.clone(), date),
                ReportDay {
                    from_here_on: three_of(&day["from_here_on_if_any"])?,
                    worth: three_of(&day["worth_if_any_gbp"]),
                    worth_from_here_on: three_of(&day["worth_from_here_on_if_any_gbp"]),
                },
            );
            date = date.tomorrow().ok()?;
        }
    }
    let organisations = losses["organisations"].as_array();
    let report = ReportDays {
        organisations: organisations.map_or(0, Vec::len),
        outbreaks: outbreaks(losses, rules).unwrap_or_default(),
        taken: taken(&answer["drawn"]),
        threat: answer["threat"].as_str()?.to_owned(),
        began,
        first_weekday: losses["weekdays"][0].as_str()?.to_owned(),
        days,
    };
    (!cells.is_empty()).then_some(Forecast::Daily {
        cells,
        faults: Vec::new(),
        report: Some(report),
    })
}

fn taken(drawn: &Value) -> Option<ReportTaken> {
    Some(ReportTaken {
        hours: drawn["fan"].as_array()?.last()?["hour"].as_f64()?,
        machines: three_of(&drawn["taken"])?,
        dies_out: drawn["dies_out"].as_f64()?,
    })
}

/// A report's single outbreaks; none where one of them has not a number for each activity and day.
fn outbreaks(losses: &Value, rules: &ServiceRules) -> Option<Vec<ReportOutbreak>> {
    let lines = losses["activities"].as_array()?;
    let one = |outbreak: &Value| {
        let rows = outbreak["not_done"].as_array()?;
        let mut not_done = BTreeMap::new();
        for (line, row) in lines.iter().zip(rows) {
            let numbers = row.as_str()?.split_ascii_whitespace();
            // Whole numbers only: no sign, no infinity.
            let units = numbers.map(|word| Some(word.parse::<u64>().ok()? as f64 / HUNDREDTHS));
            let units: Vec<f64> = units.collect::<Option<_>>()?;
            if units.len() != line["by_day"].as_array()?.len() {
                return None;
            }
            not_done.insert(activity_id(rules, line["activity"].as_str()?), units);
        }
        Some(ReportOutbreak {
            world: outbreak["world"].as_u64()?,
            not_done: (not_done.len() == lines.len()).then_some(not_done)?,
        })
    };
    losses["outbreaks_if_any"]
        .as_array()?
        .iter()
        .map(one)
        .collect()
}

type Cell = ((String, Date, Option<String>), Three);

fn cell(row: &Row, by_organisation: bool, rules: &ServiceRules) -> Result<Cell, RowFault> {
    let day = row.day("day")?;
    let activity = activity_of(row, rules)?;
    let three = Three {
        low: row.number("low")?,
        median: row.number("median")?,
        high: row.number("high")?,
    };
    if three.low > three.median || three.median > three.high {
        let what = "low, median and high must be in this order";
        return Err(row.fault("median", what));
    }
    let organisation = if by_organisation {
        Some(row.needed("organisation")?.to_owned())
    } else {
        None
    };
    Ok(((activity, day, organisation), three))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Forecast, ForecastError};
    use crate::harm::ServiceRules;

    #[test]
    fn a_day_that_is_forecast_twice_counts_once() {
        let rules = ServiceRules::built_in();
        let text = "day,activity,median,low,high\n2017-05-12,A&E attendances,5,1,9\n\
                    2017-05-12,ae_attendances,6,1,9\n2017-05-13,ae_attendances,6,7,9\n";
        let Forecast::Daily { cells, faults, .. } = Forecast::parse(text, &rules).unwrap() else {
            panic!("it is by day");
        };
        assert_eq!(cells.len(), 1);
        let lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn the_losses_of_a_report_are_totals() {
        let rules = ServiceRules::built_in();
        let json = r#"{"answers": [{"threat": "one", "losses": {"days": 7, "activities": [
            {"activity": "outpatient appointments", "not_done": {"low": 1, "median": 2.5, "high": 4}}]}}]}"#;
        let read = Forecast::of_report(json, None, None, &rules).unwrap();
        assert_eq!(read.activities(), ["outpatient_appointments"]);
        assert!(matches!(
            Forecast::of_report(json, Some("other"), None, &rules),
            Err(ForecastError::NoLosses(_))
        ));
        assert!(Forecast::of_report("{}", None, None, &rules).is_err());
        assert!(Forecast::of_report("nothing", None, None, &rules).is_err());
    }

    #[test]
    fn single_outbreaks_are_whole_or_there_are_none() {
        let rules = ServiceRules::built_in();
        let three = r#"{"low": 0, "median": 1, "high": 2}"#;
        let day = format!(r#"{{"not_done_if_any": {three}, "from_here_on_if_any": {three}}}"#);
        let read = |outbreak: &str| {
            let json = format!(
                r#"{{"answers": [{{"threat": "one", "losses": {{"days": 2, "weekdays": ["Tuesday"], "activities": [
                {{"activity": "A&E attendances", "not_done": {three}, "by_day": [{day}, {day}]}}],
                "outbreaks_if_any": [{outbreak}]}}}}]}}"#
            );
            let began = Some(date(2017, 5, 16));
            match Forecast::of_report(&json, None, began, &rules).unwrap() {
                Forecast::Daily {
                    report: Some(report),
                    ..
                } => report.outbreaks,
                _ => panic!("it is by day"),
            }
        };
        let whole = read(r#"{"world": 3, "not_done": ["250 1"]}"#);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].world, 3);
        assert_eq!(whole[0].not_done["ae_attendances"], [2.5, 0.01]);
        for broken in [
            r#"{"world": 3, "not_done": ["250"]}"#,
            r#"{"world": 3, "not_done": ["250 1 1"]}"#,
            r#"{"world": 3, "not_done": ["250 -1"]}"#,
            r#"{"world": 3, "not_done": ["250 inf"]}"#,
            r#"{"world": 3, "not_done": ["250 99999999999999999999"]}"#,
            r#"{"world": 3, "not_done": [[250, 1]]}"#,
            r#"{"world": 3, "not_done": []}"#,
            r#"{"world": "3", "not_done": ["250 1"]}"#,
            r#"{"not_done": ["250 1"]}"#,
            "7",
        ] {
            let both = format!(r#"{{"world": 3, "not_done": ["250 1"]}}, {broken}"#);
            assert!(read(&both).is_empty(), "{broken}");
        }
        assert!(read("").is_empty());
    }
}
