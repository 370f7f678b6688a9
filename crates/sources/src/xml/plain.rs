//! Tags and texts as nearly all are written, taken in one pass: `<name a="v" b="v">`, `<name/>`, `</name>`, and text up to
//! the next tag or reference.
//!
//! Whatever else stands there is nobody's mistake yet: it is left to quick-xml, which would say the same of what is taken
//! here. Most names and values have a few letters, so they are looked at eight at a time, in one word.

use memchr::{memchr, memchr2};

use super::events::XmlEvent;
use super::names::{Name, ONES, OpenName, word};
use super::repeats::Repeats;
use super::tag::Attributes;

/// As many bytes are looked at before a search is worth its call.
const SHORT: usize = 32;

/// What `text` begins with, and its length in bytes. An element's attributes are in `repeats`.
#[inline(always)]
pub(super) fn first<'w>(text: &'w str, repeats: &mut Repeats) -> Option<(XmlEvent<'w>, usize)> {
    let (event, rest) = match text.as_bytes() {
        [b'<', b'/', name @ ..] => close(text, name)?,
        [b'<', name @ ..] => open(text, name, repeats)?,
        [b'&', ..] => return None,
        bytes => {
            let end = memchr2(b'<', b'&', bytes)?;
            (XmlEvent::Text(text.get(..end)?), bytes.get(end..)?)
        }
    };
    Some((event, text.len() - rest.len()))
}

/// Whether `text` begins with the end of an element of this name.
#[inline(always)]
pub(super) fn closes(text: &str, name: OpenName<'_>) -> bool {
    match text.as_bytes() {
        [b'<', b'/', after @ ..] => after.get(name.length) == Some(&b'>') && name.begins(after),
        _ => false,
    }
}

#[inline(always)]
fn close<'w>(text: &'w str, after: &'w [u8]) -> Option<(XmlEvent<'w>, &'w [u8])> {
    let (name, rest) = name(after)?;
    let [b'>', rest @ ..] = rest else {
        return None;
    };
    let name = Name::new(text.get(2..2 + name.len())?, word(after));
    Some((XmlEvent::Close(name), rest))
}

/// A tag of which there may be more alike is looked for among those that stood there before.
#[inline(always)]
fn open<'w>(
    text: &'w str,
    after: &'w [u8],
    repeats: &mut Repeats,
) -> Option<(XmlEvent<'w>, &'w [u8])> {
    let first = word(after);
    let short = name_bytes(first);
    if let (1.., Some((name, [b'>', rest @ ..]))) = (short, after.split_at_checked(short)) {
        repeats.begin();
        let name = Name::new(text.get(1..1 + name.len())?, first);
        return Some((XmlEvent::Open(name), rest));
    }
    if let Some(tag) = repeats.find(text) {
        let (name, length) = tag.within(text)?;
        let name = Name::new(name, first);
        let event = if tag.empty {
            XmlEvent::Empty(name)
        } else {
            XmlEvent::Open(name)
        };
        return Some((event, text.as_bytes().get(length..)?));
    }
    open_anew(text, after, repeats)
}

#[inline(never)]
fn open_anew<'w>(
    text: &'w str,
    after: &'w [u8],
    repeats: &mut Repeats,
) -> Option<(XmlEvent<'w>, &'w [u8])> {
    let attributes = repeats.begin();
    let (name, mut rest) = name(after)?;
    let name = Name::new(text.get(1..1 + name.len())?, word(after));
    let (empty, rest) = loop {
        rest = match rest {
            [b'>', after @ ..] => break (false, after),
            [b'/', b'>', after @ ..] => break (true, after),
            [b' ' | b'\n' | b'\r' | b'\t', after @ ..] => {
                attribute(text, after, attributes).unwrap_or(after)
            }
            _ => return None,
        };
    };
    if !attributes.is_empty() {
        let tag = text.get(..text.len() - rest.len())?;
        repeats.remember(tag, name.text.len(), empty);
    }
    let event = if empty {
        XmlEvent::Empty(name)
    } else {
        XmlEvent::Open(name)
    };
    Some((event, rest))
}

/// Adds the attribute that `bytes`, part of `text`, begin with, and gives what comes after it.
#[inline(always)]
fn attribute<'w>(text: &str, bytes: &'w [u8], attributes: &mut Attributes) -> Option<&'w [u8]> {
    let (name, rest) = name(bytes)?;
    let [b'=', b'"', value @ ..] = rest else {
        return None;
    };
    let length = before_quote(value)?;
    let place = |from: &[u8], length: usize| {
        let start = text.len() - from.len();
        start..start + length
    };
    attributes.add(place(bytes, name.len()), place(value, length));
    value.get(length + "\"".len()..)
}

/// The name that `bytes` begin with, and what comes after it. It ends before the first byte that is no letter, digit or one
/// of `_-.:`, or of a few others that mean nothing to a tag either.
#[inline(always)]
fn name(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match name_bytes(word(bytes)) {
        length @ 1..8 if !may_follow(bytes.get(length)) => length,
        _ => long_name(bytes),
    };
    (length > 0).then(|| bytes.split_at_checked(length))?
}

/// The length of a name of which a word does not show the end.
#[inline(never)]
fn long_name(bytes: &[u8]) -> usize {
    let mut length = 0;
    loop {
        let rest = bytes.get(length..).unwrap_or_default();
        match name_bytes(word(rest)) {
            8 => length += 8,
            0 if length == 0 => return 0,
            more if may_follow(rest.get(more)) => length += more + 1,
            more => return length + more,
        }
    }
}

/// How many bytes of a word stand before the first that is no letter.
#[inline(always)]
const fn name_bytes(word: u64) -> usize {
    // Letters and `_` have this bit, and nothing has it that could end a name.
    let others = !word & (ONES * 0x40);
    others.trailing_zeros() as usize / 8
}

/// Whether a name goes on with a byte that is no letter.
#[inline(always)]
const fn may_follow(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'0'..=b'9' | b'-' | b'.' | b':'))
}

/// How many bytes stand before the first `"`.
#[inline(always)]
fn before_quote(bytes: &[u8]) -> Option<usize> {
    match unquoted(word(bytes)) {
        8 => before_far_quote(bytes),
        before => Some(before),
    }
}

#[inline(never)]
fn before_far_quote(bytes: &[u8]) -> Option<usize> {
    let mut before = 8;
    while before < SHORT {
        match unquoted(word(bytes.get(before..)?)) {
            8 => before += 8,
            more => return Some(before + more),
        }
    }
    Some(before + memchr(b'"', bytes.get(before..)?)?)
}

/// How many bytes of a word stand before the first `"`.
#[inline(always)]
const fn unquoted(word: u64) -> usize {
    // Of the bytes that are zero the first is marked; others may be marked after it.
    let zero_where_quoted = word ^ (ONES * b'"' as u64);
    let marks = zero_where_quoted.wrapping_sub(ONES) & !zero_where_quoted & (ONES * 0x80);
    marks.trailing_zeros() as usize / 8
}
