//! An input, checked and indexed once, from which any number of replicates can be drawn.

mod grouped;
mod openings;
mod prepared;
mod routes;
mod sets;
mod targets;

pub(crate) use crate::plain::prepare::grouped::Grouped;
pub(crate) use crate::plain::prepare::openings::{Ends, Opening};
pub use crate::plain::prepare::prepared::Prepared;
pub(crate) use crate::plain::prepare::routes::Pool;
pub(crate) use crate::plain::prepare::targets::Targets;
