//! An estate's description as one TOML file; see `docs/estate-description.md`.

mod entry;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Read as _};

use jiff::Timestamp;
use toml::de::{DeTable, DeValue};
use wardround_evidence::{Declaration, Position};

use self::entry::{Entry, Lines, scalar};
use crate::description::{Fields as _, SCOPE_NOT_USED, Table, declare, moment};
use crate::{Head, ReadError, Reader, Sink, Utf8};

/// The longest description that is taken as TOML, which is parsed as a whole: some 40,000 entries. Bigger estates write
/// CSV tables, which are not.
const MOST_BYTES: u64 = 4 << 20;

/// An estate's description for a small site: `estate.toml`.
///
/// - **Tool**: none; someone at the estate wrote it. TOML 1.0; the rules are our own: `docs/estate-description.md`.
/// - **Proves**: nothing of a machine. It says how the estate is laid out, who may speak for whom, and what is claimed;
///   all of it *declared*.
/// - **Complete**: never taken to be. A table or field that the description does not know refuses the whole file: a
///   misspelt word would otherwise change the answer unseen.
#[derive(Debug)]
pub(crate) struct EstateToml;

impl Reader for EstateToml {
    fn id(&self) -> &'static str {
        "estate_toml"
    }

    fn title(&self) -> &'static str {
        "TOML estate description"
    }

    /// By the first line that is not a comment: `as_of`, or the heading of one of the tables.
    fn recognise(&self, head: &Head<'_>) -> bool {
        let mut lines = head.text().lines().map(str::trim);
        let Some(line) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
            return false;
        };
        if let Some(rest) = line.strip_prefix("as_of") {
            return rest.trim_start().starts_with('=');
        }
        let heading = line
            .strip_prefix("[[")
            .or_else(|| line.strip_prefix('['))
            .and_then(|rest| rest.split(']').next());
        heading.is_some_and(|heading| Table::of_heading(heading.trim()).is_some())
    }

    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError> {
        let mut bytes = Vec::new();
        Utf8::new(input)?
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(ReadError::TooMuch {
                what: "bytes of TOML (a big estate is described in CSV tables)",
                limit: MOST_BYTES,
            });
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| ReadError::malformed("the text stops being UTF-8", 0))?;
        let lines = Lines::of(&text);
        let document = DeTable::parse(&text).map_err(|error| {
            let line = error.span().map_or(0, |span| lines.at(span.start));
            // The parser's messages are fixed sentences; they repeat nothing of the file.
            ReadError::malformed(format!("it is not TOML: {}", error.message()), line)
        })?;
        let Contents { as_of, entries } = Contents::of(document.get_ref(), &lines)?;
        if let Some((line, moment)) = as_of {
            sink.declare(Position::new(line, 0), Declaration::AsOf(moment))?;
        }
        for (record, (table, entry)) in (1..).zip(&entries) {
            let position = Position::new(entry.line, record);
            if matches!(entry.text("scope"), Ok(Some(_))) {
                sink.note(SCOPE_NOT_USED);
            }
            match declare(table.kind, entry) {
                Ok(declaration) => sink.declare(position, declaration)?,
                Err(reason) => sink.skip(position, reason),
            }
        }
        Ok(())
    }
}

/// What a description holds, in the order of the file.
struct Contents<'d> {
    as_of: Option<(u64, Timestamp)>,
    entries: Vec<(&'static Table, Entry<'d>)>,
}

impl<'d> Contents<'d> {
    /// Sorts a document into its tables; what the description does not know is an error.
    fn of(document: &'d DeTable<'d>, lines: &Lines) -> Result<Self, ReadError> {
        let mut contents = Self {
            as_of: None,
            entries: Vec::new(),
        };
        for (key, value) in document {
            let line = lines.at(key.span().start);
            match key.get_ref().as_ref() {
                "as_of" => contents.as_of = Some((line, as_of(value.get_ref(), line)?)),
                name => match Table::of_heading(name) {
                    Some(table) => contents.add(table, value.get_ref(), line, lines)?,
                    None => return Err(unknown_table(line)),
                },
            }
        }
        contents.entries.sort_by_key(|(_, entry)| entry.line);
        Ok(contents)
    }

    fn add(
        &mut self,
        table: &'static Table,
        value: &'d DeValue<'d>,
        line: u64,
        lines: &Lines,
    ) -> Result<(), ReadError> {
        let DeValue::Array(array) = value else {
            return Err(single_brackets(table, line));
        };
        for element in array.iter() {
            let DeValue::Table(fields) = element.get_ref() else {
                return Err(single_brackets(table, line));
            };
            let entry = Entry::new(table, fields, lines.at(element.span().start));
            entry.check_names(lines)?;
            self.entries.push((table, entry));
        }
        Ok(())
    }
}

/// When the page should speak of; a moment that cannot be read refuses the file, since it changes every answer.
fn as_of(value: &DeValue<'_>, line: u64) -> Result<Timestamp, ReadError> {
    scalar("as_of", value)
        .and_then(|text| moment("as_of", &text))
        .map_err(|reason| ReadError::malformed(reason, line))
}

fn unknown_table(line: u64) -> ReadError {
    let known: Vec<&str> = Table::headings().collect();
    let what = format!(
        "there is a word that is neither `as_of` nor the name of a table ({})",
        known.join(", ")
    );
    ReadError::malformed(what, line)
}

fn single_brackets(table: &Table, line: u64) -> ReadError {
    let heading = table.heading;
    let what = format!("an entry is not headed [[{heading}]], with two brackets on each side,");
    ReadError::malformed(what, line)
}
