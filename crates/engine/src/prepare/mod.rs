//! An input, checked and indexed once, from which any number of replicates can be drawn.

mod grouped;
mod openings;
mod prepared;
mod routes;
mod sets;
mod targets;

pub(crate) use crate::prepare::grouped::Grouped;
pub(crate) use crate::prepare::openings::{Ends, Opening};
pub use crate::prepare::prepared::Prepared;
pub(crate) use crate::prepare::routes::Pool;
pub(crate) use crate::prepare::targets::Targets;
