//! Tests of the engine through its public interface.

mod answering;
mod closed_forms;
mod contacts;
mod contacts_draws;
mod contacts_twin;
mod coupled;
mod drawing;
mod exactness;
mod fast;
mod fast_cells;
mod histories;
mod kill_switch;
mod laws;
mod literal;
mod one_sweep;
mod plain_twin;
mod reach;
mod refusals;
mod siidr;
mod siidr_oregon;
mod small_worlds;
mod statistics;
mod sweeps;
mod twin;
mod uniform_probes;
mod worlds;
