//! One replicate of an outbreak, exactly.
//!
//! The engine takes a plain [`Input`] (networks, who may reach whom, hosts, how the worm probes), checks and indexes it
//! once ([`Prepared`]), and samples one [`History`] for each (seed, replicate). Time is continuous and events are drawn
//! one by one, so there is no time step to choose. It knows no estate, no threat file, no clock, no file and no thread;
//! the same input, seed and replicate give the same bytes on any machine.

mod check;
pub mod contacts;
mod delay;
mod draws;
mod error;
pub mod fast;
mod history;
mod input;
mod prepare;
mod replicate;
pub mod siidr;

pub use crate::delay::Delay;
pub use crate::error::InputError;
pub use crate::history::{Across, Answer, Crash, History, Infection};
pub use crate::input::{Entries, Host, Input, KillSwitch, Link, Network, Realm, Scope, Stream};
pub use crate::prepare::Prepared;
pub use crate::replicate::Scratch;
