//! In which way a verdict changed: whether the machine did, or time went by, or only what is known of it is other.

use jiff::Timestamp;
use wardround_evidence::{ObservationId, Observed, Truth};

use super::changes::ChangeKind;
use crate::estate::{Estate, HostId, StatementId};
use crate::questions::{Gap, Heard, observations};

/// What one estate has to say on a question about a machine.
pub(super) struct Told<'e> {
    pub(super) estate: &'e Estate,
    pub(super) host: HostId,
    pub(super) heard: Heard,
}

/// An observation as it is told in any estate. A later export that repeats it tells nothing new.
#[derive(PartialEq)]
struct Word<'e> {
    family: &'e str,
    moment: Option<Timestamp>,
    observed: &'e Observed,
    may_speak: bool,
}

impl Word<'_> {
    /// Whether two words come from one kind of source: one tool, or one way of knowing. Such a source contradicts itself
    /// only where the machine changed.
    fn is_like(&self, other: &Self) -> bool {
        self.family == other.family || self.observed.method == other.observed.method
    }

    fn is_newer_than(&self, other: &Self) -> bool {
        self.moment
            .zip(other.moment)
            .is_some_and(|(ours, theirs)| ours > theirs)
    }
}

impl<'e> Told<'e> {
    fn truth(&self) -> Truth {
        self.heard.finding.verdict.truth
    }

    fn word(&self, id: ObservationId) -> Word<'e> {
        let statement = StatementId::from(id);
        Word {
            family: &self.estate.readings[id.reading as usize].source.family,
            moment: self.estate.moment(statement),
            observed: &self.estate.statement(statement).observed[id.fact as usize],
            may_speak: self.estate.may_speak(id, self.host),
        }
    }

    fn deciding(&self) -> Option<Word<'e>> {
        Some(self.word(self.heard.finding.deciding()?))
    }

    fn speaking(&self, truth: Truth) -> impl Iterator<Item = Word<'e>> {
        self.heard.speaking(truth).iter().map(|id| self.word(*id))
    }

    /// What still speaks against the verdict, and no newer word from its own kind of source says otherwise.
    fn opposed(&self) -> impl Iterator<Item = Word<'e>> {
        let (verdict, other) = match self.truth() {
            Truth::Holds => (Truth::Holds, Truth::Fails),
            Truth::Fails => (Truth::Fails, Truth::Holds),
            Truth::Unknown => (Truth::Unknown, Truth::Unknown),
        };
        self.speaking(other).filter(move |theirs| {
            !self
                .speaking(verdict)
                .any(|ours| ours.is_like(theirs) && ours.is_newer_than(theirs))
        })
    }

    fn knows(&self, word: &Word<'_>) -> bool {
        observations(self.estate, self.host)
            .any(|(id, _, observed)| observed == word.observed && self.word(id) == *word)
    }

    fn knows_all_behind(&self, other: &Told<'_>) -> bool {
        let verdict = &other.heard.finding.verdict;
        let behind = verdict.supporting.iter().chain(&verdict.opposing);
        behind.into_iter().all(|id| self.knows(&other.word(*id)))
    }

    /// Whether the machine is seen to have been installed anew, or its safeguard to have been put in place, after a word.
    fn changed_after(&self, word: &Word<'_>) -> bool {
        let mended = self.heard.mended.filter(|_| self.truth() == Truth::Holds);
        let changed = self.heard.rebuilt.max(mended);
        changed
            .zip(word.moment)
            .is_some_and(|(changed, moment)| changed > moment)
    }
}

/// In which way a verdict changed; none where it is what it was.
pub(super) fn kind(before: &Told<'_>, after: &Told<'_>) -> Option<ChangeKind> {
    let gap = after.heard.finding.gap;
    Some(match (before.truth(), after.truth()) {
        (then, now) if then == now => return None,
        (_, Truth::Unknown) if was_rebuilt(before, after) && gap != Some(Gap::Disputed) => {
            ChangeKind::Rebuilt
        }
        (_, Truth::Unknown) if gap == Some(Gap::Stale) => ChangeKind::GoneStale,
        _ if is_without_news(before, after) => ChangeKind::WithTime,
        (Truth::Unknown, _) => ChangeKind::Learned,
        (_, Truth::Unknown) if gap == Some(Gap::Disputed) => ChangeKind::Disputed,
        (_, Truth::Unknown) => ChangeKind::Lost,
        (_, now) => turned(before, after, now),
    })
}

/// Whether what settled the verdict speaks of the machine before it was installed anew.
fn was_rebuilt(before: &Told<'_>, after: &Told<'_>) -> bool {
    let decided = before.deciding().and_then(|word| word.moment);
    let rebuilt = after.heard.rebuilt;
    decided
        .zip(rebuilt)
        .is_some_and(|(decided, rebuilt)| decided < rebuilt)
}

/// Whether time alone made the verdict another: both rest on the same evidence about the same system.
fn is_without_news(before: &Told<'_>, after: &Told<'_>) -> bool {
    let product = |told: &Told<'_>| told.estate.host(told.host).product;
    before.estate.as_of < after.estate.as_of
        && before.heard.rebuilt == after.heard.rebuilt
        && product(before) == product(after)
        && before.knows_all_behind(after)
        && after.knows_all_behind(before)
}

/// A verdict that is the opposite of what it was. It takes more than newer evidence to show that the machine changed: what
/// said otherwise must have fallen silent or changed its word too.
fn turned(before: &Told<'_>, after: &Told<'_>, now: Truth) -> ChangeKind {
    let (Some(then), Some(decides)) = (before.deciding(), after.deciding()) else {
        return ChangeKind::ChangedMind;
    };
    if !decides.is_newer_than(&then) || after.opposed().next().is_some() {
        return ChangeKind::ChangedMind;
    }
    let said_so_already = before.opposed().any(|word| word.is_like(&decides));
    if said_so_already && !decides.is_like(&then) && !after.changed_after(&then) {
        // Only that the other side fell silent is new.
        return if after.knows(&then) {
            ChangeKind::WithTime
        } else {
            ChangeKind::ChangedMind
        };
    }
    if now == Truth::Holds {
        ChangeKind::Fixed
    } else {
        ChangeKind::Opened
    }
}
