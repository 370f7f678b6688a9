//! When a machine was last seen, however a list writes it.

use std::collections::BTreeMap;

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

/// The first of January 1970 by a spreadsheet's count of days.
const FIRST_OF_1970: i32 = 25_569;

/// How a list writes its dates.
#[derive(Clone, Copy)]
pub(super) struct Moments {
    order: Option<DateOrder>,
}

/// A moment that was read.
pub(super) enum Seen {
    At(When),
    /// Day and month may be the other way round: the earlier of the two.
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
        let fields = [Field::LastSeen, Field::Since, Field::InstalledOn];
        let known = fields
            .iter()
            .flat_map(|field| heading.columns.places(*field));
        let places: Vec<usize> = known.chain(heading.columns.named_dates()).collect();
        for row in sample(heading, text) {
            for place in &places {
                let date = row.get(*place).filter(|text| moment(text).is_none());
                if let Some(date) = date.and_then(WrittenDate::parse) {
                    evidence.see(date);
                }
            }
        }
        Self {
            order: evidence.order(None),
        }
    }

    /// The places of columns in whose cells of the first rows stands a date; and whether one is written as such, not a bare
    /// number.
    pub(super) fn places_of_dates(self, heading: &Heading, text: &str) -> BTreeMap<usize, bool> {
        let mut places = BTreeMap::new();
        for row in sample(heading, text) {
            for place in heading.columns.named_dates() {
                let text = row.get(place).unwrap_or_default().trim();
                if self.is_date(text) {
                    *places.entry(place).or_default() |= !is_bare_number(text);
                }
            }
        }
        places
    }

    /// Whether a text is a date.
    pub(super) fn is_date(self, text: &str) -> bool {
        matches!(self.read(text), Seen::At(_) | Seen::Unsure(_))
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
                    earlier.map_or(Seen::Unreadable, |moment| Seen::Unsure(When::At(moment)))
                }
            },
            None => match spreadsheet_number(text) {
                Some(moment) => Seen::At(When::At(moment)),
                None => in_words(text).map_or(Seen::Unreadable, known),
            },
        }
    }

    /// Reads a day, where it can be only one.
    pub(super) fn day(self, text: &str) -> Option<Date> {
        match WrittenDate::parse(text) {
            Some(date) => date.certain().or_else(|| date.resolve(self.order)),
            None => spreadsheet_number(text)
                .map(|moment| moment.to_zoned(TimeZone::UTC).date())
                .or_else(|| in_words(text)),
        }
    }
}

/// Whether a text is a number and nothing else, which may be a spreadsheet's for a day, or no date.
pub(super) fn is_bare_number(text: &str) -> bool {
    let is_of_number = |byte: u8| byte.is_ascii_digit() || b".,".contains(&byte);
    let text = text.trim();
    text.bytes().all(is_of_number) && spreadsheet_number(text).is_some()
}

/// The rows in the beginning of a file.
fn sample(heading: &Heading, text: &str) -> Vec<csv::StringRecord> {
    let before = usize::try_from(heading.lines_before).unwrap_or(0) + 1;
    let sample = text.lines().skip(before).collect::<Vec<_>>().join("\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(heading.separator)
        .from_reader(sample.as_bytes());
    reader.records().map_while(Result::ok).collect()
}

/// A date as a spreadsheet keeps it and writes it where the cell is not formatted as one: days since 30 December 1899, with
/// the time of day as a fraction, as in `45678.5` (Microsoft, *Date systems in Excel*). Only days from 1990 to 2099 are
/// taken; the system that counts from 1904 cannot be told from it, and reads as four years earlier.
fn spreadsheet_number(text: &str) -> Option<Timestamp> {
    let (days, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    if days.len() != 5 || !are_digits(days) || !are_digits(fraction) || fraction.len() > 20 {
        return None;
    }
    let days: i32 = days.parse().ok()?;
    if !(32_874..73_051).contains(&days) {
        return None;
    }
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    let seconds = i64::from(days - FIRST_OF_1970) * 86_400 + (fraction * 86_400.0).round() as i64;
    Timestamp::from_second(seconds).ok()
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

#[cfg(test)]
mod tests {
    use super::spreadsheet_number;

    #[test]
    fn numbers_of_days_are_read_as_a_spreadsheet_counts_them() {
        for (text, expected) in [
            ("45678.5", Some("2025-01-21T12:00:00Z")),
            ("45678,5", Some("2025-01-21T12:00:00Z")),
            ("45790", Some("2025-05-13T00:00:00Z")),
            ("45790.9999999", Some("2025-05-14T00:00:00Z")),
            ("32874", Some("1990-01-01T00:00:00Z")),
            ("73050", Some("2099-12-31T00:00:00Z")),
            ("32873", None),
            ("73051", None),
            ("19045.4529", None),
            ("457900", None),
            ("4.5", None),
            ("45790.", None),
            ("-5790.5", None),
            ("45790.5.1", None),
            ("45790 5", None),
        ] {
            let read = spreadsheet_number(text).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
