//! Packed files: what they are, and unpacking that cannot be made to run away.

use std::io::{self, BufReader, Read, SeekFrom};

use zip::ZipArchive;

use crate::{FileContents, Limits};

/// How a file is packed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zip,
    Zstd,
}

impl Packing {
    /// Gzip: RFC 1952, 2.3.1. Zip: APPNOTE 4.3.7 and, for an empty archive, 4.3.16. Zstandard: RFC 8878, 3.1.1 and, for a
    /// frame that holds something else, 3.1.2.
    pub(crate) fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Self::Gzip,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }
}

/// How many bytes may come out of something packed, and why not more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// How many bytes may still come.
    pub(crate) left: u64,
    bomb: Bomb,
}

/// What stopped an unpacking; carried through `io::Error`.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("it unpacks to more than {limit} bytes{reason}: unpacking stopped there")]
pub(crate) struct Bomb {
    limit: u64,
    reason: &'static str,
}

impl Allowance {
    /// What one file or member may unpack to: by absolute size and, where the packed size is known, by ratio.
    pub(crate) fn of_file(packed_bytes: Option<u64>, limits: Limits) -> Self {
        let by_ratio = packed_bytes.map_or(u64::MAX, |packed| Self::by_ratio(packed, limits).left);
        if by_ratio < limits.unpacked_bytes {
            Self::new(by_ratio, FAR_MORE)
        } else {
            Self::new(limits.unpacked_bytes, "")
        }
    }

    /// What a packed size may unpack to. Members of an archive may share their packed bytes, so this holds for all
    /// of them together.
    pub(crate) fn by_ratio(packed_bytes: u64, limits: Limits) -> Self {
        let bytes = packed_bytes.saturating_mul(limits.ratio);
        Self::new(bytes.max(limits.ratio_floor_bytes), FAR_MORE)
    }

    /// The smaller of two.
    pub(crate) fn within(self, other: Self) -> Self {
        if other.left < self.left { other } else { self }
    }

    /// What is left after some bytes came.
    pub(crate) fn after(self, bytes: u64) -> Self {
        Self {
            left: self.left.saturating_sub(bytes),
            ..self
        }
    }

    const fn new(limit: u64, reason: &'static str) -> Self {
        Self {
            left: limit,
            bomb: Bomb { limit, reason },
        }
    }
}

const FAR_MORE: &str = ", far more than a genuine export of its packed size";

/// Ends with an error where unpacked bytes pass an allowance.
pub(crate) struct Bounded<R> {
    inner: R,
    allowance: Allowance,
}

impl<R> Bounded<R> {
    pub(crate) const fn new(inner: R, allowance: Allowance) -> Self {
        Self { inner, allowance }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.allowance.left == 0 && !into.is_empty() {
            // One byte more decides between a file of exactly the limit and one that goes on.
            let mut probe = [0];
            return match self.inner.read(&mut probe)? {
                0 => Ok(0),
                _ => Err(io::Error::other(self.allowance.bomb)),
            };
        }
        let room = usize::try_from(self.allowance.left)
            .unwrap_or(usize::MAX)
            .min(into.len());
        let amount = self.inner.read(&mut into[..room])?;
        self.allowance.left -= amount as u64;
        Ok(amount)
    }
}

/// Opens an archive that has no more members than we accept; the reason where it is refused.
pub(crate) fn open_zip(
    contents: &mut dyn FileContents,
    limits: Limits,
) -> Result<ZipArchive<BufReader<&mut dyn FileContents>>, String> {
    let too_many = |members: u64| {
        let limit = limits.archive_members;
        format!("this archive has {members} members, more than the {limit} that we accept")
    };
    let declared = declared_members(contents)
        .map_err(|error| format!("this archive cannot be read: {error}"))?;
    if declared > limits.archive_members as u64 {
        return Err(too_many(declared));
    }
    let archive = ZipArchive::new(BufReader::new(contents))
        .map_err(|error| format!("this archive cannot be opened: {error}"))?;
    if archive.len() > limits.archive_members {
        return Err(too_many(archive.len() as u64));
    }
    Ok(archive)
}

/// The largest number of members that any 64-bit end record in the file declares.
///
/// Opening an archive sets memory aside for as many members as that record says, so it is looked at first. The 32-bit
/// record cannot say more than 65,535. Layout: APPNOTE 4.3.14.
fn declared_members(contents: &mut dyn FileContents) -> io::Result<u64> {
    const RECORD: usize = 56;
    let length = contents.seek(SeekFrom::End(0))?;
    contents.rewind()?;
    let mut most = 0;
    let mut window = Vec::with_capacity(128 << 10);
    loop {
        let got = (&mut *contents).take(64 << 10).read_to_end(&mut window)?;
        for (start, _) in window.iter().enumerate().filter(|(_, byte)| **byte == b'P') {
            let Some(record) = window.get(start..start + RECORD) else {
                break;
            };
            // The size of the record and its two disk numbers tell it from packed bytes that happen to look alike.
            let genuine = record.starts_with(b"PK\x06\x06")
                && number(&record[4..12]) <= length
                && record[16..20] == record[20..24];
            if genuine {
                most = most.max(number(&record[32..40]));
            }
        }
        if got == 0 {
            contents.rewind()?;
            return Ok(most);
        }
        let done = window.len().saturating_sub(RECORD - 1);
        window.drain(..done);
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
