//! How the commands that tell of machines write what they tell: options that each of them takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wardround_evidence::Audience;
use wardround_report::BYTE_ORDER_MARK;

use super::rows::audience;

/// In which form, where to and for whom.
#[derive(Clone, Debug, Args)]
pub(super) struct ShownArgs {
    /// Words for people, a table for spreadsheets, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,

    /// Begin CSV with a byte-order mark, for spreadsheets that take UTF-8 for something else without one.
    #[arg(long)]
    bom: bool,

    /// Where to write, for its owner only; `-` for standard output, the default.
    #[arg(short, long)]
    pub(super) output: Option<PathBuf>,

    /// For whom: `team` sees every name; `board` organisations only; `share` pseudonyms.
    #[arg(long = "for", alias = "audience", default_value = "team", value_parser = audience)]
    pub(super) audience: Audience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Csv,
    Json,
    /// One object to a line.
    Ndjson,
}

impl ShownArgs {
    /// What a table for spreadsheets begins with.
    pub(super) const fn mark(&self) -> &'static str {
        if self.bom { BYTE_ORDER_MARK } else { "" }
    }
}
