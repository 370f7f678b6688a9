//! The commands, each a few lines over the library.

mod backtest;
mod bundle;
mod calibrate;
mod circumstances;
mod compare;
mod completions;
mod diff;
mod doctor;
mod hosts;
mod ledger;
mod opened;
mod origin;
mod outbreak;
mod read;
mod report;
mod rows;
mod shown;
mod store;
mod threads;
mod threat;
mod why;

use std::io::IsTerminal;

use clap::{Parser, Subcommand};

use crate::terminal::{say, say_error};
use crate::{ExitCode, Failure};

/// Goes round every machine by reading the exports that an estate already has: which machines could a worm take, on what
/// evidence, and how far would it get?
///
/// It reads files and nothing else: no packet is sent to any machine, and no network is needed.
#[derive(Debug, Parser)]
#[command(name = "wardround", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// Print no summary and no progress.
    #[arg(short, long, global = true)]
    quiet: bool,

    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 a threshold is crossed; 2 wrong usage; 3 input could not be read; \
4 evidence too thin to decide; 70 a fault of wardround's own.";

#[derive(Debug, Subcommand)]
enum Command {
    Report(report::Args),
    Read(read::Args),
    Why(why::Args),
    Hosts(hosts::Args),
    Doctor(doctor::Args),
    Diff(diff::Args),
    Threat(threat::Args),
    Outbreak(outbreak::Args),
    Compare(compare::Args),
    Backtest(backtest::Args),
    Ledger(ledger::Args),
    Calibrate(calibrate::Args),
    Store(store::Args),
    Bundle(bundle::Args),
    Verify(bundle::VerifyArgs),
    Completions(completions::Args),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> std::process::ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; the rest is wrong usage.
            let code = if error.use_stderr() {
                ExitCode::Usage
            } else {
                ExitCode::Done
            };
            let _ = error.print();
            return code.into();
        }
    };
    // A panic is a fault of ours: it ends with the code that says so, after the words that Rust prints for it.
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&cli)))
        .unwrap_or_else(|_| {
            Err(Failure::new(
                ExitCode::Internal,
                "wardround broke down; please report this",
            ))
        });
    match outcome {
        Ok(()) => ExitCode::Done.into(),
        Err(failure) => {
            say_error(&failure.words());
            failure.code.into()
        }
    }
}

fn run(cli: &Cli) -> Result<(), Failure> {
    let bars = !cli.quiet && std::io::stderr().is_terminal();
    match &cli.command {
        Command::Report(args) => report::run(args, cli.quiet, bars),
        Command::Read(args) => read::run(args).and_then(|text| say(&text)),
        Command::Why(args) => why::run(args, bars).and_then(|text| say(&text)),
        Command::Hosts(args) => hosts::run(args, cli.quiet, bars),
        Command::Doctor(args) => doctor::run(args, bars),
        Command::Diff(args) => diff::run(args, bars),
        Command::Threat(args) => threat::run(args, &say),
        Command::Outbreak(args) => outbreak::run(args, cli.quiet, bars),
        Command::Compare(args) => compare::run(args, bars),
        Command::Backtest(args) => backtest::run(args, cli.quiet),
        Command::Ledger(args) => ledger::run(args, cli.quiet),
        Command::Calibrate(args) => calibrate::run(args),
        Command::Store(args) => store::run(args, bars).and_then(|text| say(&text)),
        Command::Bundle(args) => bundle::run(args, bars).and_then(|text| say(&text)),
        Command::Verify(args) => bundle::run_verify(args).and_then(|text| say(&text)),
        Command::Completions(args) => completions::run(args).and_then(|text| say(&text)),
    }
}
