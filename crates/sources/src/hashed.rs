//! Bytes on their way to a reader: counted, digested, and their first failure remembered.

use std::io::{self, Read};

use ring::digest::{Context, SHA256};
use wardround_evidence::Digest;

use crate::archive::Bomb;

/// Passes bytes on and digests them. After the first failure it gives no more bytes.
pub(crate) struct Hashed<R> {
    inner: R,
    hasher: Context,
    /// How many bytes have passed.
    pub(crate) passed: u64,
    /// What went wrong, in words, once something has.
    pub(crate) failure: Option<String>,
}

/// All that is known of bytes that have passed.
pub(crate) struct Finished {
    /// Their SHA-256.
    pub(crate) digest: Digest,
    /// Their digest in a domain of its own; never to be printed.
    pub(crate) secret: [u8; 32],
    /// How many they are.
    pub(crate) bytes: u64,
}

impl<R: Read> Hashed<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            hasher: Context::new(&SHA256),
            passed: 0,
            failure: None,
        }
    }

    /// Lets the rest of the bytes pass, so that the digest is of the whole file wherever reading stopped; says what
    /// kept them from passing.
    pub(crate) fn finish(&mut self) -> (Finished, Option<String>) {
        // A failure is remembered by `read`.
        let _ = io::copy(self, &mut io::sink());
        let mut other_domain = self.hasher.clone();
        other_domain.update(b"wardround pseudonym");
        let finished = Finished {
            digest: Digest::from_bytes(bytes_of(self.hasher.clone())),
            secret: bytes_of(other_domain),
            bytes: self.passed,
        };
        (finished, self.failure.take())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = &self.failure {
            return Err(io::Error::other(Failed(failure.clone())));
        }
        match self.inner.read(into) {
            Ok(amount) => {
                self.hasher.update(&into[..amount]);
                self.passed += amount as u64;
                Ok(amount)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.failure = Some(describe(&error));
                }
                Err(error)
            }
        }
    }
}

/// The 32 bytes of a SHA-256.
fn bytes_of(hasher: Context) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hasher.finish().as_ref());
    bytes
}

/// A failure that came before, in our words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failed(String);

/// An input error in words: ours where it is one of ours.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.get_ref() {
        Some(ours) if ours.is::<Bomb>() || ours.is::<Failed>() => ours.to_string(),
        _ => format!("the file could not be read: {error}"),
    }
}
