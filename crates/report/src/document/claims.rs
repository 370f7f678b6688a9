//! Claims against the evidence.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Moment, Settled, Shown};
use crate::review;

/// A claim against the evidence.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ClaimLine {
    /// Who claims.
    pub(crate) organisation: Shown,
    /// What, in words; a control that we do not know is named to the team only.
    pub(crate) claim: Shown,
    /// Since when.
    pub(crate) claimed_on: Moment,
    /// What the evidence says.
    pub(crate) word: ClaimWord,
    /// The verdicts behind it.
    pub(crate) settled: Settled,
}

/// What the evidence says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimWord {
    /// Every machine in scope holds, or as many as the claim promises.
    Verified,
    /// Too many fail for the claim to be true.
    Refuted,
    /// Neither.
    Unsupported,
    /// No machine can settle it.
    Attested,
    /// Nothing is in its scope.
    NotApplicable,
}

impl ClaimLine {
    pub(crate) fn new(line: &review::ClaimLine, door: &Door<'_>) -> Self {
        Self {
            organisation: door.organisation(&line.organisation),
            claim: door.unquoted(&line.claim, line.claim_unquoted.as_deref()),
            claimed_on: Moment(line.claimed_on),
            word: match line.word {
                review::ClaimWord::Verified => ClaimWord::Verified,
                review::ClaimWord::Refuted => ClaimWord::Refuted,
                review::ClaimWord::Unsupported => ClaimWord::Unsupported,
                review::ClaimWord::Attested => ClaimWord::Attested,
                review::ClaimWord::NotApplicable => ClaimWord::NotApplicable,
            },
            settled: Settled::new(line.settled),
        }
    }
}
