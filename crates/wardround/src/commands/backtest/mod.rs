//! `wardround backtest`: what it would have said of May 2017.

mod england_2017;
mod notpetya_like;
pub(super) mod words;
mod world_2017;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use wardround_report::{Sheet, render_sheet};

use crate::commands::threads::use_threads;
use crate::terminal::{say, say_aside};
use crate::{ExitCode, Failure, write_privately};

/// Try wardround on the past: what it would have said of May 2017, from what was known before the outcome.
///
/// Parameters are ranges that no outcome chose; a few facts fit them; everything else is predicted, and what everyone knows
/// today stands beside it.
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(name = "england-2017")]
    England(england_2017::Args),
    /// The open internet in May 2017: an order of magnitude, and how fast it doubled.
    #[command(name = "world-2017")]
    World(Printed),
    /// A worm like NotPetya on the same estate: a flaw and stolen credentials together.
    #[command(name = "notpetya-like")]
    NotPetya(Printed),
}

/// Where and how an answer is written.
#[derive(Debug, ClapArgs)]
struct Printed {
    /// Where to write; `-` for standard output. Default: standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,

    /// A page for people, or the same content as data.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,

    /// How many threads to use; the result does not depend on it. Default: one for each processor.
    #[arg(long)]
    threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Html,
    Json,
}

pub(super) fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::England(args) => england_2017::run(args, quiet),
        Command::World(args) => world_2017::run(args),
        Command::NotPetya(args) => notpetya_like::run(args),
    }
}

impl Printed {
    fn prepare(&self) {
        use_threads(self.threads);
    }

    /// Writes an answer in the form that was asked for.
    fn write(&self, answer: &impl serde::Serialize, sheet: &Sheet) -> Result<(), Failure> {
        let text = match self.format {
            Format::Html => render_sheet(sheet, env!("CARGO_PKG_VERSION")),
            Format::Json => {
                let mut text = serde_json::to_string_pretty(answer).map_err(|error| {
                    Failure::new(ExitCode::Internal, "the answer cannot be written as JSON")
                        .because(error)
                })?;
                text.push('\n');
                text
            }
        };
        match &self.output {
            Some(path) if path.as_os_str() != "-" => write_privately(path, text.as_bytes()),
            _ => say(&text),
        }
    }
}

/// What the engine says when it refuses a draw.
fn refused(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::new(ExitCode::Internal, "a draw could not be sampled").because(error)
}

fn aside(quiet: bool, words: &str) {
    if !quiet {
        say_aside(words);
    }
}
