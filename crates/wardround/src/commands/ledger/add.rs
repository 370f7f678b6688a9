//! `wardround ledger add`.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use wardround_evidence::visible;
use wardround_outbreak::harm::ServiceRules;
use wardround_outbreak::harm::ledger::{Ledger, Repeated};

use super::super::rows::{first_of, tell, tell_left_out, text_of};
use super::{parsed, repeat_words, tell_doubts};
use crate::terminal::say_aside;
use crate::{ExitCode, Failure, write_privately};

/// Add the rows of a file to a ledger, which is made if there is none.
///
/// A row that cannot be read is named with its line and column and left out. A row that is in the ledger already is named and
/// not added again. What may be a slip is added and told: rows that add up in one place, names that are nearly alike,
/// activities that are not known, days far from all others. The ledger is replaced as a whole, or not at all.
///
/// Example: wardround ledger add monday.csv --ledger ledger.csv
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The rows to add.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,

    /// The ledger to add them to.
    #[arg(long, value_name = "LEDGER.csv")]
    ledger: PathBuf,
}

pub(super) fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let rules = ServiceRules::built_in();
    let more = parsed(&args.file, &text_of(&args.file)?, &rules)?;
    // Held until the ledger is in its place, so that of two people who add at once neither loses rows.
    let _turn = turn(&args.ledger);
    let text = if args.ledger.exists() {
        text_of(&args.ledger)?
    } else {
        format!("{}\n", Ledger::new_header())
    };
    let there = parsed(&args.ledger, &text, &rules)?;
    tell_left_out(&args.ledger, &there.faults);
    let (rows, repeated) = there.compare(&more);
    let repeats: Vec<String> = repeated
        .iter()
        .map(|one| words(one, &args.ledger))
        .collect();
    if rows.is_empty() {
        let mut failure = Failure::new(
            ExitCode::InputUnreadable,
            format!("`{}` has no row to add", args.file.display()),
        );
        let faults: Vec<String> = more.faults.iter().map(ToString::to_string).collect();
        for line in first_of(&faults).into_iter().chain(first_of(&repeats)) {
            failure = failure.detail(line);
        }
        return Err(hinted(failure, &repeated));
    }
    let whole = there.with(&text, &rows);
    let again = parsed(&args.ledger, &whole, &rules)?;
    if again.rows.len() != there.rows.len() + rows.len() {
        return Err(Failure::new(
            ExitCode::Internal,
            "the rows would not read back as they are; nothing was written",
        ));
    }
    write_privately(&args.ledger, whole.as_bytes())?;
    tell_left_out(&args.file, &more.faults);
    tell(&args.file, "not added again, of", &repeats);
    if !quiet {
        let first_new = again.rows.get(there.rows.len());
        let from_line = first_new.map_or(0, |placed| placed.line);
        tell_doubts(&args.ledger, &again.doubts(&rules, from_line));
        let path = args.ledger.display().to_string();
        let rows = rows.len();
        let words = if rows == 1 { "row" } else { "rows" };
        say_aside(&format!("{rows} {words} added to {}", visible(&path)));
    }
    Ok(())
}

fn words(one: &Repeated, ledger: &Path) -> String {
    if one.within {
        repeat_words(one, "the same file")
    } else {
        repeat_words(one, &ledger.display().to_string())
    }
}

fn hinted(failure: Failure, repeated: &[Repeated]) -> Failure {
    if repeated.is_empty() {
        return failure;
    }
    failure.hint("two things that are alike in everything are told apart by their notes")
}

/// One's turn to change a ledger. Where folders cannot be locked there is none, and the last to write is believed.
fn turn(ledger: &Path) -> Option<File> {
    let folder = ledger
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}
