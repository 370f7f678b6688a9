//! The tables of an estate's description, whatever file they stand in; see `docs/estate-description.md`.
//!
//! `estate_tables` reads them from CSV and `estate_toml` from TOML; both hand their rows here as [`Fields`].

mod fields;
mod rows;
mod table;
mod values;

pub(crate) use fields::Fields;
pub(crate) use rows::declare;
pub(crate) use table::{Table, TableKind};
pub(crate) use values::moment;

/// What is said of a source whose claims state a scope.
pub(crate) const SCOPE_NOT_USED: &str =
    "The `scope` of a claim is not used: each claim is taken to speak of its whole organisation.";
