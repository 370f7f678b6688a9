//! The beginning of an element, with its attributes.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, attributes};

use super::window::Place;

/// An attribute's name, and where its value stands in the text that begins with its tag: few values are asked for.
#[derive(Debug, PartialEq, Eq)]
struct Attribute<'w> {
    name: &'w [u8],
    value: Range<usize>,
}

/// The attributes of one tag, found once; kept from tag to tag for its memory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes<'w> {
    /// Begins with the tag.
    text: &'w str,
    list: Vec<Attribute<'w>>,
    /// How many of them stand before the first that is not written as XML demands and is left out, if any is.
    malformed_after: Option<usize>,
    /// Whether some may refer to an entity.
    pub(super) refer: bool,
}

impl<'w> Attributes<'w> {
    /// Those of the tag that `text` begins with: none so far.
    #[inline]
    pub(super) fn begin(&mut self, text: &'w str) {
        self.text = text;
        self.list.clear();
        self.malformed_after = None;
        self.refer = false;
    }

    /// One more of them.
    #[inline]
    pub(super) fn add(&mut self, name: &'w [u8], value: Range<usize>) {
        self.list.push(Attribute { name, value });
    }

    /// Finds those that stand behind the name in the tag that `text` begins with.
    pub(super) fn find(&mut self, text: &'w str, tag: &BytesStart<'_>) {
        self.begin(text);
        let start = "<".len();
        let content = &text[start..start + tag.len()];
        let name_length = tag.name().0.len();
        if content.len() == name_length {
            return;
        }
        let place = |value: &str| {
            let from = value.as_ptr().addr() - text.as_ptr().addr();
            from..from + value.len()
        };
        // Checking for repeats would take time; of several the first counts.
        for attribute in attributes::Attributes::new(content, name_length).with_checks(false) {
            match attribute {
                Ok(attributes::Attribute {
                    key,
                    value: Cow::Borrowed(value),
                }) => self.add(key.0.as_bytes(), place(value)),
                _ => {
                    self.malformed_after.get_or_insert(self.list.len());
                }
            }
        }
    }
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'w> {
    pub(super) name: &'w str,
    pub(super) attributes: &'w Attributes<'w>,
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
        let mut list = self.attributes.list.iter();
        let found = list.find(|attribute| attribute.name == name.as_bytes())?;
        let value = self.attributes.text.get(found.value.clone())?;
        if self.attributes.refer {
            unescape(value).ok()
        } else {
            Some(Cow::Borrowed(value))
        }
    }

    /// What is wrong with the attributes, in words, where something is.
    #[inline]
    pub(crate) fn defect(&self) -> Option<&'static str> {
        // Most tags refer to no entity at all.
        let suspect = self.attributes.refer || self.attributes.malformed_after.is_some();
        if suspect { self.find_defect() } else { None }
    }

    fn find_defect(&self) -> Option<&'static str> {
        let Attributes {
            text,
            list,
            malformed_after,
            refer,
        } = self.attributes;
        let before = malformed_after.unwrap_or(list.len());
        let undefined = |it: &Attribute<'_>| unescape(&text[it.value.clone()]).is_err();
        if *refer && list[..before].iter().any(undefined) {
            return Some("an attribute refers to an entity that XML does not define");
        }
        malformed_after.map(|_| "an attribute is not written as XML demands")
    }
}
