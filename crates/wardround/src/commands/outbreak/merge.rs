//! Merging parts.

use std::ops::Range;
use std::path::{Path, PathBuf};

use wardround_evidence::visible;
use wardround_outbreak::{EnsembleIdentity, Part, summarise};

use super::arguments::Merge;
use super::show::{plain_ranges, show};
use crate::part_file::{read_part, write_part};
use crate::terminal::{say, say_aside};
use crate::{ExitCode, Failure};

pub(super) fn run(args: &Merge, quiet: bool) -> Result<(), Failure> {
    let part = merged(&args.parts)?;
    let missing = part.missing();
    if let Some(path) = &args.output {
        write_part(path, &part)?;
        if !quiet {
            let ranges = plain_ranges(&part.ranges());
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
    let ensemble = summarise(&part, &part.ensemble.scenario());
    say(&show(&part, &ensemble, args.format)?)
}

/// One part after the other is read and taken in, so that memory does not grow with their number.
fn merged(paths: &[PathBuf]) -> Result<Part, Failure> {
    let mut first: Option<EnsembleIdentity> = None;
    let mut taken: Vec<(&Path, Vec<Range<u32>>)> = Vec::new();
    let mut refused = None;
    let parts = paths.iter().map_while(|path| {
        let part = read_part(path).and_then(|part| {
            let known = first.get_or_insert_with(|| part.ensemble.clone());
            fits(path, &part, known, &paths[0], &taken)?;
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
    match refused {
        Some(failure) => Err(failure),
        None => part.map_err(|error| {
            Failure::new(ExitCode::InputUnreadable, "the parts do not merge").because(error)
        }),
    }
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
