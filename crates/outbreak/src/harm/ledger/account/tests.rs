//! What a ledger comes to, by small examples.

use super::{Account, DayStanding, GbpSoFar, SetAgainst, Three, ThreeGbp, account};
use crate::harm::ServiceRules;
use crate::harm::ledger::{Forecast, Ledger, MissingKind};

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
        .map(|missing| (missing.what.word(), missing.days))
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
            days_missing: 1,
            days_to_come: 1,
            ahead: three(25.0, 50.0, 100.0),
            will_have_cost: three(205.0, 230.0, 280.0),
            worth: None,
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
        days_missing,
        days_to_come,
        ..
    }) = told.activities[0].against
    else {
        panic!("it is by day");
    };
    assert_eq!((days_missing, days_to_come), (2, 1));
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
    assert_eq!(
        unheard.next().unwrap().what.word(),
        "outpatient_appointments"
    );
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
fn an_activity_that_is_called_as_a_kind_is_refused_and_enters_no_money() {
    let rules = ServiceRules::built_in();
    let rows: String = ["spend", "Hours", "SIGHTINGS", "cancelled"]
        .map(|word| format!("2017-05-12,North,cancelled,{word},5,measured,\n"))
        .concat();
    let more = "2017-05-12,North,hours,,3,measured,\n2017-05-13,North,hours,,3,measured,\n";
    let text = format!("{}\n{rows}{more}", Ledger::new_header());
    let ledger = Ledger::parse(&text, &rules).unwrap();
    let places: Vec<(u64, &str)> = (ledger.faults.iter())
        .map(|fault| (fault.line, fault.column.as_deref().unwrap()))
        .collect();
    assert_eq!(places, [2, 3, 4, 5].map(|line| (line, "activity")));
    let told = account(&ledger, None, &rules);
    assert_eq!(told.spend, None);
    let missing = |of: MissingKind| told.missing.iter().find(|one| one.what == of);
    assert_eq!(missing(MissingKind::Spend).unwrap().days, 2);

    let forecast = "day,activity,median,low,high\n2017-05-12,spend,5000,1,9000\n\
                    2017-05-12,ae_attendances,5,1,9\n";
    let Forecast::Daily { cells, faults, .. } = Forecast::parse(forecast, &rules).unwrap() else {
        panic!("it is by day");
    };
    assert_eq!((cells.len(), faults.len(), faults[0].line), (1, 1, 2));
    assert_eq!(faults[0].column.as_deref(), Some("activity"));
}

#[test]
fn each_day_of_money_hours_and_machines_stands_in_its_own_list() {
    let told = told(
        "2017-05-12,North,spend,,500,measured,\n\
         2017-05-12,South,spend,,20.5,estimated,\n\
         2017-05-14,North,spend,,1,measured,\n\
         2017-05-13,North,hours,,7.5,estimated,\n\
         2017-05-13,North,sightings,,30,measured,\n\
         2017-05-13,South,sightings,,5,measured,\n",
        None,
    );
    let spend: Vec<(i8, GbpSoFar)> = (told.spend_by_day.iter())
        .map(|one| (one.day.day(), one.spend))
        .collect();
    let of = |measured_gbp, estimated_gbp| GbpSoFar {
        measured_gbp,
        estimated_gbp,
    };
    assert_eq!(
        spend,
        [(12, of(Some(500.0), Some(20.5))), (14, of(Some(1.0), None))]
    );
    assert_eq!(told.spend, Some(of(Some(501.0), Some(20.5))));
    let [hours] = told.staff_hours_by_day[..] else {
        panic!("one day of hours");
    };
    assert_eq!(hours.hours.estimated_hours, Some(7.5));
    let [seen] = told.sightings_by_day[..] else {
        panic!("one day of sightings");
    };
    assert_eq!((seen.day.day(), seen.seen.measured), (13, Some(35.0)));
    assert!(told.by_day.is_empty());
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
    let forecast = Forecast::of_report(json, None, None, &rules).unwrap();
    let told = account(&ledger, Some(&forecast), &rules);
    assert_eq!(
        told.activities[0].against,
        Some(SetAgainst::Total {
            days: 7,
            forecast: three(1.0, 2.0, 4.0)
        })
    );
}

/// Two days of A&E attendances in a report, one of them with its price.
const REPORT: &str = r#"{"answers": [{"threat": "none", "losses": {"days": 2, "weekdays": [], "activities": []}},
    {"threat": "one", "losses": {"days": 3, "weekdays": ["Tuesday", "Wednesday", "Thursday"], "activities": [
        {"activity": "A&E attendances", "not_done": {"low": 0, "median": 0, "high": 70}, "by_day": [
            {"not_done_if_any": {"low": 4, "median": 20, "high": 40}, "from_here_on_if_any": {"low": 9, "median": 45, "high": 70},
             "worth_if_any_gbp": {"low": 400, "median": 2000, "high": 4000},
             "worth_from_here_on_if_any_gbp": {"low": 900, "median": 4500, "high": 7000}},
            {"not_done_if_any": {"low": 2, "median": 15, "high": 30}, "from_here_on_if_any": {"low": 4, "median": 25, "high": 38},
             "worth_if_any_gbp": {"low": 200, "median": 1500, "high": 3000},
             "worth_from_here_on_if_any_gbp": {"low": 400, "median": 2500, "high": 3800}},
            {"not_done_if_any": {"low": 1, "median": 8, "high": 12}, "from_here_on_if_any": {"low": 1, "median": 8, "high": 12},
             "worth_if_any_gbp": {"low": 100, "median": 800, "high": 1200},
             "worth_from_here_on_if_any_gbp": {"low": 100, "median": 800, "high": 1200}}]}]}}]}"#;

fn beside_report(rows: &str) -> Account {
    let rules = ServiceRules::built_in();
    let text = format!("{}\n{rows}", Ledger::new_header());
    let ledger = Ledger::parse(&text, &rules).unwrap();
    let forecast = Forecast::of_report(REPORT, None, ledger.first_day(), &rules).unwrap();
    account(&ledger, Some(&forecast), &rules)
}

#[test]
fn days_of_a_report_that_are_still_to_come_are_taken_together() {
    let told = beside_report("2017-05-12,North,cancelled,ae_attendances,9,measured,\n");
    assert_eq!(
        told.activities[0].against,
        Some(SetAgainst::Daily {
            days_entered: 1,
            entered: 9.0,
            forecast: three(4.0, 20.0, 40.0),
            days_missing: 0,
            days_to_come: 2,
            // Not the sum of the days' quantiles.
            ahead: three(4.0, 25.0, 38.0),
            will_have_cost: three(13.0, 34.0, 47.0),
            // Nine at 148 pounds, and what the report has for the rest.
            worth: Some(ThreeGbp {
                low_gbp: 1_332.0 + 400.0,
                median_gbp: 1_332.0 + 2_500.0,
                high_gbp: 1_332.0 + 3_800.0,
            }),
        })
    );
}

#[test]
fn a_day_that_is_missing_between_others_is_added_by_itself() {
    let told = beside_report(
        "2017-05-12,North,cancelled,ae_attendances,9,measured,\n\
         2017-05-14,North,cancelled,ae_attendances,2,estimated,\n",
    );
    let Some(SetAgainst::Daily {
        days_missing,
        days_to_come,
        will_have_cost,
        worth,
        ..
    }) = told.activities[0].against
    else {
        panic!("it is by day");
    };
    assert_eq!((days_missing, days_to_come), (1, 0));
    assert_eq!(will_have_cost, three(13.0, 26.0, 41.0));
    assert!((worth.unwrap().median_gbp - (11.0 * 148.0 + 1_500.0)).abs() < 1e-9);
}
