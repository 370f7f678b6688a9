//! The command line of `wardround outbreak`.

use std::ops::Range;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use wardround_outbreak::Settle;

use super::{merge, sample};
use crate::Failure;
use crate::commands::circumstances::ScenarioArgs;
use crate::commands::origin::{OriginArgs, StoreArgs};

/// Sample outbreaks of one threat, whole or in parts that run anywhere and merge exactly.
///
/// With `-o` what a range of replicates left behind is written as a part. Parts of one ensemble merge into what one go would
/// have left, to the byte, however they were cut; a part that was lost is sampled again, and nothing is counted twice. A
/// part holds counts by position and no name.
///
/// Example: wardround outbreak examples/northmere --threat wannacry --replicates 0..500 -o first.parquet
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::commands) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    // Not an option: one that holds flattened arguments is never there.
    #[command(flatten)]
    sample: Sample,
}

#[derive(Debug, Subcommand)]
enum Command {
    Merge(Merge),
}

/// What to sample.
#[derive(Debug, ClapArgs)]
pub(super) struct Sample {
    #[command(flatten)]
    pub(super) evidence: OriginArgs,

    /// The threat: the name of one that comes with wardround (see `wardround threat list`), or a file.
    #[arg(long, value_name = "NAME|FILE", default_value = "wannacry")]
    pub(super) threat: String,

    /// Which replicates, counted from 0, the last not among them: 1000..2000. Default: all.
    #[arg(long, value_name = "FROM..TO", value_parser = range)]
    pub(super) replicates: Option<Range<u32>>,

    /// In how many worlds: draws of what is unknown.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) worlds: u32,

    /// How many outbreaks in each world.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(super) repeats: u32,

    #[command(flatten)]
    pub(super) circumstances: ScenarioArgs,

    /// Each organisation cuts itself off as long after it noticed as `wardround calibrate` fitted to one's own incidents: the
    /// median, about which outbreaks draw.
    #[arg(long, value_name = "FILE", conflicts_with = "isolate_after")]
    pub(super) calibrated: Option<PathBuf>,

    /// Read off what each outbreak costs too: units postponed and lost by activity, organisation, service and day, and what
    /// those that are priced are worth.
    #[arg(long)]
    pub(super) losses: bool,

    /// How what is unknown is settled.
    #[arg(long, value_enum, default_value_t = Unknowns::Drawn)]
    pub(super) unknowns: Unknowns,

    /// The moment to speak of, e.g. 2025-06-24T09:00:00Z. Default: the newest observation's.
    #[arg(long)]
    pub(super) as_of: Option<Timestamp>,

    /// The random seed: the same evidence and seed give the same bytes.
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,

    /// How many threads to use; the result does not depend on it. Default: one for each processor.
    #[arg(long)]
    pub(super) threads: Option<usize>,

    /// Where to write the part.
    #[arg(short, long)]
    pub(super) output: Option<PathBuf>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// What parts were sampled from.
#[derive(Debug, ClapArgs)]
pub(super) struct Sampled {
    /// The folder with the exports that were sampled.
    #[arg(long)]
    pub(super) folder: Option<PathBuf>,

    #[command(flatten)]
    pub(super) store: StoreArgs,

    /// The moment that was spoken of. Default: the newest observation's.
    #[arg(long)]
    pub(super) as_of: Option<Timestamp>,

    /// The file that `--calibrated` named.
    #[arg(long, value_name = "FILE")]
    pub(super) calibrated: Option<PathBuf>,
}

/// Merge parts of one ensemble: refused are parts of another one, and replicates that are there twice or not at all.
///
/// With `-o` the merged part is written, and may lack replicates: it can be merged again. Without, the ensemble must be
/// whole, and its summary is printed. What parts sampled with `--losses` cost is summed up over the services of the estate,
/// which parts do not hold: give the exports, or the store, that were sampled.
///
/// Example: wardround outbreak merge first.parquet second.parquet --folder examples/northmere
#[derive(Debug, ClapArgs)]
pub(super) struct Merge {
    /// The parts, in any order.
    #[arg(required = true, value_name = "PART")]
    pub(super) parts: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) sampled: Sampled,

    /// Where to write the merged part.
    #[arg(short, long)]
    pub(super) output: Option<PathBuf>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How what is unknown is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Unknowns {
    /// By draws, from what is known of its like.
    Drawn,
    /// All of it against us.
    Against,
    /// All of it for us.
    InFavour,
}

impl From<Unknowns> for Settle {
    fn from(unknowns: Unknowns) -> Self {
        match unknowns {
            Unknowns::Drawn => Self::Drawn,
            Unknowns::Against => Self::Against,
            Unknowns::InFavour => Self::InFavour,
        }
    }
}

fn range(text: &str) -> Result<Range<u32>, String> {
    let numbers = text
        .split_once("..")
        .and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    match numbers {
        Some(range) if range.start < range.end => Ok(range),
        _ => Err("it must be two whole numbers, the smaller first: 1000..2000".to_owned()),
    }
}

pub(in crate::commands) fn run(args: &Args, quiet: bool, bars: bool) -> Result<(), Failure> {
    match &args.command {
        Some(Command::Merge(args)) => merge::run(args, quiet, bars),
        None => sample::run(&args.sample, quiet, bars),
    }
}
