//! Microsoft Defender advanced-hunting results as the portal exports them.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::BufRead;

use crate::csv_rows::{CsvRow, CsvRows, separator_of};
use crate::defender::{COLUMNS, FAMILY, Hunting, Row, note_row_limit};
use crate::{Head, ReadError, Reader, Sink};

/// Results of an advanced-hunting query over `DeviceInfo`, `DeviceTvmSoftwareVulnerabilities`,
/// `DeviceTvmSoftwareInventory` or `DeviceTvmSecureConfigurationAssessment`, as CSV.
///
/// - **Tool**: Microsoft Defender for Endpoint, Defender XDR portal. No genuine export was at hand: all columns come from
///   Microsoft's schema pages, which [`crate::defender`] names; dates are read in ISO 8601, and as the portal shows them
///   to an English reader (`Nov 12, 2024 9:00:00 AM`). A spreadsheet may have put semicolons or tabulators for commas.
/// - **Proves**: what the agent on a machine *inventoried*: its system, build, missing updates, flaws, settings and whether
///   it reports. What is said of a device that is not onboarded is *inferred* by discovery.
/// - **Complete**: never taken to be. Devices without the agent are absent, and an export that holds exactly its documented
///   row limit is marked as cut. Rows about flaws that no built-in threat uses are counted (`rows_other_flaws`), not kept;
///   a build, missing update or flaw that is repeated for one device is kept with its first row.
/// - **Not kept**: `PublicIP`, which may be a proxy's, and every column that names a user.
#[derive(Debug)]
pub(crate) struct DefenderHuntingCsv;

impl Reader for DefenderHuntingCsv {
    fn id(&self) -> &'static str {
        "defender_hunting_csv"
    }

    fn title(&self) -> &'static str {
        "Microsoft Defender hunting export"
    }

    fn family(&self) -> &'static str {
        FAMILY
    }

    /// By the columns in its first line: `DeviceId` and one that only these tables have.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let line = head.first_line();
        !line.starts_with(['{', '[', '<'])
            && Hunting::knows(|column| {
                let names = line.split(char::from(separator_of(line)));
                let mut names = names.map(|name| name.trim().trim_matches('"'));
                names.any(|name| name.eq_ignore_ascii_case(column))
            })
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let separator = separator_of(Head::new(input.fill_buf()?).first_line());
        let mut rows = CsvRows::open_separated(input, separator, sink)?;
        let places = places(rows.header());
        let mut hunting = Hunting::default();
        while let Some(row) = rows.next(sink)? {
            let position = row.position;
            let row = TableRow {
                places: &places,
                row,
            };
            hunting.row(position, &row, sink)?;
        }
        hunting.finish(sink);
        note_row_limit(rows.ordinal(), sink);
        Ok(())
    }
}

/// Where each column that is looked at stands.
fn places(header: &[String]) -> BTreeMap<&'static str, usize> {
    let place = |column: &&str| {
        header
            .iter()
            .position(|name| name.eq_ignore_ascii_case(column))
    };
    COLUMNS
        .iter()
        .filter_map(|column| Some((*column, place(column)?)))
        .collect()
}

struct TableRow<'r> {
    places: &'r BTreeMap<&'static str, usize>,
    row: CsvRow<'r>,
}

impl Row for TableRow<'_> {
    fn text(&self, column: &'static str) -> Option<Cow<'_, str>> {
        self.row.stated(*self.places.get(column)?)
    }
}
