//! Members on their way into a bundle: looked at once for the manifest, and written the second time.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wardround_evidence::Digest;

use super::header::{self, BLOCK};
use super::manifest::Member;
use crate::error::Fault;

/// Where a member's bytes are.
#[derive(Debug)]
pub(super) enum Bytes<'a> {
    File(PathBuf),
    Memory(&'a [u8]),
}

impl Bytes<'_> {
    fn open(&self) -> Result<Box<dyn Read + '_>, Fault> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path).map_err(Fault::System)?),
            Self::Memory(bytes) => Box::new(*bytes),
        })
    }

    /// Lists them under a name.
    pub(super) fn member(&self, name: String) -> Result<Member, Fault> {
        let (length, digest) = copy(&mut *self.open()?, u64::MAX, &mut std::io::sink())?;
        Ok(Member {
            name,
            length,
            sha256: digest.to_string(),
        })
    }

    /// Writes them as a member, and sees that they are still what was listed.
    pub(super) fn put(&self, member: &Member, into: &mut dyn Write) -> Result<(), Fault> {
        put_header(&member.name, member.length, into)?;
        let (length, digest) = copy(&mut *self.open()?, member.length, into)?;
        if length != member.length || digest.to_string() != member.sha256 {
            return Err(Fault::Changing(member.name.clone()));
        }
        put_padding(length, into)
    }
}

/// Writes the header of a member.
pub(super) fn put_header(name: &str, length: u64, into: &mut dyn Write) -> Result<(), Fault> {
    let block = header::canonical(name, length)
        .ok_or_else(|| Fault::Unwritable(format!("a member called `{name}`")))?;
    into.write_all(&block).map_err(Fault::System)
}

/// Fills the last block of a member.
pub(super) fn put_padding(length: u64, into: &mut dyn Write) -> Result<(), Fault> {
    into.write_all(&[0; BLOCK][..header::padding(length)])
        .map_err(Fault::System)
}

/// Copies no more than `most` bytes, and says how many there were and what they are.
pub(super) fn copy(
    from: &mut dyn Read,
    most: u64,
    into: &mut dyn Write,
) -> Result<(u64, Digest), Fault> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut left = most;
    while left > 0 {
        let wanted = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let count = match from.read(&mut buffer[..wanted]) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Fault::System(error)),
        };
        hasher.update(&buffer[..count]);
        into.write_all(&buffer[..count]).map_err(Fault::System)?;
        left -= count as u64;
    }
    Ok((most - left, Digest::from_bytes(hasher.finalize().into())))
}

/// The path of a file that is a member.
pub(super) fn file(path: &Path) -> Bytes<'static> {
    Bytes::File(path.to_owned())
}
