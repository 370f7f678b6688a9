//! One entry of a TOML description, with its place.

use toml::de::{DeTable, DeValue};

use crate::ReadError;
use crate::description::{Fields, Table};

/// Where lines start, to turn byte offsets into line numbers.
pub(super) struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate();
        Self {
            ends: ends
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at)
                .collect(),
        }
    }

    /// The line of a byte, from 1.
    pub(super) fn at(&self, offset: usize) -> u64 {
        self.ends.partition_point(|end| *end < offset) as u64 + 1
    }
}

/// One `[[table]]` entry.
pub(super) struct Entry<'d> {
    table: &'static Table,
    fields: &'d DeTable<'d>,
    pub(super) line: u64,
}

impl<'d> Entry<'d> {
    pub(super) const fn new(table: &'static Table, fields: &'d DeTable<'d>, line: u64) -> Self {
        Self {
            table,
            fields,
            line,
        }
    }

    /// Refuses a field that the table does not have.
    pub(super) fn check_names(&self, lines: &Lines) -> Result<(), ReadError> {
        let first = self.table.first_in_toml;
        for key in self.fields.keys() {
            let name = key.get_ref().as_ref();
            if name != first && !self.table.others().any(|other| other == name) {
                let known: Vec<&str> = std::iter::once(first).chain(self.table.others()).collect();
                let what = format!(
                    "a `{}` has a field that is none of its own ({})",
                    self.table.heading,
                    known.join(", ")
                );
                return Err(ReadError::malformed(what, lines.at(key.span().start)));
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> Option<&DeValue<'d>> {
        self.fields.get(name).map(|value| value.get_ref())
    }
}

impl Fields for Entry<'_> {
    fn first(&self) -> Result<String, String> {
        self.required(self.table.first_in_toml)
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, String> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let text = scalar(name, value)?;
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn list(&self, name: &'static str) -> Result<Vec<String>, String> {
        let Some(value) = self.value(name) else {
            return Ok(Vec::new());
        };
        let texts = match value {
            DeValue::Array(array) => array
                .iter()
                .map(|element| scalar(name, element.get_ref()))
                .collect::<Result<Vec<_>, _>>()?,
            single => vec![scalar(name, single)?],
        };
        let trimmed = texts.iter().map(|text| text.trim().to_owned());
        Ok(trimmed.filter(|text| !text.is_empty()).collect())
    }
}

/// The text of a single value: TOML writes dates and numbers with or without quotes.
pub(super) fn scalar(name: &str, value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) => Ok(number.as_str().to_owned()),
        DeValue::Float(number) => Ok(number.as_str().to_owned()),
        DeValue::Datetime(moment) => Ok(moment.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
            Err(format!("`{name}` must be a text, a number or a date"))
        }
    }
}
