//! A row by the fields that its columns hold.

use wardround_evidence::Build;

use super::columns::Columns;
use super::fields::Field;
use super::tool::Tool;
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

    /// What the columns of a field say, each with its place.
    pub(super) fn stated(&self, field: Field) -> impl Iterator<Item = (usize, String)> {
        let places = self.columns.places(field);
        places.filter_map(|place| Some((place, self.row.stated(place)?.into_owned())))
    }

    /// The name of the system. Where another column has words, a bare number is a tool's own for one; where none has, it is the
    /// number of a Windows if that is what its column is of, and else as its tool has it nothing.
    pub(super) fn system(&self, tool: Tool) -> Option<String> {
        let has_words = |text: &str| text.chars().any(char::is_alphabetic);
        let all: Vec<(usize, String)> = self.stated(Field::System).collect();
        if let Some((_, text)) = all.iter().find(|(_, text)| has_words(text)) {
            return Some(text.clone());
        }
        let (place, number) = all.into_iter().next()?;
        match (self.columns.known(place), tool) {
            (Some("windows"), _) => Some(format!("Windows {number}")),
            (_, Tool::Unnamed) => Some(number),
            _ => None,
        }
    }

    /// The build of the system: of several that do not contradict the first the one that says most.
    pub(super) fn build(&self, read: impl Fn(&str) -> Option<Build>) -> Option<Build> {
        let fields = [Field::SystemBuild, Field::SystemVersion].into_iter();
        let places = fields.flat_map(|field| self.columns.places(field));
        let mut builds = places.filter_map(|place| read(&self.row.stated(place)?));
        let first = builds.next()?;
        if first.revision.is_some() {
            return Some(first);
        }
        let parts = |build: &Build| (build.major, build.minor, build.build);
        let whole = builds.find(|other| parts(other) == parts(&first) && other.revision.is_some());
        whole
            .or_else(|| {
                let revision = self.text(Field::SystemRevision)?.parse().ok();
                Some(Build::new(first.major, first.minor, first.build, revision))
            })
            .or(Some(first))
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
