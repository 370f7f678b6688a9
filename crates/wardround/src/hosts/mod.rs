//! The machines of an estate as rows: what stands in them, which of them, in which order.

mod field;
mod filter;
mod pattern;
mod row;
mod table;

pub use field::{Field, Part, UnknownField, fields};
pub use filter::{Filter, Wanted};
pub use pattern::Pattern;
pub use table::{HostTable, Order};
