//! Many outbreaks in many worlds, summarised.

mod run;
mod statistics;
mod tally;

pub use run::{
    CrossingUse, Ensemble, FanPoint, HostUse, Interval, OrganisationUse, RunError, Spread, run,
};
