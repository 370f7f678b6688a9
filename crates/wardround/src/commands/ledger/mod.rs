//! `wardround ledger`: what really happened, beside what was forecast.

mod add;
mod page;
mod show;

use std::path::Path;

use clap::{Parser, Subcommand};
use wardround_evidence::visible;
use wardround_outbreak::harm::ServiceRules;
use wardround_outbreak::harm::ledger::{Doubt, Ledger, Repeated};

use super::rows::{first_of, unusable};
use crate::Failure;
use crate::terminal::say_aside;

/// Keep a ledger of what really happened: what has it cost so far, and what will it have cost?
///
/// A ledger is a CSV file with a row for each thing that happened to one organisation on one day:
/// day,organisation,kind,activity,amount,standing,note. The kind is cancelled (units of an activity), spend (pounds), hours
/// (of staff) or sightings (of infected machines); the standing is measured or estimated. What is not entered is missing, and
/// never counted as nothing.
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Args),
    Show(show::Args),
}

pub(super) fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::Add(args) => add::run(args, quiet),
        Command::Show(args) => show::run(args),
    }
}

pub(super) fn parsed(path: &Path, text: &str, rules: &ServiceRules) -> Result<Ledger, Failure> {
    Ledger::parse(text, rules).map_err(|error| unusable(path, error))
}

/// Says what may be a slip in the rows of a ledger.
pub(super) fn tell_doubts(path: &Path, doubts: &[Doubt]) {
    if doubts.is_empty() {
        return;
    }
    let path = path.display().to_string();
    let mut text = format!(
        "what may be a slip in {}, and counts as it stands:",
        visible(&path)
    );
    let lines: Vec<String> = doubts.iter().map(doubt_words).collect();
    for line in first_of(&lines) {
        text.push_str("\n  ");
        text.push_str(&visible(&line));
    }
    say_aside(&text);
}

/// `lines 2 and 3: …`
fn doubt_words(doubt: &Doubt) -> String {
    let lines: Vec<String> = doubt.lines.iter().map(u64::to_string).collect();
    match &lines[..] {
        [] => doubt.what.clone(),
        [line] => format!("line {line}: {}", doubt.what),
        [first @ .., last] => format!("lines {} and {last}: {}", first.join(", "), doubt.what),
    }
}

/// What a row repeats, where the other row stands in the file that is named.
fn repeat_words(one: &Repeated, other: &str) -> String {
    let (line, of_line) = (one.line, one.of_line);
    format!(
        "line {line} repeats line {of_line} of {other}: {}",
        one.words
    )
}
