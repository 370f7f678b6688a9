//! Keys and values, one to a line: `HotFixID=KB4012212`.

use wardround_evidence::Position;

use crate::windows::{Machines, PROPERTIES, PlainText, Properties};
use crate::{ReadError, Sink};

/// A line of a known property and its value.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    PROPERTIES.contains(&key).then_some((key, value))
}

/// Reads on from the first pair. A block ends where a key comes again: blank lines stand inside blocks too.
pub(super) fn read(
    first: &str,
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut block = Block::default();
    let mut next = Some(first.to_owned());
    while let Some(line) = next {
        if let Some((key, value)) = pair(&line) {
            if block.keys.iter().any(|seen| seen == key) {
                std::mem::take(&mut block).finish(false, machines, sink)?;
            }
            block.keys.push(key.to_owned());
            block.properties.set(key, value);
            if key == "HotFixID" {
                block.line = text.number();
            }
        }
        next = text.next_line()?;
    }
    let cut = text.stops_open() && block.keys.last().is_some_and(|key| key == "HotFixID");
    block.finish(cut, machines, sink)
}

#[derive(Default)]
struct Block {
    keys: Vec<String>,
    properties: Properties,
    line: u64,
}

impl Block {
    fn finish(self, cut: bool, machines: &mut Machines, sink: &mut Sink) -> Result<(), ReadError> {
        if self.properties.has_entry() {
            let position = Position::new(self.line, 0);
            machines.add_unless_cut(position, self.properties, cut, sink)?;
        }
        Ok(())
    }
}
