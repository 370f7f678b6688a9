//! What `Format-List` shows: `HotFixID      : KB4012212`, one property to a line.

use wardround_evidence::Position;

use crate::windows::{Machines, PROPERTIES, PlainText, Properties};
use crate::{ReadError, Sink};

/// A line of a known property and its value.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(" :")?;
    let key = key.trim_end();
    PROPERTIES.contains(&key).then(|| (key, value.trim()))
}

/// Reads all blocks. A block ends at a blank line or where a key comes again.
pub(super) fn read(
    text: &mut PlainText<'_>,
    machines: &mut Machines,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let mut block = Block::default();
    while let Some(line) = text.next_line()? {
        let Some((key, value)) = pair(&line) else {
            if line.trim().is_empty() {
                std::mem::take(&mut block).finish(false, machines, sink)?;
            }
            continue;
        };
        if block.keys.iter().any(|seen| seen == key) {
            std::mem::take(&mut block).finish(false, machines, sink)?;
        }
        block.keys.push(key.to_owned());
        block.properties.set(key, value);
        if key == "HotFixID" {
            block.line = text.number();
        }
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
