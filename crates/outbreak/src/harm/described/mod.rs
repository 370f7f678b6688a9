//! The services of an estate: as described, and by default for the kind of organisation where nothing is said.

mod groups;
mod plan;

pub use plan::{EstateServices, ServiceEntry};
