//! Tables to readings.

use std::collections::BTreeMap;

use jiff::Timestamp;
use wardround_evidence::{Fact, Observed, Position, Reading, Skipped, Statement, When};

use super::encode::{COUNT, DECLARATION, IDENTIFIER, OBSERVATION, REMARK, SKIPPED, STATEMENT};
use super::facts::{self, Read};
use super::fields::Fields;
use super::words::Word;
use super::{SegmentNotes, declarations, identifiers};
use crate::error::Fault;
use crate::{Table, Values};

/// Puts a reading together, table by table, or only looks whether it can be put together.
///
/// Identifiers and observations follow the piece of statements that they belong to, so that who only looks need not hold more
/// than one piece.
pub(crate) struct Decoder {
    reading: Reading,
    keeps: bool,
    /// Statements that were looked at and let go.
    gone: u64,
    /// The number of the first statement of the piece that is being read.
    piece: u64,
}

impl Decoder {
    /// Begins with what the segment says of itself.
    pub(crate) fn new(notes: &SegmentNotes) -> Self {
        Self {
            keeps: true,
            gone: 0,
            piece: 0,
            reading: Reading {
                source: notes.source.clone(),
                statements: Vec::new(),
                declarations: Vec::new(),
                skipped: Vec::new(),
                skipped_unlisted: notes.skipped_unlisted,
                notes: Vec::new(),
                counts: BTreeMap::new(),
            },
        }
    }

    /// Only looks: what it has seen it lets go, and there is no reading in the end.
    pub(crate) fn looking(notes: &SegmentNotes) -> Self {
        Self {
            keeps: false,
            ..Self::new(notes)
        }
    }

    /// How many statements came so far.
    pub(crate) fn seen(&self) -> u64 {
        self.gone + self.reading.statements.len() as u64
    }

    /// Takes the next table.
    ///
    /// # Errors
    /// When it is none that this program writes, or names a statement that is not of the last piece.
    pub(crate) fn table(&mut self, table: Table) -> Result<(), Fault> {
        let name = table.name.clone();
        let took = match name.as_str() {
            "statement" => self.statements(table),
            "identifier" => self.identifiers(table),
            "observation" => self.observations(table),
            "declaration" => self.declarations(table),
            "skipped" => self.skipped(table),
            "remark" => self.remarks(table),
            "count" => self.counts(table),
            _ => None,
        };
        if !self.keeps {
            self.let_go();
        }
        took.ok_or_else(|| {
            Fault::Damaged(format!(
                "its table `{}` holds what this version of wardround never writes",
                name.escape_default()
            ))
        })
    }

    /// All that no later table can speak of.
    fn let_go(&mut self) {
        self.reading.declarations.clear();
        self.reading.skipped.clear();
        self.reading.notes.clear();
        self.reading.counts.clear();
    }

    /// The reading.
    pub(crate) fn finish(mut self) -> Reading {
        for statement in &mut self.reading.statements {
            statement.subject.sort_unstable();
            statement.subject.dedup();
        }
        self.reading
    }

    fn statements(&mut self, table: Table) -> Option<()> {
        let [
            Values::U64(numbers),
            Values::U64(lines),
            Values::U64(records),
            Values::Text(whens),
            Values::Moment(moments),
            Values::U32(nanoseconds),
        ] = table.into_columns(STATEMENT)?
        else {
            return None;
        };
        self.piece = self.seen();
        if !self.keeps {
            self.gone = self.piece;
            self.reading.statements.clear();
        }
        for at in 0..numbers.len() {
            if numbers[at] != self.seen() {
                return None;
            }
            let moment = match moments[at] {
                None => None,
                Some(microseconds) => {
                    let whole = i128::from(microseconds) * 1_000;
                    let nanoseconds = whole + i128::from(nanoseconds[at]);
                    Some(Timestamp::from_nanosecond(nanoseconds).ok()?)
                }
            };
            let when = match (whens[at].as_str(), moment) {
                ("undated", None) => When::Undated,
                ("unknown", None) => When::Unknown,
                ("no_earlier_than", Some(moment)) => When::NoEarlierThan(moment),
                ("at", Some(moment)) => When::At(moment),
                _ => return None,
            };
            let position = Position::new(lines[at], records[at]);
            let statement = Statement::new(Vec::new(), position, when);
            self.reading.statements.push(statement);
        }
        Some(())
    }

    fn statement(&mut self, number: u64) -> Option<&mut Statement> {
        if number < self.piece {
            return None;
        }
        let place = usize::try_from(number.checked_sub(self.gone)?).ok()?;
        self.reading.statements.get_mut(place)
    }

    fn identifiers(&mut self, table: Table) -> Option<()> {
        let [
            Values::U64(numbers),
            Values::Text(kinds),
            Values::Text(values),
        ] = table.into_columns(IDENTIFIER)?
        else {
            return None;
        };
        for at in 0..numbers.len() {
            let identifier = identifiers::read(Word::of(&kinds[at])?, &values[at])?;
            self.statement(numbers[at])?.subject.push(identifier);
        }
        Some(())
    }

    fn observations(&mut self, table: Table) -> Option<()> {
        let [
            Values::U64(numbers),
            Values::Text(methods),
            Values::Text(kinds),
            Values::Text(objects),
            Values::Text(values),
        ] = table.into_columns(OBSERVATION)?
        else {
            return None;
        };
        for at in 0..numbers.len() {
            let read = facts::read(&kinds[at], &objects[at], &values[at])?;
            let method = Word::of(&methods[at])?;
            let observed = &mut self.statement(numbers[at])?.observed;
            let read = match read {
                Read::Fact(fact) => {
                    observed.push(Observed { fact, method });
                    continue;
                }
                more => more,
            };
            match (read, &mut observed.last_mut()?.fact) {
                (Read::Update(update), Fact::Updates(list)) => list.updates.push(update),
                (Read::Unknown(kb), Fact::UpdatesUnknown(updates))
                | (Read::NotApplicable(kb), Fact::UpdatesNotApplicable(updates)) => {
                    updates.push(kb);
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn declarations(&mut self, table: Table) -> Option<()> {
        let [
            Values::U64(numbers),
            Values::U64(lines),
            Values::U64(records),
            Values::Text(kinds),
            Values::Text(names),
            Values::Text(values),
        ] = table.into_columns(DECLARATION)?
        else {
            return None;
        };
        let mut pairs = names.into_iter().zip(values);
        let mut at = 0;
        for rows in numbers.chunk_by(|one, other| one == other) {
            let mut fields = Fields::default();
            for (name, value) in pairs.by_ref().take(rows.len()) {
                fields.push(name, value);
            }
            let position = Position::new(lines[at], records[at]);
            let declaration = declarations::read(&kinds[at], &fields)?;
            self.reading.declarations.push((position, declaration));
            at += rows.len();
        }
        Some(())
    }

    fn skipped(&mut self, table: Table) -> Option<()> {
        let [
            Values::U64(lines),
            Values::U64(records),
            Values::Text(reasons),
        ] = table.into_columns(SKIPPED)?
        else {
            return None;
        };
        let rows = lines.into_iter().zip(records).zip(reasons);
        let skipped = rows.map(|((line, record), reason)| Skipped {
            position: Position::new(line, record),
            reason,
        });
        self.reading.skipped.extend(skipped);
        Some(())
    }

    fn remarks(&mut self, table: Table) -> Option<()> {
        let [Values::Text(sentences)] = table.into_columns(REMARK)? else {
            return None;
        };
        self.reading.notes.extend(sentences);
        Some(())
    }

    fn counts(&mut self, table: Table) -> Option<()> {
        let [Values::Text(names), Values::U64(amounts)] = table.into_columns(COUNT)? else {
            return None;
        };
        let names = names.into_iter().map(std::borrow::Cow::Owned);
        self.reading.counts.extend(names.zip(amounts));
        Some(())
    }
}
