//! Which machines a file spoke of and what it said already, so that a million rows do not say one thing a million times.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wardround_evidence::{Build, Cve, Kb};

use crate::{ReadError, Sink};

/// What is kept once for one machine at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Once {
    Build(Build),
    Missing(Kb),
    Flaw(Cve),
}

/// What one file has said so far.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    machines: BTreeMap<Box<str>, u32>,
    said: BTreeSet<(u32, Option<Timestamp>, Once)>,
    flaws: BTreeSet<Cve>,
}

impl Seen {
    /// The number of a machine by its identifier, and whether it is new.
    pub(crate) fn machine(&mut self, id: &str, sink: &Sink) -> Result<(u32, bool), ReadError> {
        if let Some(number) = self.machines.get(id) {
            return Ok((*number, false));
        }
        let limit = sink.limits().statements;
        if self.machines.len() >= limit {
            return Err(ReadError::TooMuch {
                what: "machines",
                limit: limit as u64,
            });
        }
        let number = u32::try_from(self.machines.len()).unwrap_or(u32::MAX);
        self.machines.insert(id.into(), number);
        Ok((number, true))
    }

    /// Whether something was not said of this machine at this time before.
    pub(super) fn is_new(&mut self, machine: u32, when: Option<Timestamp>, what: Once) -> bool {
        self.said.insert((machine, when, what))
    }

    /// Counts a flaw, whether its row is kept or not; there are fewer numbers than rows.
    pub(super) fn flaw(&mut self, cve: Cve, sink: &Sink) {
        if self.flaws.len() < sink.limits().statements {
            self.flaws.insert(cve);
        }
    }

    /// Gives the counts.
    pub(crate) fn count(&self, sink: &mut Sink) {
        sink.count("distinct_machines", self.machines.len() as u64);
        if !self.flaws.is_empty() {
            sink.count("distinct_cves", self.flaws.len() as u64);
        }
    }
}
