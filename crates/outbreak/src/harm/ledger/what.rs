//! What a row speaks of, apart from whom and when.

use super::LedgerEntry;
use super::missing::MissingKind;

/// What a row speaks of. An activity is never taken for money or hours, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What<'l> {
    /// Cancelled units of this activity.
    Activity(&'l str),
    /// Cancelled units of any.
    Cancelled,
    /// Money.
    Spend,
    /// Hours of staff.
    Hours,
    /// Infected machines.
    Sightings,
}

impl<'l> From<&'l LedgerEntry> for What<'l> {
    fn from(entry: &'l LedgerEntry) -> Self {
        match entry {
            LedgerEntry::Cancelled { activity, .. } => Self::Activity(activity),
            LedgerEntry::Spend(_) => Self::Spend,
            LedgerEntry::StaffHours(_) => Self::Hours,
            LedgerEntry::Sightings(_) => Self::Sightings,
        }
    }
}

impl From<What<'_>> for MissingKind {
    fn from(what: What<'_>) -> Self {
        match what {
            What::Activity(id) => Self::Activity(id.to_owned()),
            What::Cancelled => Self::Cancelled,
            What::Spend => Self::Spend,
            What::Hours => Self::Hours,
            What::Sightings => Self::Sightings,
        }
    }
}
