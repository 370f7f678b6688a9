//! What `Format-List` shows: `HotFixID      : KB4012212`, one property to a line.

use crate::windows::{Block, Machines, PROPERTIES, PlainText};
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
                block.end(machines, sink)?;
            }
            continue;
        };
        block.set(key, value, text.number(), machines, sink)?;
    }
    block.end_of_file(text.stops_open(), machines, sink)
}
