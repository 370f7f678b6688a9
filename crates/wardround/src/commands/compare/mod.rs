//! `wardround compare`: two worlds of one estate beside each other, on the same draws.

mod arguments;
mod change;
mod show;
mod world;

pub(super) use arguments::{Args, run};
