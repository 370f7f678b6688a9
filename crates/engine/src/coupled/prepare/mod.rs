//! What is worked out once for an input: who hears which clock, and what each host adds to them.

mod clocks;
mod contacts;
mod ground;
mod grouped;
mod listeners;
mod prepared;
mod profiles;
mod week;

pub(in crate::coupled) use crate::coupled::prepare::clocks::ClockIds;
pub(in crate::coupled) use crate::coupled::prepare::contacts::{Call, Contacts};
pub(in crate::coupled) use crate::coupled::prepare::ground::Ground;
pub(in crate::coupled) use crate::coupled::prepare::grouped::Grouped;
pub(in crate::coupled) use crate::coupled::prepare::listeners::{Gate, Listener, Listeners};
pub use crate::coupled::prepare::prepared::Prepared;
pub(in crate::coupled) use crate::coupled::prepare::profiles::{Profiles, Share, Special};
pub(in crate::coupled) use crate::coupled::prepare::week::Week;

/// No network, no realm.
pub(in crate::coupled) const NONE: u32 = u32::MAX;
