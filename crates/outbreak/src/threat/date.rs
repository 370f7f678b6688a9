//! A date as exact as a source gives it.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A date as exact as its source gives it: `2017`, `2017-12` or `2017-12-19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StatedDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// A text that is no such date.
#[derive(Debug, thiserror::Error)]
#[error(
    "a date is a year, a month or a day, in quotation marks: \"2017\", \"2017-12\" or \"2017-12-19\""
)]
pub struct NoDate;

impl FromStr for StatedDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let digits = |part: &str, count: usize| -> Result<i16, NoDate> {
            if part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse().map_err(|_| NoDate)
            } else {
                Err(NoDate)
            }
        };
        let small = |part: &str| i8::try_from(digits(part, 2)?).map_err(|_| NoDate);
        let mut parts = text.splitn(3, '-');
        let year = digits(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(small).transpose()?;
        let day = parts.next().map(small).transpose()?;
        // The day must be one of the calendar's.
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| NoDate)?;
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for StatedDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for StatedDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<StatedDate> for String {
    fn from(date: StatedDate) -> Self {
        date.to_string()
    }
}

impl JsonSchema for StatedDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StatedDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A date as exact as its source gives it: `2017`, `2017-12` or `2017-12-19`.",
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::StatedDate;

    #[test]
    fn a_date_is_as_exact_as_it_was_given() {
        for text in ["2017", "2017-12", "2017-12-19", "2020-02-29"] {
            assert_eq!(text.parse::<StatedDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_the_calendar_lacks_is_no_date() {
        for text in [
            "",
            "17",
            "2017-",
            "2017-13",
            "2017-02-30",
            "2017-1-1",
            "+017",
            "2017-12-19-1",
            "2017-12-19T00:00Z",
            "２０１７",
        ] {
            assert!(text.parse::<StatedDate>().is_err(), "{text}");
        }
    }
}
