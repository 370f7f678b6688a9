//! Results to page, JSON and terminal. It shows and never computes; a name becomes text only through a `Disclosure`.

mod review;

pub use crate::review::{
    Advice, Answer, Assumption, Basis, ChainLink, ClaimLine, ClaimWord, Crossing, FanPoint,
    HostLine, Interval, Made, OrganisationLine, Reconciliation, Refusal, Review, SampleVerdict,
    Settled, SourceCount, SourceLine, Spread, Subject, Tally, UnrecognisedLine, UnsurePair,
    VerdictCount,
};
