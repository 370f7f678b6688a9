//! `wardround ledger`: what really happened, beside what was forecast.

mod add;
mod page;
mod show;

use std::path::Path;

use clap::{Parser, Subcommand};
use wardround_outbreak::harm::ServiceRules;
use wardround_outbreak::harm::ledger::Ledger;

use super::rows::unusable;
use crate::Failure;

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

fn parsed(path: &Path, text: &str, rules: &ServiceRules) -> Result<Ledger, Failure> {
    Ledger::parse(text, rules).map_err(|error| unusable(path, error))
}
