//! Dates as Windows writes them in any country, read only where the order of day and month is known.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Whether day or month stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// A date as it stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrittenDate {
    /// It can mean one day only; where it had a choice of orders, it shows which one its file follows.
    Certain(Date, Option<DateOrder>),
    /// Two numbers that could each be the month, and a year.
    Unsure(i8, i8, i16),
}

impl WrittenDate {
    /// Reads the date at the start of `text`; nothing where there is none.
    ///
    /// Known are numbers with the year first or last and `/`, `.` or `-` between; eight digits; and the hexadecimal
    /// FILETIME that `Win32_QuickFixEngineering.InstalledOn` holds before Windows 7. Dots stand after the day in every
    /// country that uses them with the year last. Years of other calendars fall outside the range and are left out.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        let text = text.trim();
        if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return file_time(text).map(|date| Self::Certain(date, None));
        }
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let date = day(
                text[..4].parse().ok()?,
                text[4..6].parse().ok()?,
                text[6..].parse().ok()?,
            );
            return date.map(|date| Self::Certain(date, None));
        }
        if let Some(milliseconds) = text.strip_prefix("/Date(") {
            return json_date(milliseconds).map(|date| Self::Certain(date, None));
        }
        let (numbers, separator) = three_numbers(text)?;
        let [first, second, third] = numbers;
        if first >= 1000 {
            let date = day(first, i8::try_from(second).ok()?, i8::try_from(third).ok()?)?;
            return Some(Self::Certain(date, None));
        }
        let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
        Self::year_last(first, second, third, separator)
    }

    fn year_last(first: i8, second: i8, year: i16, separator: char) -> Option<Self> {
        let by_day = day(year, second, first);
        let by_month = day(year, first, second);
        match (by_day, by_month) {
            (Some(date), _) if separator == '.' => Some(Self::Certain(date, None)),
            (Some(date), Some(other)) if date == other => Some(Self::Certain(date, None)),
            (Some(_), Some(_)) => Some(Self::Unsure(first, second, year)),
            (Some(date), None) => Some(Self::Certain(date, Some(DateOrder::DayFirst))),
            (None, Some(date)) if separator != '.' => {
                Some(Self::Certain(date, Some(DateOrder::MonthFirst)))
            }
            _ => None,
        }
    }

    /// The day, given the order of its file.
    pub(crate) fn resolve(self, order: Option<DateOrder>) -> Option<Date> {
        match (self, order?) {
            (Self::Unsure(first, second, year), DateOrder::DayFirst) => day(year, second, first),
            (Self::Unsure(first, second, year), DateOrder::MonthFirst) => day(year, first, second),
            (Self::Certain(date, _), _) => Some(date),
        }
    }

    /// The day where it can mean one only.
    pub(crate) const fn certain(self) -> Option<Date> {
        match self {
            Self::Certain(date, _) => Some(date),
            Self::Unsure(..) => None,
        }
    }
}

/// What the dates of one file show of their order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OrderEvidence {
    pub(super) day_first: bool,
    pub(super) month_first: bool,
    pub(super) unsure: bool,
}

impl OrderEvidence {
    pub(crate) fn see(&mut self, date: WrittenDate) {
        match date {
            WrittenDate::Certain(_, Some(DateOrder::DayFirst)) => self.day_first = true,
            WrittenDate::Certain(_, Some(DateOrder::MonthFirst)) => self.month_first = true,
            WrittenDate::Certain(_, None) => {}
            WrittenDate::Unsure(..) => self.unsure = true,
        }
    }

    /// The order that the dates show, or `otherwise` where they show none; nothing where they contradict each other.
    pub(crate) const fn order(self, otherwise: Option<DateOrder>) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (false, false) => otherwise,
            (true, true) => None,
        }
    }

    /// Whether some date needs the order.
    pub(crate) const fn matters(self) -> bool {
        self.unsure
    }
}

/// The time of day that stands after the date in `text`, on a clock of 24 hours or with AM or PM.
///
/// Other languages' words for the halves of the day are not known: such a time is left out.
pub(crate) fn time_of_day(text: &str) -> Option<Time> {
    let text = plain(text);
    let clock = text.split_once([',', ' '])?.1.trim();
    let digits = clock
        .find(|character: char| !character.is_ascii_digit() && !matches!(character, ':' | '.'))
        .unwrap_or(clock.len());
    let mut parts = clock[..digits].split([':', '.']).map(str::parse::<i8>);
    let (Some(Ok(hour)), Some(Ok(minute)), second, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let second = second.transpose().ok()?.unwrap_or(0);
    let hour = match clock[digits..].trim().to_ascii_uppercase().as_str() {
        "" => hour,
        "AM" | "A.M." if (1..=12).contains(&hour) => hour % 12,
        "PM" | "P.M." if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// Windows puts direction marks and narrow spaces into dates of some languages.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '\u{200e}' | '\u{200f}' | '\\'))
        .map(|character| match character {
            '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        })
        .collect()
}

fn three_numbers(text: &str) -> Option<([i16; 3], char)> {
    let mut numbers = [0; 3];
    let mut rest = text;
    let mut separator = ' ';
    for (index, number) in numbers.iter_mut().enumerate() {
        let digits = rest
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(rest.len());
        *number = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        if index < 2 {
            separator = rest
                .chars()
                .next()
                .filter(|it| matches!(it, '/' | '.' | '-'))?;
            rest = rest[1..].trim_start();
        }
    }
    Some((numbers, separator))
}

/// A day between 1990, before any update list, and 2100, past any: a year outside is of another calendar or made up.
fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    (1990..2100)
        .contains(&year)
        .then(|| Date::new(year, month, day).ok())?
}

/// Hundreds of nanoseconds since 1601 (Windows Win32, *FILETIME structure*).
fn file_time(hexadecimal: &str) -> Option<Date> {
    let seconds = i64::from_str_radix(hexadecimal, 16).ok()? / 10_000_000 - 11_644_473_600;
    date_of(Timestamp::from_second(seconds).ok()?)
}

/// Windows PowerShell 5.1 writes dates in JSON as milliseconds since 1970: `/Date(1552003200000)/`.
fn json_date(milliseconds: &str) -> Option<Date> {
    let digits = milliseconds.split(')').next()?;
    date_of(Timestamp::from_millisecond(digits.parse().ok()?).ok()?)
}

fn date_of(moment: Timestamp) -> Option<Date> {
    let date = moment.to_zoned(TimeZone::UTC).date();
    day(date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::{DateOrder, OrderEvidence, WrittenDate, time_of_day};

    #[test]
    fn a_date_that_can_mean_one_day_is_that_day() {
        for (text, expected) in [
            ("2019-03-07, 17:06:11", date(2019, 3, 7)),
            ("2022/04/13, 12:25:41", date(2022, 4, 13)),
            ("17.04.2020, 12:02:40", date(2020, 4, 17)),
            ("3. 4. 2020", date(2020, 4, 3)),
            ("2020. 04. 03.", date(2020, 4, 3)),
            ("30-4-2018, 22:22:37", date(2018, 4, 30)),
            ("4/25/2014, 3:34:47 PM", date(2014, 4, 25)),
            ("5/5/2015", date(2015, 5, 5)),
            ("20190321", date(2019, 3, 21)),
            ("01d4dfd0fb4eb361", date(2019, 3, 21)),
            ("\\/Date(1552003200000)\\/", date(2019, 3, 8)),
        ] {
            let written = WrittenDate::parse(text).unwrap();
            assert_eq!(written.certain(), Some(expected), "{text}");
        }
        for text in [
            "",
            "N/A",
            "0 Days, 2 Hours",
            "3/3/2562",
            "31/31/2019",
            "1/2",
            "ffffffffffffffff",
        ] {
            assert_eq!(WrittenDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn one_clear_date_settles_the_others_and_a_contradiction_settles_nothing() {
        let unsure = WrittenDate::parse("3/7/2019").unwrap();
        assert_eq!(unsure.certain(), None);
        let mut evidence = OrderEvidence::default();
        assert_eq!(evidence.order(None), None);
        evidence.see(WrittenDate::parse("5/24/2018").unwrap());
        assert_eq!(unsure.resolve(evidence.order(None)), Some(date(2019, 3, 7)));
        evidence.see(WrittenDate::parse("24/5/2018").unwrap());
        assert_eq!(evidence.order(Some(DateOrder::DayFirst)), None);
    }

    #[test]
    fn a_time_reads_on_both_clocks() {
        for (text, expected) in [
            ("5/24/2018, 9:07:00 AM", Some(time(9, 7, 0, 0))),
            ("5/24/2018, 12:07:00 AM", Some(time(0, 7, 0, 0))),
            ("01/01/2015, 12:00:00 PM", Some(time(12, 0, 0, 0))),
            ("29/04/2019, 18:52:20", Some(time(18, 52, 20, 0))),
            ("29.4.2019, 18.52.20", Some(time(18, 52, 20, 0))),
            ("29/04/2019 18:52", Some(time(18, 52, 0, 0))),
            ("4/29/2019 6:52 PM", Some(time(18, 52, 0, 0))),
            ("29/04/2019 18:", None),
            ("29/04/2019 18", None),
            ("2019/04/29, 下午 06:52:20", None),
            ("2019/04/29, 06:52:20 μμ", None),
            ("29/04/2019", None),
            ("29/04/2019, 25:00:00", None),
        ] {
            assert_eq!(time_of_day(text), expected, "{text}");
        }
    }
}
