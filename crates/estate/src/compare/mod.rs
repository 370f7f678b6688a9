//! What changed between two estates: the same one at two moments, or as two folders tell it.

mod changes;
mod matching;

pub use changes::{Change, ChangeKind, Comparison, compare};
