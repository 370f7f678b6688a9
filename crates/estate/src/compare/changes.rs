//! Machines that came and went, and verdicts that are others now.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::kinds::{Told, kind};
use super::leftovers::{Alone, Leftovers, leftovers};
use super::matching::pairs;
use crate::estate::{Estate, HostId};
use crate::questions::{Finding, Question};

/// All that changed.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Machines that only the later estate knows.
    pub new: Vec<Alone>,
    /// Machines that only the earlier estate knows.
    pub gone: Vec<Alone>,
    /// Machines of the earlier estate that are part of another one now, with that machine of the later estate.
    pub joined: Vec<(HostId, HostId)>,
    /// Machines of the later estate that were part of another one, with that machine of the earlier estate.
    pub split: Vec<(HostId, HostId)>,
    /// How many machines both know.
    pub matched: usize,
    /// Verdicts that are others now, by question and then by machine.
    pub changes: Vec<Change>,
}

/// A verdict that is another now.
#[derive(Clone, Debug)]
pub struct Change {
    /// What was asked earlier: the same but for the day, where a question moves with the moment.
    pub question_before: Question,
    /// What is asked now.
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
    /// It held, and newer evidence says that it fails; what said that it holds is silent or says so no more.
    Opened,
    /// It is another by what was known then: the day that it asks for moved on, or what spoke against it is too old.
    WithTime,
    /// It was settled, and what settled it is too old.
    GoneStale,
    /// It was settled, and the machine was installed anew since: what settled it speaks of a system that is gone.
    Rebuilt,
    /// It was settled, and evidence now contradicts itself: as good, or weaker and newer.
    Disputed,
    /// It was settled, and for another reason is not any more.
    Lost,
    /// It is the opposite of what it was, and nothing shows that the machine changed: the evidence is not known to be newer,
    /// or what said the opposite still stands. It is what we know of the machine that changed.
    ChangedMind,
    /// It failed, and newer evidence says that it holds; what said that it fails is silent or says so no more.
    Fixed,
    /// It was unknown and is settled.
    Learned,
}

impl ChangeKind {
    /// All, the most pressing first.
    pub const ALL: [Self; 9] = [
        Self::Opened,
        Self::WithTime,
        Self::GoneStale,
        Self::Rebuilt,
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
            Self::WithTime => "with_time",
            Self::GoneStale => "gone_stale",
            Self::Rebuilt => "rebuilt",
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
            Self::WithTime => "changed with time alone",
            Self::GoneStale => "gone stale",
            Self::Rebuilt => "rebuilt, and not known since",
            Self::Disputed => "now disputed",
            Self::Lost => "no longer settled",
            Self::ChangedMind => "changed mind",
            Self::Fixed => "fixed",
            Self::Learned => "learned",
        }
    }
}

/// Compares two estates, asking each machine that both know the same questions: those that each estate asks of its own
/// machines, since some move with the moment, paired by their keys.
#[must_use]
pub fn compare(
    before: &Estate,
    asked_before: &[Question],
    after: &Estate,
    asked_after: &[Question],
) -> Comparison {
    let pairs = pairs(before, after);
    let mut changes = Vec::new();
    for (question_before, question) in same(asked_before, asked_after) {
        for (first, second) in &pairs {
            let told = |estate, host, question| Told {
                estate,
                host,
                heard: Estate::hear(estate, host, question),
            };
            let then = told(before, *first, question_before);
            let now = told(after, *second, question);
            if let Some(kind) = kind(&then, &now) {
                changes.push(Change {
                    question_before,
                    question,
                    before: *first,
                    after: *second,
                    kind,
                    found_before: then.heard.finding,
                    found_after: now.heard.finding,
                });
            }
        }
    }
    let known_before: BTreeSet<HostId> = pairs.iter().map(|(first, _)| *first).collect();
    let known_after: BTreeSet<HostId> = pairs.iter().map(|(_, second)| *second).collect();
    let earlier: Leftovers = leftovers(before, &known_before, after, &known_after);
    let later: Leftovers = leftovers(after, &known_after, before, &known_before);
    Comparison {
        new: later.alone,
        gone: earlier.alone,
        joined: earlier.within,
        split: later.within,
        matched: pairs.len(),
        changes,
    }
}

/// Questions of two estates that are the same but for the day.
fn same(before: &[Question], after: &[Question]) -> Vec<(Question, Question)> {
    let mut known: BTreeMap<String, VecDeque<Question>> = BTreeMap::new();
    for question in before {
        known
            .entry(question.key())
            .or_default()
            .push_back(*question);
    }
    let paired = after.iter().filter_map(|question| {
        let earlier = known.get_mut(&question.key())?.pop_front()?;
        Some((earlier, *question))
    });
    paired.collect()
}
