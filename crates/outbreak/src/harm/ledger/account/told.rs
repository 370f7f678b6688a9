//! From a ledger and a forecast to an account.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::missing::{Missing, MissingKind, gaps};
use super::super::what::What;
use super::super::{Forecast, Ledger};
use super::against::{day_lines, set_against};
use super::figures::{
    Account, ActivityAccount, CountSoFar, GbpSoFar, HoursOnDay, HoursSoFar, LedgerGbp,
    SightingsOnDay, SightingsSoFar, SpendOnDay,
};
use super::learnt::learnt;
use super::sorted::Sorted;
use crate::harm::ServiceRules;

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
                    .filter(
                        |missing| matches!(&missing.what, MissingKind::Activity(of) if of == id),
                    )
                    .map(|missing| missing.days)
                    .sum(),
                against: forecast.and_then(|forecast| {
                    set_against(forecast, id, &lines, so_far.unwrap_or_default(), price)
                }),
            };
            by_day.extend(lines);
            line
        })
        .collect();
    by_day.sort_by_key(|line| line.day);
    let learnt = match forecast {
        Some(Forecast::Daily {
            report: Some(report),
            ..
        }) => {
            let so_far = sorted.cancelled.iter().map(|(id, days)| {
                let counts = days.values().flat_map(BTreeMap::values);
                (*id, counts.map(CountSoFar::all).sum())
            });
            let organisations = sorted.organisations.len();
            learnt(report, &by_day, &so_far.collect(), organisations, rules)
        }
        _ => None,
    };
    Account {
        days: sorted.span(),
        organisations: sorted
            .organisations
            .iter()
            .map(ToString::to_string)
            .collect(),
        rows: ledger.rows.len(),
        rows_left_out: ledger.faults.len(),
        rows_repeated: ledger.repeated.len(),
        activities,
        spend: sorted.spend.values().copied().reduce(GbpSoFar::and),
        staff_hours: sorted.hours.values().copied().reduce(HoursSoFar::and),
        sightings: sightings(&sorted.sightings),
        by_day,
        spend_by_day: (sorted.spend.into_iter())
            .map(|(day, spend)| SpendOnDay { day, spend })
            .collect(),
        staff_hours_by_day: (sorted.hours.into_iter())
            .map(|(day, hours)| HoursOnDay { day, hours })
            .collect(),
        sightings_by_day: (sorted.sightings.into_iter())
            .map(|(day, seen)| SightingsOnDay { day, seen })
            .collect(),
        report_takes: match forecast {
            Some(Forecast::Daily { report, .. }) => report.as_ref().and_then(|report| report.taken),
            _ => None,
        },
        missing,
        learnt,
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
    let mut wanted: BTreeSet<(&str, What<'_>)> = BTreeSet::new();
    for organisation in &sorted.organisations {
        let kinds = [What::Spend, What::Hours, What::Sightings];
        wanted.extend(kinds.map(|what| (*organisation, what)));
        let cancels = sorted.cancelled.keys().any(|activity| {
            let key = (*organisation, What::Activity(activity));
            sorted.entered.contains_key(&key)
        });
        if !cancels {
            wanted.insert((organisation, What::Cancelled));
        }
    }
    for activity in sorted.cancelled.keys() {
        let who = sorted.who(activity).into_iter();
        wanted.extend(who.map(|who| (who, What::Activity(activity))));
    }
    if let Some(Forecast::Daily { cells, .. }) = forecast {
        wanted.extend(cells.keys().filter_map(|(activity, _, who)| {
            let what = What::Activity(activity);
            Some((who.as_deref()?, what))
        }));
    }
    let none = BTreeSet::new();
    let mut all: Vec<Missing> = wanted
        .into_iter()
        .filter_map(|key| {
            let spans = gaps(whole, sorted.entered.get(&key).unwrap_or(&none));
            Missing::of(Some(key.0), key.1.into(), spans)
        })
        .collect();
    all.sort_by(|one, other| {
        let key = |of: &Missing| (of.organisation.clone(), of.what.word().to_owned());
        key(one).cmp(&key(other))
    });
    let mut unheard: BTreeSet<&str> = forecast
        .into_iter()
        .flat_map(Forecast::activities)
        .collect();
    unheard.retain(|activity| {
        let is = |one: &Missing| matches!(&one.what, MissingKind::Activity(of) if of == activity);
        !all.iter().any(is)
    });
    unheard.retain(|activity| !sorted.cancelled.contains_key(activity));
    all.extend(
        unheard
            .into_iter()
            .map(What::Activity)
            .filter_map(|activity| Missing::of(None, activity.into(), vec![whole])),
    );
    all
}
