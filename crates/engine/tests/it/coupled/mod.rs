//! The coupled sampler: its laws, closed forms and comparisons.

mod closed_forms;
mod coupling;
mod laws;
mod worlds;
