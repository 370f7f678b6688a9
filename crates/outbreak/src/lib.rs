//! What a worm does in a world.
//!
//! A [`Population`] joins an estate and a threat; a world settles what is unknown in it; an ensemble samples outbreaks in
//! many worlds. Nothing here knows scanners or feeds, and results do not depend on the number of threads.

mod advice;
pub mod backtest;
mod compare;
mod draws;
mod ensemble;
pub mod harm;
mod not_modelled;
mod population;
mod rows;
mod scenario;
mod threat;

pub use wardround_engine::Across;

pub use crate::advice::{
    Advice, Candidate, LossesOf, Measured, Overconfidence, PricedClaims, Saved, Task, advise,
    as_claimed,
};
pub use crate::compare::{Alternative, Comparison, Difference, compare};
pub use crate::ensemble::{
    CrossingUse, Ensemble, EnsembleIdentity, EntryClass, FanPoint, Gate, HOUR, HostSum, HostUse,
    Interval, MergeError, ONE, OrganisationRow, OrganisationUse, PAIRS_UP_TO, Part, ReplicateRow,
    RunError, Split, Spread, VarianceSplit, entry_classes, run, run_part, run_with_losses,
    split_variance, summarise,
};
pub use crate::not_modelled::not_modelled;
pub use crate::population::{
    ContactPrior, Effect, GapRule, MissingPrior, OnShares, Open, PassagePrior, Point, Population,
    PresenceRules, Settle, SharePrior, ShareRange, UnknownRules, open_truth, questions_behind,
};
pub use crate::rows::{RowFault, TableError};
pub use crate::scenario::{Entry, KillSwitchState, ResponseRule, Scenario};
pub use crate::threat::{
    Attribution, Basis, BuiltIn, Bundles, CarriedBy, Condition, Confidence, ContactKind,
    CrashByFamily, Credentials, DEFAULT_THREATS, Dormancy, Dwell, EntryKind, EntryProfile, Fault,
    Grounds, Identity, KillSwitchProfile, OutsidePressure, Payload, Profile, ProfileError,
    Quantity, Reference, ScopeName, StatedDate, StixError, StreamKind, StreamProfile,
    SuccessByFamily, Vector, built_in, catalogue, default_threats, explain, threat_schema,
};
