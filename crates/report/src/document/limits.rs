//! Numbers that no evidence gave.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Shown};
use crate::review;

/// A number that no evidence gave.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Assumption {
    /// What it is.
    pub(crate) what: Shown,
    /// Its value or range, with its unit.
    pub(crate) value: Shown,
    /// On what it stands.
    pub(crate) basis: Basis,
    /// The source or the working.
    pub(crate) source: Shown,
}

/// On what a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Basis {
    /// A source states it.
    Sourced,
    /// It follows from sourced numbers.
    Derived,
    /// Neither.
    Assumed,
}

impl Assumption {
    pub(crate) fn new(assumption: &review::Assumption, door: &Door<'_>) -> Self {
        Self {
            what: door.text(&assumption.what),
            value: door.text(&assumption.value),
            basis: match assumption.basis {
                review::Basis::Sourced => Basis::Sourced,
                review::Basis::Derived => Basis::Derived,
                review::Basis::Assumed => Basis::Assumed,
            },
            source: door.text(&assumption.source),
        }
    }
}
