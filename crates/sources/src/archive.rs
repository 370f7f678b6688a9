//! Packed files: what they are, and unpacking that cannot be made to run away.

use std::io::{self, Read};

/// How a file is packed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zip,
}

impl Packing {
    /// Gzip: RFC 1952, 2.3.1. Zip: APPNOTE 4.3.7 and, for an empty archive, 4.3.16.
    pub(crate) fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Self::Gzip,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            _ => Self::Plain,
        }
    }
}

/// What stopped an unpacking; carried through `io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to more than {limit} bytes{reason}: unpacking stopped there")]
pub(crate) struct Bomb {
    pub(crate) limit: u64,
    pub(crate) reason: &'static str,
}

/// Ends with an error where unpacked bytes pass a limit.
pub(crate) struct Bounded<R> {
    inner: R,
    left: u64,
    bomb: (u64, &'static str),
}

impl<R> Bounded<R> {
    /// Bounds by absolute size and, where the packed size is known, by ratio.
    pub(crate) fn new(inner: R, packed_bytes: Option<u64>, limits: crate::Limits) -> Self {
        let by_ratio = packed_bytes.map_or(u64::MAX, |packed| {
            packed
                .saturating_mul(limits.ratio)
                .max(limits.ratio_floor_bytes)
        });
        let (limit, reason) = if by_ratio < limits.unpacked_bytes {
            (
                by_ratio,
                ", far more than a genuine export of its packed size",
            )
        } else {
            (limits.unpacked_bytes, "")
        };
        Self {
            inner,
            left: limit,
            bomb: (limit, reason),
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // One byte more decides between a file of exactly the limit and one that goes on.
            let mut probe = [0];
            return match self.inner.read(&mut probe)? {
                0 => Ok(0),
                _ => Err(io::Error::other(Bomb {
                    limit: self.bomb.0,
                    reason: self.bomb.1,
                })),
            };
        }
        let room = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(into.len());
        let amount = self.inner.read(&mut into[..room])?;
        self.left -= amount as u64;
        Ok(amount)
    }
}
