//! `wardround outbreak`: an ensemble of outbreaks, whole or in parts that run anywhere and merge exactly.

mod arguments;
mod lost;
mod merge;
mod sample;
mod show;

pub(super) use arguments::{Args, run};
