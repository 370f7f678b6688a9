//! Decoded text, line by line, of bounded length.

use std::io::{self, BufRead, Read};

use super::kb_numbers::KbNumbers;
use crate::{Encoding, ReadError, Sink, Utf8};

/// A file's text in UTF-8, with its update numbers counted as they pass.
pub(crate) struct PlainText<'a> {
    inner: KbNumbers<Utf8<'a>>,
    limit: u64,
    number: u64,
    line: Vec<u8>,
}

impl<'a> PlainText<'a> {
    /// Finds the encoding.
    pub(crate) fn open(input: &'a mut dyn BufRead, sink: &Sink) -> Result<Self, ReadError> {
        Ok(Self {
            inner: KbNumbers::new(Utf8::new(input)?),
            limit: sink.limits().record_bytes as u64,
            number: 0,
            line: Vec::new(),
        })
    }

    /// Whether letters outside ASCII can be trusted, as far as has been read.
    pub(crate) fn knows_its_letters(&self) -> bool {
        self.inner.get_ref().encoding() != Encoding::CodePage
    }

    /// The number of the last line.
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// Whether what was read last stops without a line end or closing quote: it may be cut.
    pub(crate) fn stops_open(&self) -> bool {
        !matches!(self.inner.last_byte(), None | Some(b'\n' | b'\r' | b'"'))
    }

    /// The next line without its end; what is not UTF-8 is replaced.
    pub(crate) fn next_line(&mut self) -> Result<Option<String>, ReadError> {
        self.line.clear();
        let mut bounded = (&mut self.inner).take(self.limit + 1);
        if bounded.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.len() as u64 > self.limit {
            return Err(ReadError::TooMuch {
                what: "bytes in one line",
                limit: self.limit,
            });
        }
        self.number += 1;
        let text = String::from_utf8_lossy(&self.line);
        Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    /// As much of what comes next as lies ready, which may be little.
    pub(crate) fn peek(&mut self) -> Result<String, ReadError> {
        Ok(String::from_utf8_lossy(self.inner.fill_buf()?).into_owned())
    }

    /// Passes over the first line where it begins with `mark`.
    pub(crate) fn pass_line_marked(&mut self, mark: u8) -> Result<(), ReadError> {
        if self.inner.fill_buf()?.first() == Some(&mark) {
            self.next_line()?;
        }
        Ok(())
    }

    /// Says at the end how the file was written, and offers how many distinct update numbers it holds.
    pub(crate) fn finish(mut self, sink: &mut Sink) {
        sink.count("distinct_kb_ids", self.inner.distinct());
        match self.inner.get_ref().encoding() {
            Encoding::Ascii | Encoding::Utf8 => {}
            Encoding::CodePage => sink.note(
                "The file is written in a code page that it does not name; letters outside ASCII may be wrong.",
            ),
            marked => sink.note(format!("The file is written in {}.", marked.words())),
        }
    }
}

impl Read for PlainText<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl BufRead for PlainText<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}
