//! Sampling an ensemble, or a part of one.

use std::path::Path;

use wardround_estate::Options;
use wardround_evidence::visible;
use wardround_outbreak::{Population, Scenario, run_part, summarise};

use super::arguments::Sample;
use super::show::{plain_ranges, show};
use crate::commands::origin::now;
use crate::part_file::write_part;
use crate::round::{Progress, Round, Settings};
use crate::terminal::{Bars, say, say_aside};
use crate::{ExitCode, Failure, behaviour, threat};

pub(super) fn run(args: &Sample, quiet: bool, bars: bool) -> Result<(), Failure> {
    let scenario = scenario(args)?;
    let all = args.worlds.checked_mul(args.repeats).ok_or_else(|| {
        Failure::new(
            ExitCode::Usage,
            "worlds times repeats is more than 4 billion",
        )
    })?;
    let replicates = args.replicates.clone().unwrap_or(0..all);
    if replicates.end > all {
        return Err(Failure::new(
            ExitCode::Usage,
            format!(
                "`--replicates` asks for {}..{}, and there are {all}",
                replicates.start, replicates.end
            ),
        )
        .hint("there are as many as `--worlds` times `--repeats`"));
    }
    if replicates != (0..all) && args.output.is_none() {
        return Err(
            Failure::new(ExitCode::Usage, "a part says nothing by itself").hint(
                "write it with `-o part.parquet`, and merge it with the others by `wardround outbreak merge`",
            ),
        );
    }
    if let Some(threads) = args.threads {
        // It fails only when a pool exists already, which nothing before this point makes.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global();
    }
    let chosen = threat(&args.threat)?;
    let settings = Settings {
        options: Options {
            as_of: args.as_of,
            ..Options::default()
        },
        read_at: now(),
        ..Settings::default()
    };
    let progress = Bars::new(bars);
    let round = Round::of(&args.evidence.origin(), &settings, &progress)?;
    let population = Population::new(&round.estate, &chosen.profile);
    let total = replicates.end - replicates.start;
    let part = run_part(
        &population,
        &scenario,
        args.unknowns.into(),
        &[],
        replicates,
        &|more| progress.outbreaks(more, total),
    );
    let part = part.map_err(|error| {
        Failure::new(ExitCode::Internal, "the outbreaks could not be sampled").because(error)
    })?;
    progress.finish();
    if let Some(path) = &args.output {
        write_part(path, &part)?;
        if !quiet {
            let ranges = plain_ranges(&part.ranges());
            let path = visible(&path.display().to_string());
            say_aside(&format!("Replicates {ranges} written to {path}"));
        }
        return Ok(());
    }
    say(&show(&part, &summarise(&part, &scenario), args.format)?)
}

fn scenario(args: &Sample) -> Result<Scenario, Failure> {
    let fitted = args.calibrated.as_deref().map(fitted_delay).transpose()?;
    Ok(Scenario {
        worlds: args.worlds,
        repeats: args.repeats,
        seed: args.seed,
        ..args.circumstances.scenario(fitted)?
    })
}

/// Hours from noticing to acting, where any incident of a file of behaviour speaks of it.
fn fitted_delay(path: &Path) -> Result<f64, Failure> {
    let chosen = behaviour(path)?;
    let delay = chosen.behaviour.fitted("response_delay");
    delay.map(|delay| delay.median).ok_or_else(|| {
        Failure::new(
            ExitCode::Usage,
            format!(
                "no incident of `{}` tells when anyone acted",
                path.display()
            ),
        )
        .hint("say with `--isolate-after` how many hours it takes")
    })
}
