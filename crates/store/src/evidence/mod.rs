//! Readings of evidence as segments, and back. Words are kept as they are; nothing is judged.

mod declarations;
mod decode;
mod encode;
mod facts;
mod fields;
mod identifiers;
mod notes;
mod words;

pub(crate) use decode::Decoder;
pub(crate) use encode::{columns, head_tables, statement_tables};
pub use notes::SegmentNotes;

/// What a segment of evidence says that it is.
pub(crate) const KIND: &str = "wardround-evidence/1";
