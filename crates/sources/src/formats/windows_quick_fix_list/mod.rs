//! `wmic qfe`: the updates that Windows itself lists, as a table, as keys and values, or as CSV.

mod list;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use wardround_evidence::Position;

use crate::windows::{
    Columns, DateOrder, Machines, PROPERTIES, PlainText, Properties, WrittenDate,
};
use crate::{Head, ReadError, Reader, Sink};

/// Lines that may stand before the table: a prompt, a message of the first start of `wmic`.
const LINES_BEFORE: usize = 20;

/// Output of `wmic qfe` or `wmic qfe list`, brief or full, with any columns; `/format:list`, `/format:csv`.
///
/// Versions seen: Windows XP to Windows 10 1809 and Server 2012 R2, English and Russian; UTF-16, UTF-8, and the mixture
/// that the first `wmic` on Windows XP writes. Its headings are property names and the same in every language.
///
/// It proves which updates the machine's own servicing lists, *inventoried*. The list is not complete: from Windows Vista
/// on the class gives only updates of Component Based Servicing, none that came as Windows Installer packages (Windows
/// Win32, *Win32_QuickFixEngineering class*), and a newer cumulative update takes the place of older ones. Nothing in the
/// file says how long it should be, so its extent is unstated and it never refutes by absence.
///
/// The machine is named by `CSName` (or `Node` in CSV). `list brief` leaves it out: then no statement is made. The domain
/// in `InstalledBy` is not a machine's name, and users' names are not kept.
///
/// `InstalledOn` is a hexadecimal FILETIME or eight digits before Windows 7 and since then a date in the invariant
/// format, month first, which is also how PowerShell reads it in every country (PowerShell, `Types_Ps1Xml.cs`, script
/// property `InstalledOn` of `Win32_QuickFixEngineering`); a file whose dates show another order is read by that one.
/// Days are days of the machine's own time zone, which is not stated, and are taken as UTC.
pub(crate) struct WindowsQuickFixList;

impl Reader for WindowsQuickFixList {
    fn id(&self) -> &'static str {
        "windows_quick_fix_list"
    }

    fn title(&self) -> &'static str {
        "Windows quick-fix list"
    }

    fn family(&self) -> &'static str {
        crate::windows::FAMILY
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        Shape::of(head.text()).is_some()
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        sink.tool("wmic qfe");
        let mut text = PlainText::open(input, sink)?;
        let mut machines = Machines::new();
        let result = read_rows(&mut text, &mut machines, sink);
        let trust_letters = text.knows_its_letters();
        text.finish(sink);
        let finished = machines.finish(Some(DateOrder::MonthFirst), trust_letters, sink);
        result.and(finished)
    }
}

/// How the list is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Table,
    List,
    Csv,
}

impl Shape {
    /// A table of PowerShell has a line of dashes under its headings and is not ours.
    fn of(text: &str) -> Option<Self> {
        let mut lines = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty());
        for _ in 0..LINES_BEFORE {
            let line = lines.next()?;
            if is_csv_heading(line) {
                return Some(Self::Csv);
            }
            if list::pair(line).is_some_and(|(key, _)| key != "Name") {
                return text.contains("HotFixID=").then_some(Self::List);
            }
            if let Some(columns) = Columns::of_heading(line, 2) {
                let of_powershell = columns.has("Source") || columns.has("PSComputerName");
                let dashes = lines.next().is_some_and(|next| next.starts_with("--"));
                return (!of_powershell && !dashes).then_some(Self::Table);
            }
        }
        None
    }
}

fn is_csv_heading(line: &str) -> bool {
    let mut names = line.split(',').map(str::trim);
    names.next() == Some("Node")
        && names.clone().any(|name| name == "HotFixID")
        && names.all(|name| PROPERTIES.contains(&name))
}

/// Finds the first line of the list and reads on from there in its layout.
fn read_rows(
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    while let Some(line) = text.next_line()? {
        if is_csv_heading(&line) {
            let names: Vec<String> = line.split(',').map(|name| name.trim().to_owned()).collect();
            return read_csv(&names, text, machines, sink);
        }
        if list::pair(&line).is_some_and(|(key, _)| key != "Name") {
            return list::read(&line, text, machines, sink);
        }
        if let Some(columns) = Columns::of_heading(&line, 2) {
            return read_table(&columns, text, machines, sink);
        }
    }
    Err(ReadError::malformed(
        "it has no list of updates",
        text.number(),
    ))
}

fn read_table(
    columns: &Columns,
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut row_number = 0;
    while let Some(line) = text.next_line()? {
        let row: Vec<char> = line.trim_end().chars().collect();
        // Several lists may stand one after the other.
        if row.is_empty() || Columns::of_heading(&line, 2).is_some() {
            continue;
        }
        row_number += 1;
        let position = Position::new(text.number(), row_number);
        let (Some(entry), Some(host)) = (
            columns
                .cell(&row, "HotFixID")
                .filter(|entry| !entry.is_empty()),
            columns
                .cell(&row, "CSName")
                .or_else(|| (!columns.has("CSName")).then(String::new)),
        ) else {
            sink.skip(
                position,
                "the row does not keep to the columns of its table",
            );
            continue;
        };
        let mut properties = Properties::default();
        properties.set("CSName", &host);
        properties.set("HotFixID", &entry);
        if columns.has("InstalledOn")
            && let Some(date) = only_date(&columns.from(&row, "HotFixID"))
        {
            properties.set("InstalledOn", &date);
        }
        let cut = text.stops_open() && line.ends_with(&entry);
        machines.add_unless_cut(position, properties, cut, sink)?;
    }
    Ok(())
}

/// The one word that is a date. Letters of two bytes can shift the columns behind a user's name, so the date is not
/// sought by its column.
fn only_date(rest: &str) -> Option<String> {
    let mut dates = rest
        .split_whitespace()
        .filter(|word| WrittenDate::parse(word).is_some());
    let date = dates.next()?;
    dates.next().is_none().then(|| date.to_owned())
}

/// The rows after the heading. `wmic` quotes nothing: a row whose texts hold commas has too many fields and is skipped.
fn read_csv(
    names: &[String],
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut row_number = 0;
    while let Some(line) = text.next_line()? {
        if line.trim().is_empty() || is_csv_heading(&line) {
            continue;
        }
        row_number += 1;
        let position = Position::new(text.number(), row_number);
        let fields = line.split(',').count();
        let mut properties = Properties::default();
        for (name, value) in names.iter().zip(line.split(',')) {
            properties.set(name, value);
        }
        if fields != names.len() {
            let columns = names.len();
            sink.skip(
                position,
                format!("the row has {fields} fields where the header has {columns}"),
            );
        } else if properties.has_entry() {
            machines.add_unless_cut(position, properties, text.stops_open(), sink)?;
        } else {
            sink.skip(position, "the row names no update");
        }
    }
    Ok(())
}
