//! What holds of the whole crate, through its public door.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod already_kept;
mod corpus;
mod encodings;
mod hostile;
mod packed;
mod properties;

use std::io::Cursor;

use wardround_sources::{Limits, Outcome, read};

/// Reads bytes as a file of its own.
fn read_bytes(bytes: impl AsRef<[u8]>, limits: Limits) -> Outcome {
    read("file", &mut Cursor::new(bytes), limits)
}

/// The reasons for which anything was refused.
fn reasons(outcome: &Outcome) -> Vec<&str> {
    let refused = outcome.refused.iter();
    refused.map(|refused| refused.reason.as_str()).collect()
}
