//! Where readings go that need not fit into memory.

use std::io;

use wardround_evidence::{Reading, Statement};

/// Observations that wait in memory before they are handed over.
pub(crate) const OBSERVATIONS_TOGETHER: usize = 1 << 16;

/// Takes what is read away while its file is still being read.
pub trait Keeper: Sync {
    /// Begins with another file or member of an archive.
    ///
    /// # Errors
    /// When nothing can be kept, for instance because the disk is full.
    fn begin(&self) -> io::Result<Box<dyn Keeping>>;
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
