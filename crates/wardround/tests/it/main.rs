//! The program as its users run it: what it prints, writes and refuses.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

mod architecture;
mod backtest;
mod bundle;
mod cli;
mod compare;
mod contacts;
mod corpus_round;
mod diff;
mod disclosure;
mod distribution;
mod doctor;
mod example;
mod exports;
mod hostile_contents;
mod hostile_folder;
mod hosts;
#[cfg(unix)]
mod interrupted;
mod ledger;
mod markup;
#[cfg(target_os = "linux")]
mod memory;
mod northmere_truth;
mod outbreak;
mod planted;
mod read;
mod report;
mod sandbox;
mod schema;
mod store;
mod store_told;
mod threat;
mod why;
