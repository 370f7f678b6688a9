//! The beginning of an element, with its attributes.

use std::borrow::Cow;
use std::ops::Range;

use super::references::resolve;
use super::window::Place;

/// Where an attribute's name and text stand in its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// The attributes of one tag; kept from tag to tag for its memory.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) list: Vec<Attribute>,
    /// How many of them stand before the first that is not written as XML demands and is left out, if any is.
    pub(super) malformed_after: Option<usize>,
    /// Whether some may refer to an entity.
    pub(super) refer: bool,
}

impl Attributes {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.malformed_after = None;
        self.refer = false;
    }
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'b> {
    /// The whole tag, from `<` to `>`.
    pub(super) text: &'b str,
    pub(super) name: &'b str,
    pub(super) attributes: &'b Attributes,
    pub(super) place: Place<'b>,
}

impl<'b> Tag<'b> {
    /// The element's name.
    pub(crate) const fn name(&self) -> &'b str {
        self.name
    }

    /// The line on which it begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.place.line()
    }

    /// An attribute's text; `None` where there is none, or none that can be read. Of several the first counts.
    // Inlined, so that the name's length is known where names are compared.
    #[inline]
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'b, str>> {
        let named = |attribute: &&Attribute| {
            let key = attribute.key.clone();
            key.len() == name.len() && self.text.as_bytes()[key] == *name.as_bytes()
        };
        let found = self.attributes.list.iter().find(named)?;
        let value = &self.text[found.value.clone()];
        if self.attributes.refer {
            resolve(value)
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
            list,
            malformed_after,
            refer,
        } = self.attributes;
        let before = malformed_after.unwrap_or(list.len());
        let undefined =
            |attribute: &Attribute| resolve(&self.text[attribute.value.clone()]).is_none();
        if *refer && list[..before].iter().any(undefined) {
            return Some("an attribute refers to an entity that XML does not define");
        }
        malformed_after.map(|_| "an attribute is not written as XML demands")
    }
}
