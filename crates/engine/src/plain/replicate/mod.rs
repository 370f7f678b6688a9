//! Drawing one history.
//!
//! Between two events nothing changes but time, so probes of uniform streams that might do something arrive at a
//! constant total rate ([`uniform`]); starts and the probes of sweeps ([`sweep`]) wait in a queue. The loop takes
//! whichever comes first.

mod events;
mod hosts;
mod outbreak;
mod rates;
mod scratch;
mod sweep;
mod uniform;

pub use crate::plain::replicate::scratch::Scratch;
