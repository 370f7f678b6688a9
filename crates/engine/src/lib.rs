//! One replicate of an outbreak, exactly.
//!
//! The engine takes a plain [`Input`] (networks, who may reach whom, hosts, how the worm probes, who responds), checks and
//! indexes it once, and samples one history for each (seed, replicate), told to a [`Watch`]. Time is continuous and
//! events are drawn one by one, so there is no time step to choose. It knows no estate, no threat file, no clock, no
//! file and no thread; the same input, seed and replicate give the same bytes on any machine.
//!
//! Two samplers draw the same process: [`fast`] from totals, for one world; [`coupled`] from thresholds of each host, for
//! the difference between worlds.

mod check;
pub mod contacts;
pub mod coupled;
mod delay;
mod draws;
mod error;
mod event;
pub mod fast;
mod grouped;
mod hours;
mod input;
mod keys;
mod prefetch;
pub mod siidr;
mod totals;

pub use crate::delay::Delay;
pub use crate::error::InputError;
pub use crate::event::{Across, Event, Watch};
pub use crate::input::{
    Attachment, Class, Contact, Dormancy, Entries, Host, Input, KillSwitch, Link, Network, Opening,
    Organisation, Outside, Payload, Pressure, Realm, Response, Schedule, Scope, Stream, StreamKind,
};
pub use crate::totals::Totals;
