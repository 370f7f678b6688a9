//! Encodings that Windows and its administrators write.

use std::io::{self, BufRead, BufReader, Read};

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Seven-bit characters only (in the part looked at).
    Ascii,
    /// UTF-8 with or without a byte-order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// One byte a character, in a code page that the file does not name.
    CodePage,
}

impl Encoding {
    /// Guesses from the first bytes: by byte-order mark, by the zero bytes of UTF-16 text, then by whether it is UTF-8.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xfe, ..] => return Self::Utf16Le,
            [0xfe, 0xff, ..] => return Self::Utf16Be,
            [0xef, 0xbb, 0xbf, ..] => return Self::Utf8,
            _ => {}
        }
        let sample = &bytes[..bytes.len().min(512)];
        let zeros = |odd: usize| {
            sample
                .iter()
                .skip(odd)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        let half = sample.len() / 2;
        if half > 4 && zeros(1) * 10 >= half * 7 {
            return Self::Utf16Le;
        }
        if half > 4 && zeros(0) * 10 >= half * 7 {
            return Self::Utf16Be;
        }
        if bytes.is_ascii() {
            return Self::Ascii;
        }
        Self::of_late(bytes)
    }

    /// UTF-8 or a code page, for bytes of which the first parts were ASCII.
    fn of_late(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(_) => Self::Utf8,
            // The bytes at hand may end inside a character.
            Err(error) if error.error_len().is_none() => Self::Utf8,
            Err(_) => Self::CodePage,
        }
    }

    /// Decodes bytes, replacing what cannot be decoded. A code page is taken to be Windows-1252, whose ASCII half is right
    /// for every code page that Windows writes.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        self.rust().decode_with_bom_removal(bytes).0.into_owned()
    }

    /// The words for it: `UTF-16LE`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Ascii => "ASCII",
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::CodePage => "a code page",
        }
    }

    fn rust(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Ascii | Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::CodePage => encoding_rs::WINDOWS_1252,
        }
    }
}

/// Any input as UTF-8, decoded as it streams by; a byte-order mark is dropped, what cannot be decoded becomes U+FFFD.
///
/// Input that begins in ASCII is taken for UTF-8 or for a code page by its first byte that is neither.
pub struct Utf8<'a> {
    inner: BufReader<Bytes<'a>>,
}

impl<'a> Utf8<'a> {
    /// Looks at the first buffer of `input` and decodes from there.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub fn new(input: &'a mut dyn BufRead) -> io::Result<Self> {
        let bytes = Bytes {
            decoded: Decoded::new(input)?,
            ready: String::new(),
            taken: 0,
        };
        Ok(Self {
            inner: BufReader::with_capacity(64 << 10, bytes),
        })
    }

    /// The encoding that was found in what has been read so far.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.inner.get_ref().decoded.encoding
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl BufRead for Utf8<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

/// The same for those who keep the text themselves.
pub(crate) struct Decoded<'a> {
    input: &'a mut dyn BufRead,
    encoding: Encoding,
    decoder: encoding_rs::Decoder,
    ended: bool,
}

impl<'a> Decoded<'a> {
    /// Looks at the first buffer of `input` and decodes from there.
    pub(crate) fn new(input: &'a mut dyn BufRead) -> io::Result<Self> {
        let encoding = Encoding::of(input.fill_buf()?);
        Ok(Self {
            input,
            encoding,
            decoder: encoding.rust().new_decoder_with_bom_removal(),
            ended: false,
        })
    }

    /// Adds what comes next to `text`, about as much as the input buffers; says whether anything came.
    pub(crate) fn add_to(&mut self, text: &mut String) -> io::Result<bool> {
        let before = text.len();
        while text.len() == before && !self.ended {
            let bytes = self.input.fill_buf()?;
            if self.encoding == Encoding::Ascii && !bytes.is_ascii() {
                // ASCII means the same in both, so only now it matters which of the two this is.
                let plain = encoding_rs::Encoding::ascii_valid_up_to(bytes);
                self.encoding = Encoding::of_late(&bytes[plain..]);
                self.decoder = self.encoding.rust().new_decoder_without_bom_handling();
            }
            let last = bytes.is_empty();
            let room = self
                .decoder
                .max_utf8_buffer_length(bytes.len())
                .unwrap_or(4 * bytes.len() + 16);
            text.reserve(room);
            let (_, read, _) = self.decoder.decode_to_string(bytes, text, last);
            self.input.consume(read);
            self.ended = last;
        }
        Ok(text.len() > before)
    }
}

struct Bytes<'a> {
    decoded: Decoded<'a>,
    ready: String,
    taken: usize,
}

impl Read for Bytes<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.ready.len() {
            self.ready.clear();
            self.taken = 0;
            self.decoded.add_to(&mut self.ready)?;
        }
        let rest = &self.ready.as_bytes()[self.taken..];
        let amount = rest.len().min(into.len());
        into[..amount].copy_from_slice(&rest[..amount]);
        self.taken += amount;
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::{Encoding, Utf8};

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let start = if mark { vec![0xff, 0xfe] } else { Vec::new() };
        start
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect()
    }

    #[test]
    fn every_encoding_of_one_text_reads_alike() {
        let text = "Nom de l'hôte: RÖNTGEN-07\r\n".repeat(9000);
        let encodings = [
            text.clone().into_bytes(),
            [b"\xef\xbb\xbf".to_vec(), text.clone().into_bytes()].concat(),
            utf16(&text, true),
            utf16(&text, false),
            encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        ];
        for bytes in encodings {
            let mut input = &bytes[..];
            let mut read = String::new();
            Utf8::new(&mut input)
                .unwrap()
                .read_to_string(&mut read)
                .unwrap();
            assert!(read == text, "{:?}", Encoding::of(&bytes));
        }
    }

    #[test]
    fn letters_that_come_late_are_decoded_as_what_they_are() {
        let plain = "name,site\n".repeat(20_000);
        let late = format!("{plain}RÖNTGEN-07,Süd\n");
        let code_page = encoding_rs::WINDOWS_1252.encode(&late).0.into_owned();
        for bytes in [late.clone().into_bytes(), code_page] {
            let mut input = BufReader::with_capacity(1000, &bytes[..]);
            let mut read = String::new();
            Utf8::new(&mut input)
                .unwrap()
                .read_to_string(&mut read)
                .unwrap();
            assert!(read == late);
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_replaced() {
        let mut input = &b"R\xc3\xb6ntgen \xff 7"[..];
        assert_eq!(Encoding::of(input), Encoding::CodePage);
        let mut late = Vec::from("ö".repeat(40_000));
        late.extend_from_slice(b"\xff!");
        input = &late;
        let mut whole = BufReader::with_capacity(1000, input);
        let mut read = String::new();
        Utf8::new(&mut whole)
            .unwrap()
            .read_to_string(&mut read)
            .unwrap();
        assert!(read.ends_with("ö\u{fffd}!"));
    }

    #[test]
    fn a_head_that_ends_inside_a_character_is_still_utf8() {
        let bytes = "Rö".as_bytes();
        assert_eq!(Encoding::of(&bytes[..2]), Encoding::Utf8);
        assert_eq!(Encoding::of(b"R\xf6ntgen"), Encoding::CodePage);
    }
}
