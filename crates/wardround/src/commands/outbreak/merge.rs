//! Merging parts.

use std::ops::Range;
use std::path::{Path, PathBuf};

use wardround_evidence::visible;
use wardround_outbreak::harm::LossPart;
use wardround_outbreak::{EnsembleIdentity, Part, summarise};

use super::arguments::{Merge, Sampled};
use super::lost::Lost;
use super::show::{plain_ranges, show};
use crate::commands::opened::open;
use crate::part_file::{PartFile, read_part, write_part};
use crate::terminal::{say, say_aside};
use crate::{ExitCode, Failure, behaviour};

pub(super) fn run(args: &Merge, quiet: bool, bars: bool) -> Result<(), Failure> {
    let PartFile { part, losses } = merged(&args.parts)?;
    let missing = part.missing();
    if let Some(path) = &args.output {
        let ranges = plain_ranges(&part.ranges());
        write_part(path, &PartFile { part, losses })?;
        if !quiet {
            let path = visible(&path.display().to_string());
            say_aside(&format!("Replicates {ranges} written to {path}"));
            if !missing.is_empty() {
                say_aside(&format!("Still missing: {}", plain_ranges(&missing)));
            }
        }
        return Ok(());
    }
    if !missing.is_empty() {
        let mut failure = Failure::new(
            ExitCode::InputUnreadable,
            format!(
                "the ensemble is not whole: replicates {} are missing",
                plain_ranges(&missing)
            ),
        );
        for range in missing.iter().take(5) {
            let (from, to) = (range.start, range.end);
            failure = failure.hint(format!(
                "sample them with the options of the others and `--replicates {from}..{to} -o part-{from}.parquet`"
            ));
        }
        return Err(failure.hint("`-o` merges what is there, to be merged again later"));
    }
    let lost = lost(&args.sampled, &part, losses.as_ref(), bars)?;
    let ensemble = summarise(&part, &part.ensemble.scenario());
    say(&show(&part, &ensemble, lost.as_ref(), args.format)?)?;
    if lost.is_none() && losses.is_some() && !quiet {
        say_aside(
            "What these outbreaks cost is not summed up: give the exports that were sampled with `--folder`, or their \
             store with `--store`",
        );
    }
    Ok(())
}

/// What the outbreaks cost, where that was read off and it is said over whose services.
fn lost(
    sampled: &Sampled,
    part: &Part,
    losses: Option<&LossPart>,
    bars: bool,
) -> Result<Option<Lost>, Failure> {
    let origin = sampled.store.with(sampled.folder.as_deref());
    if origin.folder.is_none() && origin.store.is_none() {
        return Ok(None);
    }
    let Some(losses) = losses else {
        return Err(Failure::new(
            ExitCode::Usage,
            "the parts hold nothing of what outbreaks cost",
        )
        .hint("they are sampled with `--losses`, or merged without `--folder` and `--store`"));
    };
    let chosen = sampled.calibrated.as_deref().map(behaviour).transpose()?;
    let round = open(&origin, sampled.as_of, bars)?;
    let services = round.services(chosen.as_ref());
    let count = services.services().len();
    let own = &part.ensemble;
    let is_of_it = services.digest() == losses.identity.services
        && round.estate.hosts.len() == own.hosts as usize
        && round.estate.organisations.len() == own.organisations as usize
        && losses.rows.iter().all(|row| (row.service as usize) < count);
    if !is_of_it {
        return Err(Failure::new(
            ExitCode::InputUnreadable,
            format!("{origin} is not what the parts were sampled from"),
        )
        .hint("give the same exports, and `--as-of` and `--calibrated` as they were given then"));
    }
    Ok(Some(Lost::new(part, losses, services, &round.estate)))
}

/// One part after the other is read and taken in, so that memory does not grow with their number; what they lost is kept by
/// replicate, and does.
fn merged(paths: &[PathBuf]) -> Result<PartFile, Failure> {
    let mut first: Option<EnsembleIdentity> = None;
    let mut taken: Vec<(&Path, Vec<Range<u32>>)> = Vec::new();
    let mut of_losses: Vec<LossPart> = Vec::new();
    let mut refused = None;
    let parts = paths.iter().map_while(|path| {
        let part = read_part(path).and_then(|PartFile { part, losses }| {
            let known = first.get_or_insert_with(|| part.ensemble.clone());
            fits(path, &part, known, &paths[0], &taken)?;
            if losses.is_some() == of_losses.is_empty() && !taken.is_empty() {
                return Err(only_one_tells_losses(path, &paths[0], losses.is_some()));
            }
            of_losses.extend(losses);
            Ok(part)
        });
        match part {
            Ok(part) => {
                taken.push((path, part.ranges()));
                Some(part)
            }
            Err(failure) => {
                refused = Some(failure);
                None
            }
        }
    });
    let part = Part::merge(parts);
    if let Some(failure) = refused {
        return Err(failure);
    }
    let refused = || Failure::new(ExitCode::InputUnreadable, "the parts do not merge");
    let part = part.map_err(|error| refused().because(error))?;
    let losses = match of_losses {
        none if none.is_empty() => None,
        some => Some(LossPart::merge(some).map_err(|error| refused().because(error))?),
    };
    Ok(PartFile { part, losses })
}

fn only_one_tells_losses(path: &Path, first: &Path, tells: bool) -> Failure {
    let (tells, does_not) = if tells { (path, first) } else { (first, path) };
    Failure::new(
        ExitCode::InputUnreadable,
        format!(
            "`{}` holds what its outbreaks cost, and `{}` does not",
            tells.display(),
            does_not.display()
        ),
    )
    .hint("sample all parts with `--losses`, or none")
}

/// Whether a part belongs to the same ensemble as the first, and holds nothing that another does.
fn fits(
    path: &Path,
    part: &Part,
    known: &EnsembleIdentity,
    first: &Path,
    taken: &[(&Path, Vec<Range<u32>>)],
) -> Result<(), Failure> {
    let differs = known.differs_from(&part.ensemble);
    if !differs.is_empty() {
        return Err(Failure::new(
            ExitCode::InputUnreadable,
            format!(
                "`{}` is part of another ensemble than `{}`",
                path.display(),
                first.display()
            ),
        )
        .detail(format!("not the same: {}", differs.join(", "))));
    }
    for (other, ranges) in taken {
        for own in part.ranges() {
            let both = ranges.iter().find_map(|range| {
                let both = own.start.max(range.start)..own.end.min(range.end);
                (both.start < both.end).then_some(both)
            });
            if let Some(both) = both {
                return Err(Failure::new(
                    ExitCode::InputUnreadable,
                    format!(
                        "replicates {} are both in `{}` and in `{}`",
                        plain_ranges(&[both]),
                        other.display(),
                        path.display()
                    ),
                )
                .hint("nothing is counted twice: leave one of them out"));
            }
        }
    }
    Ok(())
}
