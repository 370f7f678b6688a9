//! A machine as the audience may know it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Door, Shown};
use crate::Subject;

/// A machine: named for the team, for others only by its organisation and what it runs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Machine {
    /// Its best name; for the team only.
    pub(crate) name: Option<Shown>,
    /// An address of it; for the team only.
    pub(crate) address: Option<Shown>,
    /// Its organisation, where one claims it.
    pub(crate) organisation: Option<Shown>,
    /// Its network; for the team only.
    pub(crate) network: Option<Shown>,
    /// What it runs.
    pub(crate) system: Shown,
}

impl Machine {
    pub(crate) fn new(subject: &Subject, door: &Door<'_>) -> Self {
        Self {
            name: subject.name.as_ref().and_then(|name| door.host(name)),
            address: subject.address.and_then(|address| door.address(address)),
            organisation: (subject.organisation.as_ref()).map(|name| door.organisation(name)),
            network: (subject.network.as_ref()).and_then(|name| door.network(name)),
            system: door.text(&subject.system),
        }
    }

    /// The shortest text that tells it from others.
    pub(crate) fn label(&self) -> &str {
        self.name
            .as_ref()
            .or(self.address.as_ref())
            .map_or("a machine without a name", Shown::as_str)
    }

    /// The same in two parts: what people call it, and the domain with its dot, which may be empty.
    pub(crate) fn label_and_domain(&self) -> (&str, &str) {
        let label = self.label();
        let dot = self.name.as_ref().and_then(|_| label.find('.'));
        match dot.map(|at| label.split_at(at)) {
            // An address may stand as a name; its first number alone would name nothing.
            Some((short, domain)) if short.contains(char::is_alphabetic) => (short, domain),
            _ => (label, ""),
        }
    }
}
