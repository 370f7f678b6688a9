//! Names of things: hosts, addresses, organisations, updates, flaws.
//!
//! Whatever could lead a thief to a machine has no `Display` and a `Debug` that hides it.

mod address;
mod catalogue;
mod identifier;
mod names;

pub use address::{Address, Mac, Port, Protocol};
pub use catalogue::{Cve, Kb};
pub use identifier::{Identifier, IdentifierKind};
pub use names::{
    AgentId, Excerpt, HardwareId, HostName, NetworkName, OrganisationName, ServiceName, SiteName,
    SourcePath,
};

use std::fmt;

/// A text that is not the identifier it should be. It does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdentifierError {
    expected: &'static str,
}

impl ParseIdentifierError {
    pub(crate) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for ParseIdentifierError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "this is not {}", self.expected)
    }
}

impl std::error::Error for ParseIdentifierError {}
