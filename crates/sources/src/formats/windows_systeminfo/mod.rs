//! `systeminfo`: what a Windows machine says of itself, in any language.

mod clock;
mod fields;
mod record;
mod role;
#[cfg(test)]
mod tests;
mod updates;

use std::io::BufRead;

use wardround_evidence::Position;

use self::fields::{Record, is_version, split_field};
use crate::csv_rows::CsvRows;
use crate::windows::PlainText;
use crate::{Head, ReadError, Reader, Sink};

/// Lines within which the version of the first machine must stand.
const LINES_BEFORE_VERSION: usize = 40;

/// Output of `systeminfo` as a list (its default) or by `/fo csv`; one machine or several, one after the other.
///
/// Versions seen: Windows XP to Windows 11 24H2 and Server 2003 to 2016; English, French, Italian, Russian; ASCII, UTF-8,
/// UTF-16 and OEM code pages. Labels are in the machine's language and are never looked at: fields are found by the form
/// of the version line (`10.0.17763 N/A Build 17763`), by their fixed order around it, and by the form of their values.
/// The order is that of Windows Commands, *systeminfo*, and of the samples seen. No table of OEM code pages is carried:
/// what matters is ASCII, and a host name with other letters in an unnamed code page is left out.
///
/// It proves, *inventoried*: host name and domain; system, build and service pack; role; updates; when the system was
/// installed and started; addresses of adapters that are not virtual.
///
/// The updates are the machine's own count and that many entries where the list is whole. Windows 7 and older stop
/// printing in the middle of a long list: then the list is cut, and its last entry is not used unless it is known to be
/// complete. Entries such as `File 1`, `Q147222` and GUIDs are entries without a number. As the list holds only what
/// `Win32_QuickFixEngineering` gives, it does not refute by itself even where it is whole.
///
/// The file does not say when it was taken: it is no earlier than the last start, or where that is not readable, the
/// installation. Both are local times that are taken as UTC; the zone field gives no summer time. A date that could be
/// read with day or month first is used only where another date in the file, or both locale fields together, settle the
/// order.
pub(crate) struct WindowsSysteminfo;

impl Reader for WindowsSysteminfo {
    fn id(&self) -> &'static str {
        "windows_systeminfo"
    }

    fn title(&self) -> &'static str {
        "Windows systeminfo"
    }

    fn family(&self) -> &'static str {
        crate::windows::FAMILY
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        if is_csv(head.text()) {
            return true;
        }
        let mut lines = head.text().lines().take(LINES_BEFORE_VERSION);
        lines.any(|line| split_field(line).is_some_and(is_version))
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        sink.tool("systeminfo");
        let mut text = PlainText::open(input, sink)?;
        let mut machines = Emitted { count: 0 };
        let result = if is_csv(&text.peek()?) {
            read_csv(&mut text, &mut machines, sink)
        } else {
            read_list(&mut text, &mut machines, sink)
        };
        text.finish(sink);
        sink.count("machines", machines.count);
        result
    }
}

/// Rows of quoted values, the third of which is a version.
fn is_csv(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .by_ref()
        .take(2)
        .any(|line| line.starts_with('"') && line.split("\",\"").nth(2).is_some_and(is_version))
}

/// How the machines of one file become statements.
struct Emitted {
    count: u64,
}

impl Emitted {
    fn emit(
        &mut self,
        record: &Record,
        trust_letters: bool,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        self.count += 1;
        record::emit(record, self.count, trust_letters, sink)
    }
}

fn read_list(
    text: &mut PlainText<'_>,
    machines: &mut Emitted,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut record = Record::default();
    while let Some(line) = text.next_line()? {
        if let Some(finished) = record.line(&line, text.number())? {
            machines.emit(&finished, text.knows_its_letters(), sink)?;
        }
    }
    record.ends_open = text.stops_open();
    if record.version().is_none() {
        return Err(ReadError::malformed(
            "it holds no Windows version",
            text.number(),
        ));
    }
    match updates::section(&record) {
        None => sink.cut("it ends before the list of updates"),
        Some(section) if record.is_last(section) && updates::is_cut(&record, section) => {
            sink.cut("it ends inside the list of updates");
        }
        Some(_) => {}
    }
    machines.emit(&record, text.knows_its_letters(), sink)
}

fn read_csv(
    text: &mut PlainText<'_>,
    machines: &mut Emitted,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let trust_letters = text.knows_its_letters();
    let mut rows = CsvRows::open(text, sink)?;
    // With /nh there is no heading: the first row is a machine already.
    let heading = rows.header().iter().map(String::as_str);
    let first = Record::of_values(heading, 1)?;
    if first.version().is_some() {
        machines.emit(&first, trust_letters, sink)?;
    }
    let width = rows.header().len();
    while let Some(row) = rows.next(sink)? {
        let values: Vec<_> = (0..width).map(|column| row.field(column)).collect();
        let record = Record::of_values(values.iter().map(AsRef::as_ref), row.position.line)?;
        if record.version().is_some() {
            machines.emit(&record, trust_letters, sink)?;
        } else {
            let position = Position::new(row.position.line, row.position.record);
            sink.skip(position, "the row holds no Windows version");
        }
    }
    Ok(())
}
