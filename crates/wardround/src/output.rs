//! Writing what we print: whole or not at all, and for its owner only.

use std::fs::File;
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
    sync_name(path).map_err(failure)
}

/// Brings a file's name to the disk, where its folder can be opened.
pub(crate) fn sync_name(path: &Path) -> std::io::Result<()> {
    File::open(folder_of(path)).map_or(Ok(()), |folder| folder.sync_all())
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// A file beside `path`, with mode 0600, which it keeps when it is renamed.
pub(crate) fn beside(path: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".wardround-")
        .suffix(".tmp")
        .tempfile_in(folder_of(path))
}
