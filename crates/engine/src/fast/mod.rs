//! Outbreaks drawn from totals: no list of hosts in the loop.
