//! The files: understood, not recognised, refused.

use wardround_estate::Authority;
use wardround_evidence::{Reading, SourceExtent};
use wardround_report::{Refusal, SourceLine, UnrecognisedLine};

use crate::round::Round;

/// How many skipped records of one file are shown.
const EXAMPLES: usize = 3;

pub(super) fn lines(round: &Round) -> Vec<SourceLine> {
    let estate = &round.estate;
    estate
        .readings
        .iter()
        .zip(&estate.authorities)
        .zip(&estate.collected)
        .map(|((reading, authority), collected)| SourceLine {
            path: reading.source.path.clone(),
            title: reading.source.title.to_string(),
            tool: reading.source.tool.clone(),
            taken_at: reading.source.taken_at.or(*collected),
            digest: reading.source.digest,
            records: (reading.statements.len() + reading.declarations.len()) as u64,
            skipped: reading.skipped.len() as u64 + reading.skipped_unlisted,
            skipped_examples: skipped_examples(reading),
            cut: match &reading.source.extent {
                SourceExtent::Whole => None,
                SourceExtent::Cut(reason) => Some(reason.clone()),
            },
            speaks_for: match authority {
                Authority::Everyone => None,
                Authority::Only(organisations) => Some(organisations.iter().cloned().collect()),
            },
            notes: reading.notes.clone(),
        })
        .collect()
}

fn skipped_examples(reading: &Reading) -> Vec<String> {
    reading
        .skipped
        .iter()
        .take(EXAMPLES)
        .map(|skipped| format!("{}: {}", skipped.position.words(), skipped.reason))
        .collect()
}

pub(super) fn unrecognised(round: &Round) -> Vec<UnrecognisedLine> {
    round
        .unrecognised
        .iter()
        .map(|file| UnrecognisedLine {
            path: file.path.clone(),
            digest: file.digest,
            bytes: file.bytes,
        })
        .collect()
}

pub(super) fn refused(round: &Round) -> Vec<Refusal> {
    round
        .refused
        .iter()
        .map(|file| Refusal {
            path: file.path.clone(),
            reason: file.reason.clone(),
        })
        .collect()
}
