//! What benchmarks share: processor time as a measurement, and the national estate.

pub(crate) mod cpu_time;
pub(crate) mod estate;
