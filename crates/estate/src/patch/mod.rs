//! What a Windows machine is, and what its updates and build say of MS17-010 and of its age.
//!
//! Everything here is a look-up in three small embedded tables (`data/README.md`); whether a host is open to a worm
//! is decided elsewhere, from these answers and from what else was seen. A hole in the tables is said, never guessed
//! over.

mod build_date;
mod catalogue;
mod line;
mod mentions;
mod ms17_010;
mod product;
mod products;
mod supersedence;
mod support;
mod updates;

#[cfg(test)]
mod tests;

pub use build_date::BuildDate;
pub use catalogue::Catalogue;
pub(crate) use line::Line;
pub use product::{Family, Product};
pub(crate) use products::Products;
