//! The events of one window, one after the other, and what of them is refused.

use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;

use super::names::{Name, OpenName, word};
use super::plain;
use super::repeats::Repeats;
use super::tag::Tag;
use super::window::{Place, Window};
use crate::ReadError;

const MALFORMED: &str = "it is not well-formed XML";

/// What stands in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum XmlEvent<'w> {
    /// An element of this name begins; its attributes are at hand.
    // Whether it is empty is no field: the kind of an event would be copied with it, in pieces, each time.
    Open(Name<'w>),
    /// The same of one that ends at once.
    Empty(Name<'w>),
    /// An element of this name ends.
    Close(Name<'w>),
    /// Text without a reference.
    Text(&'w str),
    /// What stands between `&` and `;`.
    Reference(&'w str),
    /// A comment, an instruction or a document type that defines nothing.
    Other,
}

/// Tells apart what stands in a window.
pub(super) struct Events<'w, 'a> {
    window: &'w Window<'a>,
    text: &'w str,
    reader: Reader<&'w [u8]>,
    /// Whether plain tags and texts are taken without the parser.
    plain: bool,
    /// The parser stands before whatever comes, and does not expect a tag or a reference.
    settled: bool,
    /// With the attributes of the last element that began.
    repeats: &'w mut Repeats,
    /// Where the last event begins.
    start: usize,
    /// Where what has been taken ends.
    end: usize,
    /// Where the next `&` stands, or the end of the window, as far as somebody wanted to know.
    reference: usize,
}

impl<'w, 'a> Events<'w, 'a> {
    /// Stands at the beginning of a window, which is where an event begins.
    pub(super) fn new(window: &'w Window<'a>, plain: bool, repeats: &'w mut Repeats) -> Self {
        // At the beginning of its input the parser passes over a mark that may be text in the middle of a file.
        let mut reader = Reader::from_str("<a/>");
        let _ = reader.read_event();
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        // What ends here may have begun in another window.
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            window,
            text: window.text(),
            reader,
            plain,
            settled: true,
            repeats,
            start: 0,
            end: 0,
            reference: 0,
        }
    }

    /// How much of the window the events so far have taken.
    pub(super) const fn taken(&self) -> usize {
        self.end
    }

    /// Where the last event begins.
    pub(super) fn place(&self) -> Place<'w> {
        self.window.place(self.start)
    }

    /// Whether some `&` stands in the last event. Most of a file has none, so it is looked for far ahead.
    fn refers(&mut self) -> bool {
        if self.reference < self.start {
            let rest = &self.text.as_bytes()[self.start..];
            self.reference = self.start + memchr(b'&', rest).unwrap_or(rest.len());
        }
        self.reference < self.end
    }

    /// The element of this name that has just begun.
    pub(super) fn tag(&mut self, name: Name<'w>) -> Tag<'_> {
        let refers = self.refers();
        Tag {
            name: name.text,
            text: &self.text[self.start..],
            attributes: self.repeats.attributes(),
            refers,
            place: self.place(),
        }
    }

    /// Where the tag that has just begun an element is remembered, if it is.
    #[inline(always)]
    pub(super) fn remembered_tag(&self) -> Option<usize> {
        self.repeats.found_place()
    }

    /// Where the last event begins.
    pub(super) const fn start(&self) -> usize {
        self.start
    }

    /// What the events from `start` to the last have taken.
    pub(super) fn taken_since(&self, start: usize) -> &'w str {
        &self.text[start..self.end]
    }

    /// What stands in the window from the last event on.
    #[inline(always)]
    pub(super) fn rest_from_last(&self) -> &'w str {
        &self.text[self.start..]
    }

    /// Passes over so many bytes from the beginning of the last event, which end with the end of an element.
    #[inline(always)]
    pub(super) const fn pass_whole(&mut self, bytes: usize) {
        self.end = self.start + bytes;
    }

    /// Passes over the end of an element of this name, where that comes next and is plain.
    #[inline(always)]
    pub(super) fn pass_close(&mut self, name: Option<OpenName<'_>>) -> bool {
        let Some(name) = name.filter(|_| self.plain && self.settled) else {
            return false;
        };
        let rest = &self.text[self.end..];
        let length = "</>".len() + name.length;
        if !plain::closes(rest, name) || length > self.window.longest() {
            return false;
        }
        self.start = self.end;
        debug_assert!(self.parser_agrees(
            XmlEvent::Close(Name::new(&rest[2..length - 1], name.word)),
            length
        ));
        self.end += length;
        true
    }

    /// The next event; `None` where the window holds no more, or no more than the beginning of one.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent<'w>>, ReadError> {
        self.start = self.end;
        match self.next_plain() {
            None => self.next_parsed(),
            plain => Ok(plain),
        }
    }

    #[inline(always)]
    fn next_plain(&mut self) -> Option<XmlEvent<'w>> {
        if !(self.plain && self.settled) {
            return None;
        }
        let rest = &self.text[self.start..];
        let (event, length) = plain::first(rest, self.repeats)?;
        if length > self.window.longest() {
            return None;
        }
        debug_assert!(self.parser_agrees(event, length), "{event:?}");
        self.end += length;
        Some(event)
    }

    /// Whether quick-xml would say the same.
    fn parser_agrees(&self, event: XmlEvent<'_>, length: usize) -> bool {
        let mut repeats = Repeats::default();
        let mut parsed = Events::new(self.window, false, &mut repeats);
        parsed.start = self.start;
        let agrees = parsed.next_parsed().is_ok_and(|said| said == Some(event))
            && parsed.end == self.start + length;
        let opens = matches!(event, XmlEvent::Open(_) | XmlEvent::Empty(_));
        agrees && (!opens || parsed.repeats.attributes() == self.repeats.attributes())
    }

    fn next_parsed(&mut self) -> Result<Option<XmlEvent<'w>>, ReadError> {
        let (text, start) = (self.text, self.start);
        *self.reader.get_mut() = &text.as_bytes()[start..];
        let event = self.reader.read_event();
        self.settled = !matches!(event, Ok(Event::Text(_)));
        self.end = text.len() - self.reader.get_ref().len();
        if self.end - start > self.window.longest() {
            return Err(self.window.too_long());
        }
        let inside = |before: usize, length: usize| &text[start + before..start + before + length];
        let named = |name: &'w str| Name::new(name, word(name.as_bytes()));
        Ok(Some(match &event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                self.repeats.begin().find(&text[start..], tag);
                let name = named(inside("<".len(), tag.name().0.len()));
                match event {
                    Ok(Event::Empty(_)) => XmlEvent::Empty(name),
                    _ => XmlEvent::Open(name),
                }
            }
            Ok(Event::End(tag)) => XmlEvent::Close(named(inside("</".len(), tag.name().0.len()))),
            Ok(Event::Text(_)) if self.end == text.len() && !self.window.ended() => {
                // It may go on in the next window.
                self.end = start;
                return Ok(None);
            }
            Ok(Event::Text(text)) => XmlEvent::Text(inside(0, text.len())),
            _ => return self.seldom(event),
        }))
    }

    fn seldom(&self, event: Result<Event<'w>, Error>) -> Result<Option<XmlEvent<'w>>, ReadError> {
        let between = |before: &str, after: &str| {
            let event = &self.text[self.start..self.end];
            &event[before.len()..event.len() - after.len()]
        };
        Ok(Some(match event {
            Ok(Event::GeneralRef(_)) => XmlEvent::Reference(between("&", ";")),
            Ok(Event::CData(_)) => XmlEvent::Text(between("<![CDATA[", "]]>")),
            Ok(Event::DocType(declaration)) if declaration.contains('[') => {
                return Err(self.definitions());
            }
            Ok(Event::Eof) => return Ok(None),
            Ok(_) => XmlEvent::Other,
            Err(error) => return self.explain(&error),
        }))
    }

    /// Passes over the text that comes next up to the next tag, with all that it refers to; says whether there is one. Only
    /// after a tag.
    pub(super) fn pass_text(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.end..];
        let tag = memchr(b'<', rest);
        self.end += tag.unwrap_or(rest.len());
        tag.is_some()
    }

    /// Passes over the text that comes next up to the next tag or reference, where that is at hand: most texts are no more
    /// than a line's end. Only after a tag.
    pub(super) fn pass_short_text(&mut self) {
        let rest = &self.text.as_bytes()[self.end..];
        let text = match rest {
            [b'<' | b'&', ..] => return,
            [_, b'<' | b'&', ..] => 1,
            _ => memchr2(b'<', b'&', rest).unwrap_or(0),
        };
        if text <= self.window.longest() {
            self.end += text;
        }
    }

    /// An error in our words, which quote nothing.
    fn explain(&self, error: &Error) -> Result<Option<XmlEvent<'w>>, ReadError> {
        let rest = &self.text.as_bytes()[self.start..];
        let line = || self.place().line();
        // The parser takes what it has seen the end of.
        let whole = self.end > self.start;
        match error {
            Error::Syntax(SyntaxError::InvalidBangMarkup) if rest.len() > "<!".len() => {
                Err(ReadError::Hostile {
                    what: "a declaration of entities or elements",
                    line: line(),
                })
            }
            Error::Syntax(_) if !whole => match goes_on_as_document_type(rest) {
                Some(true) if rest.contains(&b'[') => Err(self.definitions()),
                Some(false) => Err(ReadError::malformed(MALFORMED, line())),
                _ => Ok(None),
            },
            _ => Err(ReadError::malformed(MALFORMED, line())),
        }
    }

    fn definitions(&self) -> ReadError {
        ReadError::Hostile {
            what: "a document type definition inside the file",
            line: self.place().line(),
        }
    }
}

/// Whether what begins like a document type goes on as one, as far as it is at hand; `None` where it begins otherwise. Other
/// readers take `<!doctype` as well, so it must not hide definitions from us.
fn goes_on_as_document_type(rest: &[u8]) -> Option<bool> {
    let [b'<', b'!', b'd' | b'D', ..] = rest else {
        return None;
    };
    let mut both = rest.iter().zip(b"<!DOCTYPE");
    Some(both.all(|(byte, wanted)| byte.eq_ignore_ascii_case(wanted)))
}
