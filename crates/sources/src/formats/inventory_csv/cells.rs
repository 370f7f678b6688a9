//! A row by the fields that its columns hold.

use super::columns::Columns;
use super::fields::Field;
use crate::csv_rows::CsvRow;
use crate::defender::elements;

/// Addresses, adapters and updates in one cell: far more than a machine has.
const MOST_IN_CELL: usize = 1_000;

/// How lists write that there is nothing to say.
pub(super) fn says_nothing(text: &str) -> bool {
    ["", "n/a", "none", "never", "unknown", "-", "null"]
        .iter()
        .any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// A row by its fields.
pub(super) struct Cells<'a, 'r> {
    pub(super) columns: &'a Columns,
    pub(super) row: &'a CsvRow<'r>,
}

impl Cells<'_, '_> {
    /// The first column of a field that says something.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        let mut places = self.columns.places(field);
        places.find_map(|place| Some(self.row.stated(place)?.into_owned()))
    }

    /// The elements of all columns of a field.
    pub(super) fn each(&self, field: Field) -> Vec<String> {
        let cells = self
            .columns
            .places(field)
            .filter_map(|place| self.row.stated(place));
        let split = cells.flat_map(|cell| elements(&cell).map(str::to_owned).collect::<Vec<_>>());
        split
            .filter(|text| !says_nothing(text))
            .take(MOST_IN_CELL)
            .collect()
    }
}
