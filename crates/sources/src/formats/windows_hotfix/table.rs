//! The table that `Get-HotFix` shows: headings, a line of dashes under each, rows.

use wardround_evidence::Position;

use crate::windows::{Columns, Machines, PlainText, Properties, WrittenDate};
use crate::{ReadError, Sink};

/// A heading, where `next` holds the dashes under it. One space parts two columns.
pub(super) fn heading(line: &str, next: &str) -> Option<Columns> {
    let dashes = next.trim();
    let underlined = dashes.starts_with('-') && dashes.bytes().all(|it| matches!(it, b'-' | b' '));
    underlined.then(|| Columns::of_heading(line, 1)).flatten()
}

/// Reads all tables of the text.
pub(super) fn read(
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut columns = None;
    let mut before = String::new();
    let mut row_number = 0;
    while let Some(line) = text.next_line()? {
        if let Some(found) = heading(&before, &line) {
            columns = Some(found);
        } else if let Some(columns) = &columns
            && !line.trim().is_empty()
            && Columns::of_heading(&line, 1).is_none()
        {
            row_number += 1;
            let position = Position::new(text.number(), row_number);
            match row(columns, &line) {
                Some((properties, entry)) => {
                    let cut = text.stops_open() && line.ends_with(&entry);
                    machines.add_unless_cut(position, properties, cut, sink)?;
                }
                None => sink.skip(
                    position,
                    "the row does not keep to the columns of its table",
                ),
            }
        }
        before = line;
    }
    Ok(())
}

/// The properties of a row, and its entry.
fn row(columns: &Columns, line: &str) -> Option<(Properties, String)> {
    let row: Vec<char> = line.chars().collect();
    let mut properties = Properties::default();
    for name in ["CSName", "Source", "PSComputerName"] {
        if columns.has(name) {
            properties.set(name, &columns.cell(&row, name)?);
        }
    }
    let entry = columns.cell(&row, "HotFixID")?;
    properties.set("HotFixID", &entry);
    if columns.has("InstalledOn")
        && let Some(date) = only_date(&columns.from(&row, "HotFixID"))
    {
        properties.set("InstalledOn", &date);
    }
    properties.has_entry().then_some((properties, entry))
}

/// The one word that is a date: PowerShell may push a column aside for a long name before it.
fn only_date(rest: &str) -> Option<String> {
    let mut dates = rest
        .split_whitespace()
        .filter(|word| WrittenDate::parse(word).is_some());
    let date = dates.next()?;
    dates.next().is_none().then(|| date.to_owned())
}
