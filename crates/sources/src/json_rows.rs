//! JSON objects, one at a time, of bounded size: in an array, in an envelope's array, or one after another.
//!
//! Memory is one object, at most [`Limits::record_bytes`](crate::Limits::record_bytes), whatever the size of the file.

use std::io::BufRead;

use serde_json::{Map, Value};
use wardround_evidence::Position;

use crate::{Limits, ReadError, Sink, Utf8};

/// One object, as a row.
pub(crate) type JsonRow = Map<String, Value>;

/// What to do with a row.
pub(crate) type Take<'t> = dyn FnMut(Position, &JsonRow, &mut Sink) -> Result<(), ReadError> + 't;

/// What an input held.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// How many rows, readable or not.
    pub(crate) rows: u64,
    /// What stood in the envelope beside the rows.
    pub(crate) envelope: JsonRow,
}

/// Hands each row of `input` to `take`, in order. An envelope is an object that holds an array under one of `row_keys`;
/// an object outside any array that holds none is a row itself, as in JSON lines.
pub(crate) fn each_row(
    input: &mut dyn BufRead,
    row_keys: &[&str],
    sink: &mut Sink,
    take: &mut Take<'_>,
) -> Result<Read, ReadError> {
    let mut walk = Walk {
        bytes: Bytes {
            input: Utf8::new(input)?,
            line: 1,
        },
        limits: sink.limits(),
        row_keys,
        sink,
        take,
        read: Read::default(),
    };
    loop {
        match walk.bytes.next_visible()? {
            None => return Ok(walk.read),
            Some(b'[') => walk.array()?,
            Some(b'{') => walk.object()?,
            Some(_) => {
                return Err(walk
                    .bytes
                    .malformed("there is neither an object nor an array"));
            }
        }
    }
}

struct Walk<'w, 'i> {
    bytes: Bytes<'i>,
    limits: Limits,
    row_keys: &'w [&'w str],
    sink: &'w mut Sink,
    take: &'w mut Take<'w>,
    read: Read,
}

impl Walk<'_, '_> {
    /// An array of rows, from its bracket.
    fn array(&mut self) -> Result<(), ReadError> {
        self.bytes.skip_one();
        if self.bytes.next_visible()? == Some(b']') {
            self.bytes.skip_one();
            return Ok(());
        }
        loop {
            self.bytes.next_visible()?;
            let line = self.bytes.line;
            let raw = self.bytes.value(&self.limits, self.limits.record_bytes)?;
            let row = serde_json::from_slice::<Value>(&raw).ok();
            self.row(line, row)?;
            match self.bytes.next_visible()? {
                Some(b',') => self.bytes.skip_one(),
                Some(b']') => {
                    self.bytes.skip_one();
                    return Ok(());
                }
                Some(_) => return Err(self.bytes.malformed("a comma or bracket is missing")),
                None => return Err(self.bytes.malformed("the file ends inside its list")),
            }
        }
    }

    /// An envelope or a row, from its brace.
    fn object(&mut self) -> Result<(), ReadError> {
        let line = self.bytes.line;
        self.bytes.skip_one();
        let mut left = self.limits.record_bytes;
        let mut members = Some(JsonRow::new());
        let mut is_envelope = false;
        if self.bytes.next_visible()? == Some(b'}') {
            self.bytes.skip_one();
            return self.row(line, Some(Value::Object(JsonRow::new())));
        }
        loop {
            let key = self.key(&mut left)?;
            if self.bytes.next_visible()? == Some(b'[') && self.names_rows(&key) {
                is_envelope = true;
                self.array()?;
            } else {
                let raw = self.bytes.value(&self.limits, left)?;
                left -= raw.len();
                match (serde_json::from_slice(&raw), &mut members) {
                    (Ok(value), Some(members)) => drop(members.insert(key, value)),
                    _ => members = None,
                }
            }
            match self.bytes.next_visible()? {
                Some(b',') => self.bytes.skip_one(),
                Some(b'}') => break self.bytes.skip_one(),
                Some(_) => return Err(self.bytes.malformed("a comma or brace is missing")),
                None => return Err(self.bytes.malformed("the file ends inside an object")),
            }
        }
        if is_envelope {
            self.read.envelope.extend(members.unwrap_or_default());
            return Ok(());
        }
        self.row(line, members.map(Value::Object))
    }

    /// A member's name and its colon.
    fn key(&mut self, left: &mut usize) -> Result<String, ReadError> {
        if self.bytes.next_visible()? != Some(b'"') {
            return Err(self.bytes.malformed("the name of a member is missing"));
        }
        let raw = self.bytes.value(&self.limits, *left)?;
        *left -= raw.len();
        let colon = self.bytes.next_visible()? == Some(b':');
        match serde_json::from_slice(&raw) {
            Ok(key) if colon => {
                self.bytes.skip_one();
                Ok(key)
            }
            _ => Err(self.bytes.malformed("the name of a member cannot be read")),
        }
    }

    fn names_rows(&self, key: &str) -> bool {
        self.row_keys
            .iter()
            .any(|known| known.eq_ignore_ascii_case(key))
    }

    fn row(&mut self, line: u64, value: Option<Value>) -> Result<(), ReadError> {
        self.read.rows += 1;
        let position = Position::new(line, self.read.rows);
        match value {
            Some(Value::Object(row)) => return (self.take)(position, &row, self.sink),
            Some(_) => self.sink.skip(position, "it is not an object"),
            None => self.sink.skip(position, "it is not valid JSON"),
        }
        Ok(())
    }
}

/// The bytes of an input, with the line that they stand on.
struct Bytes<'i> {
    input: Utf8<'i>,
    line: u64,
}

impl Bytes<'_> {
    /// The next byte that is not white space; it stays where it is.
    fn next_visible(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let blank = buffer
                .iter()
                .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
            let passed = &buffer[..blank.unwrap_or(buffer.len())];
            self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            let found = blank.map(|at| buffer[at]);
            let passed = passed.len();
            self.input.consume(passed);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    fn skip_one(&mut self) {
        self.input.consume(1);
    }

    /// The bytes of one value, of at most `room` bytes.
    fn value(&mut self, limits: &Limits, room: usize) -> Result<Vec<u8>, ReadError> {
        let mut taken = Vec::new();
        let mut scan = Scan::default();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Err(self.malformed("the file ends inside a record"));
            }
            let mut length = 0;
            let mut done = false;
            for byte in buffer {
                match scan.step(*byte) {
                    Step::Inside => length += 1,
                    Step::Last => {
                        length += 1;
                        done = true;
                    }
                    Step::After => done = true,
                }
                if done || scan.depth > limits.depth {
                    break;
                }
            }
            self.line += buffer[..length]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count() as u64;
            if taken.len() + length > room {
                return Err(ReadError::TooMuch {
                    what: "bytes in one record",
                    limit: limits.record_bytes as u64,
                });
            }
            taken.extend_from_slice(&buffer[..length]);
            self.input.consume(length);
            if scan.depth > limits.depth {
                return Err(ReadError::TooMuch {
                    what: "levels of nesting",
                    limit: limits.depth as u64,
                });
            }
            if done {
                return Ok(taken);
            }
        }
    }

    fn malformed(&self, what: &str) -> ReadError {
        ReadError::malformed(what, self.line)
    }
}

/// Where in a value the bytes are.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
    in_scalar: bool,
}

enum Step {
    Inside,
    Last,
    After,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Step {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.in_text = false;
                    return self.at_end();
                }
                _ => {}
            }
            return Step::Inside;
        }
        let ends_scalar = matches!(
            byte,
            b',' | b']' | b'}' | b':' | b' ' | b'\t' | b'\r' | b'\n'
        );
        if self.depth == 0 && self.in_scalar && ends_scalar {
            return Step::After;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                return self.at_end();
            }
            // A bracket without its beginning ends what is no value; it is reported as such.
            b'}' | b']' | b',' | b':' if self.depth == 0 => return Step::After,
            _ if self.depth == 0 => self.in_scalar = true,
            _ => {}
        }
        Step::Inside
    }

    const fn at_end(&self) -> Step {
        if self.depth == 0 {
            Step::Last
        } else {
            Step::Inside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::each_row;
    use crate::{Limits, ReadError, Sink};

    /// Line, ordinal and member `a` of a row.
    type Found = (u64, u64, String);

    fn rows(text: &str) -> (Vec<Found>, Sink, Result<super::Read, ReadError>) {
        let limits = Limits {
            record_bytes: 200,
            depth: 8,
            ..Limits::DEFAULT
        };
        let mut sink = Sink::new(limits);
        let mut found = Vec::new();
        let mut input = text.as_bytes();
        let read = each_row(
            &mut input,
            &["Results"],
            &mut sink,
            &mut |position, row, _| {
                found.push((position.line, position.record, row["a"].to_string()));
                Ok(())
            },
        );
        (found, sink, read)
    }

    #[test]
    fn every_shape_gives_the_same_rows() {
        let expected = [(2, 1, "1".to_owned()), (3, 2, "\"}]\\\"\"".to_owned())];
        for text in [
            "[\n{\"a\":1},\n {\"a\":\"}]\\\"\",\"b\":[{}]}]",
            "\n{\"a\":1}\n{\"a\":\"}]\\\"\"}\n",
            "{\"Schema\":[{}],\"results\":[\n{\"a\":1},\n{\"a\":\"}]\\\"\"}],\"next\":null}",
        ] {
            let (found, _, read) = rows(text);
            assert_eq!(found, expected, "{text}");
            assert_eq!(read.unwrap().rows, 2);
        }
    }

    #[test]
    fn a_bad_row_costs_itself_only() {
        let (found, sink, read) = rows("[{\"a\":1},{a:2},[3],4,{\"a\":5}]");
        assert_eq!(found.len(), 2);
        assert_eq!(sink.skipped.len(), 3);
        assert!(read.is_ok());
    }

    #[test]
    fn what_is_cut_deep_or_long_ends_with_an_error() {
        let deep = format!("[{{\"a\":1}},{}", "[".repeat(100));
        let long = format!("[{{\"a\":1}},{{\"a\":\"{}\"}}]", "x".repeat(1000));
        for text in [
            "[{\"a\":1},{\"a\"",
            "[{\"a\":1}",
            "[{\"a\":1},,]x",
            &deep,
            &long,
        ] {
            let (found, _, read) = rows(text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(read.is_err(), "{text}");
        }
    }
}
