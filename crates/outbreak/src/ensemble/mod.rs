//! Many outbreaks in many worlds, summarised.

mod part;
mod run;
mod statistics;
mod summary;
mod tally;
mod variance;

pub use part::{HostSum, MergeError, ONE, OrganisationRow, Part, ReplicateRow};
pub use run::{RunError, run, run_part};
pub(crate) use summary::spread_of;
pub use summary::{
    CrossingUse, Ensemble, EntryUse, FanPoint, HostUse, Interval, OrganisationUse, Spread,
    summarise,
};
pub use variance::{Split, VarianceSplit, split_variance};
