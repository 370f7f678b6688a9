//! What overconfidence costs: the world as it is claimed beside the world that the evidence supports.
//!
//! A claim that a control is in place is taken to be true of just enough of its subjects to reach its threshold: which, of
//! those that fail or are unknown, is decided by key. Two prices: that of claims which the evidence refutes, and that of those
//! which it does not bear out beside. The worlds have the same draws, so that they differ by the claims alone.

use std::collections::{BTreeMap, BTreeSet};

use wardround_estate::{AssessedClaim, ClaimWord, DecidedBy, HostId, OrganisationId, Passage};
use wardround_evidence::{Direction, Port, Truth};

use super::measure::{Saved, Trial};
use crate::compare::{Difference, Sampled};
use crate::draws::{Decides, key};
use crate::ensemble::{RunError, Spread};
use crate::population::{Effect, Point, Population};

/// What claims that do not stand would be worth, were they true.
#[derive(Clone, Debug)]
pub struct Overconfidence {
    /// The outbreaks that the evidence supports, on the draws of the others.
    pub evidenced: Spread,
    /// Claims that the evidence refutes.
    pub refuted: PricedClaims,
    /// Claims that it does not bear out: what they would spare beyond the refuted ones.
    pub unsupported: PricedClaims,
    /// Claims that do not stand and have no price, for the threat does not ask for their control.
    pub not_priced: u32,
}

/// What some claims would be worth, were they true.
#[derive(Clone, Debug)]
pub struct PricedClaims {
    /// How many claims.
    pub claims: u32,
    /// Machines of which they say something that the evidence does not, each once.
    pub hosts: u32,
    /// Borders of which they do.
    pub borders: u32,
    /// The outbreaks were they true.
    pub were_true: Spread,
    /// Machines spared over all outbreaks.
    pub spared: Difference,
    /// What would not be lost; none where no losses were asked for.
    pub saved: Option<Saved>,
}

/// What claims that do not stand say beyond the evidence, by how they do not stand.
#[derive(Default)]
struct Claimed {
    refuted: Beyond,
    unsupported: Beyond,
    /// Claims for whose control the threat does not ask.
    not_priced: u32,
}

/// What claims say beyond the evidence.
#[derive(Default)]
struct Beyond {
    claims: u32,
    hosts: BTreeSet<HostId>,
    borders: BTreeSet<OrganisationId>,
    effects: Vec<Effect>,
}

/// The world as it is claimed: what all claims that do not stand change in that of the evidence, were they true.
#[must_use]
pub fn as_claimed(population: &Population<'_>) -> Vec<Effect> {
    Claimed::of(population).effects()
}

/// Prices the claims that do not stand; `None` where there are none.
pub(super) fn overconfidence(
    population: &Population<'_>,
    trial: &Trial<'_>,
) -> Result<Option<Overconfidence>, RunError> {
    let claimed = Claimed::of(population);
    if claimed.refuted.claims + claimed.unsupported.claims + claimed.not_priced == 0 {
        return Ok(None);
    }
    let with_refuted = trial.with(&claimed.refuted.effects)?;
    let with_all = trial.with(&claimed.effects())?;
    let priced = |beyond: Beyond, without: &Sampled, with: &Sampled| PricedClaims {
        claims: beyond.claims,
        hosts: beyond.hosts.len() as u32,
        borders: beyond.borders.len() as u32,
        were_true: with.spread(),
        spared: without.taken_beyond(with),
        saved: trial.saved(without, with),
    };
    Ok(Some(Overconfidence {
        evidenced: trial.as_it_is().spread(),
        refuted: priced(claimed.refuted, trial.as_it_is(), &with_refuted),
        unsupported: priced(claimed.unsupported, &with_refuted, &with_all),
        not_priced: claimed.not_priced,
    }))
}

impl Claimed {
    fn of(population: &Population<'_>) -> Self {
        let mut claimed = Self::default();
        let machines = population.estate().hosts_by_organisation();
        for (number, claim) in (0..).zip(population.estate().assess_claims()) {
            let beyond = match claim.word {
                ClaimWord::Refuted => &mut claimed.refuted,
                ClaimWord::Unsupported => &mut claimed.unsupported,
                ClaimWord::Attested | ClaimWord::Verified | ClaimWord::NotApplicable => continue,
            };
            if !beyond.take(population, &machines, number, &claim) {
                claimed.not_priced += 1;
            }
        }
        claimed
    }

    /// Those of the refuted first, then those of the others.
    fn effects(&self) -> Vec<Effect> {
        let all = self.refuted.effects.iter().chain(&self.unsupported.effects);
        all.cloned().collect()
    }
}

impl Beyond {
    /// Takes up what a claim says beyond the evidence; false where the threat does not ask for it.
    fn take(
        &mut self,
        population: &Population<'_>,
        machines: &BTreeMap<OrganisationId, Vec<HostId>>,
        number: u64,
        claim: &AssessedClaim<'_>,
    ) -> bool {
        let Some(organisation) = claim.organisation else {
            return false;
        };
        match claim.decided_by {
            DecidedBy::Machines(question) => {
                let mut questions = population.questions().iter();
                let Some(asked) = questions.position(|it| *it == question) else {
                    return false;
                };
                // Just enough of those that fail or are unknown for the claim to be true.
                let lacks =
                    |id: &&HostId| population.member(**id).conditions[asked].0 != Truth::Holds;
                let machines = machines.get(&organisation).into_iter().flatten();
                let mut hosts: Vec<HostId> = machines.filter(lacks).copied().collect();
                hosts.sort_by_key(|id| (key(0, number, Decides::Claimed, &[u64::from(id.0)]), *id));
                hosts.truncate(claim.wanting() as usize);
                self.hosts.extend(&hosts);
                self.effects.push(Effect::Hold(question, hosts));
            }
            DecidedBy::Border if population.profile().port == Port::tcp(445) => {
                self.borders.insert(organisation);
                let border = Point::Border(organisation, Direction::In);
                self.effects.push(Effect::Set(border, Passage::Denied));
            }
            DecidedBy::Border | DecidedBy::Nothing => return false,
        }
        self.claims += 1;
        true
    }
}
