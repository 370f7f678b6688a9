//! Tests of outbreaks as their users see them.

mod backtest;
mod builder;
mod circumstances;
mod claims;
mod compare;
mod contacts;
mod containment;
mod ensembles;
mod entries;
mod harm;
mod kill_switch;
mod losses;
mod parts;
mod threats;
mod unknowns;
