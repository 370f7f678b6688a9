//! Losses of an ensemble's replicates: read while each is in memory, kept as whole numbers, summed up.

mod cost;
mod curve;
mod distribution;
mod fate;
mod rows;
mod summary;
mod summing;
mod sums;
mod tally;
mod units;
mod whole_service;

pub(crate) use cost::{Cost, costs};
pub use curve::{AtLeast, LossCurve};
pub use distribution::Distribution;
pub use fate::{GroupFate, InCommon, PairFate};
pub use rows::{DayCount, HUNDREDTHS, LossIdentity, LossMergeError, LossPart, LossRow};
pub use summary::{
    ActivityLosses, DayIfAny, DayLosses, Losses, OUTBREAKS_TOLD, OrganisationLosses,
    OutbreakLosses, ServiceLosses, UnitLosses,
};
pub use summing::summarise_losses;
pub(crate) use tally::LossTally;
pub(crate) use units::Units;
pub use whole_service::{Struck, WholeService, whole_service};
