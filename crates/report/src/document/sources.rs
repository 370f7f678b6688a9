//! The files: understood, not recognised, refused.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Moment, Shown};
use crate::review;

/// A file that was understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SourceLine {
    /// Where it lay; for the team only.
    pub(crate) path: Option<Shown>,
    /// What kind of file it is.
    pub(crate) kind: Shown,
    /// The tool that wrote it; for the team only, since the file says so itself.
    pub(crate) tool: Option<Shown>,
    /// When it was taken.
    pub(crate) taken_at: Option<Moment>,
    /// SHA-256 of its unpacked bytes.
    pub(crate) digest: String,
    /// Machines and rows that it speaks of.
    pub(crate) records: u64,
    /// Records that could not be read.
    pub(crate) skipped: u64,
    /// The first few of them with their places; for the team only.
    pub(crate) skipped_examples: Vec<Shown>,
    /// Whether it holds all that it was asked for.
    pub(crate) whole: bool,
    /// Why it is not whole; for the team only.
    pub(crate) cut: Option<Shown>,
    /// Who it may speak for; none means everyone.
    pub(crate) speaks_for: Option<Vec<Shown>>,
    /// What else its reader says; for the team only.
    pub(crate) notes: Vec<Shown>,
}

/// A file that nobody recognised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Unrecognised {
    /// Where it lay; for the team only.
    pub(crate) path: Option<Shown>,
    /// SHA-256 of its bytes.
    pub(crate) digest: String,
    /// Its size in bytes.
    pub(crate) bytes: u64,
}

/// A file of which nothing could be used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Refusal {
    /// Where it lay; for the team only.
    pub(crate) path: Option<Shown>,
    /// What is wrong with it; for the team only.
    pub(crate) reason: Option<Shown>,
}

impl SourceLine {
    pub(crate) fn new(line: &review::SourceLine, door: &Door<'_>) -> Self {
        Self {
            path: door.path(&line.path),
            kind: door.text(&line.title),
            tool: line.tool.as_deref().and_then(|tool| door.file_text(tool)),
            taken_at: line.taken_at.map(Moment),
            digest: line.digest.to_string(),
            records: line.records,
            skipped: line.skipped,
            skipped_examples: door.file_texts(&line.skipped_examples),
            whole: line.cut.is_none(),
            cut: line.cut.as_deref().and_then(|why| door.file_text(why)),
            speaks_for: (line.speaks_for.as_deref())
                .map(|names| door.each(names, |name, door| door.organisation(name))),
            notes: door.file_texts(&line.notes),
        }
    }
}

impl Unrecognised {
    pub(crate) fn new(line: &review::UnrecognisedLine, door: &Door<'_>) -> Self {
        Self {
            path: door.path(&line.path),
            digest: line.digest.to_string(),
            bytes: line.bytes,
        }
    }
}

impl Refusal {
    pub(crate) fn new(refusal: &review::Refusal, door: &Door<'_>) -> Self {
        Self {
            path: door.path(&refusal.path),
            reason: door.file_text(&refusal.reason),
        }
    }
}
