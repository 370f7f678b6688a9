//! What changed between two estates: the same one at two moments, or as two folders tell it.

mod changes;
mod claims;
mod kinds;
mod leftovers;
mod matching;

pub use changes::{Change, ChangeKind, Comparison, compare};

pub use claims::{ClaimChange, ClaimChangeKind, compare_claims};
pub use leftovers::Alone;
