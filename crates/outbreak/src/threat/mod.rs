//! Threat profiles: data files that say how one worm enters, spreads and rests.
//!
//! They hold rates, conditions and references, and have no field for commands, payloads, credentials or addresses; unknown
//! fields are refused.

mod bounds;
mod catalogue;
mod check;
mod date;
mod examples;
mod explain;
mod fault;
mod identity;
mod numbers;
mod place;
mod profile;
mod quantity;
mod schema;
mod shape;
mod stix;
mod stream;
#[cfg(test)]
mod tests;
mod vector;

pub use catalogue::{BuiltIn, DEFAULT_THREATS, built_in, catalogue, default_threats};
pub use date::StatedDate;
pub use explain::explain;
pub use fault::{Fault, ProfileError};
pub use identity::{Attribution, Confidence, Identity, Reference};
pub use numbers::Grounds;
pub use profile::{
    Dormancy, Dwell, EntryKind, EntryProfile, KillSwitchProfile, OutsidePressure, Payload, Profile,
};
pub use quantity::{Basis, Quantity};
pub(crate) use quantity::{plain, spans_three};
pub use schema::threat_schema;
pub use stix::{Bundles, StixError};
pub use stream::{ContactKind, ScopeName, StreamKind, StreamProfile};
pub(crate) use vector::FAMILIES;
pub use vector::{CarriedBy, Condition, CrashByFamily, Credentials, SuccessByFamily, Vector};
