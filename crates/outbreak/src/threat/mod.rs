//! Threat profiles: data files that say how one worm enters, spreads and rests.
//!
//! They hold rates, conditions and references, and have no field for commands, payloads, credentials or addresses; unknown
//! fields are refused.

mod catalogue;
mod profile;
mod quantity;

pub use catalogue::built_in;
pub(crate) use profile::FAMILIES;
pub use profile::{Condition, Profile, ProfileError, ScopeName, StreamProfile, SuccessByFamily};
pub(crate) use quantity::plain;
pub use quantity::{Basis, Quantity};
