//! The services of an estate: as described, and by default for the kind of organisation where nothing is said.

mod declared;
mod groups;
mod order;
mod plan;

pub use plan::{EstateServices, ServiceEntry};
