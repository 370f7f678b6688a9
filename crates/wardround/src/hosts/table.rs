//! The machines that are listed, in their order, with what is told of each.

use wardround_estate::{Estate, HostId, Question};
use wardround_evidence::{Disclosure, Truth};
use wardround_report::{Cell, Column};

use super::field::{Field, Part};
use super::filter::Filter;
use super::row::Row;

/// By what the rows are sorted.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// First by this, if by anything but organisation, network and name.
    pub by: Option<Field>,
    /// Whether from the last to the first.
    pub backwards: bool,
}

/// Machines as rows for one audience. The same estate and wishes give the same rows.
#[derive(Debug)]
pub struct HostTable<'a> {
    estate: &'a Estate,
    questions: &'a [Question],
    names: &'a Disclosure,
    fields: Vec<Field>,
    hosts: Vec<HostId>,
    found: usize,
}

impl<'a> HostTable<'a> {
    /// Looks for the machines and puts them in order. Of those found, the first `most` are listed.
    #[must_use]
    pub fn new(
        estate: &'a Estate,
        questions: &'a [Question],
        names: &'a Disclosure,
        fields: Vec<Field>,
        filter: &Filter,
        order: &Order,
        most: usize,
    ) -> Self {
        let mut hosts: Vec<HostId> = estate
            .hosts()
            .filter(|(id, host)| {
                filter.lists(estate, host, names)
                    && (filter.verdicts.is_empty()
                        || filter.lists_verdicts(&Row::new(estate, *id, questions)))
            })
            .map(|(id, _)| id)
            .collect();
        // By what is read, never by a name that stays hidden: an order tells, too.
        hosts.sort_by_cached_key(|id| {
            let asked = match order.by {
                Some(Field::Verdict(question, _)) => vec![question],
                _ => Vec::new(),
            };
            let row = Row::new(estate, *id, &asked);
            let key = |field| ordered(&row, field, names);
            let usual = [
                Field::Organisation,
                Field::Network,
                Field::Name,
                Field::Addresses,
            ];
            (order.by.map(key), usual.map(key), *id)
        });
        if order.backwards {
            hosts.reverse();
        }
        let found = hosts.len();
        hosts.truncate(most);
        Self {
            estate,
            questions,
            names,
            fields,
            hosts,
            found,
        }
    }

    /// How many machines were found, listed or not.
    #[must_use]
    pub const fn found(&self) -> usize {
        self.found
    }

    /// How many are listed.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.hosts.len()
    }

    /// Whether none is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// Whether verdicts are among what is told.
    #[must_use]
    pub fn tells_verdicts(&self) -> bool {
        let is_verdict = |field: &Field| matches!(field, Field::Verdict(_, Part::Truth));
        self.fields.iter().any(is_verdict)
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        self.fields.iter().map(|field| field.column()).collect()
    }

    /// The rows; `terse` is for lines of text. They are made one by one, so that a million take no room.
    pub fn rows(&self, terse: bool) -> impl Iterator<Item = Vec<Cell>> {
        let told = |question: &&Question| {
            let of = |field: &Field| matches!(field, Field::Verdict(of, _) if of == *question);
            self.fields.iter().any(of)
        };
        let asked: Vec<Question> = self.questions.iter().filter(told).copied().collect();
        self.hosts.iter().map(move |id| {
            let row = Row::new(self.estate, *id, &asked);
            let cell = |field: &Field| row.cell(*field, self.names, terse);
            self.fields.iter().map(cell).collect()
        })
    }
}

/// A cell as it is sorted: words without their case, what fails before what is unknown before what holds.
fn ordered(row: &Row<'_>, field: Field, names: &Disclosure) -> (u8, Cell) {
    let cell = match row.cell(field, names, false) {
        Cell::Text(text) => Cell::Text(text.to_lowercase()),
        other => other,
    };
    let rank = match field {
        Field::Verdict(question, Part::Truth) => match row.truth(question) {
            Truth::Fails => 0,
            Truth::Unknown => 1,
            Truth::Holds => 2,
        },
        // What is not known comes last.
        _ => u8::from(cell == Cell::Absent || cell == Cell::List(Vec::new())),
    };
    (rank, cell)
}
