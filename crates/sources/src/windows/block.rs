//! One update of a list that has a line for each property.

use wardround_evidence::Position;

use super::{Machines, Properties};
use crate::{ReadError, Sink};

/// The properties of one update, as far as they were read.
#[derive(Default)]
pub(crate) struct Block {
    keys: Vec<String>,
    properties: Properties,
    line: u64,
}

impl Block {
    /// Takes one more property, which stands on `line`. Where it comes again, another update begins.
    pub(crate) fn set(
        &mut self,
        key: &str,
        value: &str,
        line: u64,
        machines: &mut Machines,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        if self.keys.iter().any(|seen| seen == key) {
            self.end(machines, sink)?;
        }
        self.keys.push(key.to_owned());
        self.properties.set(key, value);
        if key == "HotFixID" {
            self.line = line;
        }
        Ok(())
    }

    /// The update ends here.
    pub(crate) fn end(
        &mut self,
        machines: &mut Machines,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        std::mem::take(self).add(false, machines, sink)
    }

    /// The file ends here; `open` where its last line does not end, so that a number on it may be cut.
    pub(crate) fn end_of_file(
        self,
        open: bool,
        machines: &mut Machines,
        sink: &mut Sink,
    ) -> Result<(), ReadError> {
        let cut = open && self.keys.last().is_some_and(|key| key == "HotFixID");
        self.add(cut, machines, sink)
    }

    fn add(self, cut: bool, machines: &mut Machines, sink: &mut Sink) -> Result<(), ReadError> {
        if self.properties.has_entry() {
            let position = Position::new(self.line, 0);
            machines.add_unless_cut(position, self.properties, cut, sink)?;
        }
        Ok(())
    }
}
