//! Tests of the engine through its public interface.

mod closed_forms;
mod drawing;
mod fast;
mod fast_cells;
mod histories;
mod kill_switch;
mod laws;
mod literal;
mod plain_twin;
mod reach;
mod refusals;
mod statistics;
mod sweeps;
mod twin;
mod worlds;
