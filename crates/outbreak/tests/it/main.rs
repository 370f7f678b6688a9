//! Tests of outbreaks as their users see them.

mod builder;
mod containment;
mod costs;
mod ensembles;
mod harm;
mod kill_switch;
mod losses;
mod parts;
mod unknowns;
