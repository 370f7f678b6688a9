//! Claims against evidence: what is claimed, how it is decided, and how it stands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::tz::TimeZone;
use wardround_evidence::{Claim, ClaimStatus, OrganisationName, Port, Truth};

use crate::estate::{Estate, HostId, NetworkId, OrganisationId};
use crate::{Passage, Question};

/// What decides a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidedBy {
    /// The verdicts of the organisation's machines.
    Machines(Question),
    /// The rules at the organisation's border on file sharing, and links through it, declared or seen.
    Border,
    /// Nothing that wardround can read.
    Nothing,
}

/// How a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimWord {
    /// More of its subjects fail than it leaves out.
    Refuted,
    /// More fail or are unknown than it leaves out.
    Unsupported,
    /// No evidence can decide it.
    Attested,
    /// Enough hold.
    Verified,
    /// It has no subjects.
    NotApplicable,
}

impl ClaimWord {
    /// The word for it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Refuted => "refuted",
            Self::Unsupported => "unsupported",
            Self::Attested => "attested",
            Self::Verified => "verified",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// The subjects of a claim by what is so of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// The safeguard is there.
    pub holds: u32,
    /// It is not.
    pub fails: u32,
    /// Nothing settles it.
    pub unknown: u32,
}

impl Subjects {
    const fn all(self) -> u32 {
        self.holds + self.fails + self.unknown
    }

    fn count(&mut self, truth: Truth) {
        match truth {
            Truth::Holds => self.holds += 1,
            Truth::Fails => self.fails += 1,
            Truth::Unknown => self.unknown += 1,
        }
    }
}

/// A claim with how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessedClaim<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Who claims it, where the organisation is described.
    pub organisation: Option<OrganisationId>,
    /// What decides it.
    pub decided_by: DecidedBy,
    /// How it stands.
    pub word: ClaimWord,
    /// Its subjects; none where nothing decides it.
    pub subjects: Option<Subjects>,
}

impl AssessedClaim<'_> {
    /// What is claimed, in words. Of a control that nothing decides it is the description's own word, whatever that holds.
    #[must_use]
    pub fn words(&self) -> String {
        match self.decided_by {
            DecidedBy::Machines(question) => question.words(),
            DecidedBy::Border => "file sharing (445/tcp) is denied at the border".to_owned(),
            DecidedBy::Nothing => self.claim.control.replace('_', " "),
        }
    }

    /// The same in our own words alone, where `words` quotes the description.
    #[must_use]
    pub fn words_unquoted(&self) -> Option<&'static str> {
        (self.decided_by == DecidedBy::Nothing).then_some("a control that no evidence settles")
    }

    /// How many more of its subjects would have to hold for it to be true; 0 where it stands or nothing decides it.
    #[must_use]
    pub fn wanting(&self) -> u32 {
        self.subjects.map_or(0, |subjects| {
            let missing = subjects.fails + subjects.unknown;
            missing.saturating_sub(allowed(subjects, self.claim.threshold_percent) as u32)
        })
    }
}

impl Estate {
    /// The claims that a control is in place, in the order of the description. Only such can be wrong about it.
    #[must_use]
    pub fn assess_claims(&self) -> Vec<AssessedClaim<'_>> {
        let of = Ownership::of(self);
        self.claims
            .iter()
            .filter(|claim| claim.status == ClaimStatus::InPlace)
            .map(|claim| self.assess_claim(claim, &of))
            .collect()
    }

    fn assess_claim<'a>(&'a self, claim: &'a Claim, of: &Ownership<'_>) -> AssessedClaim<'a> {
        let organisation = of.named.get(&claim.organisation).copied();
        let decided_by = match organisation {
            Some(_) => self.what_decides(&claim.control),
            None => DecidedBy::Nothing,
        };
        let subjects = organisation.and_then(|id| match decided_by {
            DecidedBy::Machines(question) => Some(self.subjects(of.machines(id), question)),
            DecidedBy::Border => Some(self.border_of(id)),
            DecidedBy::Nothing => None,
        });
        AssessedClaim {
            claim,
            organisation,
            decided_by,
            word: subjects.map_or(ClaimWord::Attested, |subjects| {
                word(subjects, claim.threshold_percent)
            }),
            subjects,
        }
    }

    fn what_decides(&self, control: &str) -> DecidedBy {
        match control {
            "ms17_010_closed" => DecidedBy::Machines(Question::Ms17010Closed),
            "edr_in_block_mode" => DecidedBy::Machines(Question::AgentBlocks),
            "smb1_disabled" => DecidedBy::Machines(Question::Smb1Off),
            "patched_within_30_days" => {
                let today = self.as_of.to_zoned(TimeZone::UTC).date();
                let day = today.checked_sub(Span::new().days(30)).unwrap_or(today);
                DecidedBy::Machines(Question::UpdatedSince(day))
            }
            "445_denied_at_border" => DecidedBy::Border,
            _ => DecidedBy::Nothing,
        }
    }

    fn subjects(&self, machines: &[HostId], question: Question) -> Subjects {
        let mut subjects = Subjects::default();
        for id in machines {
            subjects.count(self.assess(*id, question).verdict.truth);
        }
        subjects
    }

    /// The organisation's networks that lie in a realm by the rule at its border, and those of its networks that a link enters
    /// from another organisation, whatever the rule: declared, the description itself opens the border; seen, it was open.
    fn border_of(&self, organisation: OrganisationId) -> Subjects {
        let reach = self.reach.on(Port::tcp(445), &self.networks);
        let is_ours = |network| self.network(network).organisation == organisation;
        let entered: BTreeSet<NetworkId> = reach
            .links
            .iter()
            .filter(|link| is_ours(link.to) && !is_ours(link.from))
            .map(|link| link.to)
            .collect();
        let mut subjects = Subjects::default();
        let networks = (0..).map(NetworkId).zip(&self.networks);
        for ((id, network), rules) in networks.zip(&reach.networks) {
            if entered.contains(&id) {
                subjects.count(Truth::Fails);
            } else if is_ours(id) && network.realm.is_some() {
                subjects.count(match rules.enters_organisation {
                    Passage::Allowed => Truth::Fails,
                    Passage::Denied => Truth::Holds,
                    Passage::Unknown => Truth::Unknown,
                });
            }
        }
        subjects
    }
}

/// Organisations by their names in the description, and the machines of each.
struct Ownership<'a> {
    named: BTreeMap<&'a OrganisationName, OrganisationId>,
    machines: BTreeMap<OrganisationId, Vec<HostId>>,
}

impl<'a> Ownership<'a> {
    fn of(estate: &'a Estate) -> Self {
        let mut named = BTreeMap::new();
        for (id, organisation) in (0..).map(OrganisationId).zip(&estate.organisations) {
            if let Some(name) = &organisation.id {
                named.entry(name).or_insert(id);
            }
        }
        Self {
            named,
            machines: estate.hosts_by_organisation(),
        }
    }

    fn machines(&self, organisation: OrganisationId) -> &[HostId] {
        self.machines.get(&organisation).map_or(&[], Vec::as_slice)
    }
}

/// At most the share that the claim leaves out may fail, or be unknown.
fn word(subjects: Subjects, threshold_percent: Option<f64>) -> ClaimWord {
    if subjects.all() == 0 {
        return ClaimWord::NotApplicable;
    }
    let allowed = allowed(subjects, threshold_percent);
    if f64::from(subjects.fails) > allowed {
        ClaimWord::Refuted
    } else if f64::from(subjects.fails + subjects.unknown) <= allowed {
        ClaimWord::Verified
    } else {
        ClaimWord::Unsupported
    }
}

/// As many subjects as a claim leaves out.
fn allowed(subjects: Subjects, threshold_percent: Option<f64>) -> f64 {
    let share = 1.0 - threshold_percent.unwrap_or(100.0) / 100.0;
    f64::from(subjects.all()) * share + 1e-9
}
