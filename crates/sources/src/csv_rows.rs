//! Comma-separated rows with a header, one at a time, of bounded size.
//!
//! Fields are plain text: formulas, markup and escapes mean nothing here.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::ByteRecord;
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
    reader: csv::Reader<Metered<'a>>,
    meter: Rc<Meter>,
    limit: u64,
    header: Vec<String>,
    row: ByteRecord,
    ordinal: u64,
}

/// One row; as many fields as the header.
pub(crate) struct CsvRow<'r> {
    /// Its line and its number among the data rows.
    pub(crate) position: Position,
    fields: &'r ByteRecord,
}

impl CsvRow<'_> {
    /// The trimmed text of a field; what is not UTF-8 is replaced.
    pub(crate) fn field(&self, column: usize) -> Cow<'_, str> {
        String::from_utf8_lossy(self.fields.get(column).unwrap_or_default().trim_ascii())
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
        let limit = sink.limits().record_bytes as u64;
        let meter = Rc::new(Meter::default());
        let metered = Metered {
            inner: input,
            meter: Rc::clone(&meter),
        };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator)
            .flexible(true)
            // A carriage return before it is white space, which is trimmed.
            .terminator(csv::Terminator::Any(b'\n'))
            .buffer_capacity(READ_AHEAD_BYTES)
            .from_reader(metered);
        let mut rows = Self {
            reader,
            meter,
            limit,
            header: Vec::new(),
            row: ByteRecord::new(),
            ordinal: 0,
        };
        while rows.advance()? && rows.is_blank() {}
        let names = rows.row.iter().map(|name| {
            let name = String::from_utf8_lossy(name.trim_ascii());
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

    /// The next row that has as many fields as the header; others are reported and skipped, empty ones passed over.
    pub(crate) fn next(&mut self, sink: &mut Sink) -> Result<Option<CsvRow<'_>>, ReadError> {
        loop {
            if !self.advance()? {
                if self.ordinal > 0 && self.meter.last_byte.get() != b'\n' {
                    sink.note("The file does not end with a line end; if it was cut there, its last row is incomplete.");
                }
                return Ok(None);
            }
            if self.is_blank() {
                continue;
            }
            self.ordinal += 1;
            let position = Position::new(self.line(), self.ordinal);
            if self.row.len() == self.header.len() {
                return Ok(Some(CsvRow {
                    position,
                    fields: &self.row,
                }));
            }
            let (fields, columns) = (self.row.len(), self.header.len());
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
        self.row.iter().all(|field| field.trim_ascii().is_empty())
    }

    /// The line on which the row starts: the parser counts from the end of the row before, blank lines included.
    fn line(&self) -> u64 {
        let before = self.row.position().map_or(0, csv::Position::line);
        let after = self.reader.position().line();
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n');
        let own = inside.count() as u64 + u64::from(!self.at_open_end());
        before + (after - before).saturating_sub(own)
    }

    /// Whether the file ends right after this row, without a line end.
    fn at_open_end(&self) -> bool {
        self.reader.position().byte() == self.meter.passed.get()
            && self.meter.last_byte.get() != b'\n'
    }

    fn advance(&mut self) -> Result<bool, ReadError> {
        self.meter.left.set(self.limit + READ_AHEAD_BYTES as u64);
        match self.reader.read_byte_record(&mut self.row) {
            Ok(more) => Ok(more),
            Err(_) if self.meter.left.get() == 0 => Err(ReadError::TooMuch {
                what: "bytes in one row",
                limit: self.limit,
            }),
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) => Err(error.into()),
                _ => Err(ReadError::malformed("a row cannot be read", 0)),
            },
        }
    }
}

/// What the rows and the bytes under them share.
#[derive(Default)]
struct Meter {
    left: Cell<u64>,
    passed: Cell<u64>,
    last_byte: Cell<u8>,
}

/// Stops where one row has taken more bytes than it may.
struct Metered<'a> {
    inner: Utf8<'a>,
    meter: Rc<Meter>,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.meter.left.get();
        if left == 0 {
            return Err(io::Error::other("a row is too long"));
        }
        let room = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let amount = self.inner.read(&mut into[..room])?;
        self.meter.left.set(left - amount as u64);
        self.meter
            .passed
            .set(self.meter.passed.get() + amount as u64);
        if let Some(last) = into[..amount].last() {
            self.meter.last_byte.set(*last);
        }
        Ok(amount)
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

    #[test]
    fn a_quote_that_never_closes_is_bounded() {
        let limits = Limits {
            record_bytes: 1000,
            ..Limits::DEFAULT
        };
        let text = format!("a,b\n1,2\n\"{}", "x".repeat(100_000));
        let (found, _, error) = rows(&text, limits);
        assert_eq!(found.len(), 1);
        assert!(matches!(error, Some(ReadError::TooMuch { .. })));
    }
}
