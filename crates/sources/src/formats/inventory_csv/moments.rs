//! When a machine was last seen, however a list writes it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use wardround_evidence::When;

use super::Heading;
use super::cells::says_nothing;
use super::fields::Field;
use crate::defender::moment;
use crate::windows::{DateOrder, OrderEvidence, WrittenDate, time_of_day};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// How a list writes its dates.
#[derive(Clone, Copy)]
pub(super) struct Moments {
    order: Option<DateOrder>,
}

/// A moment that was read.
pub(super) enum Seen {
    At(When),
    /// Day and month may be the other way round: not before the earlier of the two.
    Unsure(When),
    /// It says that there is none.
    Never,
    Unreadable,
}

impl Moments {
    /// Finds out whether day or month stands first, from the rows in the beginning of a file. A stream cannot go back, so
    /// later rows do not count.
    pub(super) fn of_sample(heading: &Heading, text: &str) -> Self {
        let mut evidence = OrderEvidence::default();
        let before = usize::try_from(heading.lines_before).unwrap_or(0) + 1;
        let sample = text.lines().skip(before).collect::<Vec<_>>().join("\n");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(heading.separator)
            .from_reader(sample.as_bytes());
        for row in reader.records().map_while(Result::ok) {
            for field in [Field::LastSeen, Field::Since, Field::InstalledOn] {
                for place in heading.columns.places(field) {
                    let date = row.get(place).filter(|text| moment(text).is_none());
                    if let Some(date) = date.and_then(WrittenDate::parse) {
                        evidence.see(date);
                    }
                }
            }
        }
        Self {
            order: evidence.order(None),
        }
    }

    /// Reads a moment. Without a zone it is taken to be UTC; without a time of day, to be the start of its day.
    pub(super) fn read(self, text: &str) -> Seen {
        if says_nothing(text) {
            return Seen::Never;
        }
        // How Windows and .NET write that there is no moment.
        if text.starts_with("0001-01-01")
            || text.starts_with("1/1/0001")
            || text.starts_with("01/01/0001")
        {
            return Seen::Never;
        }
        if let Some(moment) = moment(text) {
            return Seen::At(When::At(moment));
        }
        let time = time_of_day(text).unwrap_or(Time::midnight());
        let at = |date: Date| {
            let zoned = date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?;
            Some(zoned.timestamp())
        };
        let known =
            |date: Date| at(date).map_or(Seen::Unreadable, |moment| Seen::At(When::At(moment)));
        match WrittenDate::parse(text) {
            Some(date) => match date.certain().or_else(|| date.resolve(self.order)) {
                Some(date) => known(date),
                None => {
                    let either = [DateOrder::DayFirst, DateOrder::MonthFirst];
                    let earlier = either
                        .iter()
                        .filter_map(|order| date.resolve(Some(*order)))
                        .min();
                    let earlier: Option<Timestamp> = earlier.and_then(at);
                    earlier.map_or(Seen::Unreadable, |moment| {
                        Seen::Unsure(When::NoEarlierThan(moment))
                    })
                }
            },
            None => in_words(text).map_or(Seen::Unreadable, known),
        }
    }

    /// Reads a day, where it can be only one.
    pub(super) fn day(self, text: &str) -> Option<Date> {
        match WrittenDate::parse(text) {
            Some(date) => date.certain().or_else(|| date.resolve(self.order)),
            None => in_words(text),
        }
    }
}

/// `3 Jun 2024`, `03-Jun-2024 09:15` or `Jun 3, 2024`: an English month and two numbers, the longer of which is the year.
fn in_words(text: &str) -> Option<Date> {
    let mut words = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first: Vec<&str> = words.by_ref().take(3).collect();
    let month = first.iter().find_map(|word| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start)
    })?;
    let number = |length: std::ops::RangeInclusive<usize>| {
        let mut fitting = first.iter().filter(|word| length.contains(&word.len()));
        fitting.find_map(|word| word.parse::<i16>().ok())
    };
    let (day, year) = (number(1..=2)?, number(4..=4)?);
    (1990..2100)
        .contains(&year)
        .then(|| Date::new(year, i8::try_from(month).ok()? + 1, i8::try_from(day).ok()?).ok())?
}
