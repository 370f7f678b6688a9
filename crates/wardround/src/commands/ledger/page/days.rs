//! What each day says.

use std::collections::BTreeMap;

use jiff::civil::Date;
use wardround_outbreak::harm::ledger::{Account, DayStanding};
use wardround_report::{SheetPart, SheetTable};

use super::words::{exact, pounds, words_of};

/// So many days are listed; the data have them all.
const MOST_DAYS: usize = 400;

pub(super) fn by_day(account: &Account) -> SheetPart {
    let many = account.by_day.len() > MOST_DAYS;
    SheetPart {
        title: "Day by day".to_owned(),
        words: many
            .then(|| format!("The first {MOST_DAYS} of {}.", account.by_day.len()))
            .into_iter()
            .collect(),
        table: Some(SheetTable {
            caption: "Units cancelled".to_owned(),
            columns: vec![
                ("day", false),
                ("activity", false),
                ("organisation", false),
                ("entered", true),
                ("forecast", true),
                ("standing", false),
            ],
            rows: account
                .by_day
                .iter()
                .take(MOST_DAYS)
                .map(|line| {
                    let activity = account
                        .activities
                        .iter()
                        .find(|activity| activity.activity == line.activity);
                    vec![
                        line.day.to_string(),
                        activity.map_or_else(String::new, |of| of.units.clone()),
                        line.organisation
                            .clone()
                            .unwrap_or_else(|| "all".to_owned()),
                        line.entered
                            .map_or_else(|| "–".to_owned(), |count| exact(count.all())),
                        line.forecast.map_or_else(|| "–".to_owned(), words_of),
                        standing(line.standing).to_owned(),
                    ]
                })
                .collect(),
        }),
    }
}

/// Spend, hours and sightings by day, each in its own column; none where none was entered.
pub(super) fn money_hours_and_machines(account: &Account) -> Option<SheetPart> {
    const NONE: [Option<String>; 3] = [None, None, None];
    let mut days: BTreeMap<Date, [Option<String>; 3]> = BTreeMap::new();
    for one in &account.spend_by_day {
        let parts = [one.spend.measured_gbp, one.spend.estimated_gbp];
        days.entry(one.day).or_insert(NONE)[0] = Some(of_day(parts, pounds));
    }
    for one in &account.staff_hours_by_day {
        let parts = [one.hours.measured_hours, one.hours.estimated_hours];
        days.entry(one.day).or_insert(NONE)[1] = Some(of_day(parts, exact));
    }
    for one in &account.sightings_by_day {
        let parts = [one.seen.measured, one.seen.estimated];
        days.entry(one.day).or_insert(NONE)[2] = Some(of_day(parts, exact));
    }
    if days.is_empty() {
        return None;
    }
    let mut words = Vec::new();
    if days.len() > MOST_DAYS {
        words.push(format!("The first {MOST_DAYS} of {}.", days.len()));
    }
    let takes = account.report_takes;
    if let Some(takes) = takes.filter(|_| !account.sightings_by_day.is_empty()) {
        words.push(format!(
            "In the report's outbreaks that do not die out, which {} % do, {} machines are taken within {} hours of the first \
             infection. A sighting is of one day: what nobody saw is in none, and what was seen on several days is in each.",
            exact((100.0 * takes.dies_out).round()),
            words_of(takes.machines),
            exact(takes.hours),
        ));
    }
    let rows = days.into_iter().take(MOST_DAYS).map(|(day, cells)| {
        let cells = cells.map(|cell| cell.unwrap_or_else(|| "–".to_owned()));
        [vec![day.to_string()], cells.to_vec()].concat()
    });
    Some(SheetPart {
        title: "Money, hours and machines, day by day".to_owned(),
        words,
        table: Some(SheetTable {
            caption: "As entered, by all organisations".to_owned(),
            columns: vec![
                ("day", false),
                ("spent", true),
                ("hours of staff", true),
                ("infected machines seen", true),
            ],
            rows: rows.collect(),
        }),
    })
}

/// What was measured and estimated on one day: `£5.00`, `£3.00 estimated`, `£8.00, of it £3.00 estimated`.
fn of_day([measured, estimated]: [Option<f64>; 2], words: fn(f64) -> String) -> String {
    match (measured, estimated) {
        (measured, None) => words(measured.unwrap_or(0.0)),
        (None, Some(estimated)) => format!("{} estimated", words(estimated)),
        (Some(measured), Some(estimated)) => format!(
            "{}, of it {} estimated",
            words(measured + estimated),
            words(estimated)
        ),
    }
}

const fn standing(standing: DayStanding) -> &'static str {
    match standing {
        DayStanding::Measured => "measured",
        DayStanding::Estimated => "estimated",
        DayStanding::PartlyMissing => "missing in part",
        DayStanding::Missing => "missing",
        DayStanding::Ahead => "not reached yet",
    }
}
