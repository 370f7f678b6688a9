//! Comma-separated rows with a header, one at a time, of bounded size.
//!
//! Fields are plain text: formulas, markup and escapes mean nothing here.

use std::borrow::Cow;
use std::io::{BufRead, BufReader};

use csv_core::ReadRecordResult;
use wardround_evidence::Position;

use crate::{Encoding, ReadError, Sink, Utf8};

/// How far the CSV reader may read ahead of the row that it gives.
const READ_AHEAD_BYTES: usize = 16 << 10;

/// What parts the names of a heading: commas, or where they are decimal signs semicolons (a spreadsheet, or PowerShell's
/// `-UseCulture`), or tabulators.
pub(crate) fn separator_of(heading: &str) -> u8 {
    let count = |separator: char| heading.matches(separator).count();
    if count(',') > 0 {
        b','
    } else if count(';') >= count('\t') && count(';') > 0 {
        b';'
    } else if count('\t') > 0 {
        b'\t'
    } else {
        b','
    }
}

/// The rows of one file after its header.
pub(crate) struct CsvRows<'a> {
    input: BufReader<Utf8<'a>>,
    parser: csv_core::Reader,
    limit: usize,
    header: Vec<String>,
    row: Row,
    ordinal: u64,
    /// The last byte that the parser took.
    last_byte: u8,
}

/// What the parser wrote of one row.
#[derive(Default)]
struct Row {
    /// The fields' bytes, one field after the other; room for more may follow.
    bytes: Vec<u8>,
    /// Where each field ends; room for more may follow.
    ends: Vec<usize>,
    fields: usize,
    /// Where the parser stood before the row.
    line_before: u64,
    /// Line ends inside its fields.
    inner_lines: u64,
    /// It was longer than a row may be: nothing of it is kept.
    is_too_long: bool,
}

impl Row {
    fn ends(&self) -> &[usize] {
        &self.ends[..self.fields]
    }

    fn field(&self, column: usize) -> &[u8] {
        let ends = self.ends();
        let start = column.checked_sub(1).and_then(|it| ends.get(it)).copied();
        ends.get(column)
            .and_then(|end| self.bytes.get(start.unwrap_or(0)..*end))
            .unwrap_or_default()
            .trim_ascii()
    }

    fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.fields).map(|column| self.field(column))
    }
}

/// One row; as many fields as the header.
pub(crate) struct CsvRow<'r> {
    /// Its line and its number among the data rows.
    pub(crate) position: Position,
    row: &'r Row,
}

impl CsvRow<'_> {
    /// The trimmed text of a field; what is not UTF-8 is replaced.
    pub(crate) fn field(&self, column: usize) -> Cow<'_, str> {
        String::from_utf8_lossy(self.row.field(column))
    }

    /// The trimmed text of a field that says something.
    pub(crate) fn stated(&self, column: usize) -> Option<Cow<'_, str>> {
        Some(self.field(column)).filter(|text| !text.is_empty())
    }
}

impl<'a> CsvRows<'a> {
    /// Reads the header of a file with commas.
    pub(crate) fn open(input: &'a mut dyn BufRead, sink: &mut Sink) -> Result<Self, ReadError> {
        Self::open_separated(input, b',', sink)
    }

    /// Reads the header of a file with any separator.
    pub(crate) fn open_separated(
        input: &'a mut dyn BufRead,
        separator: u8,
        sink: &mut Sink,
    ) -> Result<Self, ReadError> {
        let input = Utf8::new(input)?;
        if !matches!(input.encoding(), Encoding::Ascii | Encoding::Utf8) {
            let words = input.encoding().words();
            sink.note(format!(
                "The file is written in {words} and was converted; letters outside ASCII may be wrong."
            ));
        }
        let parser = csv_core::ReaderBuilder::new()
            .delimiter(separator)
            // A carriage return before it is white space, which is trimmed.
            .terminator(csv_core::Terminator::Any(b'\n'))
            .build();
        let mut rows = Self {
            input: BufReader::with_capacity(READ_AHEAD_BYTES, input),
            parser,
            limit: sink.limits().record_bytes,
            header: Vec::new(),
            row: Row::default(),
            ordinal: 0,
            last_byte: b'\n',
        };
        while rows.advance()? && rows.is_blank() {}
        if rows.row.is_too_long {
            return Err(ReadError::TooMuch {
                what: "bytes in one row",
                limit: rows.limit as u64,
            });
        }
        let names = rows.row.fields().map(|name| {
            let name = String::from_utf8_lossy(name);
            name.trim_start_matches('\u{feff}').to_owned()
        });
        rows.header = names.collect();
        Ok(rows)
    }

    /// The names of the columns, trimmed.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// How many rows with anything in them there were so far, of whatever length.
    pub(crate) const fn ordinal(&self) -> u64 {
        self.ordinal
    }

    /// The next row that has as many fields as the header; others, and those that are too long, are reported and skipped,
    /// empty ones passed over.
    pub(crate) fn next(&mut self, sink: &mut Sink) -> Result<Option<CsvRow<'_>>, ReadError> {
        loop {
            if !self.advance()? {
                if self.ordinal > 0 && self.last_byte != b'\n' {
                    sink.note("The file does not end with a line end; if it was cut there, its last row is incomplete.");
                }
                return Ok(None);
            }
            if self.is_blank() {
                continue;
            }
            self.ordinal += 1;
            let position = Position::new(self.line(), self.ordinal);
            if self.row.is_too_long {
                let limit = self.limit;
                sink.skip(
                    position,
                    format!(
                        "the row is longer than {limit} bytes; is a quotation mark never closed?"
                    ),
                );
                if self.at_open_end() {
                    sink.cut("the file ends inside a row");
                }
                continue;
            }
            if self.row.fields == self.header.len() {
                return Ok(Some(CsvRow {
                    position,
                    row: &self.row,
                }));
            }
            let (fields, columns) = (self.row.fields, self.header.len());
            sink.skip(
                position,
                format!("the row has {fields} fields where the header has {columns}"),
            );
            if fields < columns && self.at_open_end() {
                sink.cut("the file ends inside a row");
            }
        }
    }

    fn is_blank(&self) -> bool {
        !self.row.is_too_long && self.row.fields().all(<[u8]>::is_empty)
    }

    /// The line on which the row starts: the parser counts from the end of the row before, blank lines included.
    fn line(&self) -> u64 {
        let own = self.row.inner_lines + u64::from(!self.at_open_end());
        self.row.line_before + (self.parser.line() - self.row.line_before).saturating_sub(own)
    }

    /// Whether the file ends right after this row, without a line end.
    const fn at_open_end(&self) -> bool {
        self.last_byte != b'\n'
    }

    /// Reads one row, and of one that is too long only to its end.
    fn advance(&mut self) -> Result<bool, ReadError> {
        let row = &mut self.row;
        row.fields = 0;
        row.line_before = self.parser.line();
        row.inner_lines = 0;
        row.is_too_long = false;
        let (mut written, mut ended) = (0, 0);
        loop {
            let input = self.input.fill_buf()?;
            let (result, taken, more, ends) =
                self.parser
                    .read_record(input, &mut row.bytes[written..], &mut row.ends[ended..]);
            if let Some(last) = input[..taken].last() {
                self.last_byte = *last;
            }
            self.input.consume(taken);
            let new = &row.bytes[written..written + more];
            row.inner_lines += new.iter().filter(|byte| **byte == b'\n').count() as u64;
            written += more;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull
                    if written >= self.limit || ended >= self.limit =>
                {
                    row.is_too_long = true;
                    (written, ended) = (0, 0);
                }
                ReadRecordResult::OutputFull => {
                    let room = (2 * written).max(1024).min(self.limit);
                    row.bytes.resize(room, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    let room = (2 * ended).max(32).min(self.limit);
                    row.ends.resize(room, 0);
                }
                ReadRecordResult::Record => {
                    row.fields = if row.is_too_long { 0 } else { ended };
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CsvRows;
    use crate::{Limits, ReadError, Sink};

    /// Line, ordinal and first field of every row.
    fn rows(text: &str, limits: Limits) -> (Vec<(u64, u64, String)>, Sink, Option<ReadError>) {
        let mut sink = Sink::new(limits);
        let mut input = text.as_bytes();
        let mut found = Vec::new();
        let mut rows = CsvRows::open(&mut input, &mut sink).unwrap();
        loop {
            match rows.next(&mut sink) {
                Ok(Some(row)) => found.push((
                    row.position.line,
                    row.position.record,
                    row.field(0).into_owned(),
                )),
                Ok(None) => return (found, sink, None),
                Err(error) => return (found, sink, Some(error)),
            }
        }
    }

    #[test]
    fn a_row_names_the_line_on_which_it_starts() {
        let unix = "\na,b\n1,\"x\ny\"\n\n\n2,z\n3,\"z\"";
        for text in [unix.to_owned(), unix.replace('\n', "\r\n")] {
            let (found, _, _) = rows(&text, Limits::DEFAULT);
            let expected = [(3, 1, "1"), (7, 2, "2"), (8, 3, "3")];
            assert_eq!(
                found,
                expected.map(|(line, row, text)| (line, row, text.to_owned()))
            );
        }
    }

    #[test]
    fn a_row_of_the_wrong_length_is_skipped_and_the_rest_kept() {
        let (found, sink, _) = rows("a,b\n1,2,3\n4,5\n,\n6", Limits::DEFAULT);
        assert_eq!(found, [(3, 2, "4".to_owned())]);
        let skipped: Vec<u64> = sink.skipped.iter().map(|it| it.position.line).collect();
        assert_eq!(skipped, [2, 5]);
        assert!(format!("{:?}", sink.extent).contains("inside a row"));
    }

    const SHORT: Limits = Limits {
        record_bytes: 1000,
        ..Limits::DEFAULT
    };

    #[test]
    fn a_quote_that_never_closes_costs_what_follows_it() {
        let text = format!("a,b\n1,2\n\"{}", "x\n".repeat(50_000) + "y");
        let (found, sink, error) = rows(&text, SHORT);
        assert_eq!(found, [(2, 1, "1".to_owned())]);
        assert!(error.is_none());
        assert_eq!(sink.skipped[0].position.line, 3);
        assert!(format!("{:?}", sink.extent).contains("inside a row"));
    }

    #[test]
    fn a_row_that_is_too_long_is_skipped_and_the_rest_kept() {
        let long = [
            format!("\"{}\",2", "x\n9,9\n".repeat(5000)),
            format!("1,{}", "x".repeat(100_000)),
            ",".repeat(100_000),
        ];
        for long in long {
            let lines = long.matches('\n').count() as u64;
            let text = format!("a,b\n1,2\n{long}\n3,4\n\n5,6\n");
            let (found, sink, error) = rows(&text, SHORT);
            let expected = [(2, 1, "1"), (4 + lines, 3, "3"), (6 + lines, 4, "5")];
            assert_eq!(
                found,
                expected.map(|(line, row, text)| (line, row, text.to_owned()))
            );
            assert!(error.is_none());
            assert_eq!(sink.skipped.len(), 1);
            assert_eq!(sink.skipped[0].position.line, 3);
        }
    }

    #[test]
    fn a_heading_that_is_too_long_refuses_the_file() {
        let mut sink = Sink::new(SHORT);
        let text = "x".repeat(100_000);
        let opened = CsvRows::open(&mut text.as_bytes(), &mut sink).map(|_| ());
        assert!(matches!(opened, Err(ReadError::TooMuch { .. })));
    }
}
