//! The few parameters of behaviour, fitted to an organisation's own incidents and exercises.
//!
//! The built-in cases are the prior. Every likelihood is weak on purpose: one incident of a thousand machines is one
//! incident, and tells as much as [`WORTH`] machines that came back independently of each other.

mod behaviour;
mod fit;
mod from_ledger;
mod grid;
mod incidents;

pub use behaviour::{Behaviour, BehaviourError, BehaviourParameter};
pub use fit::{Calibration, Fitted, WORTH, calibrate};
pub use from_ledger::FromLedger;
pub use grid::Middle;
pub use incidents::{Incidents, KeptOnPaper, MachinesBack};
