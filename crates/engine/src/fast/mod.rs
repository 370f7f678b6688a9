//! Outbreaks drawn from totals: neither a list of hosts nor a list of pairs in the loop.
//!
//! Hosts of one network and class are alike, and only counted: a *cell* has so many that are susceptible, so many
//! that are active. Uniform choice inside an address set lets infections be drawn from products of such counts
//! (pools), weighed as whole numbers that never drift. So the cost is per infection, not per probe or pair, and a
//! million and a half hosts in 30,000 networks fit the processor's cache. Hosts that have several networks or contacts are
//! alone in their cells; whoever watches learns the cell, of whose hosts any may be meant.
//!
//! Where hosts are removed or fall dormant, and there are neither sweeps nor contacts nor hosts with several networks, sources
//! are counted generously and looked at when they probe (`generous`).
//!
//! Between events that are due at a known time all waits are exponential, and the next event is drawn from the sum of
//! their rates (Gillespie, *A general method for numerically simulating the stochastic time evolution of coupled chemical
//! reactions*, 1976), by composition and rejection (`urn`).

mod ahead;
mod calls;
mod cells;
mod change;
mod classes;
mod crowd;
mod dates;
mod generous;
mod infection;
mod plan;
mod pools;
mod prepared;
mod presence;
mod probe;
mod queue;
mod reach;
mod respond;
mod roll;
mod run;
mod scratch;
mod stage;
mod sweep;
#[cfg(test)]
mod tests;
mod urn;
mod waiting;
mod weights;

pub use crate::fast::prepared::{Prepared, Unit};
pub use crate::fast::scratch::Scratch;
