//! When a build was current.

use jiff::civil::Date;

/// When the update that brought a build was published, as far as the table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BuildDate {
    /// On this day.
    On(Date),
    /// The build is not in the table, but its neighbours are: after the first day and before the second.
    Between(Date, Date),
    /// The build is newer than the table's last, of this day.
    After(Date),
    /// Nothing known: no revision, or a release that the table lacks.
    Unknown,
}

impl BuildDate {
    /// The earliest day that it can be.
    #[must_use]
    pub const fn earliest(self) -> Option<Date> {
        match self {
            Self::On(date) | Self::Between(date, _) | Self::After(date) => Some(date),
            Self::Unknown => None,
        }
    }

    /// The latest day that it can be; none when it is newer than the table.
    #[must_use]
    pub const fn latest(self) -> Option<Date> {
        match self {
            Self::On(date) | Self::Between(_, date) => Some(date),
            Self::After(_) | Self::Unknown => None,
        }
    }
}
