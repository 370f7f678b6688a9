//! Comma-separated rows as people keep them: one row a line, a header, and every fault with its line and column.
//!
//! A row never goes on over a line end, so that a quotation mark left open costs its own row and no other. Fields are
//! text: formulas and markup mean nothing here. What steers a terminal or hides itself is shown as an escape.

use std::fmt;

use serde::Serialize;
use wardround_evidence::visible;

/// No field is longer, in bytes.
const LONGEST_FIELD: usize = 2_000;
/// With these a spreadsheet takes a field for a formula (OWASP, *CSV Injection*).
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A row that could not be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// Its line, from 1.
    pub line: u64,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// What is wrong, and what is allowed.
    pub what: String,
}

/// Why no row of a table can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is nothing in it.
    #[error("the table is empty: its first line must name its columns: {columns}")]
    Empty {
        /// The columns that it should have.
        columns: String,
    },
    /// A column is missing.
    #[error("line {line}: the column `{column}` is missing; the columns are {columns}")]
    Missing {
        /// The line of the header.
        line: u64,
        /// The missing one.
        column: String,
        /// The columns that it should have.
        columns: String,
    },
    /// The header is separated by something else than commas.
    #[error(
        "line {line}: the columns are separated by {separator} where a comma is needed; they are {columns}"
    )]
    Separator {
        /// The line of the header.
        line: u64,
        /// What stands between them.
        separator: &'static str,
        /// The columns that it should have.
        columns: String,
    },
    /// A column comes twice.
    #[error("line {line}: the column `{column}` comes twice")]
    Twice {
        /// The line of the header.
        line: u64,
        /// Its name.
        column: String,
    },
    /// The header cannot be split into names.
    #[error("line {line}: {what}")]
    Header {
        /// The line of the header.
        line: u64,
        /// What is wrong.
        what: String,
    },
}

impl fmt::Display for RowFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(formatter, ", column `{column}`")?;
        }
        write!(formatter, ": {}", self.what)
    }
}

/// The columns that a table may have; the first `needed` of them it must have.
pub(crate) struct Columns {
    pub(crate) names: &'static [&'static str],
    pub(crate) needed: usize,
}

/// What a table holds.
pub(crate) struct Table {
    /// The names of its columns as they stand, in their order.
    pub(crate) header: Vec<String>,
    /// Rows that have a field for each column.
    pub(crate) rows: Vec<Row>,
    /// Rows that could not be used so far.
    pub(crate) faults: Vec<RowFault>,
    /// Columns that mean nothing here.
    pub(crate) ignored: Vec<String>,
}

/// One row: a field for each of the columns that were asked for, empty where there is no such column.
pub(crate) struct Row {
    pub(crate) line: u64,
    names: &'static [&'static str],
    fields: Vec<String>,
}

impl Table {
    pub(crate) fn parse(text: &str, columns: &Columns) -> Result<Self, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !is_blank(line));
        let all = || columns.names.join(", ");
        let (line, first) = lines
            .next()
            .ok_or_else(|| TableError::Empty { columns: all() })?;
        let separated = || {
            let separator = other_separator(first, columns)?;
            let columns = all();
            Some(TableError::Separator {
                line,
                separator,
                columns,
            })
        };
        let header: Vec<String> = split(first)
            .map_err(|what| separated().unwrap_or(TableError::Header { line, what }))?
            .iter()
            .map(|name| name.to_lowercase().replace(' ', "_"))
            .collect();
        for (place, column) in header.iter().enumerate() {
            if !column.is_empty() && header[..place].contains(column) {
                let column = column.clone();
                return Err(TableError::Twice { line, column });
            }
        }
        let places: Vec<Option<usize>> = columns
            .names
            .iter()
            .map(|name| header.iter().position(|column| column == name))
            .collect();
        if let Some(missing) = places[..columns.needed].iter().position(Option::is_none) {
            if let Some(error) = separated() {
                return Err(error);
            }
            return Err(TableError::Missing {
                line,
                column: columns.names[missing].to_owned(),
                columns: all(),
            });
        }
        let ignored = header
            .iter()
            .filter(|column| !columns.names.contains(&column.as_str()))
            .cloned()
            .collect();
        let mut table = Self {
            header,
            rows: Vec::new(),
            faults: Vec::new(),
            ignored,
        };
        for (line, words) in lines {
            table.read(line, words, columns, &places);
        }
        Ok(table)
    }

    fn read(&mut self, line: u64, words: &str, columns: &Columns, places: &[Option<usize>]) {
        let fields = match split(words) {
            Ok(fields) if fields.len() == self.header.len() => fields,
            Ok(fields) => {
                let few = if fields.len() < self.header.len() {
                    "; a field that is empty keeps its comma"
                } else {
                    ""
                };
                let what = format!(
                    "the row has {} fields where the header has {}{few}",
                    fields.len(),
                    self.header.len()
                );
                return self.faults.push(RowFault::of_row(line, what));
            }
            Err(what) => return self.faults.push(RowFault::of_row(line, what)),
        };
        let fields = places
            .iter()
            .map(|place| place.map_or_else(String::new, |place| fields[place].clone()))
            .collect();
        self.rows.push(Row {
            line,
            names: columns.names,
            fields,
        });
    }
}

impl Row {
    /// The field of a column.
    pub(crate) fn field(&self, column: &str) -> &str {
        let place = self.names.iter().position(|name| *name == column);
        place.map_or("", |place| &self.fields[place])
    }

    /// The field of a column, where it says something.
    pub(crate) fn stated(&self, column: &str) -> Option<&str> {
        Some(self.field(column)).filter(|field| !field.is_empty())
    }

    /// The field of a column that must say something.
    pub(crate) fn needed(&self, column: &str) -> Result<&str, RowFault> {
        self.stated(column)
            .ok_or_else(|| self.fault(column, "it is empty"))
    }

    /// A plain number that is not negative: digits and a point, up to a million million.
    pub(crate) fn number(&self, column: &str) -> Result<f64, RowFault> {
        let field = self.needed(column)?;
        let plain = |character: char| character.is_ascii_digit() || character == '.';
        field
            .parse::<f64>()
            .ok()
            .filter(|number| field.chars().all(plain) && *number <= 1e12)
            .ok_or_else(|| {
                self.fault(
                    column,
                    format!(
                        "`{field}` is no amount: digits and a point alone, such as 1250.50, from 0 to 1000000000000; no sign, currency \
                         or separator"
                    ),
                )
            })
    }

    /// A day, as `2017-05-12`.
    pub(crate) fn day(&self, column: &str) -> Result<jiff::civil::Date, RowFault> {
        let field = self.needed(column)?;
        let day: Option<jiff::civil::Date> = field.parse().ok();
        day.filter(|day| field.len() == 10 && (1990..2200).contains(&day.year()))
            .ok_or_else(|| {
                self.fault(
                    column,
                    format!("`{field}` is no day: year, month and day, such as 2017-05-12"),
                )
            })
    }

    /// A fault in one of its columns.
    pub(crate) fn fault(&self, column: &str, what: impl Into<String>) -> RowFault {
        RowFault {
            line: self.line,
            column: Some(column.to_owned()),
            what: what.into(),
        }
    }
}

impl RowFault {
    fn of_row(line: u64, what: impl Into<String>) -> Self {
        Self {
            line,
            column: None,
            what: what.into(),
        }
    }
}

/// One line of fields that reads back as these fields and is no formula to a spreadsheet.
pub(crate) fn line_of<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut line = String::new();
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let guard = if field.starts_with(FORMULA_STARTS) {
            "'"
        } else {
            ""
        };
        if field.contains([',', '"']) {
            let doubled = field.replace('"', "\"\"");
            line.push_str(&format!("\"{guard}{doubled}\""));
        } else {
            line.push_str(guard);
            line.push_str(field);
        }
    }
    line
}

/// What separates a header that commas do not: by it, two columns or more are known.
fn other_separator(header: &str, columns: &Columns) -> Option<&'static str> {
    let separators = [(';', "`;`"), ('\t', "tabulators"), ('|', "`|`")];
    let knows = |separator: char| {
        let names = header.split(separator);
        let names = names.map(|name| name.trim().trim_matches('"').to_lowercase());
        names
            .filter(|name| columns.names.contains(&name.replace(' ', "_").as_str()))
            .count()
            >= 2
    };
    let mut all = separators.into_iter();
    all.find(|(separator, _)| knows(*separator))
        .map(|(_, words)| words)
}

fn is_blank(line: &str) -> bool {
    line.chars()
        .all(|character| character == ',' || character.is_whitespace())
}

/// The fields of one line (RFC 4180, without line ends inside fields), trimmed and made visible.
fn split(line: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut rest = line.trim();
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => closed(quoted)?,
            None => match rest.split_once(',') {
                Some((field, after)) => (field.to_owned(), Some(after)),
                None => (rest.to_owned(), None),
            },
        };
        // As it is written again: what is escaped is longer than it was.
        let field = plain(&field);
        if field.len() > LONGEST_FIELD {
            return Err(format!(
                "field {} has {} bytes, more than {LONGEST_FIELD}",
                fields.len() + 1,
                field.len()
            ));
        }
        fields.push(field);
        match after {
            Some(after) => rest = after.trim_start(),
            None => return Ok(fields),
        }
    }
}

/// A quoted field after its opening mark, and what follows it.
fn closed(quoted: &str) -> Result<(String, Option<&str>), String> {
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"').ok_or(
            "a quotation mark is left open; a row must stand on one line, and marks inside a field are doubled",
        )?;
        field.push_str(before);
        if let Some(more) = after.strip_prefix('"') {
            field.push('"');
            rest = more;
            continue;
        }
        let after = after.trim_start();
        return match after.strip_prefix(',') {
            Some(next) => Ok((field, Some(next))),
            None if after.is_empty() => Ok((field, None)),
            None => Err("something follows the quotation mark that closes a field".to_owned()),
        };
    }
}

/// Trimmed, visible, and without the mark that keeps a spreadsheet from taking it for a formula.
fn plain(field: &str) -> String {
    let field = field.trim();
    let field = match field.strip_prefix('\'') {
        Some(guarded) if guarded.starts_with(FORMULA_STARTS) => guarded,
        _ => field,
    };
    visible(field)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Columns, Table, TableError, line_of, split};

    const COLUMNS: Columns = Columns {
        names: &["a", "b", "c"],
        needed: 2,
    };

    #[test]
    fn a_quotation_mark_left_open_costs_its_own_row_alone() {
        let table = Table::parse("a,b\n1,\"x\n2,\"y, \"\"z\"\"\"\n\n3\n4,w\r\n", &COLUMNS).unwrap();
        let rows: Vec<(u64, &str)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.field("b")))
            .collect();
        assert_eq!(rows, [(3, "y, \"z\""), (6, "w")]);
        let faults: Vec<u64> = table.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(faults, [2, 5]);
    }

    #[test]
    fn a_header_that_lacks_a_column_is_refused_by_name() {
        assert!(matches!(
            Table::parse("\n,\n", &COLUMNS),
            Err(TableError::Empty { .. })
        ));
        let refused = Table::parse("\u{feff}A,other\n1,2\n", &COLUMNS)
            .err()
            .unwrap();
        assert_eq!(
            refused.to_string(),
            "line 1: the column `b` is missing; the columns are a, b, c"
        );
        assert!(matches!(
            Table::parse("a,b,A\n", &COLUMNS),
            Err(TableError::Twice { .. })
        ));
        let table = Table::parse("b,other,a\n1,2,3\n", &COLUMNS).unwrap();
        assert_eq!(table.ignored, ["other"]);
        assert_eq!(
            (table.rows[0].field("a"), table.rows[0].stated("c")),
            ("3", None)
        );
    }

    #[test]
    fn a_header_that_is_separated_otherwise_is_told_so() {
        for (text, separator) in [
            ("a;b;c\n1;2;3\n", "`;`"),
            ("\"A\";\"B\"\n", "`;`"),
            ("a\tb\n", "tabulators"),
        ] {
            let refused = Table::parse(text, &COLUMNS).err().unwrap().to_string();
            assert_eq!(
                refused,
                format!(
                    "line 1: the columns are separated by {separator} where a comma is needed; they are a, b, c"
                )
            );
        }
        let other = Table::parse("a;x\n", &COLUMNS).err().unwrap();
        assert!(matches!(other, TableError::Missing { .. }));
        let table = Table::parse("a,b,c\n1,2\n1,2,3,4\n", &COLUMNS).unwrap();
        let whats: Vec<bool> = (table.faults.iter())
            .map(|fault| {
                fault
                    .what
                    .ends_with("a field that is empty keeps its comma")
            })
            .collect();
        assert_eq!(whats, [true, false]);
    }

    #[test]
    fn numbers_are_plain_or_refused() {
        let table = Table::parse(
            "a,b\n-1,0\ninf,0\n1e5,0\n\"1,000\",0\n£5,0\n.,0\n2000000000000,0\n1250.50,0\n",
            &COLUMNS,
        )
        .unwrap();
        let numbers: Vec<Option<f64>> = table.rows.iter().map(|row| row.number("a").ok()).collect();
        assert_eq!(numbers[..7], [None; 7]);
        assert_eq!(numbers[7], Some(1250.5));
    }

    #[test]
    fn a_formula_is_written_as_text_and_read_back_as_it_was() {
        let line = line_of(["=cmd|'/c calc'!A0", "-1", "a,\"b\"", "+44"]);
        assert_eq!(line, "'=cmd|'/c calc'!A0,'-1,\"a,\"\"b\"\"\",'+44");
        assert_eq!(
            split(&line).unwrap(),
            ["=cmd|'/c calc'!A0", "-1", "a,\"b\"", "+44"]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_so_that_it_reads_the_same(text in "\\PC{0,40}") {
            if let Ok(fields) = split(&text) {
                let line = line_of(fields.iter().map(String::as_str));
                prop_assert_eq!(split(&line).unwrap(), fields);
            }
        }
    }
}
