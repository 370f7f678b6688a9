//! Files and records that were not used, or not as they could be; machines and identifiers that are in doubt.

use std::collections::BTreeMap;

use wardround_evidence::{Disclosure, IdentifierKind, SourceExtent, visible};

use super::{Remark, counted, most_first};
use crate::Round;

pub(super) fn remarks(round: &Round, names: &Disclosure) -> Vec<Remark> {
    // What was lost comes before what is in doubt.
    let mut remarks = most_first(refused(round, names));
    remarks.extend(cut(round, names));
    remarks.extend(unrecognised(round, names));
    remarks.extend(skipped(round, names));
    remarks.extend(unsure(round));
    remarks.extend(most_first(disqualified(round)));
    remarks.extend(repeated(round, names));
    remarks
}

fn unrecognised(round: &Round, names: &Disclosure) -> Option<Remark> {
    let files = &round.unrecognised;
    (!files.is_empty()).then(|| {
        Remark::new(
            files.len(),
            format!(
                "{} recognised by no reader and not used. `wardround report --help` names the formats; of a table `wardround read` \
                 says what it lacks to be a list of machines.",
                counted(files.len(), "file is", "files are"),
            ),
        )
        .such_as(files.iter().map(|file| file.path.show(names)))
    })
}

fn refused(round: &Round, names: &Disclosure) -> Vec<Remark> {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in &round.refused {
        by_reason
            .entry(&file.reason)
            .or_default()
            .push(file.path.show(names));
    }
    by_reason
        .into_iter()
        .map(|(reason, files)| {
            let what = counted(files.len(), "file was", "files were");
            Remark::new(files.len(), format!("{what} refused: {}.", visible(reason))).such_as(files)
        })
        .collect()
}

fn skipped(round: &Round, names: &Disclosure) -> Option<Remark> {
    let readings = &round.estate.readings;
    let count = |reading: &wardround_evidence::Reading| {
        reading.skipped.len() + usize::try_from(reading.skipped_unlisted).unwrap_or(usize::MAX)
    };
    let records: usize = readings.iter().map(count).sum();
    let examples = readings
        .iter()
        .filter(|reading| count(reading) > 0)
        .map(|reading| {
            let path = reading.source.path.show(names);
            match reading.skipped.first() {
                Some(first) => format!(
                    "{path}, {}: {}",
                    first.position.words(),
                    visible(&first.reason)
                ),
                None => path,
            }
        });
    (records > 0).then(|| {
        Remark::new(
            records,
            format!(
                "{} skipped; the rest of their files was kept.",
                counted(records, "record was", "records were")
            ),
        )
        .such_as(examples)
    })
}

/// Those that hold most come first.
fn cut(round: &Round, names: &Disclosure) -> Vec<Remark> {
    let mut by_reason: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for reading in &round.estate.readings {
        if let SourceExtent::Cut(whole_reason) = &reading.source.extent {
            // Lines differ from file to file; the reason does not.
            let reason = whole_reason.split(" at line ").next().unwrap_or_default();
            let (statements, files) = by_reason.entry(reason).or_default();
            *statements += reading.statements.len();
            let path = reading.source.path.show(names);
            files.push(format!("{path}: {}", visible(whole_reason)));
        }
    }
    let mut reasons: Vec<_> = by_reason.into_iter().collect();
    reasons.sort_by_key(|(_, (statements, _))| std::cmp::Reverse(*statements));
    reasons
        .into_iter()
        .map(|(reason, (_, files))| {
            let what = counted(files.len(), "file is", "files are");
            let words = format!(
                "{what} not whole, so absence means nothing there: {}. Export again, in parts if it must be.",
                visible(reason)
            );
            Remark::new(files.len(), words).such_as(files)
        })
        .collect()
}

/// Files with the same contents, which change nothing unless their places speak for different organisations.
fn repeated(round: &Round, names: &Disclosure) -> Option<Remark> {
    let mut by_digest: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for reading in &round.estate.readings {
        by_digest
            .entry(reading.source.digest)
            .or_default()
            .push(reading.source.path.show(names));
    }
    let again: Vec<String> = by_digest
        .into_values()
        .filter(|files| files.len() > 1)
        .map(|files| files.join(" = "))
        .collect();
    (!again.is_empty()).then(|| {
        Remark::new(
            again.len(),
            format!(
                "{} more than once; that adds nothing, unless their places speak for different organisations.",
                counted(again.len(), "file lies here", "files lie here")
            ),
        )
        .such_as(again)
    })
}

fn unsure(round: &Round) -> Option<Remark> {
    let pairs = round.estate.reconciliation.unsure.len();
    let mut by_reason: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in &round.estate.reconciliation.unsure {
        *by_reason.entry(&pair.why).or_default() += 1;
    }
    let mut reasons: Vec<(&str, usize)> = by_reason.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (pairs > 0).then(|| {
        Remark::new(
            pairs,
            format!(
                "{} possibly the same and kept apart.",
                counted(pairs, "pair of machines is", "pairs of machines are"),
            ),
        )
        .such_as(
            reasons
                .into_iter()
                .map(|(why, count)| format!("{count}: {why}")),
        )
    })
}

fn disqualified(round: &Round) -> Vec<Remark> {
    let mut by_reason: BTreeMap<(IdentifierKind, &str), usize> = BTreeMap::new();
    for identifier in &round.estate.reconciliation.disqualified {
        *by_reason
            .entry((identifier.identifier.kind(), identifier.why))
            .or_default() += 1;
    }
    by_reason
        .into_iter()
        .map(|((kind, why), count)| {
            Remark::new(
                count,
                format!(
                    "{} of the kind {} not believed: {why}.",
                    counted(count, "identifier", "identifiers"),
                    kind.words()
                ),
            )
        })
        .collect()
}
