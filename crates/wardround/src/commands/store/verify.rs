//! `wardround store verify`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Parser;
use serde_json::{Value, json};
use wardround_store::{Access, Verified};

use super::{Format, open, with_lines};
use crate::gather::unusable;
use crate::terminal::say;
use crate::{ExitCode, Failure};

/// Read every file of a store to its end and name each that is not what was put there.
///
/// Ends with 3 if there is one.
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
    let verified = store.verify().map_err(unusable)?;
    let text = match args.format {
        Format::Text => words(&verified),
        Format::Json => format!("{:#}\n", data(&verified)),
    };
    if verified.flawed.is_empty() {
        return Ok(text);
    }
    let count = verified.flawed.len();
    let words = format!("{count} files of the store are not what was put there");
    let mut failure = Failure::new(ExitCode::InputUnreadable, words);
    if args.format == Format::Json {
        return say(&text).and(Err(failure));
    }
    failure = with_lines(failure, &text);
    for flawed in &verified.flawed {
        failure = failure.detail(format!("`{}`: {}", flawed.path.display(), flawed.reason));
    }
    Err(failure.hint("read the sources again: `store add` mends a damaged segment; every other segment is still good"))
}

fn words(verified: &Verified) -> String {
    let mut text = format!("{} segments are whole and unchanged.\n", verified.sound);
    if verified.unfinished > 0 {
        let _ = writeln!(
            text,
            "{} files are not finished: a process is writing them, or was stopped; they hold nothing that was ever kept.",
            verified.unfinished
        );
    }
    text
}

fn data(verified: &Verified) -> Value {
    let flawed = verified.flawed.iter();
    let flawed =
        flawed.map(|it| json!({ "file": it.path.display().to_string(), "reason": it.reason }));
    json!({
        "schema": "wardround-store-verify/1",
        "sound": verified.sound,
        "unfinished": verified.unfinished,
        "flawed": flawed.collect::<Vec<_>>(),
    })
}
