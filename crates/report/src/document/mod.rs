//! The review as one audience may read it: the only thing that any output is rendered from.
//!
//! Every text in it is a `Shown`, which only the `Door` can make; so nothing reaches a page, a file or a terminal beside
//! the disclosure.

mod advice;
mod answer;
mod attribution;
mod claims;
mod door;
mod limits;
mod listing;
mod losses;
mod machine;
mod made;
mod overconfidence;
mod reconciliation;
mod scrub;
mod sources;
mod spread;
mod tally;
mod verdicts;
mod ways;
mod whole_service;

use schemars::JsonSchema;
use serde::Serialize;
use wardround_evidence::Disclosure;

use crate::Review;

pub(crate) use self::advice::{Advice, Saved};
pub(crate) use self::answer::{Answer, Crossing, HostLine, OrganisationLine};
pub(crate) use self::attribution::{Attribution, Confidence};
pub(crate) use self::claims::{ClaimLine, ClaimWord};
pub(crate) use self::door::{Door, Shown};
pub(crate) use self::limits::{Assumption, Basis};
pub(crate) use self::listing::Listing;
pub(crate) use self::losses::{
    ActivityLosses, Amount, CurvePoint, EndAmounts, Losses, OrganisationLosses, ServiceLosses,
};
pub(crate) use self::machine::Machine;
pub(crate) use self::made::{Made, Moment, Reader};
pub(crate) use self::overconfidence::{Overconfidence, PricedClaims};
pub(crate) use self::reconciliation::Reconciliation;
pub(crate) use self::sources::{Refusal, SourceLine, Unrecognised};
pub(crate) use self::spread::{FanPoint, Interval, Settled, Spread};
pub(crate) use self::tally::{Tally, VerdictCount};
pub(crate) use self::verdicts::{ChainLink, SampleVerdict, Value};
pub(crate) use self::ways::{EntryLine, Gate, VariancePart, VarianceSplit, WaysIn};
pub(crate) use self::whole_service::{GroupFate, InCommon, PairFate, Struck, WholeService};

/// The name and version of the JSON's schema.
pub(crate) const SCHEMA: &str = "wardround-report/1";

/// One round's results, disclosed to one audience.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "wardround report")]
pub struct Document {
    /// The name and version of this schema: `wardround-report/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub(crate) schema: &'static str,
    /// How it came to be.
    pub(crate) made: Made,
    /// How many machines, and how each question about them is settled.
    pub(crate) tally: Tally,
    /// One answer for each threat; the one that takes most comes first.
    pub(crate) answers: Vec<Answer>,
    /// How the sources' counts become ours.
    pub(crate) reconciliation: Reconciliation,
    /// What to do first, best first.
    pub(crate) to_do: Vec<Advice>,
    /// What to find out first, best first.
    pub(crate) to_find_out: Vec<Advice>,
    /// Claims against evidence.
    pub(crate) claims: Vec<ClaimLine>,
    /// What those that do not stand would be worth; none where all stand or nothing was sampled.
    pub(crate) overconfidence: Option<Overconfidence>,
    /// Verdicts with their whole chains.
    pub(crate) samples: Vec<SampleVerdict>,
    /// Numbers that no evidence gave.
    pub(crate) assumptions: Vec<Assumption>,
    /// The numbers behind what services lose.
    pub(crate) service_numbers: Vec<Assumption>,
    /// What the short names stand for with which their sources begin.
    pub(crate) service_references: Vec<Shown>,
    /// What the answer leaves out, a sentence each.
    pub(crate) not_modelled: Vec<Shown>,
    /// The files that were understood.
    pub(crate) sources: Vec<SourceLine>,
    /// The files that nobody recognised.
    pub(crate) unrecognised: Vec<Unrecognised>,
    /// The files of which nothing could be used.
    pub(crate) refused: Vec<Refusal>,
    /// Remarks on the estate's shape; for the team only.
    pub(crate) estate_notes: Vec<Shown>,
    /// How many remarks on the estate's shape there are, shown or not.
    pub(crate) estate_notes_total: usize,
}

impl Document {
    /// Turns a review's names into text, once, for one audience.
    #[must_use]
    pub fn new(review: &Review, disclosure: &Disclosure) -> Self {
        let door = Door::new(review, disclosure);
        let estate_notes = door.file_texts(&review.estate_notes);
        Self {
            schema: SCHEMA,
            made: Made::new(&review.made, &door),
            tally: Tally::new(&review.tally, &door),
            answers: door.each(&review.answers, Answer::new),
            reconciliation: Reconciliation::new(&review.reconciliation, &door),
            to_do: door.each(&review.to_do, Advice::new),
            to_find_out: door.each(&review.to_find_out, Advice::new),
            claims: door.each(&review.claims, ClaimLine::new),
            overconfidence: (review.overconfidence.as_ref())
                .map(|found| Overconfidence::new(found, &door)),
            samples: door.each(&review.samples, SampleVerdict::new),
            assumptions: door.each(&review.assumptions, Assumption::new),
            service_numbers: door.each(&review.service_numbers, Assumption::new),
            service_references: door.texts(&review.service_references),
            not_modelled: door.texts(&review.not_modelled),
            sources: door.each(&review.sources, SourceLine::new),
            unrecognised: door.each(&review.unrecognised, Unrecognised::new),
            refused: door.each(&review.refused, Refusal::new),
            estate_notes,
            estate_notes_total: review.estate_notes.len(),
        }
    }

    /// Whether hosts, addresses and routes are named in it.
    pub(crate) fn names_hosts(&self) -> bool {
        self.made.audience == Reader::Team
    }
}
