//! From a ledger and a forecast to an account.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::missing::{Missing, gaps};
use super::super::{Forecast, Ledger};
use super::against::{day_lines, set_against};
use super::figures::{
    Account, ActivityAccount, CountSoFar, GbpSoFar, HoursSoFar, LedgerGbp, SightingsSoFar,
};
use super::learnt::learnt;
use super::sorted::{CANCELLED, HOURS, SIGHTINGS, SPEND, Sorted};
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
                    .filter(|missing| missing.what == *id)
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
            learnt(report, &by_day, &so_far.collect(), organisations)
        }
        _ => None,
    };
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
