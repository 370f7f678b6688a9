//! One cell of a table, and what stands above it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use serde_json::Value;
use wardround_evidence::visible;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing is known.
    Absent,
    /// A whole number.
    Number(i64),
    /// A moment, to the second.
    Moment(Timestamp),
    /// Words, or a name that was disclosed.
    Text(String),
    /// Several of them.
    List(Vec<String>),
    /// A text that is told in fewer words where a line has no room for it, and never cut.
    Shortened {
        /// All of it.
        whole: String,
        /// The fewer words.
        short: String,
    },
}

impl Cell {
    /// A text, with what is hidden in it made visible.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(visible(text.as_ref()))
    }

    /// As many words as a line needs: moments as a day, lists with semicolons.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Moment(moment) => moment.to_zoned(TimeZone::UTC).date().to_string(),
            other => other.whole(),
        }
    }

    /// The fewest words that tell it; of most cells all of them.
    #[must_use]
    pub fn fewest(&self) -> String {
        match self {
            Self::Shortened { short, .. } => visible(short),
            other => other.words(),
        }
    }

    /// All of it as one text: moments in ISO 8601, in UTC.
    #[must_use]
    pub fn whole(&self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Moment(moment) => to_the_second(*moment),
            Self::Text(text) | Self::Shortened { whole: text, .. } => visible(text),
            Self::List(texts) => {
                let shown: Vec<String> = texts.iter().map(|text| visible(text)).collect();
                shown.join("; ")
            }
        }
    }

    /// As a value of JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        match self {
            Self::Absent => Value::Null,
            Self::Number(number) => Value::from(*number),
            Self::Moment(_) | Self::Text(_) | Self::Shortened { .. } => Value::from(self.whole()),
            Self::List(texts) => texts.iter().map(|text| visible(text)).collect(),
        }
    }
}

fn to_the_second(moment: Timestamp) -> String {
    let floor = jiff::TimestampRound::new()
        .smallest(Unit::Second)
        .mode(jiff::RoundMode::Floor);
    moment.round(floor).unwrap_or(moment).to_string()
}

/// What stands above the cells of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its word in data.
    pub key: String,
    /// Its words for people.
    pub heading: String,
    /// Whether its cells stand to the right.
    pub to_the_right: bool,
    /// To how many characters it may be narrowed, unless a cell that is never cut needs more.
    pub narrowest: usize,
    /// How early it is left out where a line is too short; 0 is never.
    pub left_out: u8,
}
