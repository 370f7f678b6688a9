//! Rows of typed cells as CSV for spreadsheets, as JSON and as a text table that fits a terminal.
//!
//! Whoever fills the cells has passed every name through a `Disclosure`; here text is made harmless for its format.

mod cell;
mod csv;
mod text;

pub use cell::{Cell, Column};
pub use csv::{BYTE_ORDER_MARK, csv_row};
pub use text::TextTable;
