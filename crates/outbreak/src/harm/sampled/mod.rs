//! Losses of an ensemble's replicates: read while each is in memory, kept as whole numbers, summed up.

mod rows;
mod summary;
mod tally;

pub use rows::{DayCount, HUNDREDTHS, LossIdentity, LossMergeError, LossPart, LossRow};
pub use summary::{
    ActivityLosses, Distribution, Losses, OrganisationLosses, ServiceLosses, UnitLosses,
    summarise_losses,
};
pub(crate) use tally::LossTally;
