//! What a ledger comes to, and what it says of a forecast.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::super::{Gbp, ServiceRules};
use super::missing::{Missing, Span, gaps};
use super::{Forecast, Ledger, LedgerEntry, Standing};

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
    /// Days of which nothing was entered.
    pub missing: Vec<Missing>,
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

/// One activity beside its forecast. Days are added as if they went well or badly together, which makes the span wide.
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
        /// Days that were forecast and are not entered, or not by all that enter this activity.
        days_ahead: u64,
        /// What is forecast for them, beyond what was entered.
        ahead: Three,
        /// All that was entered, and the forecast for days that are not.
        will_have_cost: Three,
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

    fn add(&mut self, standing: Standing, amount: f64) {
        let part = match standing {
            Standing::Measured => &mut self.measured,
            Standing::Estimated => &mut self.estimated,
        };
        *part = Some(part.unwrap_or(0.0) + amount);
    }

    fn and(self, other: Self) -> Self {
        let sum = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => Some(one + other),
            (one, other) => one.or(other),
        };
        Self {
            measured: sum(self.measured, other.measured),
            estimated: sum(self.estimated, other.estimated),
        }
    }
}

impl Three {
    fn add(&mut self, other: Self) {
        self.low += other.low;
        self.median += other.median;
        self.high += other.high;
    }

    /// What is left of it above a floor, which has already come to pass.
    fn above(self, floor: f64) -> Self {
        let left = |value: f64| (value - floor).max(0.0);
        Self {
            low: left(self.low),
            median: left(self.median),
            high: left(self.high),
        }
    }

    fn plus(self, amount: f64) -> Self {
        Self {
            low: self.low + amount,
            median: self.median + amount,
            high: self.high + amount,
        }
    }
}

/// Rows by what they speak of.
#[derive(Default)]
struct Sorted<'l> {
    /// By activity, day and organisation.
    cancelled: BTreeMap<&'l str, BTreeMap<Date, BTreeMap<&'l str, CountSoFar>>>,
    spend: CountSoFar,
    hours: CountSoFar,
    sightings: BTreeMap<Date, CountSoFar>,
    /// Days by organisation and kind of row.
    entered: BTreeMap<(&'l str, &'l str), BTreeSet<Date>>,
    organisations: BTreeSet<&'l str>,
    days: BTreeSet<Date>,
}

impl<'l> Sorted<'l> {
    fn new(ledger: &'l Ledger) -> Self {
        let mut sorted = Self::default();
        for placed in &ledger.rows {
            let row = &placed.row;
            let organisation = row.organisation.as_str();
            let what = match &row.entry {
                LedgerEntry::Cancelled { activity, units } => {
                    let days = sorted.cancelled.entry(activity).or_default();
                    let day = days.entry(row.day).or_default();
                    day.entry(organisation)
                        .or_default()
                        .add(row.standing, *units);
                    activity.as_str()
                }
                LedgerEntry::Spend(Gbp(pounds)) => {
                    sorted.spend.add(row.standing, *pounds);
                    SPEND
                }
                LedgerEntry::StaffHours(hours) => {
                    sorted.hours.add(row.standing, *hours);
                    HOURS
                }
                LedgerEntry::Sightings(count) => {
                    let day = sorted.sightings.entry(row.day).or_default();
                    day.add(row.standing, *count);
                    SIGHTINGS
                }
            };
            let entered = sorted.entered.entry((organisation, what)).or_default();
            entered.insert(row.day);
            sorted.organisations.insert(organisation);
            sorted.days.insert(row.day);
        }
        sorted
    }

    fn span(&self) -> Option<Span> {
        Some(Span {
            first: *self.days.first()?,
            last: *self.days.last()?,
        })
    }

    /// Who enters an activity at all.
    fn who(&self, activity: &str) -> BTreeSet<&'l str> {
        let days = self.cancelled.get(activity).into_iter().flatten();
        days.flat_map(|(_, of)| of.keys().copied()).collect()
    }

    fn day(&self, activity: &str, day: Date) -> Option<&BTreeMap<&'l str, CountSoFar>> {
        self.cancelled.get(activity)?.get(&day)
    }

    fn has(&self, what: &str) -> bool {
        self.entered.keys().any(|(_, kind)| *kind == what)
    }
}

const SPEND: &str = "spend";
const HOURS: &str = "hours";
const SIGHTINGS: &str = "sightings";
const CANCELLED: &str = "cancelled";

/// What a ledger comes to, beside a forecast where there is one.
#[must_use]
pub fn account(ledger: &Ledger, forecast: Option<&Forecast>, rules: &ServiceRules) -> Account {
    let sorted = Sorted::new(ledger);
    let mut ids: BTreeSet<&str> = sorted.cancelled.keys().copied().collect();
    ids.extend(forecast.into_iter().flat_map(Forecast::activities));
    let missing = missing(&sorted, forecast);
    let mut by_day = Vec::new();
    let activities = ids
        .iter()
        .map(|id| {
            let lines = day_lines(&sorted, forecast, id);
            let known = rules.activity(id).map(|place| &rules.activities[place]);
            let so_far = sorted.cancelled.get(id).map(|days| {
                let counts = days.values().flat_map(BTreeMap::values);
                counts.fold(CountSoFar::default(), |sum, count| sum.and(*count))
            });
            let price = known.and_then(|known| known.price_gbp.as_ref());
            let line = ActivityAccount {
                activity: (*id).to_owned(),
                units: known.map_or_else(|| (*id).to_owned(), |known| known.name.clone()),
                so_far,
                worth: price.zip(so_far).map(|(price, so_far)| {
                    [price.low, price.high].map(|each| LedgerGbp {
                        gbp: each * so_far.all(),
                    })
                }),
                missing_days: missing
                    .iter()
                    .filter(|missing| missing.what == *id)
                    .map(|missing| missing.days)
                    .sum(),
                against: forecast.and_then(|forecast| {
                    set_against(forecast, id, &lines, so_far.unwrap_or_default())
                }),
            };
            by_day.extend(lines);
            line
        })
        .collect();
    by_day.sort_by_key(|line| line.day);
    let (spend, hours) = (sorted.spend, sorted.hours);
    Account {
        days: sorted.span(),
        organisations: sorted
            .organisations
            .iter()
            .map(ToString::to_string)
            .collect(),
        rows: ledger.rows.len(),
        rows_left_out: ledger.faults.len(),
        activities,
        spend: sorted.has(SPEND).then_some(GbpSoFar {
            measured_gbp: spend.measured,
            estimated_gbp: spend.estimated,
        }),
        staff_hours: sorted.has(HOURS).then_some(HoursSoFar {
            measured_hours: hours.measured,
            estimated_hours: hours.estimated,
        }),
        sightings: sightings(&sorted.sightings),
        by_day,
        missing,
    }
}

fn sightings(by_day: &BTreeMap<Date, CountSoFar>) -> Option<SightingsSoFar> {
    let (&last_on, &last) = by_day.last_key_value()?;
    // The first of days that are alike.
    let most = by_day
        .iter()
        .rev()
        .max_by(|one, other| one.1.all().total_cmp(&other.1.all()));
    let (&most_on, &most) = most?;
    Some(SightingsSoFar {
        most_on,
        most,
        last_on,
        last,
    })
}

fn missing(sorted: &Sorted<'_>, forecast: Option<&Forecast>) -> Vec<Missing> {
    let Some(whole) = sorted.span() else {
        return Vec::new();
    };
    let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for organisation in &sorted.organisations {
        wanted.extend([SPEND, HOURS, SIGHTINGS].map(|what| (*organisation, what)));
        let cancels = sorted
            .cancelled
            .keys()
            .any(|activity| sorted.entered.contains_key(&(*organisation, *activity)));
        if !cancels {
            wanted.insert((organisation, CANCELLED));
        }
    }
    for activity in sorted.cancelled.keys() {
        wanted.extend(sorted.who(activity).into_iter().map(|who| (who, *activity)));
    }
    if let Some(Forecast::Daily { cells, .. }) = forecast {
        wanted.extend(
            cells
                .keys()
                .filter_map(|(activity, _, who)| Some((who.as_deref()?, activity.as_str()))),
        );
    }
    let none = BTreeSet::new();
    let mut all: Vec<Missing> = wanted
        .into_iter()
        .filter_map(|key| {
            let spans = gaps(whole, sorted.entered.get(&key).unwrap_or(&none));
            Missing::of(Some(key.0), key.1, spans)
        })
        .collect();
    let mut unheard: BTreeSet<&str> = forecast
        .into_iter()
        .flat_map(Forecast::activities)
        .collect();
    unheard.retain(|activity| all.iter().all(|one| one.what != *activity));
    unheard.retain(|activity| !sorted.cancelled.contains_key(activity));
    all.extend(
        unheard
            .into_iter()
            .filter_map(|activity| Missing::of(None, activity, vec![whole])),
    );
    all
}

/// The days of an activity that were entered or forecast.
fn day_lines(sorted: &Sorted<'_>, forecast: Option<&Forecast>, activity: &str) -> Vec<DayLine> {
    let mut cells: BTreeMap<(Date, Option<&str>), Option<Three>> = BTreeMap::new();
    let mut by_organisation = false;
    if let Some(Forecast::Daily {
        cells: forecast, ..
    }) = forecast
    {
        for ((id, day, who), three) in forecast {
            by_organisation |= who.is_some();
            if id == activity {
                cells.insert((*day, who.as_deref()), Some(*three));
            }
        }
    }
    for (day, counts) in sorted.cancelled.get(activity).into_iter().flatten() {
        if by_organisation {
            for who in counts.keys() {
                cells.entry((*day, Some(*who))).or_default();
            }
        } else {
            cells.entry((*day, None)).or_default();
        }
    }
    let everyone = sorted.who(activity);
    cells
        .into_iter()
        .map(|((day, who), forecast)| {
            let counts = sorted.day(activity, day);
            let entered = match who {
                Some(who) => counts.and_then(|counts| counts.get(who)).copied(),
                None => counts.map(|counts| {
                    let sum = CountSoFar::default();
                    counts.values().fold(sum, |sum, count| sum.and(*count))
                }),
            };
            let is_whole = who.is_some() || counts.is_some_and(|of| of.len() == everyone.len());
            let is_within = sorted.span().is_some_and(|span| day <= span.last);
            DayLine {
                day,
                activity: activity.to_owned(),
                organisation: who.map(ToOwned::to_owned),
                entered,
                forecast,
                standing: match entered {
                    Some(_) if !is_whole => DayStanding::PartlyMissing,
                    Some(count) if count.estimated.is_some() => DayStanding::Estimated,
                    Some(_) => DayStanding::Measured,
                    None if is_within => DayStanding::Missing,
                    None => DayStanding::Ahead,
                },
            }
        })
        .collect()
}

fn set_against(
    forecast: &Forecast,
    activity: &str,
    lines: &[DayLine],
    so_far: CountSoFar,
) -> Option<SetAgainst> {
    if let Forecast::Totals {
        days, activities, ..
    } = forecast
    {
        let forecast = *activities.get(activity)?;
        return Some(SetAgainst::Total {
            days: *days,
            forecast,
        });
    }
    let (mut days_entered, mut entered, mut met) = (0, 0.0, Three::default());
    let (mut days_ahead, mut ahead) = (0, Three::default());
    for line in lines {
        let Some(three) = line.forecast else { continue };
        let there = line.entered.map_or(0.0, |count| count.all());
        if line.entered.is_some() && line.standing != DayStanding::PartlyMissing {
            days_entered += 1;
            entered += there;
            met.add(three);
        } else {
            days_ahead += 1;
            ahead.add(three.above(there));
        }
    }
    (days_entered + days_ahead > 0).then(|| SetAgainst::Daily {
        days_entered,
        entered,
        forecast: met,
        days_ahead,
        ahead,
        will_have_cost: ahead.plus(so_far.all()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Account, DayStanding, SetAgainst, Three, account};
    use crate::harm::ServiceRules;
    use crate::harm::ledger::{Forecast, Ledger};

    const FORECAST: &str = "day,activity,median,low,high\n\
        2017-05-12,outpatient_appointments,100,50,200\n\
        2017-05-13,outpatient_appointments,10,5,20\n\
        2017-05-14,outpatient_appointments,100,50,200\n\
        2017-05-15,outpatient_appointments,40,20,80\n";

    fn told(rows: &str, forecast: Option<&str>) -> Account {
        let rules = ServiceRules::built_in();
        let text = format!("{}\n{rows}", Ledger::new_header());
        let ledger = Ledger::parse(&text, &rules).unwrap();
        let forecast = forecast.map(|text| Forecast::parse(text, &rules).unwrap());
        account(&ledger, forecast.as_ref(), &rules)
    }

    fn three(low: f64, median: f64, high: f64) -> Three {
        Three { low, median, high }
    }

    #[test]
    fn what_was_not_entered_is_missing_and_nought_that_was_entered_is_not() {
        let told = told(
            "2017-05-12,North,cancelled,outpatient_appointments,0,measured,\n\
             2017-05-14,North,cancelled,outpatient_appointments,7,estimated,\n",
            None,
        );
        let line = &told.activities[0];
        let so_far = line.so_far.unwrap();
        assert!((so_far.measured, so_far.estimated) == (Some(0.0), Some(7.0)));
        assert_eq!(line.missing_days, 1);
        assert_eq!(
            (told.spend, told.staff_hours, told.sightings),
            (None, None, None)
        );
        let spans: Vec<(&str, u64)> = told
            .missing
            .iter()
            .map(|missing| (missing.what.as_str(), missing.days))
            .collect();
        assert_eq!(
            spans,
            [
                ("hours", 3),
                ("outpatient_appointments", 1),
                ("sightings", 3),
                ("spend", 3)
            ]
        );
    }

    #[test]
    fn what_it_will_have_cost_is_the_ledger_and_the_forecast_for_days_it_lacks() {
        let told = told(
            "2017-05-12,North,cancelled,outpatient_appointments,150,measured,\n\
             2017-05-14,North,cancelled,outpatient_appointments,30,estimated,\n",
            Some(FORECAST),
        );
        assert_eq!(
            told.activities[0].against,
            Some(SetAgainst::Daily {
                days_entered: 2,
                entered: 180.0,
                forecast: three(100.0, 200.0, 400.0),
                days_ahead: 2,
                ahead: three(25.0, 50.0, 100.0),
                will_have_cost: three(205.0, 230.0, 280.0),
            })
        );
        let standings: Vec<DayStanding> = told.by_day.iter().map(|line| line.standing).collect();
        assert_eq!(
            standings,
            [
                DayStanding::Measured,
                DayStanding::Missing,
                DayStanding::Estimated,
                DayStanding::Ahead
            ]
        );
    }

    #[test]
    fn a_day_that_some_have_not_entered_is_never_below_what_others_did() {
        let told = told(
            "2017-05-12,North,cancelled,outpatient_appointments,90,measured,\n\
             2017-05-12,South,cancelled,outpatient_appointments,10,measured,\n\
             2017-05-14,North,cancelled,outpatient_appointments,120,measured,\n",
            Some(FORECAST),
        );
        assert_eq!(told.by_day[2].standing, DayStanding::PartlyMissing);
        let Some(SetAgainst::Daily {
            ahead,
            will_have_cost,
            days_ahead,
            ..
        }) = told.activities[0].against
        else {
            panic!("it is by day");
        };
        assert_eq!(days_ahead, 3);
        // Days 13 and 15, and what is left of day 14 above the 120.
        assert_eq!(ahead, three(25.0, 50.0, 100.0 + 80.0));
        assert_eq!(will_have_cost, three(245.0, 270.0, 400.0));
    }

    #[test]
    fn a_forecast_by_organisation_is_met_by_each_alone() {
        let told = told(
            "2017-05-12,North,cancelled,ae_attendances,9,measured,\n\
             2017-05-12,East,cancelled,ae_attendances,4,measured,\n",
            Some(
                "day,activity,median,low,high,organisation\n2017-05-12,ae_attendances,10,5,20,North\n\
                 2017-05-12,ae_attendances,10,5,20,South\n",
            ),
        );
        let Some(SetAgainst::Daily {
            days_entered,
            will_have_cost,
            ..
        }) = told.activities[0].against
        else {
            panic!("it is by day");
        };
        assert_eq!(days_entered, 1);
        assert_eq!(will_have_cost, three(18.0, 23.0, 33.0));
        assert!(
            told.missing
                .iter()
                .any(|missing| missing.organisation.as_deref() == Some("South"))
        );
    }

    #[test]
    fn what_is_forecast_and_nobody_enters_is_missing_throughout() {
        let told = told(
            "2017-05-12,North,cancelled,ae_attendances,9,measured,\n\
             2017-05-14,North,cancelled,ae_attendances,9,measured,\n",
            Some(FORECAST),
        );
        let line = told
            .activities
            .iter()
            .find(|line| line.activity == "outpatient_appointments")
            .unwrap();
        assert_eq!((line.so_far, line.missing_days), (None, 3));
        let mut unheard = told.missing.iter().filter(|one| one.organisation.is_none());
        assert_eq!(unheard.next().unwrap().what, "outpatient_appointments");
        assert!(unheard.next().is_none());
    }

    #[test]
    fn money_is_never_added_to_counts() {
        let told = told(
            "2017-05-12,North,cancelled,ae_attendances,10,measured,\n\
             2017-05-12,North,spend,,500,measured,\n\
             2017-05-12,North,hours,,20,estimated,\n\
             2017-05-12,North,sightings,,30,measured,\n\
             2017-05-13,North,sightings,,25,measured,\n",
            None,
        );
        let spend = told.spend.unwrap();
        assert!((spend.measured_gbp, spend.estimated_gbp) == (Some(500.0), None));
        assert!((told.activities[0].so_far.unwrap().all() - 10.0).abs() < 1e-12);
        let [low, high] = told.activities[0].worth.unwrap();
        assert!((low.gbp, high.gbp) == (1_480.0, 1_480.0));
        let seen = told.sightings.unwrap();
        assert!((seen.most.all(), seen.last.all()) == (30.0, 25.0));
    }

    #[test]
    fn a_total_says_nothing_of_what_is_still_to_come() {
        let rules = ServiceRules::built_in();
        let text = format!(
            "{}\n2017-05-12,North,cancelled,ae_attendances,9,measured,\n",
            Ledger::new_header()
        );
        let ledger = Ledger::parse(&text, &rules).unwrap();
        let json = r#"{"answers": [{"threat": "one", "losses": {"days": 7, "activities": [
            {"activity": "A&E attendances", "not_done": {"low": 1, "median": 2, "high": 4}}]}}]}"#;
        let forecast = Forecast::of_report(json, None, &rules).unwrap();
        let told = account(&ledger, Some(&forecast), &rules);
        assert_eq!(
            told.activities[0].against,
            Some(SetAgainst::Total {
                days: 7,
                forecast: three(1.0, 2.0, 4.0)
            })
        );
    }
}
