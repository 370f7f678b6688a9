//! One machine under one threat.

use wardround_estate::{Estate, Family, Gap, Host, HostId, OrganisationId, Question};
use wardround_evidence::Truth;

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

/// What is known of one machine under one threat.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// For each condition: its truth, and what is missing where it is unknown.
    pub(crate) conditions: Vec<(Truth, Option<Gap>)>,
    /// Whether it is open to any vector.
    pub(crate) open: Open,
    pub(crate) family: Family,
    pub(crate) administrator: OrganisationId,
}

impl Member {
    pub(super) fn new(
        estate: &Estate,
        id: HostId,
        host: &Host,
        questions: &[Question],
        vectors: &[Vec<usize>],
    ) -> Self {
        let conditions: Vec<(Truth, Option<Gap>)> = questions
            .iter()
            .map(|question| {
                let finding = estate.assess(id, *question);
                (finding.verdict.truth, finding.gap)
            })
            .collect();
        Self {
            open: open(&conditions, vectors),
            conditions,
            family: host.product.family(),
            administrator: estate.organisation(host.organisation).administrator,
        }
    }
}

/// Any safeguard that holds closes a vector; any vector that is open is enough.
fn open(conditions: &[(Truth, Option<Gap>)], vectors: &[Vec<usize>]) -> Open {
    let of_vector = |vector: &Vec<usize>| {
        open_truth(Truth::any(
            vector.iter().map(|&condition| conditions[condition].0),
        ))
    };
    let all: Vec<Open> = vectors.iter().map(of_vector).collect();
    if all.contains(&Open::Yes) {
        Open::Yes
    } else if all.contains(&Open::Unknown) {
        Open::Unknown
    } else {
        Open::No
    }
}
