//! `wardround store status`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Parser;
use serde_json::{Value, json};
use wardround_evidence::{Disclosure, visible};
use wardround_store::{Access, Contents};

use super::{Format, line, open, short};
use crate::Failure;
use crate::gather::unusable;

/// Say what a store holds.
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The store.
    store: PathBuf,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<String, Failure> {
    let store = open(&args.store, Access::Read)?;
    let contents = store.list(None).map_err(unusable)?;
    Ok(match args.format {
        Format::Text => words(&contents),
        Format::Json => format!("{:#}\n", data(&contents)),
    })
}

fn words(contents: &Contents) -> String {
    let segments = &contents.segments;
    let statements: u64 = segments.iter().map(|it| it.notes.statements).sum();
    let bytes: u64 = segments.iter().map(|it| it.file_bytes).sum();
    let read_bytes: u64 = segments.iter().map(|it| it.notes.source.bytes).sum();
    let mut text = format!(
        "{} sources with {statements} statements of machines, {} on disk for {} that were read.\n",
        segments.len(),
        size(bytes),
        size(read_bytes)
    );
    let spans = || segments.iter().filter_map(|it| it.notes.span);
    if let (Some(oldest), Some(newest)) =
        (spans().map(|it| it.0).min(), spans().map(|it| it.1).max())
    {
        let _ = writeln!(text, "They speak of {oldest} to {newest}.");
    }
    for listed in segments {
        let _ = writeln!(text, "{}", line(listed));
    }
    for tombstone in &contents.tombstones {
        let _ = writeln!(
            text,
            "forgotten {}  {}: {}",
            tombstone.forgotten_at.strftime("%Y-%m-%d"),
            short(&tombstone.digest.to_string()),
            visible(&tombstone.reason)
        );
    }
    for error in &contents.flawed {
        let _ = writeln!(text, "CANNOT BE USED: {}", visible(&error.to_string()));
    }
    text
}

fn size(bytes: u64) -> String {
    // Only for people: three digits are enough.
    let megabytes = bytes as f64 / 1e6;
    if megabytes < 10.0 {
        format!("{megabytes:.1} MB")
    } else {
        format!("{megabytes:.0} MB")
    }
}

fn data(contents: &Contents) -> Value {
    let sources: Vec<Value> = contents
        .segments
        .iter()
        .map(|listed| {
            let notes = &listed.notes;
            json!({
                "path": notes.source.path.show(&Disclosure::team()),
                "digest": notes.source.digest.to_string(),
                "reader": notes.source.reader,
                "edition": notes.edition,
                "read_at": notes.read_at.to_string(),
                "current": listed.current,
                "statements": notes.statements,
                "oldest": notes.span.map(|(oldest, _)| oldest.to_string()),
                "newest": notes.span.map(|(_, newest)| newest.to_string()),
                "source_bytes": notes.source.bytes,
                "segment_bytes": listed.file_bytes,
                "segment": listed.path().file_name().map(|name| name.to_string_lossy().into_owned()),
            })
        })
        .collect();
    let tombstones: Vec<Value> = contents
        .tombstones
        .iter()
        .map(|tombstone| {
            json!({
                "digest": tombstone.digest.to_string(),
                "forgotten_at": tombstone.forgotten_at.to_string(),
                "reason": tombstone.reason,
            })
        })
        .collect();
    let flawed: Vec<String> = contents.flawed.iter().map(ToString::to_string).collect();
    json!({
        "schema": "wardround-store-status/1",
        "sources": sources,
        "tombstones": tombstones,
        "unusable": flawed,
    })
}
