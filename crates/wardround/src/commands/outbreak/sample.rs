//! Sampling an ensemble, or a part of one.

use wardround_estate::Options;
use wardround_evidence::visible;
use wardround_outbreak::{Population, Scenario, run_part, run_with_losses, summarise};

use super::arguments::Sample;
use super::lost::Lost;
use super::show::{plain_ranges, show};
use crate::circumstances::pressure;
use crate::commands::origin::now;
use crate::commands::threads::use_threads;
use crate::part_file::{PartFile, write_part};
use crate::round::{LOSS_DAYS, Progress, Round, Settings};
use crate::terminal::{Bars, say, say_aside};
use crate::{ChosenBehaviour, ExitCode, Failure, behaviour, threat};

pub(super) fn run(args: &Sample, quiet: bool, bars: bool) -> Result<(), Failure> {
    let chosen_behaviour = args.calibrated.as_deref().map(behaviour).transpose()?;
    let mut scenario = scenario(args, chosen_behaviour.as_ref())?;
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
    use_threads(args.threads);
    let chosen = threat(&args.threat)?;
    pressure(&scenario, std::slice::from_ref(&chosen.profile))?;
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
    if let Some(entry) = args.circumstances.entry_in(&round.estate)? {
        scenario.entry = entry;
    }
    let population = Population::new(&round.estate, &chosen.profile);
    let total = replicates.end - replicates.start;
    let settle = args.unknowns.into();
    let more = |more| progress.outbreaks(more, total);
    let services = (args.losses).then(|| round.services(chosen_behaviour.as_ref()));
    let sampled = match &services {
        None => run_part(&population, &scenario, settle, &[], replicates, &more)
            .map(|part| PartFile { part, losses: None }),
        Some(services) => run_with_losses(
            &population,
            &scenario,
            settle,
            &[],
            replicates,
            services,
            LOSS_DAYS,
            &more,
        )
        .map(|(part, losses)| PartFile {
            part,
            losses: Some(losses),
        }),
    };
    let sampled = sampled.map_err(|error| {
        Failure::new(ExitCode::Internal, "the outbreaks could not be sampled").because(error)
    })?;
    progress.finish();
    if let Some(path) = &args.output {
        write_part(path, &sampled)?;
        if !quiet {
            let ranges = plain_ranges(&sampled.part.ranges());
            let path = visible(&path.display().to_string());
            say_aside(&format!("Replicates {ranges} written to {path}"));
        }
        return Ok(());
    }
    let PartFile { part, losses } = sampled;
    let lost = services.zip(losses);
    let lost = lost.map(|(services, losses)| Lost::new(&part, &losses, services, &round.estate));
    let ensemble = summarise(&part, &scenario);
    say(&show(&part, &ensemble, lost.as_ref(), args.format)?)
}

fn scenario(args: &Sample, behaviour: Option<&ChosenBehaviour>) -> Result<Scenario, Failure> {
    let fitted = behaviour.map(fitted_delay).transpose()?;
    Ok(Scenario {
        worlds: args.worlds,
        repeats: args.repeats,
        seed: args.seed,
        ..args.circumstances.scenario(fitted)?
    })
}

/// Hours from noticing to acting, where any incident of a file of behaviour speaks of it.
fn fitted_delay(chosen: &ChosenBehaviour) -> Result<f64, Failure> {
    let delay = chosen.behaviour.fitted("response_delay");
    delay.map(|delay| delay.median).ok_or_else(|| {
        Failure::new(
            ExitCode::Usage,
            format!("no incident of `{}` tells when anyone acted", chosen.name),
        )
        .hint("say with `--isolate-after` how many hours it takes")
    })
}
