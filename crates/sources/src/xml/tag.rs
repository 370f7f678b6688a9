//! The beginning of an element, with its attributes.

use std::borrow::Cow;
use std::ops::Range;
use std::str::FromStr;

use memchr::memchr;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, attributes};

use super::window::Place;

/// Where an attribute's name and value stand in a text that begins with its tag: few are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

/// The attributes of one tag, found once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    list: Vec<Attribute>,
    /// How many of them stand before the first that is not written as XML demands and is left out, if any is.
    malformed_after: Option<usize>,
}

impl Clone for Attributes {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        self.list.clone_from(&other.list);
        self.malformed_after = other.malformed_after;
    }
}

impl Attributes {
    /// Forgets all of them, but keeps their memory.
    #[inline]
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.malformed_after = None;
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One more of them.
    #[inline]
    pub(super) fn add(&mut self, name: Range<usize>, value: Range<usize>) {
        self.list.push(Attribute { name, value });
    }

    /// Finds those that stand behind the name in the tag that `text` begins with.
    pub(super) fn find(&mut self, text: &str, tag: &BytesStart<'_>) {
        let start = "<".len();
        let content = &text[start..start + tag.len()];
        let name_length = tag.name().0.len();
        if content.len() == name_length {
            return;
        }
        let place = |part: &str| {
            let from = part.as_ptr().addr() - text.as_ptr().addr();
            from..from + part.len()
        };
        // Checking for repeats would take time; of several the first counts.
        for attribute in attributes::Attributes::new(content, name_length).with_checks(false) {
            match attribute {
                Ok(attributes::Attribute {
                    key,
                    value: Cow::Borrowed(value),
                }) => self.add(place(key.0), place(value)),
                _ => {
                    self.malformed_after.get_or_insert(self.list.len());
                }
            }
        }
    }
}

/// An attribute's text, resolved; empty where that cannot be.
pub(crate) fn unescaped(written: &str) -> Cow<'_, str> {
    unescape(written).unwrap_or_default()
}

/// Whether all references of an attribute's value can be resolved.
fn is_defined(value: &str) -> bool {
    let mut rest = value;
    while let Some(start) = memchr(b'&', rest.as_bytes()) {
        let Some((name, after)) = rest[start + 1..].split_once(';') else {
            return false;
        };
        let character = || BytesRef::new(name).resolve_char_ref();
        if resolve_predefined_entity(name).is_none() && !matches!(character(), Ok(Some(_))) {
            return false;
        }
        rest = after;
    }
    true
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'w> {
    pub(super) name: &'w str,
    /// Begins with the tag.
    pub(super) text: &'w str,
    pub(super) attributes: &'w Attributes,
    /// Whether some attribute may refer to an entity.
    pub(super) refers: bool,
    pub(super) place: Place<'w>,
}

impl<'w> Tag<'w> {
    /// The element's name.
    pub(crate) const fn name(&self) -> &'w str {
        self.name
    }

    /// The line on which it begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.place.line()
    }

    /// An attribute's text; `None` where there is none, or none that can be read. Of several the first counts.
    // Inlined, so that the name's length is known where names are compared.
    #[inline(always)]
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'w, str>> {
        let value = self.attribute_as_written(name)?;
        if self.refers {
            unescape(value).ok()
        } else {
            Some(Cow::Borrowed(value))
        }
    }

    /// A number, with or without blanks around it; `None` where there is none.
    #[inline(always)]
    pub(crate) fn number<N: FromStr>(&self, name: &str) -> Option<N> {
        let text = self.attribute(name)?;
        // Nearly all are written without blanks, and to look for these takes longer than to read the number.
        text.parse().or_else(|_| text.trim().parse()).ok()
    }

    /// An attribute's text before its references are resolved, for [`unescaped`].
    #[inline(always)]
    pub(crate) fn attribute_as_written(&self, name: &str) -> Option<&'w str> {
        let bytes = self.text.as_bytes();
        let named = |it: &&Attribute| {
            it.name.len() == name.len() && bytes.get(it.name.clone()) == Some(name.as_bytes())
        };
        let found = self.attributes.list.iter().find(named)?;
        self.text.get(found.value.clone())
    }

    /// What is wrong with the attributes, in words, where something is.
    #[inline]
    pub(crate) fn defect(&self) -> Option<&'static str> {
        // Most tags refer to no entity at all.
        let suspect = self.refers || self.attributes.malformed_after.is_some();
        if suspect { self.find_defect() } else { None }
    }

    fn find_defect(&self) -> Option<&'static str> {
        let Attributes {
            list,
            malformed_after,
        } = self.attributes;
        let before = malformed_after.unwrap_or(list.len());
        let undefined = |it: &Attribute| !is_defined(&self.text[it.value.clone()]);
        if self.refers && list[..before].iter().any(undefined) {
            return Some("an attribute refers to an entity that XML does not define");
        }
        malformed_after.map(|_| "an attribute is not written as XML demands")
    }
}
