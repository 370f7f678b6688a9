//! Readings to tables.

use jiff::Timestamp;
use wardround_evidence::{Declaration, Position, Reading, Statement, When};

use super::declarations;
use super::facts::{self, FactRow};
use super::identifiers;
use super::words::Word;
use crate::shape::ValueKind;
use crate::{Table, Values};

pub(crate) const STATEMENT: [&str; 6] = [
    "statement",
    "line",
    "record",
    "when",
    "moment",
    "nanoseconds",
];
pub(crate) const IDENTIFIER: [&str; 3] = ["statement", "kind", "value"];
pub(crate) const OBSERVATION: [&str; 5] = ["statement", "method", "fact", "object", "value"];
pub(crate) const DECLARATION: [&str; 6] =
    ["declaration", "line", "record", "kind", "field", "value"];
pub(crate) const SKIPPED: [&str; 3] = ["line", "record", "reason"];
pub(crate) const REMARK: [&str; 1] = ["sentence"];
pub(crate) const COUNT: [&str; 2] = ["name", "amount"];

/// The columns that the tables of evidence have.
pub(crate) fn columns() -> Vec<(String, ValueKind)> {
    let columns = [
        ("statement", ValueKind::U64),
        ("line", ValueKind::U64),
        ("record", ValueKind::U64),
        ("when", ValueKind::Text),
        ("moment", ValueKind::Moment),
        ("nanoseconds", ValueKind::U32),
        ("kind", ValueKind::Text),
        ("value", ValueKind::Text),
        ("method", ValueKind::Text),
        ("fact", ValueKind::Text),
        ("object", ValueKind::Text),
        ("declaration", ValueKind::U64),
        ("field", ValueKind::Text),
        ("reason", ValueKind::Text),
        ("sentence", ValueKind::Text),
        ("name", ValueKind::Text),
        ("amount", ValueKind::U64),
    ];
    columns.map(|(name, kind)| (name.to_owned(), kind)).into()
}

/// Tables of some statements, the first of which has the number `first` in its file.
pub(crate) fn statement_tables(first: u64, statements: &[Statement]) -> Vec<Table> {
    let numbered = || (first..).zip(statements);
    let dates = || statements.iter().map(|it| Dated::new(it.when));
    let lines = [
        Values::U64(numbered().map(|(number, _)| number).collect()),
        Values::U64(statements.iter().map(|it| it.position.line).collect()),
        Values::U64(statements.iter().map(|it| it.position.record).collect()),
        Values::Text(dates().map(|it| it.word.to_owned()).collect()),
        Values::Moment(dates().map(|it| it.microseconds).collect()),
        Values::U32(dates().map(|it| it.nanoseconds).collect()),
    ];
    let subjects = || {
        numbered().flat_map(|(number, it)| it.subject.iter().map(move |subject| (number, subject)))
    };
    let names = [
        Values::U64(subjects().map(|(number, _)| number).collect()),
        Values::Text(
            subjects()
                .map(|(_, it)| it.kind().word().to_owned())
                .collect(),
        ),
        Values::Text(subjects().map(|(_, it)| identifiers::text(it)).collect()),
    ];
    vec![
        Table::new("statement", STATEMENT, lines),
        Table::new("identifier", IDENTIFIER, names),
        observations(first, statements),
    ]
}

fn observations(first: u64, statements: &[Statement]) -> Table {
    let (mut numbers, mut methods) = (Vec::new(), Vec::new());
    let mut rows: Vec<FactRow> = Vec::new();
    for (number, statement) in (first..).zip(statements) {
        for observed in &statement.observed {
            facts::rows(&observed.fact, &mut rows);
            numbers.resize(rows.len(), number);
            methods.resize(rows.len(), observed.method.word().to_owned());
        }
    }
    let (mut kinds, mut objects, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        kinds.push(row.fact.to_owned());
        objects.push(row.object);
        values.push(row.value);
    }
    let columns = [
        Values::U64(numbers),
        Values::Text(methods),
        Values::Text(kinds),
        Values::Text(objects),
        Values::Text(values),
    ];
    Table::new("observation", OBSERVATION, columns)
}

/// Tables of all that a reading holds but its statements.
pub(crate) fn head_tables(reading: &Reading) -> Vec<Table> {
    let skipped = &reading.skipped;
    let skipped = [
        Values::U64(skipped.iter().map(|it| it.position.line).collect()),
        Values::U64(skipped.iter().map(|it| it.position.record).collect()),
        Values::Text(skipped.iter().map(|it| it.reason.clone()).collect()),
    ];
    let counts = [
        Values::Text(reading.counts.keys().map(|name| name.to_string()).collect()),
        Values::U64(reading.counts.values().copied().collect()),
    ];
    vec![
        declared(&reading.declarations),
        Table::new("skipped", SKIPPED, skipped),
        Table::new("remark", REMARK, [Values::Text(reading.notes.clone())]),
        Table::new("count", COUNT, counts),
    ]
}

fn declared(declarations: &[(Position, Declaration)]) -> Table {
    let (mut numbers, mut lines, mut records) = (Vec::new(), Vec::new(), Vec::new());
    let (mut kinds, mut names, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (position, declaration)) in (0..).zip(declarations) {
        let (kind, fields) = declarations::fields(declaration);
        for (name, value) in fields.into_pairs() {
            numbers.push(number);
            lines.push(position.line);
            records.push(position.record);
            kinds.push(kind.to_owned());
            names.push(name);
            values.push(value);
        }
    }
    let columns = [
        Values::U64(numbers),
        Values::U64(lines),
        Values::U64(records),
        Values::Text(kinds),
        Values::Text(names),
        Values::Text(values),
    ];
    Table::new("declaration", DECLARATION, columns)
}

/// A moment as a file has it: to the microsecond as a moment that any program knows, and what is beyond it apart.
struct Dated {
    word: &'static str,
    microseconds: Option<i64>,
    nanoseconds: u32,
}

impl Dated {
    fn new(when: When) -> Self {
        let (word, moment): (_, Option<Timestamp>) = match when {
            When::Undated => ("undated", None),
            When::Unknown => ("unknown", None),
            When::NoEarlierThan(moment) => ("no_earlier_than", Some(moment)),
            When::At(moment) => ("at", Some(moment)),
        };
        let nanoseconds = moment.map_or(0, Timestamp::as_nanosecond);
        Self {
            word,
            microseconds: moment.and_then(|_| i64::try_from(nanoseconds.div_euclid(1_000)).ok()),
            nanoseconds: u32::try_from(nanoseconds.rem_euclid(1_000)).unwrap_or_default(),
        }
    }
}
