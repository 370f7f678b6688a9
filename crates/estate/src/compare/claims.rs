//! Claims that came and went, and those that stand otherwise now.

use std::collections::BTreeMap;

use wardround_evidence::OrganisationName;

use crate::claims::{AssessedClaim, ClaimWord};
use crate::estate::Estate;

/// A claim that changed, or that stands otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimChange<'e> {
    /// In which way.
    pub kind: ClaimChangeKind,
    /// What was claimed earlier and how it stood; none of a new claim.
    pub before: Option<AssessedClaim<'e>>,
    /// What is claimed now and how it stands; none of one that was withdrawn.
    pub after: Option<AssessedClaim<'e>>,
}

/// The ways in which a claim changes, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimChangeKind {
    /// Evidence refutes it now, and did not.
    Contradicted,
    /// Evidence bore it out, and does not any more.
    SupportLost,
    /// It is claimed now, and was not.
    New,
    /// It was claimed, and is not any more.
    Withdrawn,
    /// Evidence refuted it, and does not any more.
    ContradictionEnded,
    /// Evidence bears it out now, and did not.
    Supported,
    /// Nothing decided it, and nothing does, for another reason.
    StillOpen,
}

impl ClaimChangeKind {
    /// All, the most pressing first.
    pub const ALL: [Self; 7] = [
        Self::Contradicted,
        Self::SupportLost,
        Self::New,
        Self::Withdrawn,
        Self::ContradictionEnded,
        Self::Supported,
        Self::StillOpen,
    ];

    /// Its word in data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Contradicted => "claim_contradicted",
            Self::SupportLost => "claim_support_lost",
            Self::New => "claim_new",
            Self::Withdrawn => "claim_withdrawn",
            Self::ContradictionEnded => "claim_contradiction_ended",
            Self::Supported => "claim_supported",
            Self::StillOpen => "claim_still_open",
        }
    }

    /// Its words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Contradicted => "claims that evidence now refutes",
            Self::SupportLost => "claims that evidence no longer supports",
            Self::New => "new claims",
            Self::Withdrawn => "claims that were withdrawn",
            Self::ContradictionEnded => "claims that evidence no longer refutes",
            Self::Supported => "claims that evidence now supports",
            Self::StillOpen => "claims that are undecided for another reason",
        }
    }
}

/// Compares what each organisation claims of each control in two estates, and how it stands in each. Claims are paired by
/// organisation and control, since a claim that is signed anew may have a new identifier. What was signed between the two
/// moments was not claimed at the earlier one, whenever it was written into the description.
#[must_use]
pub fn compare_claims<'e>(before: &'e Estate, after: &'e Estate) -> Vec<ClaimChange<'e>> {
    type Pair<'e> = (Vec<AssessedClaim<'e>>, Vec<AssessedClaim<'e>>);
    let mut claims: BTreeMap<(&OrganisationName, &str), Pair<'e>> = BTreeMap::new();
    let latest = before.as_of.max(after.as_of);
    let made = |estate: &'e Estate| {
        let (claims, as_of) = (estate.assess_claims(), estate.as_of);
        claims.into_iter().filter(move |assessed| {
            let signed = assessed.claim.claimed_on;
            signed <= as_of || signed > latest
        })
    };
    for assessed in made(before) {
        let key = (
            &assessed.claim.organisation,
            assessed.claim.control.as_str(),
        );
        claims.entry(key).or_default().0.push(assessed);
    }
    for assessed in made(after) {
        let key = (
            &assessed.claim.organisation,
            assessed.claim.control.as_str(),
        );
        claims.entry(key).or_default().1.push(assessed);
    }
    let mut changes = Vec::new();
    for (earlier, later) in claims.into_values() {
        let (mut earlier, mut later) = (earlier.into_iter(), later.into_iter());
        loop {
            let (before, after) = (earlier.next(), later.next());
            if before.is_none() && after.is_none() {
                break;
            }
            if let Some(kind) = kind(before.as_ref(), after.as_ref()) {
                changes.push(ClaimChange {
                    kind,
                    before,
                    after,
                });
            }
        }
    }
    changes.sort_by_key(|change| change.kind);
    changes
}

fn kind(
    before: Option<&AssessedClaim<'_>>,
    after: Option<&AssessedClaim<'_>>,
) -> Option<ClaimChangeKind> {
    let word = |claim: &AssessedClaim<'_>| claim.word;
    Some(match (before.map(word), after.map(word)) {
        (then, now) if then == now => return None,
        (None, _) => ClaimChangeKind::New,
        (_, None) => ClaimChangeKind::Withdrawn,
        (_, Some(ClaimWord::Refuted)) => ClaimChangeKind::Contradicted,
        (_, Some(ClaimWord::Verified)) => ClaimChangeKind::Supported,
        (Some(ClaimWord::Verified), _) => ClaimChangeKind::SupportLost,
        (Some(ClaimWord::Refuted), _) => ClaimChangeKind::ContradictionEnded,
        _ => ClaimChangeKind::StillOpen,
    })
}
