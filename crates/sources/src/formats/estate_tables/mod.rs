//! An estate's description as CSV tables; see `docs/estate-description.md`.

#[cfg(test)]
mod tests;

use std::io::BufRead;

use crate::csv_rows::{CsvRow, CsvRows};
use crate::description::{Fields, SCOPE_NOT_USED, Table, declare};
use crate::{Head, ReadError, Reader, Sink};

/// One CSV table of an estate's description.
///
/// - **Tool**: none; someone at the estate wrote it. The rules are our own: `docs/estate-description.md`.
/// - **Proves**: nothing of a machine. It says how the estate is laid out, who may speak for whom, and what is claimed;
///   all of it *declared*.
/// - **Complete**: never taken to be. A border that no row mentions is unknown.
#[derive(Debug)]
pub(crate) struct EstateTables;

impl Reader for EstateTables {
    fn id(&self) -> &'static str {
        "estate_tables"
    }

    fn title(&self) -> &'static str {
        "table of an estate description"
    }

    /// By its first column, and one more of that table's so that another tool's CSV is not taken for ours.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let mut names = head.first_line().split(',').map(bare);
        let Some(table) = names.next().and_then(Table::of_first_column) else {
            return false;
        };
        names.any(|name| table.others().any(|other| other == name))
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let mut rows = CsvRows::open(input, sink)?;
        let first = rows.header().first().map(String::as_str);
        let Some(table) = first.and_then(Table::of_first_column) else {
            return Err(ReadError::malformed("the first column is none of ours", 1));
        };
        let columns = Columns::find(table, rows.header(), sink)?;
        while let Some(row) = rows.next(sink)? {
            let position = row.position;
            let row = TableRow {
                columns: &columns,
                row,
            };
            if matches!(row.text("scope"), Ok(Some(_))) {
                sink.note(SCOPE_NOT_USED);
            }
            match declare(table.kind, &row) {
                Ok(declaration) => sink.declare(position, declaration)?,
                Err(reason) => sink.skip(position, reason),
            }
        }
        Ok(())
    }
}

/// A column's name without the quotes that some programs put round it.
fn bare(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

/// Where each column of a table stands in one file.
struct Columns {
    places: Vec<(&'static str, usize)>,
}

impl Columns {
    fn find(table: &'static Table, header: &[String], sink: &mut Sink) -> Result<Self, ReadError> {
        let mut places: Vec<(&'static str, usize)> = Vec::new();
        for (place, name) in header.iter().enumerate().skip(1) {
            match table.others().find(|other| other == name) {
                Some(known) if places.iter().any(|(other, _)| *other == known) => {
                    return Err(ReadError::malformed(
                        format!("the column `{known}` appears twice"),
                        1,
                    ));
                }
                Some(known) => places.push((known, place)),
                None => sink.note(format!(
                    "Column {} is ignored: after `{}` this table has {}.",
                    place + 1,
                    table.first_in_csv,
                    table.others().collect::<Vec<_>>().join(", ")
                )),
            }
        }
        for name in table.required {
            if !places.iter().any(|(known, _)| known == name) {
                return Err(ReadError::malformed(
                    format!("the required column `{name}` is missing"),
                    1,
                ));
            }
        }
        Ok(Self { places })
    }
}

/// A row with the names of its columns.
struct TableRow<'r> {
    columns: &'r Columns,
    row: CsvRow<'r>,
}

impl Fields for TableRow<'_> {
    fn first(&self) -> Result<String, String> {
        self.row
            .stated(0)
            .map(Into::into)
            .ok_or_else(|| "the first column is empty".to_owned())
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, String> {
        let place = self.columns.places.iter().find(|(known, _)| *known == name);
        Ok(place
            .and_then(|(_, place)| self.row.stated(*place))
            .map(Into::into))
    }

    fn list(&self, name: &'static str) -> Result<Vec<String>, String> {
        let text = self.text(name)?.unwrap_or_default();
        let parts = text.split(';').map(str::trim);
        Ok(parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect())
    }
}
