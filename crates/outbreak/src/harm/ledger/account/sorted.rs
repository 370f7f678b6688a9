//! Rows of a ledger by what they speak of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::missing::Span;
use super::super::{Ledger, LedgerEntry};
use super::figures::CountSoFar;
use crate::harm::Gbp;

/// Rows by what they speak of.
#[derive(Default)]
pub(super) struct Sorted<'l> {
    /// By activity, day and organisation.
    pub(super) cancelled: BTreeMap<&'l str, BTreeMap<Date, BTreeMap<&'l str, CountSoFar>>>,
    pub(super) spend: CountSoFar,
    pub(super) hours: CountSoFar,
    pub(super) sightings: BTreeMap<Date, CountSoFar>,
    /// Days by organisation and kind of row.
    pub(super) entered: BTreeMap<(&'l str, &'l str), BTreeSet<Date>>,
    pub(super) organisations: BTreeSet<&'l str>,
    days: BTreeSet<Date>,
}

impl<'l> Sorted<'l> {
    pub(super) fn new(ledger: &'l Ledger) -> Self {
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

    pub(super) fn span(&self) -> Option<Span> {
        Some(Span {
            first: *self.days.first()?,
            last: *self.days.last()?,
        })
    }

    /// Who enters an activity at all.
    pub(super) fn who(&self, activity: &str) -> BTreeSet<&'l str> {
        let days = self.cancelled.get(activity).into_iter().flatten();
        days.flat_map(|(_, of)| of.keys().copied()).collect()
    }

    pub(super) fn day(&self, activity: &str, day: Date) -> Option<&BTreeMap<&'l str, CountSoFar>> {
        self.cancelled.get(activity)?.get(&day)
    }

    pub(super) fn has(&self, what: &str) -> bool {
        self.entered.keys().any(|(_, kind)| *kind == what)
    }
}

pub(super) const SPEND: &str = "spend";
pub(super) const HOURS: &str = "hours";
pub(super) const SIGHTINGS: &str = "sightings";
pub(super) const CANCELLED: &str = "cancelled";
