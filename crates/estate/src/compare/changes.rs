//! Machines that came and went, and verdicts that are others now.

use std::collections::BTreeSet;

use jiff::Timestamp;
use wardround_evidence::Truth;

use super::matching::pairs;
use crate::estate::{Estate, HostId, StatementId};
use crate::questions::{Finding, Gap, Question};

/// All that changed.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Machines that only the later estate knows.
    pub new: Vec<HostId>,
    /// Machines that only the earlier estate knows.
    pub gone: Vec<HostId>,
    /// How many machines both know.
    pub matched: usize,
    /// Verdicts that are others now, by question and then by machine.
    pub changes: Vec<Change>,
}

/// A verdict that is another now.
#[derive(Clone, Debug)]
pub struct Change {
    /// What was asked.
    pub question: Question,
    /// The machine in the earlier estate.
    pub before: HostId,
    /// The machine in the later estate.
    pub after: HostId,
    /// In which way it changed.
    pub kind: ChangeKind,
    /// What was found earlier.
    pub found_before: Finding,
    /// What is found now.
    pub found_after: Finding,
}

/// The ways in which a verdict changes, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It held, and newer evidence says that it fails.
    Opened,
    /// It was settled, and what settled it no longer speaks: it is too old, or the machine was rebuilt since.
    GoneStale,
    /// It was settled, and equally good evidence now contradicts itself.
    Disputed,
    /// It was settled, and for another reason is not any more.
    Lost,
    /// It is the opposite of what it was, by evidence that is not known to be newer: nothing shows that the machine changed, so
    /// it is what we know of it that did.
    ChangedMind,
    /// It failed, and newer evidence says that it holds.
    Fixed,
    /// It was unknown and is settled.
    Learned,
}

impl ChangeKind {
    /// All, the most pressing first.
    pub const ALL: [Self; 7] = [
        Self::Opened,
        Self::GoneStale,
        Self::Disputed,
        Self::Lost,
        Self::ChangedMind,
        Self::Fixed,
        Self::Learned,
    ];

    /// Its word in data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::GoneStale => "gone_stale",
            Self::Disputed => "disputed",
            Self::Lost => "lost",
            Self::ChangedMind => "changed_mind",
            Self::Fixed => "fixed",
            Self::Learned => "learned",
        }
    }

    /// Its words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::GoneStale => "gone stale",
            Self::Disputed => "now disputed",
            Self::Lost => "no longer settled",
            Self::ChangedMind => "changed mind",
            Self::Fixed => "fixed",
            Self::Learned => "learned",
        }
    }
}

/// Compares two estates, asking each machine that both know the same questions.
#[must_use]
pub fn compare(before: &Estate, after: &Estate, questions: &[Question]) -> Comparison {
    let pairs = pairs(before, after);
    let known_before: BTreeSet<HostId> = pairs.iter().map(|(first, _)| *first).collect();
    let known_after: BTreeSet<HostId> = pairs.iter().map(|(_, second)| *second).collect();
    let others = |estate: &Estate, known: &BTreeSet<HostId>| {
        let all = (0..).map(HostId).take(estate.hosts.len());
        all.filter(|id| !known.contains(id)).collect::<Vec<_>>()
    };
    let mut changes = Vec::new();
    for question in questions {
        for (first, second) in &pairs {
            let found_before = before.assess(*first, *question);
            let found_after = after.assess(*second, *question);
            let newer = newest(after, &found_after)
                .zip(newest(before, &found_before))
                .is_some_and(|(now, then)| now > then);
            if let Some(kind) = kind(&found_before, &found_after, newer) {
                changes.push(Change {
                    question: *question,
                    before: *first,
                    after: *second,
                    kind,
                    found_before,
                    found_after,
                });
            }
        }
    }
    Comparison {
        new: others(after, &known_after),
        gone: others(before, &known_before),
        matched: pairs.len(),
        changes,
    }
}

/// When the observation that decided was made.
fn newest(estate: &Estate, finding: &Finding) -> Option<Timestamp> {
    let deciding = finding.deciding()?;
    estate.moment(StatementId {
        reading: deciding.reading,
        statement: deciding.statement,
    })
}

fn kind(before: &Finding, after: &Finding, newer: bool) -> Option<ChangeKind> {
    Some(match (before.verdict.truth, after.verdict.truth) {
        (one, other) if one == other => return None,
        (Truth::Unknown, _) => ChangeKind::Learned,
        (_, Truth::Unknown) => match after.gap {
            Some(Gap::Stale) => ChangeKind::GoneStale,
            Some(Gap::Disputed) => ChangeKind::Disputed,
            _ => ChangeKind::Lost,
        },
        _ if !newer => ChangeKind::ChangedMind,
        (Truth::Fails, _) => ChangeKind::Fixed,
        (Truth::Holds, _) => ChangeKind::Opened,
    })
}
