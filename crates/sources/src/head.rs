//! The beginning of a file, by which it is recognised.

use crate::text::Encoding;

/// The first bytes of a file, as bytes and as text.
#[derive(Debug)]
pub struct Head<'a> {
    bytes: &'a [u8],
    text: String,
    encoding: Encoding,
}

impl<'a> Head<'a> {
    /// How many bytes are looked at: recognisers must decide within these.
    pub const BYTES: usize = 64 << 10;

    /// Looks at the first bytes of a file.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(Self::BYTES)];
        let encoding = Encoding::of(bytes);
        let text = encoding
            .decode(bytes)
            .trim_start_matches('\u{feff}')
            .to_owned();
        Self {
            bytes,
            text,
            encoding,
        }
    }

    /// The bytes as they are.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes as text, in whatever encoding they appear to be; undecodable ones replaced, a byte-order mark dropped.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding they appear to be in.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The first line that is not blank, trimmed.
    #[must_use]
    pub fn first_line(&self) -> &str {
        self.text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default()
    }

    /// Whether the text, after white space, begins with `prefix`.
    #[must_use]
    pub fn begins_with(&self, prefix: &str) -> bool {
        self.text.trim_start().starts_with(prefix)
    }
}
