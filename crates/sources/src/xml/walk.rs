//! The walk through a file's elements, which is the same for every format.

use std::io::BufRead;

use super::events::{XmlEvent, XmlEvents};
use super::tag::Tag;
use crate::{Limits, ReadError};

/// What a format makes of the elements of its files, in their order.
pub(crate) trait Walk {
    /// What an open element is to it.
    type Element: Copy;

    /// Whether text that is not read may be longer than an event may be.
    const PASSES_LONG_TEXT: bool;

    /// An element begins inside `parent`.
    fn open(
        &mut self,
        tag: &Tag<'_>,
        parent: Option<Self::Element>,
    ) -> Result<Self::Element, ReadError>;

    /// An element ends.
    fn close(&mut self, element: Self::Element) -> Result<(), ReadError>;

    /// Part of the text that stands directly inside an element; where none is read, not all comes.
    fn text(&mut self, text: &str, inside: Option<Self::Element>);

    /// Whether the text that stands directly inside an element is read.
    fn reads_text(&self, inside: Option<Self::Element>) -> bool;

    /// A reference to an entity that XML does not define, on `line`; it stands for nothing.
    fn unknown_entity(&mut self, line: u64);

    /// The file ends on `line`; `inside` when elements are still open.
    fn end(&mut self, inside: bool, line: u64);
}

/// Reads every element of a file.
pub(crate) fn walk<W: Walk>(
    input: &mut dyn BufRead,
    limits: Limits,
    walk: &mut W,
) -> Result<(), ReadError> {
    let mut events = XmlEvents::new(input, limits)?;
    let mut open = Vec::new();
    loop {
        let innermost = open.last().copied();
        match events.next()? {
            XmlEvent::Open(tag) => open.push(walk.open(&tag, innermost)?),
            XmlEvent::Close => {
                if let Some(element) = open.pop() {
                    walk.close(element)?;
                }
            }
            XmlEvent::Text(text) => {
                walk.text(&text, innermost);
                continue;
            }
            XmlEvent::UnknownEntity(line) => {
                walk.unknown_entity(line);
                continue;
            }
            XmlEvent::Other => continue,
            XmlEvent::End { inside } => {
                walk.end(inside, events.line());
                return Ok(());
            }
        }
        if !walk.reads_text(open.last().copied()) {
            if W::PASSES_LONG_TEXT {
                events.pass_text()?;
            } else {
                events.pass_short_text();
            }
        }
    }
}
