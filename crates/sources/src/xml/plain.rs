//! Tags and texts as nearly all are written, taken in one pass: `<name a="v" b="v">`, `<name/>`, `</name>`, and text up to
//! the next tag or reference.
//!
//! Whatever else stands there is nobody's mistake yet: it is left to quick-xml, which says the same of what is taken here.
//! Most names and values have a few letters, so they are looked at eight bytes at a time, in one word.

use memchr::{memchr, memchr2};

use super::events::XmlEvent;
use super::tag::Attribute;

/// A byte in each of the eight places of a word.
const ONES: u64 = u64::MAX / 0xff;

/// As many words are looked at before a search is worth its call.
const SHORT: usize = 32;

/// What `text` begins with, and its length in bytes. An element's attributes go to `attributes`, which is empty.
#[inline(always)]
pub(super) fn first<'w>(
    text: &'w str,
    attributes: &mut Vec<Attribute<'w>>,
) -> Option<(XmlEvent<'w>, usize)> {
    match text.as_bytes() {
        [b'<', b'/', ..] => close(text),
        [b'<', ..] => open(text, attributes),
        [b'&', ..] => None,
        bytes => {
            let end = memchr2(b'<', b'&', bytes)?;
            Some((XmlEvent::Text(text.get(..end)?), end))
        }
    }
}

fn close(text: &str) -> Option<(XmlEvent<'_>, usize)> {
    let end = name_end(text.as_bytes(), "</".len())?;
    let is_whole = text.as_bytes().get(end) == Some(&b'>');
    let name = text.get("</".len()..end)?;
    is_whole.then_some((XmlEvent::Close(name), end + ">".len()))
}

#[inline(always)]
fn open<'w>(
    text: &'w str,
    attributes: &mut Vec<Attribute<'w>>,
) -> Option<(XmlEvent<'w>, usize)> {
    let bytes = text.as_bytes();
    let mut at = name_end(bytes, "<".len())?;
    let name = text.get("<".len()..at)?;
    loop {
        let (empty, after) = match bytes.get(at..)? {
            [b'>', ..] => (false, ">"),
            [b'/', b'>', ..] => (true, "/>"),
            [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] => {
                at += 1;
                if let [b' ' | b'\n' | b'\r' | b'\t' | b'>' | b'/', ..] = rest {
                    continue;
                }
                let equals = name_end(bytes, at)?;
                let value = equals + "=\"".len();
                if bytes.get(equals..value)? != b"=\"" {
                    return None;
                }
                let quote = quote(bytes, value)?;
                attributes.push((text.get(at..equals)?, text.get(value..quote)?));
                at = quote + "\"".len();
                continue;
            }
            _ => return None,
        };
        return Some((XmlEvent::Open { name, empty }, at + after.len()));
    }
}

/// Where the name ends that begins at `at`: before the first byte that is no letter, digit or one of `_-.:`, or of a few
/// others that mean nothing to a tag either.
#[inline(always)]
fn name_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        // Letters and `_` have this bit, and nothing has it that could end a name.
        let others = !word(bytes, at) & (ONES * 0x40);
        if others == 0 {
            at += 8;
            continue;
        }
        at += others.trailing_zeros() as usize / 8;
        match bytes.get(at)? {
            b'0'..=b'9' | b'-' | b'.' | b':' if at > start => at += 1,
            _ => return (at > start).then_some(at),
        }
    }
}

/// Where the first `"` stands from `at` on.
#[inline(always)]
fn quote(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while at < start + SHORT {
        // Of the bytes that are zero the first is marked; others may be marked after it.
        let zero_where_quoted = word(bytes, at) ^ (ONES * b'"' as u64);
        let marks = zero_where_quoted.wrapping_sub(ONES) & !zero_where_quoted & (ONES * 0x80);
        if marks != 0 {
            return Some(at + marks.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Some(at + memchr(b'"', bytes.get(at..)?)?)
}

/// Eight bytes from `at` on, the first the lowest; what is beyond the end is zero.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || {
            let at_hand = rest.iter().rev();
            at_hand.fold(0, |word, byte| (word << 8) | u64::from(*byte))
        },
        |eight| u64::from_le_bytes(*eight),
    )
}
