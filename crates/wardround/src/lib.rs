//! One round: read a folder, resolve the estate, sample outbreaks, and say what was found.
//!
//! The command line is a few lines over this library. Only here and in the store are files opened.

mod asked;
mod behaviour;
mod circumstances;
pub mod doctor;
mod failure;
mod folder;
mod gather;
pub mod hosts;
mod kept;
mod origin;
mod outlet;
mod output;
mod part_file;
mod review;
mod round;
mod threats;
mod unknown_tables;

#[cfg(feature = "cli")]
pub mod commands;
#[cfg(feature = "cli")]
mod terminal;

pub use crate::asked::questions;
pub use crate::behaviour::{ChosenBehaviour, behaviour};
pub use crate::failure::{ExitCode, Failure};
pub use crate::folder::{Folder, can_be_listed, read_file, read_folder};
pub use crate::kept::KeptCounts;
pub use crate::origin::Origin;
pub use crate::outlet::Outlet;
pub use crate::output::write_privately;
pub use crate::part_file::{PartFile, read_part, write_part};
pub use crate::review::subject;
pub use crate::round::{Progress, Round, Settings, ThreatRound};
pub use crate::threats::{ChosenThreat, profile_text, read_at_most, read_profile, threat};
