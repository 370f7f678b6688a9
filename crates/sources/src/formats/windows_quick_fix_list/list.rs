//! Keys and values, one to a line: `HotFixID=KB4012212`.

use crate::windows::{Block, Machines, PROPERTIES, PlainText};
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
            block.set(key, value, text.number(), machines, sink)?;
        }
        next = text.next_line()?;
    }
    block.end_of_file(text.stops_open(), machines, sink)
}
