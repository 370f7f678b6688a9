//! The sampler that holds every host, which the rest of wardround still uses.

mod check;
mod error;
pub mod fast;
mod history;
mod input;
mod prepare;
mod replicate;

pub use crate::delay::Delay;
pub use crate::plain::error::InputError;
pub use crate::plain::history::{Across, Answer, Crash, History, Infection};
pub use crate::plain::input::{
    Entries, Host, Input, KillSwitch, Link, Network, Realm, Scope, Stream,
};
pub use crate::plain::prepare::Prepared;
pub use crate::plain::replicate::Scratch;
