//! Tests of the engine through its public interface.

mod answering;
mod consistent_events;
mod contacts;
mod contacts_draws;
mod contacts_twin;
mod coupled;
mod exactness;
mod one_sweep;
mod refused_inputs;
mod siidr;
mod siidr_oregon;
mod small_worlds;
mod staff;
mod statistics;
mod twin;
mod uniform_probes;
mod who_reaches_whom;
