//! Which observation speaks.
//!
//! An observation speaks from its time until the next observed change of what it depends on. Of those that cover the
//! as-of moment the stronger method wins, then the newer; an equal conflict is unknown and disputed, and so is one where
//! the weaker is the newer: the machine may have changed. A source without authority over the machine may support *fails*
//! and never settles *holds*. See `docs/decisions/0027-the-newest-word-is-not-overruled.md`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Fact, Method, ObservationId, Observed, Truth, Verdict, When};

use super::{Finding, Gap};
use crate::estate::{Estate, HostId, StatementId};
use crate::resolve::authorised;

/// One observation that bears on a question.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    pub(super) id: ObservationId,
    pub(super) moment: Option<Timestamp>,
    /// Whether it has no moment because its source dates others and not it: it may be older than anything.
    of_any_time: bool,
    pub(super) method: Method,
    /// [`Truth::Holds`] or [`Truth::Fails`].
    pub(super) says: Truth,
    /// A sentence without a full stop that names no machine.
    pub(super) why: String,
    /// How long it goes on speaking; none for ever (until a rebuild).
    pub(super) speaks_for: Option<SignedDuration>,
    pub(super) authorised: bool,
    /// Since when it says that it has been so, at the latest; where it says that.
    pub(super) since: Option<Timestamp>,
    /// What is missing for it to settle anything: such a voice is heard, and decides nothing.
    pub(super) lacks: Option<Gap>,
    /// What is missing where it keeps an older voice for the opposite from settling anything, though it lacks something.
    pub(super) unsettles: Option<Gap>,
}

/// A finding, and what it leaves unsaid of how it came about.
pub(crate) struct Heard {
    pub(crate) finding: Finding,
    /// How many of the observations for and against still speak; they come first on their side. Only of a settled verdict.
    speaking: (usize, usize),
    /// When the system was last installed anew.
    pub(crate) rebuilt: Option<Timestamp>,
    /// When the safeguard was last seen to have been put in place.
    pub(crate) mended: Option<Timestamp>,
}

impl Heard {
    /// The observations that still speak for a truth, the strongest first.
    pub(crate) fn speaking(&self, truth: Truth) -> &[ObservationId] {
        let verdict = &self.finding.verdict;
        match truth {
            Truth::Holds => &verdict.supporting[..self.speaking.0],
            Truth::Fails => &verdict.opposing[..self.speaking.1],
            Truth::Unknown => &[],
        }
    }
}

impl Estate {
    /// Whether the source of an observation has authority over a machine.
    pub(crate) fn may_speak(&self, id: ObservationId, host: HostId) -> bool {
        authorised(
            &self.authorities,
            &self.organisations,
            id.into(),
            self.host(host).organisation,
        )
    }
}

/// Whether what one method tells may cast doubt on what another has told, or end it: guesses and what someone wrote down do
/// not where something was seen.
pub(super) fn may_contradict(method: Method, other: Method) -> bool {
    method <= other.max(Method::Inventoried)
}

/// By which methods, and whether by sources with authority, something was said.
struct SaidBefore(BTreeSet<(Method, bool)>);

impl SaidBefore {
    /// Whether a source as weak as `against` said before `first` what it says now, or says now that it was so by then. One without
    /// authority takes nothing from the word of one that has it.
    fn holds(&self, against: &Voice, first: &Voice) -> bool {
        let dates_it = against.since.is_some() && against.since <= first.moment;
        dates_it
            || self.0.contains(&(against.method, true))
            || !against.authorised && self.0.contains(&(against.method, false))
    }
}

/// An observation with where and when it was made.
pub(super) type Observation<'a> = (ObservationId, Option<Timestamp>, &'a Observed);

/// All observations of one machine.
pub(crate) fn observations(estate: &Estate, host: HostId) -> impl Iterator<Item = Observation<'_>> {
    estate.host(host).statements.iter().flat_map(move |id| {
        let moment = estate.moment(*id);
        let statement = estate.statement(*id);
        (0..).zip(&statement.observed).map(move |(fact, observed)| {
            let StatementId { reading, statement } = *id;
            (
                ObservationId {
                    reading,
                    statement,
                    fact,
                },
                moment,
                observed,
            )
        })
    })
}

/// What is for a truth, or against it.
#[derive(Default)]
struct Side {
    observations: Vec<ObservationId>,
    /// How many of them still speak; they come first.
    speaking: usize,
}

/// The voices on one question, and what is known of changes.
pub(super) struct Hearing<'a> {
    estate: &'a Estate,
    host: HostId,
    voices: Vec<Voice>,
    /// When the system was last installed anew.
    rebuilt: Option<Timestamp>,
    /// When the safeguard was last seen to have been put in place, by each method that tells of it.
    mended: BTreeMap<Method, Timestamp>,
}

impl<'a> Hearing<'a> {
    pub(super) fn new(estate: &'a Estate, host: HostId) -> Self {
        let mut hearing = Self {
            estate,
            host,
            voices: Vec::new(),
            rebuilt: None,
            mended: BTreeMap::new(),
        };
        hearing.rebuilt = observations(estate, host)
            .filter_map(|(id, _, observed)| match observed.fact {
                Fact::InstalledAt(moment)
                    if moment <= estate.as_of && observed.method.is_direct() =>
                {
                    Some((id, moment))
                }
                _ => None,
            })
            .filter(|(id, _)| hearing.may_speak(*id))
            .map(|(_, moment)| moment)
            .max();
        hearing
    }

    /// When the system was last installed anew.
    pub(super) const fn rebuilt(&self) -> Option<Timestamp> {
        self.rebuilt
    }

    /// Notes that the system was brought anew at a moment: what was said before is over.
    pub(super) fn rebuilt_at(&mut self, moment: Timestamp) {
        self.rebuilt = self.rebuilt.max(Some(moment));
    }

    /// Notes that the safeguard was put in place at a moment, by what `id` observed: that it failed before is over. A source
    /// without authority cannot talk away that a safeguard fails, nor can a guess or what someone wrote down where that was seen.
    pub(super) fn mended(&mut self, id: ObservationId, moment: Timestamp) {
        if moment <= self.estate.as_of && self.may_speak(id) {
            let observed = &self.estate.statement(id.into()).observed[id.fact as usize];
            let last = self.mended.entry(observed.method).or_insert(moment);
            *last = moment.max(*last);
        }
    }

    fn last_mended(&self) -> Option<Timestamp> {
        self.mended.values().max().copied()
    }

    /// Whether the source of an observation has authority over the machine.
    pub(super) fn may_speak(&self, id: ObservationId) -> bool {
        self.estate.may_speak(id, self.host)
    }

    pub(super) fn hear(
        &mut self,
        (id, moment, observed): Observation<'_>,
        says: Truth,
        why: impl Into<String>,
    ) -> &mut Voice {
        self.hear_as(id, moment, observed.method, says, why)
    }

    pub(super) fn hear_as(
        &mut self,
        id: ObservationId,
        moment: Option<Timestamp>,
        method: Method,
        says: Truth,
        why: impl Into<String>,
    ) -> &mut Voice {
        let authorised = self.may_speak(id);
        let why = why.into();
        let of_any_time =
            moment.is_none() && self.estate.statement(id.into()).when == When::Unknown;
        self.voices.push(Voice {
            id,
            moment,
            of_any_time,
            method,
            says,
            why,
            speaks_for: None,
            authorised,
            since: None,
            lacks: None,
            unsettles: None,
        });
        self.voices.last_mut().expect("a voice was just added")
    }

    /// Decides; `gap` is what is missing when nothing at all bears on the question.
    pub(super) fn decide(mut self, gap: Gap) -> Heard {
        let rank = |voice: &Voice| (std::cmp::Reverse(voice.method), voice.moment);
        self.voices
            .sort_by(|one, other| rank(other).cmp(&rank(one)).then(one.id.cmp(&other.id)));
        let mut stale = false;
        let mut unauthorised = false;
        let mut lacking = None;
        let mut speaking: Vec<&Voice> = Vec::new();
        for voice in &self.voices {
            if self.is_over(voice) {
                stale = true;
            } else if voice.lacks.is_some() {
                lacking = lacking.or(voice.lacks);
            } else if voice.says == Truth::Holds && !voice.authorised {
                unauthorised = true;
            } else {
                speaking.push(voice);
            }
        }
        let Some(first) = speaking.first() else {
            let gap = if unauthorised {
                Gap::NotAuthorised
            } else if let Some(lacking) = lacking {
                lacking
            } else if stale {
                Gap::Stale
            } else {
                gap
            };
            return self.unknown(gap);
        };
        let disputed = speaking
            .iter()
            .any(|voice| voice.says != first.says && rank(voice) == rank(first));
        if disputed {
            return self.unknown(Gap::Disputed);
        }
        if self.is_held_back(first) {
            return self.unknown(Gap::RestartPending);
        }
        if let Some(gap) = self.doubt(first) {
            return self.unknown(gap);
        }
        let truth = first.says;
        let undated = if first.moment.is_none() {
            " (undated)"
        } else {
            ""
        };
        let reason = format!("{}, {}{undated}", first.why, first.method.word());
        let method = first.method;
        let self_reported = truth == Truth::Holds
            && speaking
                .iter()
                .filter(|voice| voice.says == truth)
                .all(|voice| voice.method == Method::Inventoried);
        let [supporting, opposing] = self.sides(&speaking);
        let counts = (supporting.speaking, opposing.speaking);
        let finding = Finding {
            verdict: Verdict {
                truth,
                reason,
                method: Some(method),
                supporting: supporting.observations,
                opposing: opposing.observations,
                disputed: false,
                self_reported,
            },
            gap: None,
        };
        Heard {
            finding,
            speaking: counts,
            rebuilt: self.rebuilt,
            mended: self.last_mended(),
        }
    }

    /// Whether someone concluded or wrote down what was seen to wait for a restart: that ends no waiting.
    fn is_held_back(&self, first: &Voice) -> bool {
        let is_seen_waiting = |voice: &Voice| {
            voice.lacks == Some(Gap::RestartPending)
                && voice.method.is_direct()
                && (voice.authorised || voice.says == Truth::Fails)
                && !self.is_over(voice)
        };
        first.says == Truth::Holds
            && !first.method.is_direct()
            && self.voices.iter().any(is_seen_waiting)
    }

    /// What keeps the strongest voice from settling it: a newer one says otherwise, and no still newer one agrees. Either the
    /// machine changed in between or one of the two is wrong, and nothing tells which.
    ///
    /// Guesses and what someone wrote down cast no doubt on what was seen. Nor does a weaker source that had said the same
    /// before the stronger looked: it is contradicted, and repeats itself. That something holds at a time that may be any is older
    /// than all that is dated.
    fn doubt(&self, first: &Voice) -> Option<Gap> {
        if first.moment.is_none() && !(first.of_any_time && first.says == Truth::Holds) {
            return None;
        }
        let is_direct =
            |voice: &Voice| may_contradict(voice.method, first.method) && self.may_unsettle(voice);
        let agreed = self
            .voices
            .iter()
            .filter(|voice| voice.says == first.says && is_direct(voice) && voice.lacks.is_none());
        let last_agreed = agreed.filter_map(|voice| voice.moment).max();
        let said_before = self.said_before(first);
        let against = self.voices.iter().filter(|voice| {
            voice.says != first.says
                && voice.moment > first.moment.max(last_agreed)
                && is_direct(voice)
                && !(voice.method > first.method && said_before.holds(voice, first))
        });
        let against = against.max_by_key(|voice| voice.moment)?;
        let has_lapsed = self.has_lapsed(against.moment, against.speaks_for);
        let gap = if has_lapsed {
            Gap::Stale
        } else {
            Gap::Disputed
        };
        Some(against.unsettles.unwrap_or(gap))
    }

    /// Whether a voice, heard or out of date, can tell that the machine is another than an older one says.
    fn may_unsettle(&self, voice: &Voice) -> bool {
        (voice.authorised || voice.says == Truth::Fails)
            && (voice.lacks.is_none() || voice.unsettles.is_some())
            && !self.has_ended(voice)
    }

    /// What was said before `first` against it: by whom, as far as it matters to whoever repeats it.
    fn said_before(&self, first: &Voice) -> SaidBefore {
        let said = self.voices.iter().filter(|voice| {
            voice.says != first.says
                && voice.lacks.is_none()
                && voice.moment.is_some()
                && voice.moment < first.moment
        });
        SaidBefore(said.map(|voice| (voice.method, voice.authorised)).collect())
    }

    /// Whether a voice no longer speaks at the as-of moment.
    fn is_over(&self, voice: &Voice) -> bool {
        self.has_lapsed(voice.moment, voice.speaks_for) || self.has_ended(voice)
    }

    /// Whether what a voice speaks of was seen to have changed.
    fn has_ended(&self, voice: &Voice) -> bool {
        if voice.of_any_time && voice.says == Truth::Holds && self.rebuilt.is_some() {
            return true;
        }
        let mut mended = self.mended.iter();
        let is_mended = |moment| {
            mended.any(|(by, mended)| moment < *mended && may_contradict(*by, voice.method))
        };
        self.has_lapsed(voice.moment, None)
            || voice.says == Truth::Fails && voice.moment.is_some_and(is_mended)
    }

    /// Whether what was seen at a moment, and speaks for so long, no longer speaks: it is too old, or from before the system was
    /// last installed.
    pub(super) fn has_lapsed(
        &self,
        moment: Option<Timestamp>,
        speaks_for: Option<SignedDuration>,
    ) -> bool {
        moment.is_some_and(|moment| {
            let age = self.estate.as_of.duration_since(moment);
            self.rebuilt.is_some_and(|rebuilt| moment < rebuilt)
                || speaks_for.is_some_and(|speaks_for| age > speaks_for)
        })
    }

    /// The observations for and against: those that speak first, then those that no longer do.
    fn sides(&self, speaking: &[&Voice]) -> [Side; 2] {
        let mut named = BTreeSet::new();
        let mut sides = [Side::default(), Side::default()];
        let speaking = speaking.iter().map(|voice| (*voice, 1));
        let others = self.voices.iter().map(|voice| (voice, 0));
        for (voice, speaks) in speaking.chain(others) {
            if named.insert(voice.id) {
                let side = &mut sides[usize::from(voice.says != Truth::Holds)];
                side.observations.push(voice.id);
                side.speaking += speaks;
            }
        }
        sides
    }

    fn unknown(&self, gap: Gap) -> Heard {
        let [supporting, opposing] = self.sides(&[]);
        let mut verdict = Verdict::unknown(gap.words());
        verdict.supporting = supporting.observations;
        verdict.opposing = opposing.observations;
        verdict.disputed = gap == Gap::Disputed;
        Heard {
            finding: Finding {
                verdict,
                gap: Some(gap),
            },
            speaking: (0, 0),
            rebuilt: self.rebuilt,
            mended: self.last_mended(),
        }
    }
}
