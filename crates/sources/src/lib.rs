//! Bytes in, observations out.
//!
//! A reader says what a file says and what of it could not be read. It never judges, opens no path, and treats every
//! byte as written by an enemy: memory, nesting, entries and ratios are bounded by [`Limits`], and nothing panics.

mod already_kept;
mod archive;
mod beside;
mod csv_rows;
mod defender;
mod description;
mod formats;
mod hashed;
mod head;
mod json_rows;
mod keeper;
mod kept_flaws;
mod limits;
mod names;
mod read;
mod reader;
mod sink;
mod text;
mod windows;
mod xml;
mod zstd;

pub use crate::formats::readers;
pub use crate::head::Head;
pub use crate::keeper::{Found, Keeper, Keeping};
pub use crate::limits::Limits;
pub use crate::read::{
    FileContents, Outcome, Refused, UnknownTable, UnreadColumns, Unrecognised, read, read_into,
};
pub use crate::reader::{ReadError, Reader};
pub use crate::sink::Sink;
pub use crate::text::{Encoding, Utf8};
