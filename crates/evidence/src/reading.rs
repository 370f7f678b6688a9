//! What came out of one source.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{Declaration, Position, Source, Statement};

/// A record that could not be read; the rest of its file was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Where in the source.
    pub position: Position,
    /// What was wrong, in words that quote no content.
    pub reason: String,
}

/// All that one source says, and what of it could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The source.
    pub source: Source,
    /// What it says of hosts.
    pub statements: Vec<Statement>,
    /// What it says of the estate's shape, with the place of each.
    pub declarations: Vec<(Position, Declaration)>,
    /// Records that could not be read.
    pub skipped: Vec<Skipped>,
    /// How many more records were skipped after the list was full.
    pub skipped_unlisted: u64,
    /// Sentences on how far this source can be trusted: columns ignored, encodings guessed.
    pub notes: Vec<String>,
    /// Counts that the format itself offers, by name, e.g. `host_elements`.
    pub counts: BTreeMap<Cow<'static, str>, u64>,
}
