//! XML as a stream of events, for every format written in it: bounded, and deaf to whatever a file defines for itself.
//!
//! Memory is one event, at most [`Limits::record_bytes`](crate::Limits::record_bytes), whatever the size of the file.
//! Only the five entities of XML 1.0, section 4.6, and character references are resolved.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::{Limits, ReadError, Utf8};

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

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'b> {
    inner: BytesStart<'b>,
    line: u64,
}

impl Tag<'_> {
    /// The element's name.
    pub(crate) fn name(&self) -> &str {
        self.inner.name().0
    }

    /// The line on which it begins, from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// An attribute's text; `None` where there is none, or none that can be read.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        // Checking for repeats would take quadratic time in a tag that is all attributes.
        let mut attributes = self.inner.attributes();
        let found = attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.0 == name)?;
        match found.value {
            Cow::Borrowed(text) => unescape(text).ok(),
            Cow::Owned(text) => unescape(&text).ok().map(|text| text.into_owned().into()),
        }
    }

    /// What is wrong with the attributes, in words, where something is.
    pub(crate) fn defect(&self) -> Option<&'static str> {
        // Most tags refer to no entity at all.
        let refers = self.inner.contains('&');
        for attribute in self.inner.attributes().with_checks(false) {
            let Ok(attribute) = attribute else {
                return Some("an attribute is not written as XML demands");
            };
            if refers && unescape(&attribute.value).is_err() {
                return Some("an attribute refers to an entity that XML does not define");
            }
        }
        None
    }
}

/// Reads events from a file.
pub(crate) struct XmlEvents<'a> {
    reader: Reader<Guard<Utf8<'a>>>,
    buffer: Vec<u8>,
    limits: Limits,
    depth: usize,
    line: u64,
}

impl<'a> XmlEvents<'a> {
    /// Starts at the beginning of `input`, in whatever encoding it is.
    pub(crate) fn new(input: &'a mut dyn BufRead, limits: Limits) -> Result<Self, ReadError> {
        let mut reader = Reader::from_reader(Guard::new(Utf8::new(input)?));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Ok(Self {
            reader,
            buffer: Vec::new(),
            limits,
            depth: 0,
            line: 1,
        })
    }

    /// The line on which the last event began, from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// Passes over the text that comes next, however long, up to the next tag. For elements whose text nobody needs: a
    /// list of settings or a tool's output may be longer than an event may be.
    pub(crate) fn pass_text(&mut self) -> Result<(), ReadError> {
        let guard = self.reader.get_mut();
        loop {
            guard.left = usize::MAX;
            let bytes = match guard.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(guard.failed.take().unwrap_or(error).into()),
            };
            let amount = bytes
                .iter()
                .position(|byte| *byte == b'<')
                .unwrap_or(bytes.len());
            let done = amount < bytes.len() || bytes.is_empty();
            guard.consume(amount);
            if done {
                return Ok(());
            }
        }
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<XmlEvent<'_>, ReadError> {
        self.buffer.clear();
        self.line = self.reader.get_ref().line;
        self.reader.get_mut().left = self.limits.record_bytes;
        let line = self.line;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                let guard = self.reader.get_mut();
                // The parser has one error for a strange declaration and for a file that ends after `<!`.
                let at_end = guard.inner.fill_buf().is_ok_and(<[u8]>::is_empty);
                return match error {
                    Error::Syntax(_) if at_end => Ok(XmlEvent::End { inside: true }),
                    error => Err(explain(&error, guard, self.limits, line)),
                };
            }
        };
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > self.limits.depth {
                    return Err(ReadError::TooMuch {
                        what: "there are too many elements inside each other",
                        limit: self.limits.depth as u64,
                    });
                }
                if !is_name(tag.name().0) {
                    return Err(ReadError::malformed(
                        "a tag has no name that XML allows",
                        line,
                    ));
                }
                Ok(XmlEvent::Open(Tag { inner: tag, line }))
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(XmlEvent::Close)
            }
            Event::Text(text) => Ok(XmlEvent::Text(text.into_inner())),
            Event::CData(text) => Ok(XmlEvent::Text(text.into_inner())),
            Event::GeneralRef(reference) => Ok(resolve(&reference, line)),
            Event::DocType(declaration) if declaration.contains('[') => Err(ReadError::Hostile {
                what: "a document type definition inside the file",
                line,
            }),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Ok(XmlEvent::Other)
            }
            Event::Eof => Ok(XmlEvent::End {
                inside: self.depth > 0,
            }),
        }
    }
}

/// The name of the first element, read from the beginning of a file: what comes before it is skipped.
pub(crate) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->")?
        } else if rest.starts_with("<?") {
            rest.find("?>")?
        } else if rest.starts_with("<!") {
            let close = rest.find('>')?;
            if rest[..close].contains('[') {
                rest.find("]>")?
            } else {
                close
            }
        } else {
            let name = &rest[1..];
            let end = name
                .find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'))
                .unwrap_or(name.len());
            if is_name(&name[..end]) {
                return Some(&name[..end]);
            }
            0
        };
        rest = &rest[end + 1..];
    }
}

/// A little wider than XML 1.0, 2.3: enough to tell a name from the ruins of a tag.
fn is_name(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if plain {
        return !name.is_empty();
    }
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'))
        && name.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':')
        })
}

fn resolve(reference: &BytesRef<'_>, line: u64) -> XmlEvent<'static> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return XmlEvent::Text(character.to_string().into());
    }
    let name = reference.borrow().into_inner();
    resolve_predefined_entity(&name).map_or(XmlEvent::UnknownEntity(line), |text| {
        XmlEvent::Text(text.into())
    })
}

/// An error in our words, which quote nothing.
fn explain(error: &Error, guard: &mut Guard<Utf8<'_>>, limits: Limits, line: u64) -> ReadError {
    if guard.too_long {
        return ReadError::TooMuch {
            what: "one element or text has too many bytes",
            limit: limits.record_bytes as u64,
        };
    }
    if let Some(error) = guard.failed.take() {
        return ReadError::Io(error);
    }
    match error {
        Error::Syntax(SyntaxError::InvalidBangMarkup) => ReadError::Hostile {
            what: "a declaration of entities or elements",
            line,
        },
        Error::IllFormed(
            IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
        ) => ReadError::malformed("its tags do not nest", line),
        _ => ReadError::malformed("it is not well-formed XML", line),
    }
}

/// Counts lines and stops an event that grows too long.
struct Guard<R> {
    inner: R,
    line: u64,
    left: usize,
    too_long: bool,
    failed: Option<io::Error>,
}

impl<R> Guard<R> {
    const fn new(inner: R) -> Self {
        Self {
            inner,
            line: 1,
            left: 0,
            too_long: false,
            failed: None,
        }
    }
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.inner.fill_buf() {
            Ok(bytes) if bytes.is_empty() || self.left > 0 => {
                Ok(&bytes[..bytes.len().min(self.left)])
            }
            Ok(_) => {
                self.too_long = true;
                Err(io::Error::other("one event is too long"))
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the input failed"))
            }
        }
    }

    fn consume(&mut self, amount: usize) {
        // What is consumed lies in the buffer still, so this reads nothing.
        if let Ok(bytes) = self.inner.fill_buf() {
            let taken = &bytes[..amount.min(bytes.len())];
            let lines = taken.iter().filter(|byte| **byte == b'\n').count();
            self.line += lines as u64;
        }
        self.inner.consume(amount);
        self.left = self.left.saturating_sub(amount);
    }
}

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let amount = bytes.len().min(into.len());
        into[..amount].copy_from_slice(&bytes[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::root_name;

    #[test]
    fn the_first_element_is_the_root() {
        for text in [
            "<scan>",
            "<scan/>",
            "<scan a='<other>'>",
            "<?xml version='1.0'?>\n<!DOCTYPE scan [<!ENTITY a 'b'>]>\n<!-- <other> --><scan\n>",
            "if 1 < 2 then << <- <1>\n<scan",
        ] {
            assert_eq!(root_name(text), Some("scan"), "{text}");
        }
    }

    #[test]
    fn what_holds_no_element_has_no_root() {
        for text in [
            "",
            "<",
            "<!--<scan>",
            "<?xml <scan>",
            "<!DOCTYPE scan [ <scan>",
            "{}",
        ] {
            assert_eq!(root_name(text), None, "{text}");
        }
    }
}
