//! What the Windows update lists share: text of any encoding by lines, update numbers, dates of any country, rows.
//!
//! Which file holds which list, and what it proves, is for the formats to say.

mod block;
mod columns;
mod dates;
mod entry;
mod kb_numbers;
mod machines;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use block::Block;
pub(crate) use columns::{Columns, PROPERTIES};
pub(crate) use dates::{DateOrder, OrderEvidence, WrittenDate, time_of_day};
pub(crate) use entry::{is_update_entry, kb_of_entry};
pub(crate) use machines::{Machines, Properties};
pub(crate) use text::PlainText;

/// What the commands that Windows brings count as one family of sources: each speaks for the machine that it ran on.
pub(crate) const FAMILY: &str = "Windows commands";
