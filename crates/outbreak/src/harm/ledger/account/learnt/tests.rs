//! Weighing by what was entered: closed forms, refusals, and how often what is told holds the truth.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::{Learnt, Three, Unlearnt, deviation};
use crate::harm::ServiceRules;
use crate::harm::ledger::forecast::{ReportDay, ReportDays, ReportOutbreak};
use crate::harm::ledger::{Forecast, Ledger, account};

const APPOINTMENTS: &str = "outpatient_appointments";
const ADMISSIONS: &str = "emergency_admissions";

/// A report of outbreaks, each with its world and its days of appointments; admissions are a tenth.
fn report(outbreaks: &[(u64, Vec<f64>)], began: Date) -> Forecast {
    let outbreaks: Vec<ReportOutbreak> = outbreaks
        .iter()
        .map(|(world, days)| ReportOutbreak {
            world: *world,
            not_done: [
                (APPOINTMENTS.to_owned(), days.clone()),
                (
                    ADMISSIONS.to_owned(),
                    days.iter().map(|units| units / 10.0).collect(),
                ),
            ]
            .into(),
        })
        .collect();
    let (mut cells, mut days) = (BTreeMap::new(), BTreeMap::new());
    for activity in [APPOINTMENTS, ADMISSIONS] {
        let mut day = began;
        for _ in &outbreaks[0].not_done[activity] {
            cells.insert((activity.to_owned(), day, None), Three::default());
            days.insert((activity.to_owned(), day), ReportDay::default());
            day = day.tomorrow().unwrap();
        }
    }
    Forecast::Daily {
        cells,
        faults: Vec::new(),
        report: Some(ReportDays {
            threat: "one".to_owned(),
            began,
            first_weekday: "Tuesday".to_owned(),
            days,
            organisations: 3,
            taken: None,
            outbreaks,
        }),
    }
}

fn learnt(rows: &str, forecast: &Forecast) -> Learnt {
    let rules = ServiceRules::built_in();
    let text = format!("{}\n{rows}", Ledger::new_header());
    let ledger = Ledger::parse(&text, &rules).unwrap();
    account(&ledger, Some(forecast), &rules).learnt.unwrap()
}

/// Appointments that North measured, by day from 16 May 2017, a Tuesday.
fn entered(days: &[u32]) -> String {
    let mut rows = String::new();
    for (day, units) in (16..).zip(days) {
        writeln!(
            rows,
            "2017-05-{day},North,cancelled,{APPOINTMENTS},{units},measured,"
        )
        .unwrap();
    }
    rows
}

const TUESDAY: Date = date(2017, 5, 16);

fn three(low: f64, median: f64, high: f64) -> Three {
    Three { low, median, high }
}

/// Outbreaks of which two thirds stay at some 100 a day, and a third come to some 1,000.
fn mild_and_grave() -> Vec<(u64, Vec<f64>)> {
    (0..300)
        .map(|number| {
            let each = if number % 3 == 0 { 1_000.0 } else { 100.0 };
            (number / 3, vec![each; 4])
        })
        .collect()
}

#[test]
fn of_two_kinds_of_outbreak_the_one_that_agrees_is_left() {
    let forecast = report(&mild_and_grave(), TUESDAY);
    let told = learnt(&entered(&[1_100, 900]), &forecast);
    assert_eq!(told.refused, None);
    let [admissions, appointments] = &told.activities[..] else {
        panic!("two activities");
    };
    assert_eq!(appointments.before, three(2_200.0, 2_200.0, 4_000.0));
    assert_eq!(appointments.after, three(4_000.0, 4_000.0, 4_000.0));
    // Nobody enters admissions, and yet they are known to be grave.
    assert_eq!(admissions.before, three(40.0, 40.0, 400.0));
    assert_eq!(admissions.after, three(400.0, 400.0, 400.0));
    // Pounds follow: at 110.60 an appointment and 1,590 an admission.
    let is = |of: f64, pounds: f64| assert!((of - pounds).abs() < 1e-6, "{of} {pounds}");
    let worth = appointments.worth.unwrap();
    is(worth.before.median_gbp, 2_200.0 * 110.6);
    is(worth.after.median_gbp, 4_000.0 * 110.6);
    let worth = told.worth.unwrap();
    is(worth.before.low_gbp, 2_200.0 * 110.6 + 40.0 * 1_590.0);
    is(worth.before.high_gbp, 4_000.0 * 110.6 + 400.0 * 1_590.0);
    is(worth.after.low_gbp, 4_000.0 * 110.6 + 400.0 * 1_590.0);

    // One in each of 100 worlds is grave; what is left of the others is what the formula says.
    let weight = |units: f64| {
        let deviation = deviation(units, 1.5);
        let off = (2_001.0 / (units + 1.0)).ln() / deviation;
        (-off * off / 2.0).exp() / deviation
    };
    let (grave, mild) = (weight(2_000.0), weight(200.0));
    let sum = 100.0 * grave + 200.0 * mild;
    let squares = 100.0 * grave * grave + 200.0 * mild * mild;
    let effective = told.effective_outbreaks.unwrap();
    assert!((effective - sum * sum / squares).abs() < 1e-9);
    assert!((told.effective_worlds.unwrap() - 100.0).abs() < 1e-9);
}

#[test]
fn what_all_outbreaks_agree_on_teaches_nothing() {
    let outbreaks: Vec<(u64, Vec<f64>)> = (0..60)
        .map(|number| (number, vec![50.0, number as f64]))
        .collect();
    let told = learnt(&entered(&[60]), &report(&outbreaks, TUESDAY));
    assert!((told.effective_outbreaks.unwrap() - 60.0).abs() < 1e-9);
    for line in &told.activities {
        assert_eq!(line.before, line.after, "{}", line.activity);
    }
}

#[test]
fn a_day_that_some_have_not_entered_is_not_compared_and_only_its_excess_is_added() {
    let rows = format!(
        "{}2017-05-16,South,cancelled,{APPOINTMENTS},0,measured,\n",
        entered(&[1_000, 300])
    );
    let told = learnt(&rows, &report(&mild_and_grave(), TUESDAY));
    assert_eq!((told.compared.len(), told.compared[0].days), (1, 1));
    // All that was entered; 700 more on the second day, and two whole days.
    let after = told.activities[1].after;
    assert_eq!(after, three(4_000.0, 4_000.0, 4_000.0));
    // The mild ones do not reach 300 on the second day, and no day is below what was entered.
    assert_eq!(told.activities[1].before, three(1_500.0, 1_500.0, 4_000.0));
}

#[test]
fn nothing_is_learnt_where_it_would_be_a_matter_of_chance_or_of_something_else() {
    let all = mild_and_grave();
    let refused = |rows: &str, of: &[(u64, Vec<f64>)], began| {
        let told = learnt(rows, &report(of, began));
        assert_eq!(told.activities.is_empty(), told.refused.is_some());
        told.refused
    };
    let near = entered(&[1_000]);
    assert_eq!(refused(&near, &all, TUESDAY), None);
    let friday = date(2017, 5, 12);
    assert_eq!(refused(&near, &all, friday), Some(Unlearnt::OtherWeekday));
    assert_eq!(
        refused("2017-05-16,North,spend,,5,measured,\n", &all, TUESDAY),
        Some(Unlearnt::NothingEntered)
    );
    for off in [5_000, 0] {
        assert_eq!(
            refused(&entered(&[off]), &all, TUESDAY),
            Some(Unlearnt::BeyondAllOutbreaks(APPOINTMENTS.to_owned())),
            "{off}"
        );
    }
    // 20 that are grave; or 100 of them, all in five worlds.
    assert_eq!(
        refused(&near, &all[..60], TUESDAY),
        Some(Unlearnt::TooFewAgree)
    );
    let alike: Vec<(u64, Vec<f64>)> = (all.iter())
        .map(|(world, days)| (world % 5, days.clone()))
        .collect();
    assert_eq!(refused(&near, &alike, TUESDAY), Some(Unlearnt::TooFewAgree));
}

#[test]
fn nine_in_ten_of_what_is_told_holds_the_truth_where_the_assumptions_hold() {
    // Outbreaks of which the first day, the second and the rest are log-normal and go together; each in turn is the truth,
    // entered with the error that is assumed.
    let mut state = 1u64;
    let mut normal = || {
        let mut sum = -6.0;
        for _ in 0..12 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sum += (state >> 11) as f64 / (1u64 << 53) as f64;
        }
        sum
    };
    let mut drawn = |world| {
        let common = normal();
        let day = |normal: f64| (6.0 + 0.9 * common + 0.4 * normal).exp().round();
        (world, vec![day(normal()), day(normal()), day(normal())])
    };
    let outbreaks: Vec<(u64, Vec<f64>)> = (0..500).map(&mut drawn).collect();
    let truths: Vec<(u64, Vec<f64>)> = (0..400).map(&mut drawn).collect();
    let forecast = report(&outbreaks, TUESDAY);
    let (mut held, mut told, mut narrower) = (0, 0, 0);
    for (_, days) in &truths {
        let units = days[0];
        let entered_units = ((units + 1.0) * (deviation(units, 1.5) * normal()).exp() - 1.0)
            .round()
            .max(0.0);
        let rows = format!("2017-05-16,North,cancelled,{APPOINTMENTS},{entered_units},measured,\n");
        let learnt = learnt(&rows, &forecast);
        let Some(line) = learnt.activities.get(1) else {
            continue;
        };
        let truth = entered_units + days[1] + days[2];
        told += 1;
        held += u32::from(line.after.low <= truth && truth <= line.after.high);
        let width = |three: Three| three.high - three.low;
        narrower += u32::from(width(line.after) < width(line.before));
    }
    let share = f64::from(held) / f64::from(told);
    // Four standard errors of nine in ten over some 370.
    assert!(
        told > 300 && (0.84..0.96).contains(&share),
        "{held} of {told}"
    );
    assert!(narrower > told * 3 / 4, "{narrower} of {told}");
}
