//! Claims against evidence, as lines of the review.

use wardround_estate::{self as estate, AssessedClaim, Estate};
use wardround_outbreak as outbreak;
use wardround_outbreak::harm::EstateServices;
use wardround_report::{ClaimLine, ClaimWord, Overconfidence, PricedClaims, Settled};

use super::advice::{saved, spared};
use super::answer::spread;
use crate::round::Round;

pub(super) fn lines(round: &Round) -> Vec<ClaimLine> {
    let estate = &round.estate;
    let mut lines: Vec<(estate::ClaimWord, ClaimLine)> = estate
        .assess_claims()
        .iter()
        .map(|claim| (claim.word, line(estate, claim)))
        .collect();
    // What is worst comes first.
    lines.sort_by(|(one_stands, one), (other_stands, other)| {
        (one_stands, &one.organisation, &one.claim).cmp(&(
            other_stands,
            &other.organisation,
            &other.claim,
        ))
    });
    lines.into_iter().map(|(_, line)| line).collect()
}

fn line(estate: &Estate, assessed: &AssessedClaim<'_>) -> ClaimLine {
    let claim = assessed.claim;
    ClaimLine {
        organisation: assessed
            .organisation
            .and_then(|id| estate.organisation(id).name.clone())
            .unwrap_or_else(|| claim.organisation.clone()),
        claim: assessed.words(),
        claim_unquoted: assessed.words_unquoted().map(str::to_owned),
        claimed_on: claim.claimed_on,
        word: word(assessed.word),
        settled: assessed
            .subjects
            .map_or_else(Settled::default, |subjects| Settled {
                holds: subjects.holds,
                fails: subjects.fails,
                unknown: subjects.unknown,
            }),
    }
}

const fn word(word: estate::ClaimWord) -> ClaimWord {
    match word {
        estate::ClaimWord::Refuted => ClaimWord::Refuted,
        estate::ClaimWord::Unsupported => ClaimWord::Unsupported,
        estate::ClaimWord::Attested => ClaimWord::Attested,
        estate::ClaimWord::Verified => ClaimWord::Verified,
        estate::ClaimWord::NotApplicable => ClaimWord::NotApplicable,
    }
}

pub(super) fn overconfidence(
    services: &EstateServices,
    found: &outbreak::Overconfidence,
) -> Overconfidence {
    let priced = |priced: &outbreak::PricedClaims| PricedClaims {
        claims: priced.claims,
        hosts: priced.hosts,
        borders: priced.borders,
        were_true: spread(&priced.were_true),
        spared: spared(&priced.spared),
        saved: priced.saved.as_ref().map(|found| saved(services, found)),
    };
    Overconfidence {
        evidenced: spread(&found.evidenced),
        refuted: priced(&found.refuted),
        unsupported: priced(&found.unsupported),
        not_priced: found.not_priced,
    }
}
