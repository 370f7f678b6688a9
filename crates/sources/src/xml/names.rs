//! Names of elements: which XML allows, and which are open.

/// The name of an element, with its first eight bytes in one word: most have no more, and are compared at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'w> {
    pub(super) text: &'w str,
    /// Zero where the name is shorter.
    word: u64,
}

impl<'w> Name<'w> {
    /// A name; `word` is that of any bytes which begin with it.
    #[inline]
    pub(super) fn new(text: &'w str, word: u64) -> Self {
        let word = first_bytes(word, text.len());
        Self { text, word }
    }

    /// A little wider than XML 1.0, 2.3: enough to tell a name from the ruins of a tag.
    #[inline]
    pub(super) fn is_sound(self) -> bool {
        let letters = letters(self.word);
        (0 < letters && letters == self.text.len()) || is_name(self.text)
    }
}

/// How many letters a word begins with.
#[inline]
const fn letters(word: u64) -> usize {
    let small = word | (ONES * 0x20);
    // Each sum reaches the highest bit of its byte where that is a letter, or is beyond the letters; none overflows.
    let from_a = (small & (ONES * 0x7f)) + ONES * (0x80 - b'a' as u64);
    let beyond_z = (small & (ONES * 0x7f)) + ONES * (0x7f - b'z' as u64);
    let others = (!from_a | beyond_z | word) & (ONES * 0x80);
    others.trailing_zeros() as usize / 8
}

/// A byte in each of the places of a word.
pub(super) const ONES: u64 = u64::MAX / 0xff;

/// How many bytes are in a word.
const WORD: usize = size_of::<u64>();

/// A word without what stands behind so many of its bytes.
#[inline(always)]
pub(super) fn first_bytes(word: u64, bytes: usize) -> u64 {
    let beyond = 8 * WORD.saturating_sub(bytes);
    word & u64::MAX.checked_shr(beyond as u32).unwrap_or(0)
}

/// The first eight bytes as one word, the first the lowest; what they lack is zero.
#[inline(always)]
pub(super) fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first),
        None => short_word(bytes),
    }
}

#[cold]
fn short_word(bytes: &[u8]) -> u64 {
    let last_first = bytes.iter().take(WORD).rev();
    last_first.fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

/// A little wider than XML 1.0, 2.3: enough to tell a name from the ruins of a tag.
#[inline]
pub(super) fn is_name(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (plain && !name.is_empty()) || is_unusual_name(name)
}

#[cold]
fn is_unusual_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.'))
        && name.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':')
        })
}

/// The name of an open element.
#[derive(Clone, Copy)]
pub(super) struct OpenName<'o> {
    /// Its first eight bytes, like those of a [`Name`].
    pub(super) word: u64,
    /// How many bytes it has.
    pub(super) length: usize,
    /// All of it, where a word does not hold it.
    long: &'o str,
}

impl OpenName<'_> {
    /// Whether some bytes begin with it.
    #[inline(always)]
    pub(super) fn begins(self, bytes: &[u8]) -> bool {
        first_bytes(word(bytes), self.length) == self.word
            && (self.length <= WORD || bytes.starts_with(self.long.as_bytes()))
    }
}

/// The elements that are open: what a format makes of each, and their names.
///
/// quick-xml would compare names as well, but forgets them from one window to the next.
#[derive(Debug)]
pub(super) struct Open<E> {
    /// With the word and the length of the name.
    elements: Vec<(E, u64, usize)>,
    /// The names that are longer than a word, one behind the other.
    long_names: String,
}

impl<E: Copy> Open<E> {
    pub(super) const fn new() -> Self {
        Self {
            elements: Vec::new(),
            long_names: String::new(),
        }
    }

    pub(super) fn push(&mut self, element: E, name: Name<'_>) {
        self.elements.push((element, name.word, name.text.len()));
        if name.text.len() > WORD {
            self.long_names.push_str(name.text);
        }
    }

    /// Ends the innermost, which must have this name.
    pub(super) fn pop(&mut self, name: Name<'_>) -> Option<E> {
        let open = self.innermost_name()?;
        let begins = (open.word, open.length) == (name.word, name.text.len());
        let nests = begins && (open.length <= WORD || open.long == name.text);
        let element = self.end_innermost();
        element.filter(|_| nests)
    }

    /// The name of the innermost.
    #[inline(always)]
    pub(super) fn innermost_name(&self) -> Option<OpenName<'_>> {
        let (_, word, length) = *self.elements.last()?;
        let long = if length > WORD {
            self.long_names.get(self.long_names.len() - length..)?
        } else {
            ""
        };
        Some(OpenName { word, length, long })
    }

    /// Ends the innermost, whatever its name.
    #[inline(always)]
    pub(super) fn end_innermost(&mut self) -> Option<E> {
        let (element, _, length) = self.elements.pop()?;
        if length > WORD {
            let start = self.long_names.len() - length;
            self.long_names.truncate(start);
        }
        Some(element)
    }

    /// The innermost.
    pub(super) fn innermost(&self) -> Option<E> {
        self.elements.last().map(|(element, ..)| *element)
    }

    pub(super) const fn depth(&self) -> usize {
        self.elements.len()
    }
}
