//! Trying wardround on the past: what it would have said of May 2017, from what was known before the outcome.

pub mod england;
mod lan;
mod parameters;

pub use lan::busiest_hundred_seconds;
pub use parameters::{Parameters, Prior, Range};
