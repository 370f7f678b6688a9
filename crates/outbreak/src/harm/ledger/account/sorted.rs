//! Rows of a ledger by what they speak of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::missing::Span;
use super::super::what::What;
use super::super::{Ledger, LedgerEntry};
use super::figures::{CountSoFar, GbpSoFar, HoursSoFar};
use crate::harm::Gbp;

/// Rows by what they speak of.
#[derive(Default)]
pub(super) struct Sorted<'l> {
    /// By activity, day and organisation.
    pub(super) cancelled: BTreeMap<&'l str, BTreeMap<Date, BTreeMap<&'l str, CountSoFar>>>,
    pub(super) spend: BTreeMap<Date, GbpSoFar>,
    pub(super) hours: BTreeMap<Date, HoursSoFar>,
    pub(super) sightings: BTreeMap<Date, CountSoFar>,
    /// Days by organisation and what was entered.
    pub(super) entered: BTreeMap<(&'l str, What<'l>), BTreeSet<Date>>,
    pub(super) organisations: BTreeSet<&'l str>,
    days: BTreeSet<Date>,
}

impl<'l> Sorted<'l> {
    pub(super) fn new(ledger: &'l Ledger) -> Self {
        let mut sorted = Self::default();
        for placed in &ledger.rows {
            let row = &placed.row;
            let organisation = row.organisation.as_str();
            match &row.entry {
                LedgerEntry::Cancelled { activity, units } => {
                    let days = sorted.cancelled.entry(activity).or_default();
                    let day = days.entry(row.day).or_default();
                    day.entry(organisation)
                        .or_default()
                        .add(row.standing, *units);
                }
                LedgerEntry::Spend(Gbp(pounds)) => {
                    let day = sorted.spend.entry(row.day).or_default();
                    day.add(row.standing, *pounds);
                }
                LedgerEntry::StaffHours(hours) => {
                    let day = sorted.hours.entry(row.day).or_default();
                    day.add(row.standing, *hours);
                }
                LedgerEntry::Sightings(count) => {
                    let day = sorted.sightings.entry(row.day).or_default();
                    day.add(row.standing, *count);
                }
            }
            let what = What::from(&row.entry);
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
}
