//! Tags that stood there before, letter by letter. Most of what a tool writes did, and nothing in them is looked for again.

use std::mem;

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
    /// The key of the last tag that was to be remembered here. Only one whose key comes twice, with no other between, is: most
    /// others never come again.
    last: u64,
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
    /// Of several that share a place the last whose key came twice. Nothing before the first is remembered.
    tags: Vec<Remembered>,
    /// What the last tag was looked for by; nothing where it is too short for it.
    key: Option<u64>,
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
        self.key = bytes.first_chunk().map(key);
        let tag = self.tags.get(place(self.key?))?;
        self.found = !tag.text.is_empty() && bytes.starts_with(tag.text.as_bytes());
        self.found.then_some(tag)
    }

    /// Those of the last tag.
    #[inline(always)]
    pub(super) fn attributes(&self) -> &Attributes {
        match self.found_place().and_then(|place| self.tags.get(place)) {
            Some(tag) => &tag.attributes,
            None => &self.attributes,
        }
    }

    /// The place of the last tag, where it is a remembered one.
    #[inline(always)]
    pub(super) fn found_place(&self) -> Option<usize> {
        self.key.filter(|_| self.found).map(place)
    }

    /// Begins with a tag that is not remembered: it has no attributes so far.
    #[inline(always)]
    pub(super) fn begin(&mut self) -> &mut Attributes {
        self.found = false;
        self.attributes.clear();
        &mut self.attributes
    }

    /// Remembers a tag that was looked for and not found, once it comes again. Its attributes are at hand.
    #[inline(never)]
    pub(super) fn remember(&mut self, text: &str, name_length: usize, empty: bool) {
        let Some(key) = self.key.filter(|_| text.len() <= LONGEST) else {
            return;
        };
        if self.tags.is_empty() {
            self.tags.resize_with(TAGS, Remembered::default);
        }
        let Some(tag) = self.tags.get_mut(place(key)) else {
            return;
        };
        if mem::replace(&mut tag.last, key) == key {
            tag.text.clear();
            tag.text.push_str(text);
            tag.name_length = name_length;
            tag.empty = empty;
            tag.attributes.clone_from(&self.attributes);
        }
    }
}

/// What a tag that begins like this is looked for by.
#[inline(always)]
fn key(beginning: &[u8; KEY]) -> u64 {
    // Large odd numbers, so that each byte moves the highest bits.
    const FACTORS: [u64; KEY / 8] = [
        0x9e37_79b9_7f4a_7c15,
        0xc2b2_ae3d_27d4_eb4f,
        0xd6e8_feb8_6659_fd93,
        0xa076_1d64_78bd_642f,
    ];
    let (words, _) = beginning.as_chunks();
    let products = words.iter().zip(FACTORS);
    products.fold(0, |mixed, (word, factor)| {
        mixed ^ u64::from_le_bytes(*word).wrapping_mul(factor)
    })
}

/// The place of the tags with a key.
#[inline(always)]
const fn place(key: u64) -> usize {
    (key >> (u64::BITS - TAGS_BITS)) as usize
}
