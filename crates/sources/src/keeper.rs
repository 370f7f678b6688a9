//! Where readings go that need not fit into memory.

use std::io;

use wardround_evidence::{Digest, Reading, SourcePath, Statement};

/// Observations that wait in memory before they are handed over: so few that they are still in the processor's second cache
/// when they are, and their memory is taken again for the next.
pub(crate) const OBSERVATIONS_TOGETHER: usize = 1 << 12;

/// Takes what is read away while its file is still being read.
pub trait Keeper: Sync {
    /// Whether a file or member may be kept already that lies at `path` and has so many unpacked bytes; none where the number
    /// is not known before it is unpacked. Its bytes are then gone through once before anything reads them.
    ///
    /// # Errors
    /// When what is kept cannot be looked at.
    fn may_have(&self, path: &str, bytes: Option<u64>) -> io::Result<bool> {
        let _ = (path, bytes);
        Ok(false)
    }

    /// Whether a file or member need not be read, because it is kept as its reader would read it, or must not be kept.
    ///
    /// # Errors
    /// When what is kept cannot be looked at.
    fn has(&self, found: &Found<'_>) -> io::Result<bool> {
        let _ = found;
        Ok(false)
    }

    /// Begins with another file or member of an archive, whose reader has this [edition](crate::Reader::edition).
    ///
    /// # Errors
    /// When nothing can be kept, for instance because the disk is full.
    fn begin(&self, edition: u32) -> io::Result<Box<dyn Keeping>>;
}

/// A file or member of which all bytes were seen, and nothing was read yet.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// Where it lies.
    pub path: &'a SourcePath,
    /// SHA-256 of its unpacked bytes.
    pub digest: Digest,
    /// The edition of the reader that knows it.
    pub edition: u32,
}

/// One file on its way. Dropped before it is finished, nothing of it is kept.
pub trait Keeping {
    /// Some of its statements, in their order.
    ///
    /// # Errors
    /// When they cannot be kept. The file is given up.
    fn statements(&mut self, statements: &[Statement]) -> io::Result<()>;

    /// All else that it says, when it has been read; `reading` holds no statements. `secret` is the file's digest in a domain
    /// of its own, for [`wardround_evidence::Disclosure::key_from`].
    ///
    /// # Errors
    /// When it cannot be kept.
    fn finish(self: Box<Self>, reading: Reading, secret: [u8; 32]) -> io::Result<()>;
}
