//! The part of a file that is being looked at, as text.

use std::cell::Cell;
use std::io::{self, BufRead, ErrorKind};

use memchr::memchr_iter;

use crate::ReadError;
use crate::text::Decoded;

/// Some text of a file; what has been read makes room for what comes.
pub(super) struct Window<'a> {
    input: Decoded<'a>,
    text: String,
    /// How much text is held at least while there is more; what one event needs comes on top.
    at_once: usize,
    ended: bool,
    failed: Option<io::Error>,
    lines: Lines,
    /// The most bytes that one event may have.
    longest: usize,
}

impl<'a> Window<'a> {
    /// Stands before the beginning of `input`, in whatever encoding it is.
    pub(super) fn new(
        input: &'a mut dyn BufRead,
        longest: usize,
        at_once: usize,
    ) -> Result<Self, ReadError> {
        Ok(Self {
            input: Decoded::new(input)?,
            text: String::new(),
            at_once,
            ended: false,
            failed: None,
            lines: Lines::default(),
            longest,
        })
    }

    /// What is at hand.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file has nothing beyond [`Self::text`].
    pub(super) const fn ended(&self) -> bool {
        self.ended
    }

    /// The place so many bytes behind the beginning of the text.
    pub(super) fn place(&self, offset: usize) -> Place<'_> {
        Place {
            text: &self.text,
            offset,
            lines: &self.lines,
        }
    }

    /// Lets go of so many bytes and reads on.
    ///
    /// What stays at least doubles each time, so looking at it again from its beginning costs no more than reading it.
    pub(super) fn advance(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.lines.forget(&self.text, bytes);
        self.text.drain(..bytes);
        let before = self.text.len();
        if before > self.longest {
            return Err(self.too_long());
        }
        if let Some(error) = self.failed.take() {
            return Err(error.into());
        }
        let enough = self.at_once.max(2 * before);
        while !self.ended && self.text.len() < enough {
            match self.input.add_to(&mut self.text) {
                Ok(more) => self.ended = !more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if self.text.len() == before => return Err(error.into()),
                Err(error) => {
                    // What came before it is looked at first.
                    self.failed = Some(error);
                    break;
                }
            }
        }
        Ok(())
    }

    /// That one event has more bytes than it may.
    pub(super) const fn too_long(&self) -> ReadError {
        ReadError::TooMuch {
            what: "one element or text has too many bytes",
            limit: self.longest as u64,
        }
    }

    /// The most bytes that one event may have.
    pub(super) const fn longest(&self) -> usize {
        self.longest
    }
}

/// A place in the text, whose line is counted when somebody asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'w> {
    text: &'w str,
    offset: usize,
    lines: &'w Lines,
}

impl Place<'_> {
    /// Its line, from 1.
    pub(super) fn line(self) -> u64 {
        self.lines.at(self.text, self.offset)
    }
}

/// Counts lines no further than somebody wants to know, and each once.
#[derive(Debug, Default)]
struct Lines {
    /// The last place that was asked for, and the line ends before it.
    counted: Cell<(usize, u64)>,
}

impl Lines {
    fn at(&self, text: &str, offset: usize) -> u64 {
        let (from, ends) = self.counted.get();
        // Only what was asked for out of order is behind.
        let between = |from: usize, to: usize| {
            let bytes = text.as_bytes().get(from..to).unwrap_or_default();
            memchr_iter(b'\n', bytes).count() as u64
        };
        let ends = (ends + between(from, offset)).saturating_sub(between(offset, from));
        self.counted.set((offset, ends));
        ends + 1
    }

    /// What stands before `offset` goes away.
    fn forget(&self, text: &str, offset: usize) {
        let line = self.at(text, offset);
        self.counted.set((0, line - 1));
    }
}
