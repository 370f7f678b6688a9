//! Writing what we print: whole or not at all, and for its owner only.

use std::io::Write;
use std::path::Path;

use crate::{ExitCode, Failure};

/// Writes `bytes` to `path`: beside it first, with mode 0600, then synced and renamed into place.
///
/// # Errors
/// When the folder cannot be written to. What stood at `path` before is then untouched.
pub fn write_privately(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |error: std::io::Error| {
        Failure::new(
            ExitCode::InputUnreadable,
            format!("cannot write `{}`", path.display()),
        )
        .because(error)
    };
    let mut file = beside(path).map_err(failure)?;
    file.write_all(bytes).map_err(failure)?;
    file.as_file().sync_all().map_err(failure)?;
    file.persist(path).map_err(|error| failure(error.error))?;
    Ok(())
}

/// A file beside `path`, with mode 0600, which it keeps when it is renamed.
pub(crate) fn beside(path: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    tempfile::Builder::new()
        .prefix(".wardround-")
        .suffix(".tmp")
        .tempfile_in(folder)
}
