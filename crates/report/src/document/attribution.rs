//! Who is said to be behind a threat.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Shown};
use crate::review;

/// One statement of who is behind a threat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Attribution {
    /// When it was said, as exactly as it is known: `2017`, `2017-12` or `2017-12-19`; none for what goes on being said.
    pub(crate) date: Option<Shown>,
    /// Who says so.
    pub(crate) who: Shown,
    /// Whom they name.
    pub(crate) to: Shown,
    /// How surely.
    pub(crate) confidence: Confidence,
    /// What they say, in a sentence of ours.
    pub(crate) words: Shown,
    /// Where it can be read.
    pub(crate) source: Shown,
}

/// How surely an attribution is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Confidence {
    /// High confidence, *highly likely* or *almost certain*.
    High,
    /// Moderate confidence.
    Moderate,
    /// Low confidence.
    Low,
    /// Said without saying how surely.
    Stated,
    /// Charged before a court, which has not decided.
    Charged,
    /// Found by a court, or admitted there.
    Convicted,
    /// Denied.
    Denied,
}

impl Attribution {
    pub(super) fn new(row: &review::Attribution, door: &Door<'_>) -> Self {
        Self {
            date: row.date.as_deref().map(|date| door.text(date)),
            who: door.text(&row.who),
            to: door.text(&row.to),
            confidence: Confidence::new(row.confidence),
            words: door.text(&row.words),
            source: door.text(&row.source),
        }
    }
}

impl Confidence {
    const fn new(confidence: review::Confidence) -> Self {
        match confidence {
            review::Confidence::High => Self::High,
            review::Confidence::Moderate => Self::Moderate,
            review::Confidence::Low => Self::Low,
            review::Confidence::Stated => Self::Stated,
            review::Confidence::Charged => Self::Charged,
            review::Confidence::Convicted => Self::Convicted,
            review::Confidence::Denied => Self::Denied,
        }
    }
}
