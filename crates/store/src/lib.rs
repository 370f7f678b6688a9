//! Plain tables of numbers and words in immutable files, and back.
//!
//! A [`Segment`] is one Parquet file: a kind, notes, and tables. It is written whole under another name and then given its
//! own, so that nobody ever sees half of one; a digest over its contents tells when it was damaged. The store never
//! interprets what it keeps.

mod atomic;
mod digest;
mod error;
mod limits;
mod read;
mod segment;
mod shape;
mod write;

pub use crate::error::StoreError;
pub use crate::limits::Limits;
pub use crate::read::read;
pub use crate::segment::{Column, Segment, Table, Values};
pub use crate::write::{bytes, write};
