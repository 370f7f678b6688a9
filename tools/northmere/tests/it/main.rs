//! Integration tests of the generator.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod committed;
mod formats;
mod sizes;
mod truth;
mod unpack;
mod witness;
