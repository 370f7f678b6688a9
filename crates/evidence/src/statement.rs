//! What one source said of one subject at one place in it.

use jiff::Timestamp;

use crate::{Fact, Identifier, Method, Position};

/// When something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// The source does not say.
    Undated,
    /// The source says it of others and not of this: any time before it was taken. When it was taken tells nothing here.
    Unknown,
    /// Not before this moment: the export names a boot or installation at it.
    NoEarlierThan(Timestamp),
    /// At this moment.
    At(Timestamp),
}

impl When {
    /// The best known moment: itself, or the earliest it can have been.
    #[must_use]
    pub const fn moment(self) -> Option<Timestamp> {
        match self {
            Self::Undated | Self::Unknown => None,
            Self::NoEarlierThan(moment) | Self::At(moment) => Some(moment),
        }
    }
}

/// One thing seen, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// What was seen.
    pub fact: Fact,
    /// How the source knows.
    pub method: Method,
}

/// Everything that one source said of one subject at one place.
///
/// Each of its `observed` is an observation: the statement gives the subject, time and position that they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The identifiers that the source gave, sorted and without repeats; not yet a host.
    pub subject: Vec<Identifier>,
    /// Where in the source.
    pub position: Position,
    /// When it was seen.
    pub when: When,
    /// What was seen.
    pub observed: Vec<Observed>,
}

impl Statement {
    /// A statement with its identifiers put in order.
    #[must_use]
    pub fn new(mut subject: Vec<Identifier>, position: Position, when: When) -> Self {
        subject.sort_unstable();
        subject.dedup();
        Self {
            subject,
            position,
            when,
            observed: Vec::new(),
        }
    }

    /// Adds one observation.
    pub fn observe(&mut self, method: Method, fact: Fact) {
        self.observed.push(Observed { fact, method });
    }
}
