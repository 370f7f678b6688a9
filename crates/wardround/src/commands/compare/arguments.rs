//! The command line of `wardround compare`.

use clap::Parser;
use wardround_outbreak::{Population, Scenario, compare};

use super::change::help;
use super::show::{Compared, json, text};
use super::world::World;
use crate::circumstances::pressure;
use crate::commands::circumstances::ScenarioArgs;
use crate::commands::opened::EvidenceArgs;
use crate::commands::threads::use_threads;
use crate::round::Progress;
use crate::terminal::{Bars, say};
use crate::{ExitCode, Failure, threat};

/// Compare two worlds of one estate: how many machines fewer a worm takes in the second, with the error of that.
///
/// Both worlds are sampled with the same draws: what is unknown, the worm's numbers and chance are the same in both, so that
/// outbreaks differ only where the worlds make them differ. The error is that of the draws of what is unknown, in each of
/// which several outbreaks run. The variance reduction tells what the shared draws gave: how many times as many outbreaks
/// would be needed for the same error, were what is unknown and chance drawn for each world apart.
///
/// Example: wardround compare examples/northmere --threat next-worm --second deny-border --second isolate-after=2
#[derive(Debug, Parser)]
#[command(after_help = help())]
pub(in crate::commands) struct Args {
    #[command(flatten)]
    evidence: EvidenceArgs,

    /// The first world, by one of the words below; repeated, all of them. Default: as-evidenced.
    #[arg(long, value_name = "WORLD")]
    first: Vec<String>,

    /// The second world, in the same words; repeated, all of them.
    #[arg(long, value_name = "WORLD", required = true)]
    second: Vec<String>,

    /// The threat: the name of one that comes with wardround (see `wardround threat list`), or a file.
    #[arg(long, value_name = "NAME|FILE", default_value = "wannacry")]
    threat: String,

    /// How many draws of what is unknown; an error needs two.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    worlds: u32,

    /// How many outbreaks in each.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    repeats: u32,

    #[command(flatten)]
    circumstances: ScenarioArgs,

    /// The random seed: the same evidence and seed give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How many threads to use; the result does not depend on it. Default: one for each processor.
    #[arg(long)]
    threads: Option<usize>,

    /// Words for people, or data.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(in crate::commands) fn run(args: &Args, bars: bool) -> Result<(), Failure> {
    // What is wrong with the words is told before anything is read.
    let (first, second) = (World::of(&args.first)?, World::of(&args.second)?);
    let mut scenario = Scenario {
        worlds: args.worlds,
        repeats: args.repeats,
        seed: args.seed,
        ..args.circumstances.scenario(None)?
    };
    // Both bounds are far below where this would not fit.
    let outbreaks = 2 * args.worlds * args.repeats;
    use_threads(args.threads);
    let chosen = threat(&args.threat)?;
    pressure(&scenario, std::slice::from_ref(&chosen.profile))?;
    let round = args.evidence.open(bars)?;
    if let Some(entry) = args.circumstances.entry_in(&round.estate)? {
        scenario.entry = entry;
    }
    let population = Population::new(&round.estate, &chosen.profile);
    let told = [
        first.told(&population, &scenario)?,
        second.told(&population, &scenario)?,
    ];
    let progress = Bars::new(bars);
    let more = |more| progress.outbreaks(more, outbreaks);
    let found = compare(&population, &scenario, &told[0], &told[1], &more);
    progress.finish();
    let found = found.map_err(|error| {
        Failure::new(ExitCode::Internal, "the outbreaks could not be sampled").because(error)
    })?;
    let compared = Compared {
        words: [first.words(), second.words()],
        told: &told,
        scenario: &scenario,
        threat: &chosen.profile,
        as_of: round.estate.as_of,
        found: &found,
    };
    match args.format {
        Format::Text => say(&text(&compared)),
        Format::Json => say(&json(&compared)?),
    }
}
