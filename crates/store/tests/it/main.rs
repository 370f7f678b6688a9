//! What the store promises.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod bundle;
mod evidence;
mod forgetting;
mod held;
mod kept;
mod samples;
mod segments;
