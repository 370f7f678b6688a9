//! Outbreaks drawn from thresholds of each host, for comparing worlds.
