//! Lists of machines as CSV: from Configuration Manager, Intune, WSUS, the Defender portal, Active Directory, or home-made.
//!
//! What it proves: what a tool's own agent reported is *inventoried*, for the moment of the machine's last contact; what is
//! known of a machine without the tool's client is *inferred*; a list that shows no sign of a tool is *declared* by whoever
//! wrote it. Columns are found by their names, whatever their order and number; which were used and which were not stands
//! in the notes.
//!
//! What it does not prove: an update that is installed and waits for a restart is not on; one that does not apply may be
//! superseded or may not be for this machine; of an unknown one nothing is known. The three are counted and kept apart (those
//! that do not apply, and those that are unknown, as one fact each for a machine), and none is read as *installed* or as
//! *missing*. The same holds of a home-made column on MS17-010. That the machine waits for a restart, in a column of that name or as
//! the state of its patches, is kept as said of the machine. When a row was written is told by the machine's last contact, or by a column on when it was checked (see `dates`). Lists of updates are never taken to be whole. A machine that is compliant with a
//! policy need not be patched: that is kept as a check and settles nothing. Names of users are not read.
//!
//! A heading may name an update (`KB4012215 installed`); each of its states is kept apart in the same way. A number for a state
//! is read only where the tool is known, since WSUS and Configuration Manager mean different things by it. A table of findings,
//! by its columns, is no list of machines.
//!
//! No genuine export was at hand. Names of columns are from: "SMS_CombinedDeviceResources", "SMS_R_System",
//! "SMS_UpdateComplianceStatus server WMI class", "Discovery views" and "Configuration Manager Schema View Mapping"
//! (Configuration Manager, whose database adds a zero to the names of an inventory: `Caption0`), "Intune reports and properties
//! available using Graph API" and "managedDevice resource type" (Intune), "IComputerTarget" and "UpdateInstallationState
//! enumeration" (WSUS; its numbers in the first edition of that page), "Device inventory" and "Machine resource type" (Defender for
//! Endpoint), "Get-ADComputer", all on learn.microsoft.com; from queries that people publish; and from what such lists are
//! commonly headed.

mod cells;
mod columns;
mod dates;
mod fields;
mod machine;
mod moments;
mod named_update;
mod near_miss;
mod restarts;
mod states;
mod system;
#[cfg(test)]
mod tests;
mod tool;
mod updates;

use std::io::{BufRead, Read as _};

pub(crate) use self::near_miss::near_miss;

use self::columns::Columns;
use self::machine::Machines;
use self::moments::Moments;
use self::tool::Tool;
use crate::csv_rows::CsvRows;
use crate::{Encoding, Head, ReadError, Reader, Sink, Utf8};

/// Lines that may stand before the heading: the type line of PowerShell, the title of a report.
const LINES_BEFORE: usize = 12;

/// What may stand between the fields.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Reads lists of machines.
pub(super) struct InventoryCsv;

impl Reader for InventoryCsv {
    fn id(&self) -> &'static str {
        "inventory_csv"
    }

    fn title(&self) -> &'static str {
        "list of machines"
    }

    /// By a heading that names machines and says something of them, in a file that no other reader knows.
    fn recognise(&self, head: &Head<'_>) -> bool {
        heading(head.text()).is_some()
            && !super::readers()
                .iter()
                .any(|other| other.id() != self.id() && other.recognise(head))
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let head = Head::new(input.fill_buf()?);
        let Some(mut heading) = heading(head.text()) else {
            return Err(ReadError::malformed("its heading names no machine", 1));
        };
        let moments = Moments::of_sample(&heading, head.text());
        let dated = moments.places_of_dates(&heading, head.text());
        heading.columns.take_dates(&dated);
        let mut text = Utf8::new(input)?;
        if text.encoding() == Encoding::CodePage {
            sink.note("The file is written in a code page that it does not name; letters outside ASCII may be wrong.");
        }
        for _ in 0..heading.lines_before {
            pass_line(&mut text, sink)?;
        }
        let mut rows = CsvRows::open_separated(&mut text, heading.separator, sink)?;
        if rows.header().len() != heading.width {
            return Err(ReadError::malformed(
                "its heading runs over several lines",
                1,
            ));
        }
        heading.columns.note_use(rows.header(), sink);
        match heading.tool.words() {
            Some(words) => sink.tool(words),
            None => sink
                .note("No column shows which tool made the list: what it says counts as declared."),
        }
        sink.family(heading.tool.family());
        let mut machines = Machines::new(&heading.columns, heading.tool, moments);
        let mut result = Ok(());
        while result.is_ok() {
            match rows.next(sink) {
                Ok(Some(row)) => result = machines.row(&row, heading.lines_before, sink),
                Ok(None) => break,
                Err(error) => result = Err(error),
            }
        }
        let finished = machines.finish(sink);
        result.and(finished)
    }
}

/// The line that names the columns.
struct Heading {
    lines_before: u64,
    separator: u8,
    width: usize,
    columns: Columns,
    tool: Tool,
}

/// The first line that is a heading of machines, with its separator.
fn heading(text: &str) -> Option<Heading> {
    let mut lines = text.lines().take(LINES_BEFORE).enumerate();
    lines.find_map(|(index, line)| {
        SEPARATORS.into_iter().find_map(|separator| {
            // Most lines of most files are no heading, and a parser costs more than a look at the words.
            let words = line
                .split(char::from(separator))
                .map(|word| word.trim().trim_matches('"'));
            let words: Vec<&str> = words.collect();
            Columns::of_heading(&words, Tool::of_heading(&words)).ok()?;
            let record = names(line, separator)?;
            let names: Vec<&str> = record.iter().map(str::trim).collect();
            let tool = Tool::of_heading(&names);
            let columns = Columns::of_heading(&names, tool).ok()?;
            Some(Heading {
                lines_before: index as u64,
                separator,
                width: names.len(),
                tool,
                columns,
            })
        })
    })
}

/// The fields of one line.
fn names(line: &str, separator: u8) -> Option<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .from_reader(line.as_bytes());
    reader.records().next()?.ok()
}

fn pass_line(text: &mut Utf8<'_>, sink: &Sink) -> Result<(), ReadError> {
    let limit = sink.limits().record_bytes as u64;
    let mut passed = Vec::new();
    text.take(limit).read_until(b'\n', &mut passed)?;
    Ok(())
}
