//! What is known of machines under one threat: each kind of machine once.

use wardround_estate::{Estate, Family, Gap, Host, HostId, OrganisationId, Question};
use wardround_evidence::{Fact, Role, Truth};

use super::vectors::Ways;

/// Whether a machine is open to a threat, as far as evidence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// Every safeguard against it fails.
    Yes,
    /// A safeguard holds.
    No,
    /// Nothing settles it.
    Unknown,
}

/// Open where the combined safeguard fails.
#[must_use]
pub const fn open_truth(safeguard: Truth) -> Open {
    match safeguard {
        Truth::Holds => Open::No,
        Truth::Fails => Open::Yes,
        Truth::Unknown => Open::Unknown,
    }
}

/// All that is known of a machine under one threat, but for where it stands. Machines of one kind are drawn by the same
/// shares, so there is one of these for thousands of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    pub(crate) administrator: OrganisationId,
    pub(crate) organisation: OrganisationId,
    pub(crate) family: Family,
    pub(crate) role: Option<Role>,
    /// Whether it may be the default entry.
    pub(crate) may_be_a_workstation: bool,
    /// Whether something outside was seen to be able to start a conversation with it.
    pub(crate) faces_internet: bool,
    /// For each question: its truth, and what is missing where it is unknown.
    pub(crate) conditions: Vec<(Truth, Option<Gap>)>,
}

impl Member {
    pub(super) fn new(estate: &Estate, id: HostId, host: &Host, questions: &[Question]) -> Self {
        let conditions = questions
            .iter()
            .map(|question| {
                let finding = estate.assess(id, *question);
                (finding.verdict.truth, finding.gap)
            })
            .collect();
        Self {
            administrator: estate.organisation(host.organisation).administrator,
            organisation: host.organisation,
            family: host.product.family(),
            role: host.role,
            may_be_a_workstation: host.may_be_a_workstation(),
            faces_internet: faces_internet(estate, host),
            conditions,
        }
    }

    /// Whether it is open to any of the ways that `which` picks: what is known of each is that any safeguard that holds is
    /// enough, and that a share of machines runs the attacked service at all.
    pub(crate) fn open(&self, ways: &Ways, which: impl Fn(usize) -> bool) -> Open {
        let mut found = Open::No;
        for (number, way) in ways.each.iter().enumerate() {
            if !which(number) {
                continue;
            }
            let safeguards = way.questions().map(|question| self.conditions[question].0);
            match open_truth(Truth::any(safeguards)) {
                Open::Yes if !way.has_service_share => return Open::Yes,
                Open::No => {}
                Open::Yes | Open::Unknown => found = Open::Unknown,
            }
        }
        found
    }
}

/// Whether evidence that still speaks says that the machine can be reached from the internet.
fn faces_internet(estate: &Estate, host: &Host) -> bool {
    host.statements.iter().any(|id| {
        let mut facts = estate.statement(*id).observed.iter();
        facts.any(|observed| observed.fact == Fact::InternetFacing(true))
            && estate.moment(*id).is_none_or(|moment| {
                estate.as_of.duration_since(moment) <= estate.options.setting_speaks_for
            })
    })
}
