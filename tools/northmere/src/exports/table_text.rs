//! One advanced-hunting table as text: CSV as the portal exports it, JSON as the API answers it.
//!
//! Shapes: "Advanced hunting API" (learn.microsoft.com/defender-endpoint/api/run-advanced-query-api:
//! `Schema` with `Name` and `Type`, then `Results`) and "Use the advanced hunting query resource
//! report" (learn.microsoft.com/defender-xdr/advanced-hunting-limits: 30,000 rows from the portal;
//! 100,000 from the API, by the former page).

use std::fmt::Write as _;

use super::record_text::RecordText;
use crate::truth::{FalseFact, TrueHostId};

/// The most rows that the portal exports.
pub(crate) const PORTAL_ROW_LIMIT: u64 = 30_000;
/// The most rows that the API answers with.
pub(crate) const API_ROW_LIMIT: u64 = 100_000;

/// The types of columns that occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Time,
    Whole,
    Real,
    /// A truth value, which the API sends as 1 or 0.
    Truth,
}

/// A column: its name and its type.
pub(crate) type Column = (&'static str, Type);

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Json,
}

/// A table under construction.
#[derive(Debug)]
pub(crate) struct TableText {
    pub(crate) text: RecordText,
    form: Form,
    columns: &'static [Column],
}

impl TableText {
    /// An empty table in a file.
    pub(crate) fn new(file: String, form: Form, columns: &'static [Column]) -> Self {
        let mut text = RecordText::new(file);
        match form {
            Form::Csv => {
                let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
                // The portal's files start with a byte-order mark.
                text.push(&format!("\u{feff}{}\n", names.join(",")));
            }
            Form::Json => {
                text.push("{\n\"Schema\": [\n");
                for (index, (name, kind)) in columns.iter().enumerate() {
                    let comma = if index + 1 < columns.len() { "," } else { "" };
                    let kind = kind.word();
                    text.push(&format!(
                        "{{\"Name\": \"{name}\", \"Type\": \"{kind}\"}}{comma}\n"
                    ));
                }
                text.push("],\n\"Results\": [");
            }
        }
        Self {
            text,
            form,
            columns,
        }
    }

    /// Whether the table holds as many rows as its source hands out.
    pub(crate) fn is_full(&self) -> bool {
        self.text.count() >= self.limit()
    }

    fn limit(&self) -> u64 {
        if self.form == Form::Csv {
            PORTAL_ROW_LIMIT
        } else {
            API_ROW_LIMIT
        }
    }

    /// Appends a row; nothing once the table is full.
    pub(crate) fn row(&mut self, host: TrueHostId, facts: Vec<FalseFact>, cells: &[&str]) {
        if self.is_full() {
            return;
        }
        self.before_row();
        self.text.record(host, facts);
        let row = self.row_text(cells);
        self.text.push(&row);
    }

    /// Appends a data row with too few cells and tells its number; JSON tables take none.
    pub(crate) fn short_row(&mut self, cells: &[&str]) -> Option<u64> {
        if self.is_full() || self.form == Form::Json {
            return None;
        }
        self.text.other_record();
        let row = self.row_text(&cells[..cells.len() / 2]);
        self.text.push(&row);
        Some(self.text.count())
    }

    fn before_row(&mut self) {
        if self.form == Form::Json {
            self.text
                .push(if self.text.count() == 0 { "\n" } else { ",\n" });
        }
    }

    fn row_text(&self, cells: &[&str]) -> String {
        let mut row = String::new();
        if self.form == Form::Csv {
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    row.push(',');
                }
                if cell.contains([',', '"', '\n']) {
                    let _ = write!(row, "\"{}\"", cell.replace('"', "\"\""));
                } else {
                    row.push_str(cell);
                }
            }
            row.push('\n');
            return row;
        }
        row.push('{');
        for (index, ((name, kind), cell)) in self.columns.iter().zip(cells).enumerate() {
            if index > 0 {
                row.push_str(", ");
            }
            let _ = write!(row, "\"{name}\": {}", kind.json(cell));
        }
        row.push('}');
        row
    }

    /// Closes the table.
    pub(crate) fn finish(mut self) -> RecordText {
        if self.form == Form::Json {
            self.text.push("\n]\n}\n");
        }
        self.text
    }
}

impl Type {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Time => "DateTime",
            Self::Whole => "Int64",
            Self::Real => "Double",
            Self::Truth => "SByte",
        }
    }

    fn json(self, cell: &str) -> String {
        match (self, cell) {
            (Self::Text, "") => "\"\"".to_owned(),
            (_, "") => "null".to_owned(),
            (Self::Text | Self::Time, _) => json_text(cell),
            (Self::Whole | Self::Real, _) => cell.to_owned(),
            (Self::Truth, "true") => "1".to_owned(),
            (Self::Truth, _) => "0".to_owned(),
        }
    }
}

/// A JSON string.
pub(crate) fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
