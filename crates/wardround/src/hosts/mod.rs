//! The machines of an estate as rows: what stands in them, which of them, in which order.

mod field;
mod filter;
mod listing;
mod pattern;
mod row;

pub use field::{Field, Part, UnknownField, fields};
pub use filter::{Filter, Wanted};
pub use listing::{Listing, Order};
pub use pattern::Pattern;
