//! Where an observation came from.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::{Digest, SourcePath};

/// A place inside a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line where it starts, from 1; 0 where lines mean nothing.
    pub line: u64,
    /// The number of the record, from 1: the nth host, row or object; 0 for the file as a whole.
    pub record: u64,
}

impl Position {
    /// The file as a whole.
    pub const WHOLE: Self = Self { line: 0, record: 0 };

    /// A record that starts on a line.
    #[must_use]
    pub const fn new(line: u64, record: u64) -> Self {
        Self { line, record }
    }

    /// The position in words: `line 12`, `record 3`, `the whole file`.
    #[must_use]
    pub fn words(self) -> String {
        match (self.line, self.record) {
            (0, 0) => "the whole file".to_owned(),
            (0, record) => format!("record {record}"),
            (line, _) => format!("line {line}"),
        }
    }
}

/// Whether a source holds all that it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceExtent {
    /// It ends as a finished export of its kind ends.
    Whole,
    /// It was cut short, and by what.
    Cut(String),
}

/// One file that speaks of machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lay, below the folder that was read; a member of an archive is `archive.zip/member`.
    pub path: SourcePath,
    /// SHA-256 of its unpacked bytes.
    pub digest: Digest,
    /// The reader that read it, e.g. `nmap_xml`.
    pub reader: Cow<'static, str>,
    /// What it is, in words: `nmap scan`.
    pub title: Cow<'static, str>,
    /// Whose count of machines it belongs to, in words: all Microsoft Defender exports share one.
    pub family: Cow<'static, str>,
    /// The tool and version that wrote it, where it says so.
    pub tool: Option<String>,
    /// How many unpacked bytes it has.
    pub bytes: u64,
    /// When it was taken, where it says so or the description does.
    pub taken_at: Option<Timestamp>,
    /// Whether it is whole.
    pub extent: SourceExtent,
}
