//! Where in its file a part of a profile stands.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One step down into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A field.
    Field(&'static str),
    /// A row of a list, from 0.
    Row(usize),
}

/// The way to a part of a profile: `stream`, its second row, `probes_per_hour`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way(Vec<Step>);

impl Way {
    pub(super) fn field(&self, name: &'static str) -> Self {
        self.with(Step::Field(name))
    }

    pub(super) fn row(&self, name: &'static str, index: usize) -> Self {
        self.field(name).nth(index)
    }

    /// One row of the list that this leads to.
    pub(super) fn nth(&self, index: usize) -> Self {
        self.with(Step::Row(index))
    }

    /// Whether it leads to the profile itself.
    pub(super) const fn is_top(&self) -> bool {
        self.0.is_empty()
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The last field on the way.
    pub(super) fn last(&self) -> Option<&'static str> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Field(name) => Some(*name),
            Step::Row(_) => None,
        })
    }

    /// The first byte of that part in a parsed file, or of the nearest part around it that the file holds.
    pub(super) fn offset(&self, file: &Spanned<DeTable<'_>>) -> usize {
        let mut offset = file.span().start;
        let mut here: Option<&Spanned<DeValue<'_>>> = None;
        for step in &self.0 {
            let below = match (step, here.map(Spanned::get_ref)) {
                (Step::Field(name), None) => entry(file.get_ref(), name),
                (Step::Field(name), Some(DeValue::Table(table))) => entry(table, name),
                (Step::Row(index), Some(DeValue::Array(rows))) => {
                    rows.get(*index).map(|row| (row.span().start, row))
                }
                _ => None,
            };
            let Some((start, value)) = below else {
                break;
            };
            offset = start;
            here = Some(value);
        }
        offset
    }
}

/// Where the key of a field starts, and its value.
fn entry<'a, 'i>(table: &'a DeTable<'i>, name: &str) -> Option<(usize, &'a Spanned<DeValue<'i>>)> {
    table
        .iter()
        .find(|(key, _)| key.get_ref() == name)
        .map(|(key, value)| (key.span().start, value))
}

impl fmt::Display for Way {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if index == 0 => write!(formatter, "{name}")?,
                Step::Field(name) => write!(formatter, ".{name}")?,
                // People count from 1.
                Step::Row(row) => write!(formatter, "[{}]", row + 1)?,
            }
        }
        Ok(())
    }
}

/// The line and column of a byte, both from 1; a column counts characters.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[start..].chars().count() + 1)
}
