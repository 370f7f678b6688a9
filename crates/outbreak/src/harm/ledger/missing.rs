//! Days of which nothing was entered: missing, which is never nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Days of which one organisation entered nothing of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Whose; none where nobody enters it, and it was forecast.
    pub organisation: Option<String>,
    /// What.
    pub what: MissingKind,
    /// The days, as spans of which both ends are missing.
    pub spans: Vec<Span>,
    /// How many days these are.
    pub days: u64,
}

/// Of what nothing was entered. No activity bears the name of a kind: such rows are refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingKind {
    /// Cancelled units of one activity: its identifier, or its name as it was entered.
    Activity(String),
    /// Cancelled units of any activity.
    Cancelled,
    /// Money.
    Spend,
    /// Hours of staff.
    Hours,
    /// Infected machines.
    Sightings,
}

/// Days from one to another, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Missing {
    /// Nothing where no day is missing.
    pub(super) fn of(
        organisation: Option<&str>,
        what: MissingKind,
        spans: Vec<Span>,
    ) -> Option<Self> {
        let days = spans.iter().map(Span::days).sum();
        (days > 0).then(|| Self {
            organisation: organisation.map(ToOwned::to_owned),
            what,
            spans,
            days,
        })
    }
}

impl MissingKind {
    /// The activity's identifier, or the kind as rows have it: `spend`.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Activity(id) => id,
            Self::Cancelled => "cancelled",
            Self::Spend => "spend",
            Self::Hours => "hours",
            Self::Sightings => "sightings",
        }
    }
}

impl Serialize for MissingKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Span {
    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> u64 {
        let days = (self.last - self.first).get_days();
        u64::try_from(days).unwrap_or(0) + 1
    }
}

/// The days of a span that are not among those entered.
pub(super) fn gaps(whole: Span, entered: &BTreeSet<Date>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut next = Some(whole.first);
    for day in entered.range(whole.first..=whole.last) {
        let (Some(first), Ok(last)) = (next, day.yesterday()) else {
            break;
        };
        if first <= last {
            spans.push(Span { first, last });
        }
        next = day.tomorrow().ok();
    }
    if let Some(first) = next.filter(|first| *first <= whole.last) {
        spans.push(Span {
            first,
            last: whole.last,
        });
    }
    spans
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{Date, date};

    use super::{Span, gaps};

    fn days(of: &[i8]) -> BTreeSet<Date> {
        of.iter().map(|day| date(2017, 5, *day)).collect()
    }

    #[test]
    fn gaps_and_what_was_entered_are_the_whole() {
        let whole = Span {
            first: date(2017, 5, 10),
            last: date(2017, 5, 20),
        };
        for entered in [
            &[][..],
            &[10],
            &[20],
            &[12, 13, 17],
            &[10, 11, 19, 20],
            &[1, 30],
        ] {
            let entered = days(entered);
            let spans = gaps(whole, &entered);
            let inside = entered.range(whole.first..=whole.last).count() as u64;
            let missing: u64 = spans.iter().map(Span::days).sum();
            assert_eq!(missing + inside, whole.days(), "{entered:?}");
            for span in spans {
                assert_eq!(entered.range(span.first..=span.last).count(), 0);
            }
        }
    }
}
