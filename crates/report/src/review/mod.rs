//! What one round found, as plain data: the only input of every page, table and summary.
//!
//! Names stay names here: each output turns them into text through a `Disclosure`.

mod losses;
mod overconfidence;
mod parts;
mod ways;
mod whole_service;

pub use losses::{
    ActivityLosses, Amount, CurvePoint, DayLosses, EndAmounts, LossEnds, Losses,
    OrganisationLosses, OutbreakLosses, Saved, SavedUnits, ServiceLosses,
};
pub use overconfidence::{Overconfidence, PricedClaims};
pub use parts::{
    Advice, Answer, Assumption, Attribution, Basis, ChainLink, ClaimLine, ClaimWord, Confidence,
    Crossing, FanPoint, HostLine, Interval, Made, OrganisationLine, Reconciliation, Refusal,
    Review, SampleVerdict, Settled, SourceCount, SourceLine, Spared, Spread, Subject, Tally,
    UnrecognisedLine, UnsurePair, VerdictCount,
};
pub use ways::{EntryLine, Gate, VarianceSplit, WaysIn};
pub use whole_service::{GroupFate, InCommon, PairFate, Struck, WholeService};
