//! Tests of the engine through its public interface.

mod closed_forms;
mod contacts;
mod contacts_draws;
mod contacts_twin;
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
mod siidr;
mod siidr_oregon;
mod statistics;
mod sweeps;
mod twin;
mod worlds;
