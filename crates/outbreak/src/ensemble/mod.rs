//! Many outbreaks in many worlds, summarised.

mod entries;
mod identity;
mod part;
mod run;
mod statistics;
mod summary;
mod tally;
mod variance;

pub use entries::{EntryClass, entry_classes};
pub use identity::EnsembleIdentity;
pub use part::{HOUR, HostSum, MergeError, ONE, OrganisationRow, PAIRS_UP_TO, Part, ReplicateRow};
pub use run::{RunError, run, run_part, run_with_losses};
pub(crate) use statistics::{mean_and_error, quantile};
pub(crate) use summary::spread_of;
pub use summary::{
    CrossingUse, Ensemble, FanPoint, Gate, HostUse, Interval, OrganisationUse, Spread, summarise,
};
pub use variance::{Split, VarianceSplit, split_variance};
