//! Counting the update numbers of a text as it streams by.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};

/// More distinct numbers than Microsoft has published; a file with more is not counted on.
const MOST_NUMBERS: usize = 200_000;

/// Passes text on and collects the distinct numbers that stand in it as `KB` and six or seven digits.
pub(crate) struct KbNumbers<R> {
    inner: R,
    scan: Scan,
    last_byte: Option<u8>,
}

impl<R: BufRead> KbNumbers<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            scan: Scan::default(),
            last_byte: None,
        }
    }

    /// What the text comes from.
    pub(crate) const fn get_ref(&self) -> &R {
        &self.inner
    }

    /// The last byte that has passed.
    pub(crate) const fn last_byte(&self) -> Option<u8> {
        self.last_byte
    }

    /// How many distinct numbers have passed.
    pub(crate) fn distinct(&mut self) -> u64 {
        self.scan.end_number();
        self.scan.found.len() as u64
    }
}

impl<R: BufRead> Read for KbNumbers<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let amount = ready.len().min(into.len());
        into[..amount].copy_from_slice(&ready[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

impl<R: BufRead> BufRead for KbNumbers<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // The bytes that are consumed lie in the buffer already: nothing is read here.
        if let Ok(ready) = self.inner.fill_buf() {
            for byte in &ready[..amount.min(ready.len())] {
                self.scan.see(*byte);
                self.last_byte = Some(*byte);
            }
        }
        self.inner.consume(amount);
    }
}

/// Where in a number the scan stands.
#[derive(Default)]
struct Scan {
    found: BTreeSet<u32>,
    letter_k: bool,
    /// The number so far and its digits, after `KB`.
    number: Option<(u32, u8)>,
}

impl Scan {
    fn see(&mut self, byte: u8) {
        if let Some((value, digits)) = self.number {
            if byte.is_ascii_digit() && digits < 7 {
                self.number = Some((value * 10 + u32::from(byte - b'0'), digits + 1));
                return;
            }
            self.end_number();
        }
        if self.letter_k && byte == b'B' {
            self.number = Some((0, 0));
        }
        self.letter_k = byte == b'K';
    }

    fn end_number(&mut self) {
        if let Some((value, digits)) = self.number.take()
            && digits >= 6
            && self.found.len() < MOST_NUMBERS
        {
            self.found.insert(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::KbNumbers;

    #[test]
    fn numbers_are_counted_once_whatever_the_buffers() {
        let text = "KB4012212 KKB4012212,KB976902: xKB12345 KB40122134 kb4012215 KB4012216";
        for buffer in [1, 3, 7, 1000] {
            let mut numbers = KbNumbers::new(BufReader::with_capacity(buffer, text.as_bytes()));
            let mut passed = String::new();
            numbers.read_to_string(&mut passed).unwrap();
            assert_eq!(passed, text);
            // 4012212, 976902, 4012213 of eight digits, 4012216.
            assert_eq!(numbers.distinct(), 4);
        }
    }
}
