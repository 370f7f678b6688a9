//! `wardround store`: what is kept, whether it is whole, and forgetting.

mod add;
mod forget;
mod status;
mod verify;

use std::path::Path;

use clap::{Parser, Subcommand, ValueEnum};
use wardround_evidence::{Disclosure, visible};
use wardround_store::{Access, EvidenceStore, Listed};

use crate::Failure;
use crate::gather::unusable;

/// Keep evidence with its history, look after it, and forget what must not be kept.
///
/// A store is a folder with one Parquet file for each source that was read into it; any engine that reads Parquet can ask it
/// (see docs/store.md). `report`, `why`, `outbreak`, `hosts`, `doctor` and `diff` read a store with `--store`.
///
/// Example: wardround store add estate.store examples/northmere
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Args),
    Status(status::Args),
    Verify(verify::Args),
    Forget(forget::Args),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, bars: bool) -> Result<String, Failure> {
    match &args.command {
        Command::Add(args) => add::run(args, bars),
        Command::Status(args) => status::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Forget(args) => forget::run(args),
    }
}

fn open(folder: &Path, access: Access) -> Result<EvidenceStore, Failure> {
    EvidenceStore::open(folder, access).map_err(unusable)
}

fn line(listed: &Listed) -> String {
    let notes = &listed.notes;
    let older = if listed.current {
        ""
    } else {
        "  (replaced by a later one)"
    };
    format!(
        "read {}  {}  {}, {} statements: {}{older}",
        notes.read_at.strftime("%Y-%m-%d"),
        short(&notes.source.digest.to_string()),
        visible(&notes.source.title),
        notes.statements,
        notes.source.path.show(&Disclosure::team()),
    )
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

/// A failure with each line of a text.
fn with_lines(failure: Failure, text: &str) -> Failure {
    text.lines().fold(failure, Failure::detail)
}
