//! A ledger as a page: figures as they were entered, to the last digit; forecasts to three.

mod days;
mod heed;
mod words;

use wardround_outbreak::RowFault;
use wardround_outbreak::harm::ledger::{
    Account, CountSoFar, Doubt, Forecast, LearntWorth, Ledger, MissingKind, SetAgainst, ThreeGbp,
    Unlearnt,
};
use wardround_report::{Sheet, SheetPart, SheetTable};

use crate::commands::backtest::words::three as in_words;
use crate::commands::rows::left_out_part;
use days::{by_day, money_hours_and_machines};
use heed::{missing, repeated, slips};
use words::{counted, exact, pounds, span, words_of};

const NOT_ENTERED: &str = "nothing entered";

/// What was read, and what it comes to.
pub(super) struct Read<'r> {
    pub(super) account: &'r Account,
    pub(super) ledger: &'r Ledger,
    pub(super) doubts: &'r [Doubt],
    pub(super) forecast: Option<&'r Forecast>,
    pub(super) forecast_faults: &'r [RowFault],
}

pub(super) fn sheet(read: &Read<'_>) -> Sheet {
    let Read {
        account,
        ledger,
        doubts,
        forecast,
        forecast_faults,
    } = *read;
    let mut parts = vec![so_far(account)];
    if forecast.is_some() {
        parts.push(against(account, forecast));
        parts.extend(learnt(account, forecast));
    }
    parts.push(by_day(account));
    parts.extend(money_hours_and_machines(account));
    parts.push(missing(account));
    parts.extend(slips(doubts));
    parts.extend(repeated(ledger));
    parts.extend(left_out_part("Rows left out of the ledger", &ledger.faults));
    parts.extend(left_out_part(
        "Rows left out of the forecast",
        forecast_faults,
    ));
    Sheet {
        title: "What it has cost".to_owned(),
        lead: lead(account, ledger, doubts),
        parts,
    }
}

fn lead(account: &Account, ledger: &Ledger, doubts: &[Doubt]) -> Vec<String> {
    let mut lead = vec![match account.days {
        Some(days) => format!(
            "{} of {}, {}. What was not entered is missing, and is not counted as nothing.",
            counted(account.rows, "row", "rows"),
            counted(account.organisations.len(), "organisation", "organisations"),
            span(days)
        ),
        None => "Nothing was entered.".to_owned(),
    }];
    if account.rows_left_out > 0 {
        lead.push(format!(
            "{} not be read, and {} in no figure.",
            counted(account.rows_left_out, "row could", "rows could"),
            is(account.rows_left_out)
        ));
    }
    if account.rows_repeated > 0 {
        lead.push(format!(
            "{} one above in every column, and {} not counted again.",
            counted(account.rows_repeated, "row repeats", "rows repeat"),
            is(account.rows_repeated)
        ));
    }
    if !doubts.is_empty() {
        lead.push(format!(
            "{} as it stands: see below.",
            counted(
                doubts.len(),
                "thing may be a slip and counts",
                "things may be slips and each counts"
            )
        ));
    }
    if !ledger.ignored_columns.is_empty() {
        let columns = ledger.ignored_columns.join(", ");
        lead.push(format!("Columns that mean nothing here: {columns}."));
    }
    lead
}

/// `is` of one, `are` of others.
const fn is(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

fn so_far(account: &Account) -> SheetPart {
    let row = |what: &str, measured: String, estimated: String, missing: u64| {
        vec![what.to_owned(), measured, estimated, exact(missing as f64)]
    };
    let shown = |value: Option<f64>, words: fn(f64) -> String| {
        value.map_or_else(|| NOT_ENTERED.to_owned(), words)
    };
    let count = |count: Option<CountSoFar>| {
        let count = count.unwrap_or_default();
        (shown(count.measured, exact), shown(count.estimated, exact))
    };
    let missing_of = |what: MissingKind| {
        let of = account.missing.iter().filter(|one| one.what == what);
        of.map(|one| one.days).sum()
    };
    let mut rows: Vec<Vec<String>> = account
        .activities
        .iter()
        .map(|line| {
            let (measured, estimated) = count(line.so_far);
            let what = format!("cancelled: {}", line.units);
            row(&what, measured, estimated, line.missing_days)
        })
        .collect();
    let spend = account.spend.unwrap_or_default();
    let measured = shown(spend.measured_gbp, pounds);
    let estimated = shown(spend.estimated_gbp, pounds);
    rows.push(row(
        "spent",
        measured,
        estimated,
        missing_of(MissingKind::Spend),
    ));
    let hours = account.staff_hours.unwrap_or_default();
    let measured = shown(hours.measured_hours, exact);
    let estimated = shown(hours.estimated_hours, exact);
    rows.push(row(
        "hours of staff",
        measured,
        estimated,
        missing_of(MissingKind::Hours),
    ));
    let (measured, estimated) = count(account.sightings.map(|seen| seen.most));
    let what = account.sightings.map_or_else(
        || "infected machines seen".to_owned(),
        |seen| format!("infected machines seen, most on {}", seen.most_on),
    );
    rows.push(row(
        &what,
        measured,
        estimated,
        missing_of(MissingKind::Sightings),
    ));
    let worth = account.activities.iter().filter_map(|line| {
        let [low, high] = line.worth?;
        let (low, high) = (pounds(low.gbp), pounds(high.gbp));
        let worth = if low == high { low } else { format!("{low} to {high}") };
        Some(format!(
            "{} cancelled are worth {worth} at the prices of the table of services: reckoned, and not part of what was spent.",
            line.units
        ))
    });
    SheetPart {
        title: "What it has cost so far".to_owned(),
        words: worth.collect(),
        table: Some(SheetTable {
            caption: "As entered. Missing days are those of each organisation, added".to_owned(),
            columns: vec![
                ("what", false),
                ("measured", true),
                ("estimated", true),
                ("days missing", true),
            ],
            rows,
        }),
    }
}

fn against(account: &Account, forecast: Option<&Forecast>) -> SheetPart {
    let totals = matches!(forecast, Some(Forecast::Totals { .. }));
    let rows = account.activities.iter().map(|line| {
        let mut row = vec![line.units.clone()];
        let so_far = line.so_far.unwrap_or_default();
        row.extend([so_far.measured, so_far.estimated].map(entered));
        match &line.against {
            Some(SetAgainst::Daily {
                days_entered,
                entered: there,
                forecast,
                days_missing,
                days_to_come,
                will_have_cost,
                worth,
                ..
            }) => row.extend([
                if *days_entered > 0 {
                    format!("{} for {}", exact(*there), words_of(*forecast))
                } else {
                    NOT_ENTERED.to_owned()
                },
                exact(*days_missing as f64),
                exact(*days_to_come as f64),
                words_of(*will_have_cost),
                worth.map_or_else(|| "not told".to_owned(), gbp),
            ]),
            Some(SetAgainst::Total { forecast, .. }) => row.push(words_of(*forecast)),
            None => row.extend(vec!["no forecast".to_owned(); if totals { 1 } else { 5 }]),
        }
        row
    });
    let mut columns = vec![
        ("activity", false),
        ("measured so far", true),
        ("estimated so far", true),
    ];
    columns.extend(if totals {
        vec![("forecast", true)]
    } else {
        vec![
            ("entered for forecast", true),
            ("days missing", true),
            ("days to come", true),
            ("will have cost", true),
            ("worth in pounds", true),
        ]
    });
    SheetPart {
        title: "What it will have cost".to_owned(),
        words: of_forecast(forecast),
        table: Some(SheetTable {
            caption: "Units not done; of forecasts the middle and nine in ten".to_owned(),
            columns,
            rows: rows.collect(),
        }),
    }
}

/// What a forecast is, and what it cannot tell.
fn of_forecast(forecast: Option<&Forecast>) -> Vec<String> {
    let report = match forecast {
        Some(Forecast::Totals { days, threat, .. }) => {
            return vec![format!(
                "The forecast is that of a report on {threat}: what is not done in {} of an outbreak. It says nothing of any one \
                 day, so what is still to come cannot be told from it.",
                counted(usize::try_from(*days).unwrap_or(usize::MAX), "day", "days"),
            )];
        }
        Some(Forecast::Daily { report, .. }) => report.as_ref(),
        None => None,
    };
    let mut words = vec![
        "What was entered, and the forecast for days that are not entered: missing ones, and those still to come. A day that \
         only some have entered is never below what they entered."
            .to_owned(),
    ];
    let Some(report) = report else {
        words.push(
            "Days are added as if all went well or badly together, so the spans are wide."
                .to_owned(),
        );
        return words;
    };
    words.push(format!(
        "The forecast is that of a report on {}, of its outbreaks that cost anything at all, with {} for its first day. It was \
         made before the outbreak: here what was entered since does not change what it says of days to come.",
        report.threat, report.began
    ));
    if report.outbreaks.is_empty() {
        words.push(
            "The report has no single outbreaks, so that nothing can be learnt from what was entered: an earlier version wrote it."
                .to_owned(),
        );
    }
    let weekday = report.began.strftime("%A").to_string();
    if weekday != report.first_weekday {
        words.push(format!(
            "The report's first day is a {} and {} is a {weekday}: less is planned on some weekdays than on others, so single days \
             may be far off.",
            report.first_weekday, report.began
        ));
    }
    words.push(
        "Where all days from one on are still to come, the report says what they are together; missing days between are added \
         as if all went well or badly together. Pounds are what units not done are worth, beside what was spent and never added \
         to it."
            .to_owned(),
    );
    words
}

/// The report's outbreaks, weighed by what was entered.
fn learnt(account: &Account, forecast: Option<&Forecast>) -> Option<SheetPart> {
    let learnt = account.learnt.as_ref()?;
    let units = |id: &str| {
        let line = account.activities.iter().find(|line| line.activity == id);
        line.map_or_else(|| id.to_owned(), |line| line.units.clone())
    };
    let compared: Vec<String> = (learnt.compared.iter())
        .map(|one| {
            format!(
                "{} {} on {}{}",
                exact(one.entered),
                units(&one.activity),
                counted(one.days, "day", "days"),
                if one.is_measured {
                    ""
                } else {
                    ", some estimated"
                },
            )
        })
        .collect();
    let mut words = vec![format!(
        "Each of {} outbreaks of the report that cost anything, in {} worlds, counts as much as it agrees with what was entered{}. \
         Assumed: nine in ten sums that were measured lie within a factor of {} of what an outbreak leaves undone, of {} where any \
         was estimated; activities err together, so that all of them say as much as one would. The ledger is taken to speak for all \
         that the report does: organisations in the ledger {}, in the report {}.",
        exact(learnt.outbreaks as f64),
        exact(learnt.worlds as f64),
        if compared.is_empty() {
            String::new()
        } else {
            format!(": {}", compared.join("; "))
        },
        learnt.measured_within,
        learnt.estimated_within,
        exact(learnt.organisations_of_ledger as f64),
        exact(learnt.organisations_of_report as f64),
    )];
    if let (Some(outbreaks), Some(worlds)) = (learnt.effective_outbreaks, learnt.effective_worlds) {
        words.push(format!(
            "Weighed, they count as {} outbreaks of equal weight, in {} worlds.",
            exact(outbreaks.round()),
            exact(worlds.round())
        ));
    }
    if let Some(why) = &learnt.refused {
        words.push(unlearnt(why, forecast, &units));
    }
    if let Some(worth) = learnt.worth {
        words.push(format!(
            "All of it that is priced is worth {} pounds with all outbreaks alike, and {} weighed: the middle at the middle prices \
             of the table of services, the ends at its least and greatest. It is reckoned, and not part of what was spent.",
            gbp(worth.before),
            gbp(worth.after),
        ));
    }
    let rows = learnt.activities.iter().map(|line| {
        let worth = |of: fn(&LearntWorth) -> ThreeGbp| {
            let worth = line.worth.as_ref().map(of);
            worth.map_or_else(|| "not priced".to_owned(), gbp)
        };
        vec![
            units(&line.activity),
            words_of(line.before),
            words_of(line.after),
            worth(|worth| worth.before),
            worth(|worth| worth.after),
        ]
    });
    Some(SheetPart {
        title: "What it will have cost, given what was entered".to_owned(),
        words,
        table: learnt.refused.is_none().then(|| SheetTable {
            caption: "Units not done: all that was entered, and the rest of the report's days. The middle and nine in ten".to_owned(),
            columns: vec![
                ("activity", false),
                ("all outbreaks alike", true),
                ("weighed by what was entered", true),
                ("alike, in pounds", true),
                ("weighed, in pounds", true),
            ],
            rows: rows.collect(),
        }),
    })
}

fn unlearnt(why: &Unlearnt, forecast: Option<&Forecast>, units: &dyn Fn(&str) -> String) -> String {
    let because = match why {
        Unlearnt::OtherWeekday => {
            let report = match forecast {
                Some(Forecast::Daily { report, .. }) => report.as_ref(),
                _ => None,
            };
            let began = report.map_or_else(String::new, |report| {
                report.began.strftime("%a").to_string().to_lowercase()
            });
            format!(
                "the report begins on another weekday than the outbreak did. A report with `--start {began}-09:00`, or whichever hour it was, can be learnt from"
            )
        }
        Unlearnt::NothingEntered => {
            "no day of the report was entered by all who enter an activity".to_owned()
        }
        Unlearnt::BeyondAllOutbreaks(activity) => format!(
            "no outbreak of the report comes near what was entered of {}: it is another outbreak than the report foresaw, or the \
             ledger speaks of others than the report does",
            units(activity)
        ),
        Unlearnt::TooFewAgree => {
            "that is fewer than 30 outbreaks or 10 worlds, and what they say would be a matter of chance. A report with more \
             `--replicates` may tell more"
                .to_owned()
        }
    };
    format!("Nothing is learnt from the ledger, for {because}.")
}

fn entered(count: Option<f64>) -> String {
    count.map_or_else(|| NOT_ENTERED.to_owned(), exact)
}

/// Pounds as a report has them: of its middle and ends three digits.
fn gbp(of: ThreeGbp) -> String {
    in_words([of.low_gbp, of.median_gbp, of.high_gbp])
}
