//! When the system was installed and started.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::fields::Record;
use crate::windows::{DateOrder, OrderEvidence, WrittenDate, time_of_day};

/// Places of the two moments after the version, where no line was left out.
const INSTALLED_OFFSET: isize = 7;
const STARTED_OFFSET: isize = 8;

/// Countries that write dates with slashes, day first (Windows' own formats for these locales).
const DAY_FIRST: [&str; 13] = [
    "en-gb", "en-ie", "en-au", "en-nz", "fr", "fr-fr", "fr-be", "it", "it-it", "es", "es-es", "pt",
    "pt-br",
];

/// What the file says of its machine's times.
#[derive(Debug, Default)]
pub(super) struct Clock {
    pub(super) installed: Option<Timestamp>,
    pub(super) started: Option<Timestamp>,
    /// Whether a moment was left out because it cannot be read in one way only.
    pub(super) unclear: bool,
}

impl Clock {
    /// Reads both moments.
    pub(super) fn of(record: &Record) -> Self {
        let Some(version) = record.version() else {
            return Self::default();
        };
        let later = &record.fields[version + 1..];
        let moments: Vec<(usize, &str)> = later
            .iter()
            .enumerate()
            .map(|(place, field)| (place + version + 1, field.value.as_str()))
            .filter(|(place, value)| is_moment(value) && !record.may_be_cut(*place))
            .collect();
        let (installed, started) = match moments[..] {
            [(_, first), (_, second), ..] => (Some(first), Some(second)),
            [(_, only)] if is_at(record, INSTALLED_OFFSET, only) => (Some(only), None),
            [(_, only)] if is_at(record, STARTED_OFFSET, only) => (None, Some(only)),
            _ => (None, None),
        };
        let order = order(record, &moments);
        let mut clock = Self {
            installed: installed.and_then(|text| moment(text, order)),
            started: started.and_then(|text| moment(text, order)),
            unclear: false,
        };
        clock.unclear = installed.is_some() != clock.installed.is_some()
            || started.is_some() != clock.started.is_some();
        clock
    }
}

fn is_at(record: &Record, offset: isize, value: &str) -> bool {
    record
        .beside_version(offset)
        .is_some_and(|field| field.value == value)
}

/// A date with more digits after it.
fn is_moment(value: &str) -> bool {
    WrittenDate::parse(value).is_some()
        && value
            .split_once([',', ' '])
            .is_some_and(|(_, rest)| rest.contains(|it: char| it.is_ascii_digit()))
}

fn moment(text: &str, order: Option<DateOrder>) -> Option<Timestamp> {
    let date = WrittenDate::parse(text)?;
    let day = date.certain().or_else(|| date.resolve(order))?;
    let local = day.to_datetime(time_of_day(text)?);
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The order of day and month: by the moments themselves and the BIOS date, which stands last in its value; else by locale.
fn order(record: &Record, moments: &[(usize, &str)]) -> Option<DateOrder> {
    let mut evidence = OrderEvidence::default();
    let trailing = record
        .fields
        .iter()
        .filter_map(|field| Some(field.value.rsplit_once(", ")?.1));
    for text in moments.iter().map(|(_, text)| *text).chain(trailing) {
        if let Some(date) = WrittenDate::parse(text) {
            evidence.see(date);
        }
    }
    let with_slash = moments.iter().all(|(_, text)| text.contains('/'));
    let halves = moments
        .iter()
        .all(|(_, text)| text.trim_end().ends_with('M'));
    evidence.order(with_slash.then(|| by_locale(record, halves)).flatten())
}

/// The locale fields are those of the system and its keyboard, not the one that formats dates, so both must agree, and for
/// the United States the clock with AM and PM as well.
fn by_locale(record: &Record, halves: bool) -> Option<DateOrder> {
    let mut locales = record.fields.iter().filter_map(|field| {
        let (locale, _) = field.value.split_once(';')?;
        let form = locale.len() <= 12
            && locale
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        form.then(|| locale.to_ascii_lowercase())
    });
    let (system, input) = (locales.next()?, locales.next()?);
    let both = |known: &[&str]| known.contains(&system.as_str()) && known.contains(&input.as_str());
    if both(&DAY_FIRST) {
        return Some(DateOrder::DayFirst);
    }
    (both(&["en-us"]) && halves).then_some(DateOrder::MonthFirst)
}
