//! The program as its users run it: what it prints, writes and refuses.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod cli;
mod disclosure;
mod exports;
mod northmere_truth;
mod planted;
mod read;
mod report;
mod sandbox;
mod schema;
mod why;
