//! Tests of outbreaks as their users see them.

mod backtest;
mod builder;
mod claims;
mod containment;
mod ensembles;
mod harm;
mod kill_switch;
mod losses;
mod parts;
mod unknowns;
