//! Verdicts with their whole chains.

use schemars::JsonSchema;
use serde::Serialize;
use wardround_evidence::Truth;

use super::{Door, Machine, Moment, Shown};
use crate::review;

/// A verdict with its whole chain.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SampleVerdict {
    /// Of which machine.
    pub(crate) machine: Machine,
    /// The safeguard, as a phrase.
    pub(crate) question: Shown,
    /// The answer.
    pub(crate) truth: Value,
    /// Why, in one sentence.
    pub(crate) reason: Shown,
    /// Why this one is shown.
    pub(crate) chosen_because: Shown,
    /// The observations, deciding one first.
    pub(crate) chain: Vec<ChainLink>,
}

/// One observation behind a verdict.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ChainLink {
    /// What was seen; words of the file itself are for the team only.
    pub(crate) what: Shown,
    /// For (`holds`) or against (`fails`) the safeguard; `unknown` when it only explains.
    pub(crate) speaks_for: Value,
    /// The method, in words.
    pub(crate) method: Shown,
    /// When.
    pub(crate) when: Option<Moment>,
    /// The file; for the team only.
    pub(crate) path: Option<Shown>,
    /// The place in it.
    pub(crate) position: Shown,
    /// The file's SHA-256.
    pub(crate) digest: String,
    /// Whether the file may speak for this machine's organisation.
    pub(crate) authorised: bool,
}

/// Whether a safeguard is in place, as far as the evidence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Value {
    /// The safeguard is there.
    Holds,
    /// It is not.
    Fails,
    /// Nothing settles it.
    Unknown,
}

impl SampleVerdict {
    pub(crate) fn new(sample: &review::SampleVerdict, door: &Door<'_>) -> Self {
        Self {
            machine: Machine::new(&sample.subject, door),
            question: door.text(&sample.question),
            truth: Value::new(sample.truth),
            reason: door.text(&sample.reason),
            chosen_because: door.text(&sample.chosen_because),
            chain: door.each(&sample.chain, |link, door| ChainLink {
                what: door.unquoted(&link.what, link.what_unquoted.as_deref()),
                speaks_for: Value::new(link.speaks_for),
                method: door.text(link.method),
                when: link.when.map(Moment),
                path: door.path(&link.path),
                position: door.text(&link.position),
                digest: link.digest.to_string(),
                authorised: link.authorised,
            }),
        }
    }
}

impl Value {
    pub(crate) fn new(truth: Truth) -> Self {
        match truth {
            Truth::Holds => Self::Holds,
            Truth::Fails => Self::Fails,
            Truth::Unknown => Self::Unknown,
        }
    }
}
