//! Who is who: which statements speak of one machine.
//!
//! Links apply strongest kind of identifier first, within a kind by sorted value, and that order defines the result, whatever
//! the order of files. Two different *hardware* identifiers forbid a merge; nothing weaker does, but a weaker link gives way
//! where the machines that it would join lived side by side under different names or agents. What stays apart for such a
//! reason is counted as *possibly the same*.

mod addresses;
mod belief;
mod cluster;
mod disqualify;
mod few;
mod joiner;
mod merge;
mod names;
mod overlap;
mod reconciliation;

pub(crate) use merge::merge;
pub use overlap::unseen;
pub(crate) use reconciliation::reconcile;
pub use reconciliation::{Disqualified, Reconciliation, SourceCount, Unsure};
