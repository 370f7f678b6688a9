//! PowerShell's `Get-HotFix`: the updates that Windows itself lists, as PowerShell shows or exports them.

mod json;
mod list;
mod table;
#[cfg(test)]
mod tests;

use std::io::BufRead;

use wardround_evidence::Position;

use crate::csv_rows::{CsvRows, separator_of};
use crate::windows::{Machines, PROPERTIES, PlainText, Properties};
use crate::{Head, ReadError, Reader, Sink};

/// Lines that may stand before the list: a prompt, blank lines, a transcript's head.
const LINES_BEFORE: usize = 40;

/// Output of `Get-HotFix` (`Get-CimInstance Win32_QuickFixEngineering`) as a table, by `Format-List`, `Export-Csv` with
/// commas or (`-UseCulture`) semicolons, or `ConvertTo-Json`; of one machine or many.
///
/// Versions: the layouts of Windows PowerShell 5.1 and PowerShell 7. Headings are property names and the same in every
/// language.
///
/// It proves which updates the machine's own servicing lists, *inventoried*. The list is not complete: from Windows Vista
/// on it holds only updates of Component Based Servicing (PowerShell, *Get-HotFix*; Windows Win32,
/// *Win32_QuickFixEngineering class*), and nothing in the file says how long it should be. Its extent is unstated and it
/// never refutes by absence.
///
/// The machine is named by `CSName`, else by `Source` or `PSComputerName`. A name that PowerShell cut to fit its column is
/// not used. `InstalledBy` is a person and is not kept.
///
/// `InstalledOn` is written in the format of whoever ran the command; where no date of the file shows whether day or month
/// stands first, such dates are left out. Days are taken as UTC.
pub(crate) struct WindowsHotfix;

impl Reader for WindowsHotfix {
    fn id(&self) -> &'static str {
        "windows_hotfix"
    }

    fn title(&self) -> &'static str {
        "PowerShell hotfix list"
    }

    fn family(&self) -> &'static str {
        crate::windows::FAMILY
    }

    fn recognise(&self, head: &Head<'_>) -> bool {
        Shape::of(head.text()).is_some()
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        sink.tool("Get-HotFix");
        let mut text = PlainText::open(input, sink)?;
        let mut machines = Machines::new();
        let result = match Shape::of(&text.peek()?) {
            Some(Shape::Table) => table::read(&mut text, &mut machines, sink),
            Some(Shape::List) => list::read(&mut text, &mut machines, sink),
            Some(Shape::Csv) => read_csv(&mut text, &mut machines, sink),
            Some(Shape::Json) => json::read(&mut text, &mut machines, sink),
            None => Err(ReadError::malformed("it has no list of updates", 1)),
        };
        let trust_letters = text.knows_its_letters();
        text.finish(sink);
        let finished = machines.finish(None, trust_letters, sink);
        result.and(finished)
    }
}

/// How the list is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Table,
    List,
    Csv,
    Json,
}

impl Shape {
    fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with(['[', '{']) {
            return json::recognise(text).then_some(Self::Json);
        }
        let mut lines = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .take(LINES_BEFORE)
            .peekable();
        let mut first = true;
        while let Some(line) = lines.next() {
            // The type line of Windows PowerShell comes before the heading.
            if std::mem::take(&mut first) && line.starts_with("#TYPE ") {
                first = true;
                continue;
            }
            if is_csv_heading(line) {
                return Some(Self::Csv);
            }
            if lines
                .peek()
                .is_some_and(|next| table::heading(line, next).is_some())
            {
                return Some(Self::Table);
            }
            if list::pair(line).is_some_and(|(key, _)| key == "HotFixID") {
                return Some(Self::List);
            }
        }
        None
    }
}

/// Names of an object's properties, `HotFixID` among them; a list of `wmic` begins with `Node` and is not ours.
fn is_csv_heading(line: &str) -> bool {
    let names: Vec<&str> = line
        .split(char::from(separator_of(line)))
        .map(|name| name.trim_matches('"'))
        .collect();
    let is_name = |name: &&str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    names.len() > 1
        && names.contains(&"HotFixID")
        && names[0] != "Node"
        && names.iter().all(is_name)
}

fn read_csv(
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    text.pass_line_marked(b'#')?;
    let lines_before = text.number();
    let separator = separator_of(text.peek()?.lines().next().unwrap_or_default());
    let mut rows = CsvRows::open_separated(text, separator, sink)?;
    let columns: Vec<(usize, &'static str)> = PROPERTIES
        .iter()
        .filter_map(|name| Some((rows.header().iter().position(|it| it == name)?, *name)))
        .collect();
    let number_is_last = rows.header().last().is_some_and(|name| name == "HotFixID");
    // The last row is added when it is known whether the file was cut in it.
    let mut held = None;
    while let Some(row) = rows.next(sink)? {
        let mut properties = Properties::default();
        for (column, name) in &columns {
            properties.set(name, &row.field(*column));
        }
        let position = Position::new(row.position.line + lines_before, row.position.record);
        if properties.has_entry() {
            if let Some((position, properties)) = held.replace((position, properties)) {
                machines.add(position, properties)?;
            }
        } else {
            sink.skip(position, "the row names no update");
        }
    }
    drop(rows);
    let Some((position, properties)) = held else {
        return Ok(());
    };
    let cut = number_is_last && text.stops_open();
    machines.add_unless_cut(position, properties, cut, sink)
}
