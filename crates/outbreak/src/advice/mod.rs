//! What to do first and what to find out first, each measured by running its outbreaks.
//!
//! Candidates come from the evidence. Each is screened on the same worlds as the estate as it is; the best are measured
//! again on fresh draws, and only that second value is given, so that luck in the first does not flatter it.

mod candidates;
mod claimed;
mod measure;

pub use candidates::{Candidate, Task};
pub use claimed::{Overconfidence, PricedClaims, as_claimed};
pub use measure::{Advice, LossesOf, Measured, Saved, advise};
