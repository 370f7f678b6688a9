//! Events, one after the other: how elements stand inside each other, and what is refused.

use std::borrow::Cow;
use std::io::BufRead;

use memchr::{memchr, memchr2};

use super::references::character;
use super::scan::{Token, is_name, scan};
use super::tag::{Attributes, Tag};
use super::window::Window;
use crate::{Limits, ReadError};

/// What comes next in a file.
#[derive(Debug)]
pub(crate) enum XmlEvent<'b> {
    /// An element begins. One without content is followed by its `Close` as any other.
    Open(Tag<'b>),
    /// The innermost open element ends.
    Close,
    /// Text, with its references resolved; one text may come in several parts.
    Text(Cow<'b, str>),
    /// A reference to an entity that XML does not define; it stands for nothing. The line is given.
    UnknownEntity(u64),
    /// A comment or an instruction: nothing to read.
    Other,
    /// The file ends; `inside` when elements are still open.
    End {
        /// Whether it ends before its last element does.
        inside: bool,
    },
}

/// Reads events from a file.
pub(crate) struct XmlEvents<'a> {
    window: Window<'a>,
    limits: Limits,
    attributes: Attributes,
    open: Names,
    /// The last element had no content: it ends now.
    was_empty: bool,
}

impl<'a> XmlEvents<'a> {
    /// Starts at the beginning of `input`, in whatever encoding it is.
    pub(crate) fn new(input: &'a mut dyn BufRead, limits: Limits) -> Result<Self, ReadError> {
        Ok(Self {
            window: Window::new(input, limits.record_bytes)?,
            limits,
            attributes: Attributes::default(),
            open: Names::default(),
            was_empty: false,
        })
    }

    /// The line on which what comes next begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.window.line()
    }

    /// Passes over the text that comes next, however long, up to the next tag. For elements whose text nobody needs: a
    /// list of settings or a tool's output may be longer than an event may be.
    pub(crate) fn pass_text(&mut self) -> Result<(), ReadError> {
        loop {
            let rest = self.window.rest();
            let tag = memchr(b'<', rest.as_bytes());
            let text = tag.unwrap_or(rest.len());
            self.window.take(text);
            if tag.is_some() || !self.window.lengthen()? {
                return Ok(());
            }
        }
    }

    /// Passes over the text that comes next up to the next tag or reference, where that is at hand: most texts are no more
    /// than a line's end.
    pub(crate) fn pass_short_text(&mut self) {
        let rest = self.window.rest().as_bytes();
        let text = match rest {
            [b'<' | b'&', ..] => 0,
            [_, b'<' | b'&', ..] => 1,
            _ => memchr2(b'<', b'&', rest).unwrap_or(0),
        };
        if text <= self.limits.record_bytes {
            self.window.take(text);
        }
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<XmlEvent<'_>, ReadError> {
        if self.was_empty {
            self.was_empty = false;
            self.open.pop();
            return Ok(XmlEvent::Close);
        }
        let Some((token, bytes)) = self.token()? else {
            let inside = !self.open.is_empty() || !self.window.rest().is_empty();
            return Ok(XmlEvent::End { inside });
        };
        if bytes > self.limits.record_bytes {
            return Err(self.window.too_long());
        }
        self.window.take(bytes);
        let (text, place) = self.window.taken(bytes);
        Ok(match token {
            Token::Open { name_end, empty } => {
                let name = &text[1..name_end];
                self.open.push(name);
                if self.open.depth() > self.limits.depth {
                    return Err(ReadError::TooMuch {
                        what: "there are too many elements inside each other",
                        limit: self.limits.depth as u64,
                    });
                }
                if !is_name(name) {
                    let what = "a tag has no name that XML allows";
                    return Err(ReadError::malformed(what, place.line()));
                }
                self.was_empty = empty;
                let attributes = &self.attributes;
                XmlEvent::Open(Tag {
                    text,
                    name,
                    attributes,
                    place,
                })
            }
            Token::Close { name_end } => {
                let nests = !self.open.is_empty() && self.open.innermost() == &text[2..name_end];
                if !nests {
                    return Err(ReadError::malformed("its tags do not nest", place.line()));
                }
                self.open.pop();
                XmlEvent::Close
            }
            Token::Text => XmlEvent::Text(text.into()),
            Token::CData => XmlEvent::Text(text["<![CDATA[".len()..bytes - "]]>".len()].into()),
            Token::Reference => character(&text[1..bytes - 1]).map_or_else(
                || XmlEvent::UnknownEntity(place.line()),
                |character| XmlEvent::Text(character.to_string().into()),
            ),
            Token::Other => XmlEvent::Other,
            Token::Definitions => {
                return Err(ReadError::Hostile {
                    what: "a document type definition inside the file",
                    line: place.line(),
                });
            }
            Token::Declaration => {
                return Err(ReadError::Hostile {
                    what: "a declaration of entities or elements",
                    line: place.line(),
                });
            }
            Token::Malformed => {
                let what = "it is not well-formed XML";
                return Err(ReadError::malformed(what, place.line()));
            }
        })
    }

    /// What stands at the beginning of the rest, and its bytes; `None` where the file ends inside it or before it.
    fn token(&mut self) -> Result<Option<(Token, usize)>, ReadError> {
        loop {
            let ended = self.window.ended();
            let (rest, innermost) = (self.window.rest(), self.open.innermost());
            let found = scan(rest, innermost, ended, &mut self.attributes);
            if found.is_some() || !self.window.lengthen()? && ended {
                return Ok(found);
            }
        }
    }
}

/// The names of the elements that are open, one behind the other.
#[derive(Debug, Default)]
struct Names {
    text: String,
    starts: Vec<usize>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.starts.push(self.text.len());
        self.text.push_str(name);
    }

    fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.text.truncate(start);
        }
    }

    /// The innermost; empty where none is open.
    fn innermost(&self) -> &str {
        let start = self.starts.last().copied();
        &self.text[start.unwrap_or(self.text.len())..]
    }

    const fn depth(&self) -> usize {
        self.starts.len()
    }

    const fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}
