//! The walk through a file's elements, which is the same for every format.

use std::io::BufRead;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;

use super::events::{Events, XmlEvent};
use super::names::{Name, Open};
use super::repeats::Repeats;
use super::tag::Tag;
use super::wholes::Wholes;
use super::window::Window;
use crate::{Limits, ReadError};

/// How much text is looked at in one go: little to hold, and so much that what a new window costs does not count.
const AT_ONCE: usize = 256 << 10;

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

    /// All that an element has told the format, so that it need not be taken apart where it stands there again, letter by letter.
    type Said;

    /// Whether an element may come again as a whole, and then mean the same.
    fn repeats(&self, element: Self::Element) -> bool {
        let _ = element;
        false
    }

    /// What the element said that has just ended, which [`repeats`](Self::repeats) and in which no other did; `None` where that
    /// cannot be said again. It is for the format to know of everything that it told since the element began, what it skipped,
    /// counted or could not resolve included.
    fn said(&mut self, element: Self::Element) -> Option<Self::Said> {
        let _ = element;
        None
    }

    /// An element stands here that said this elsewhere in the file, perhaps inside another and less deep. False, and nothing done,
    /// where it would say otherwise here.
    fn say_again(&mut self, said: &Self::Said) -> Result<bool, ReadError> {
        let _ = said;
        Ok(false)
    }
}

/// Reads every element of a file.
pub(crate) fn walk<W: Walk>(
    input: &mut dyn BufRead,
    limits: Limits,
    walk: &mut W,
) -> Result<(), ReadError> {
    let way = Way {
        at_once: AT_ONCE,
        plain: true,
    };
    walk_in_windows(input, limits, way, walk)
}

/// How a file is gone through, which changes nothing but the time it takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// A window has at least so many bytes.
    pub(crate) at_once: usize,
    /// Plain tags and texts are taken without the parser, and elements that stood there before as a whole.
    pub(crate) plain: bool,
}

/// The same in one way or another.
pub(crate) fn walk_in_windows<W: Walk>(
    input: &mut dyn BufRead,
    limits: Limits,
    way: Way,
    walk: &mut W,
) -> Result<(), ReadError> {
    let mut window = Window::new(input, limits.record_bytes, way.at_once)?;
    let mut walker = Walker {
        walk,
        open: Open::new(),
        deepest: limits.depth,
        plain: way.plain,
        passing: false,
        wholes: Wholes::new(),
        repeating: None,
    };
    let mut repeats = Repeats::default();
    let mut taken = 0;
    loop {
        window.advance(taken)?;
        taken = walker.pass_through(&window, &mut repeats)?;
        if window.ended() {
            let inside = walker.open.depth() > 0 || taken < window.text().len();
            walk.end(inside, window.place(taken).line());
            return Ok(());
        }
    }
}

/// Where a walk stands between two windows.
struct Walker<'a, W: Walk> {
    walk: &'a mut W,
    open: Open<W::Element>,
    deepest: usize,
    plain: bool,
    /// The text that comes next is not read.
    passing: bool,
    wholes: Wholes<W::Said>,
    /// The last element begun in this window that is to be remembered when it ends; none once another of its kind began in it.
    repeating: Option<Repeating>,
}

/// An element that is to be remembered.
struct Repeating {
    /// Where its tag is remembered.
    tag: usize,
    /// Where in the window it begins.
    start: usize,
    /// How many elements it stands in.
    depth: usize,
}

impl<W: Walk> Walker<'_, W> {
    /// Tells the format what stands in a window, and says how many bytes of it that was.
    fn pass_through<'w>(
        &mut self,
        window: &'w Window<'_>,
        repeats: &'w mut Repeats,
    ) -> Result<usize, ReadError> {
        let mut events = Events::new(window, self.plain, repeats);
        self.repeating = None;
        if self.passing {
            self.passing = !events.pass_text();
        }
        loop {
            if events.pass_close(self.open.innermost_name()) {
                if let Some(element) = self.open.end_innermost() {
                    self.end(element, &events)?;
                }
            } else {
                match events.next()? {
                    None => break,
                    Some(XmlEvent::Open(_)) if self.stood_before(&mut events)? => {}
                    Some(XmlEvent::Open(name)) => {
                        let element = self.begin(name, &mut events)?;
                        if self.walk.repeats(element) {
                            self.repeating = self.begin_to_remember(&events);
                        }
                        self.open.push(element, name);
                    }
                    Some(XmlEvent::Empty(name)) => {
                        let element = self.begin(name, &mut events)?;
                        if self.walk.repeats(element) {
                            self.repeating = None;
                        }
                        self.walk.close(element)?;
                    }
                    Some(XmlEvent::Close(name)) => {
                        let Some(element) = self.open.pop(name) else {
                            let line = events.place().line();
                            return Err(ReadError::malformed("its tags do not nest", line));
                        };
                        self.end(element, &events)?;
                    }
                    Some(XmlEvent::Text(text)) => {
                        self.walk.text(text, self.open.innermost());
                        continue;
                    }
                    Some(XmlEvent::Reference(name)) => {
                        self.refer(name, &events);
                        continue;
                    }
                    Some(XmlEvent::Other) => continue,
                }
            }
            if !self.walk.reads_text(self.open.innermost()) {
                if W::PASSES_LONG_TEXT {
                    self.passing = !events.pass_text();
                } else {
                    events.pass_short_text();
                }
            }
        }
        Ok(events.taken())
    }

    /// Tells the format of an element that begins.
    #[inline(always)]
    fn begin<'w>(
        &mut self,
        name: Name<'w>,
        events: &mut Events<'w, '_>,
    ) -> Result<W::Element, ReadError> {
        self.check(name, events)?;
        self.walk.open(&events.tag(name), self.open.innermost())
    }

    /// Passes over the element that has just begun, where it stood there before, and has the format say again what it said.
    #[inline(always)]
    fn stood_before(&mut self, events: &mut Events<'_, '_>) -> Result<bool, ReadError> {
        let Some(tag) = events.remembered_tag() else {
            return Ok(false);
        };
        let (text, depth) = (events.rest_from_last(), self.open.depth());
        let Some((said, length)) = self.wholes.find(tag, text, depth) else {
            return Ok(false);
        };
        if !self.walk.say_again(said)? {
            return Ok(false);
        }
        events.pass_whole(length);
        self.repeating = None;
        Ok(true)
    }

    /// What has just begun is to be remembered, if its tag is and that is worth it.
    fn begin_to_remember(&mut self, events: &Events<'_, '_>) -> Option<Repeating> {
        let tag = events.remembered_tag()?;
        self.wholes.is_worth_it(tag).then(|| Repeating {
            tag,
            start: events.start(),
            depth: self.open.depth(),
        })
    }

    /// Tells the format of an element that ends.
    #[inline(always)]
    fn end(&mut self, element: W::Element, events: &Events<'_, '_>) -> Result<(), ReadError> {
        self.walk.close(element)?;
        let depth = self.open.depth();
        if let Some(whole) = self.repeating.take_if(|it| it.depth == depth) {
            let text = events.taken_since(whole.start);
            if Wholes::<W::Said>::keeps(text.len())
                && let Some(said) = self.walk.said(element)
            {
                self.wholes.remember(whole.tag, text, depth, said);
            }
        }
        Ok(())
    }

    /// Whether an element of this name may begin.
    #[inline(always)]
    fn check(&self, name: Name<'_>, events: &Events<'_, '_>) -> Result<(), ReadError> {
        if self.open.depth() >= self.deepest {
            return Err(ReadError::TooMuch {
                what: "there are too many elements inside each other",
                limit: self.deepest as u64,
            });
        }
        if !name.is_sound() {
            let what = "a tag has no name that XML allows";
            return Err(ReadError::malformed(what, events.place().line()));
        }
        Ok(())
    }

    fn refer(&mut self, name: &str, events: &Events<'_, '_>) {
        let innermost = self.open.innermost();
        if let Ok(Some(character)) = BytesRef::new(name).resolve_char_ref() {
            let mut bytes = [0; 4];
            self.walk.text(character.encode_utf8(&mut bytes), innermost);
        } else if let Some(text) = resolve_predefined_entity(name) {
            self.walk.text(text, innermost);
        } else {
            self.walk.unknown_entity(events.place().line());
        }
    }
}
