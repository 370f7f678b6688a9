//! Tags that stood there before, letter by letter. Most of what a tool writes did, and nothing in them is looked for again.

use super::tag::Attributes;

/// How many tags are remembered: more than most hosts of a scan are made of.
const TAGS: usize = 1 << TAGS_BITS;
const TAGS_BITS: u32 = 8;

/// The longest tag that is remembered, in bytes.
const LONGEST: usize = 256;

/// How many bytes a tag is looked for by; those of a shorter one are not enough.
const KEY: usize = 32;

/// A tag and what is known of it.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// From `<` to `>`; empty where none is remembered.
    text: String,
    name_length: usize,
    /// Whether its element ends at once.
    pub(super) empty: bool,
    attributes: Attributes,
}

impl Remembered {
    /// Its name and its length, in a text that begins with it.
    #[inline(always)]
    pub(super) fn within<'w>(&self, text: &'w str) -> Option<(&'w str, usize)> {
        let start = "<".len();
        Some((text.get(start..start + self.name_length)?, self.text.len()))
    }
}

/// The attributes of the last tag, and tags that may come again.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// Of two that share a place the last. Nothing before the first is remembered.
    tags: Vec<Remembered>,
    /// The place of the last tag that was looked for; beyond all where it has none.
    place: usize,
    /// Whether the last tag is a remembered one.
    found: bool,
    /// Those of the last tag, unless it is a remembered one.
    attributes: Attributes,
}

impl Repeats {
    /// The tag that `text` begins with, where it is remembered.
    #[inline(always)]
    pub(super) fn find(&mut self, text: &str) -> Option<&Remembered> {
        let bytes = text.as_bytes();
        self.place = bytes.first_chunk().map_or(TAGS, place);
        let tag = self.tags.get(self.place)?;
        self.found = !tag.text.is_empty() && bytes.starts_with(tag.text.as_bytes());
        self.found.then_some(tag)
    }

    /// Those of the last tag.
    #[inline(always)]
    pub(super) fn attributes(&self) -> &Attributes {
        match self.tags.get(self.place) {
            Some(tag) if self.found => &tag.attributes,
            _ => &self.attributes,
        }
    }

    /// The place of the last tag, where it is a remembered one.
    #[inline(always)]
    pub(super) fn found_place(&self) -> Option<usize> {
        self.found.then_some(self.place)
    }

    /// Begins with a tag that is not remembered: it has no attributes so far.
    #[inline(always)]
    pub(super) fn begin(&mut self) -> &mut Attributes {
        self.found = false;
        self.attributes.clear();
        &mut self.attributes
    }

    /// Remembers a tag that was looked for and not found, whose attributes are at hand.
    #[inline(never)]
    pub(super) fn remember(&mut self, text: &str, name_length: usize, empty: bool) {
        if text.len() > LONGEST || self.place >= TAGS {
            return;
        }
        if self.tags.is_empty() {
            self.tags.resize_with(TAGS, Remembered::default);
        }
        if let Some(tag) = self.tags.get_mut(self.place) {
            tag.text.clear();
            tag.text.push_str(text);
            tag.name_length = name_length;
            tag.empty = empty;
            tag.attributes.clone_from(&self.attributes);
        }
    }
}

/// Where a tag that begins like this has its place.
#[inline(always)]
fn place(key: &[u8; KEY]) -> usize {
    // Large odd numbers, so that each byte moves the highest bits.
    const FACTORS: [u64; KEY / 8] = [
        0x9e37_79b9_7f4a_7c15,
        0xc2b2_ae3d_27d4_eb4f,
        0xd6e8_feb8_6659_fd93,
        0xa076_1d64_78bd_642f,
    ];
    let (words, _) = key.as_chunks();
    let products = words.iter().zip(FACTORS);
    let mixed = products.fold(0, |mixed, (word, factor)| {
        mixed ^ u64::from_le_bytes(*word).wrapping_mul(factor)
    });
    (mixed >> (u64::BITS - TAGS_BITS)) as usize
}
