//! Files that are whole under their name, or not there at all.

use std::fs::{DirBuilder, File};
use std::io::ErrorKind;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::Fault;

/// How unfinished files are called; whatever is called so was left by a process that was stopped.
pub(crate) const UNFINISHED: &str = ".wardround-";

/// Puts a file under its name once `put` has written all of it and it is on the disk.
pub(crate) fn write_whole(
    path: &Path,
    put: impl FnOnce(&mut File) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut file = unfinished(folder_of(path))?;
    put(file.as_file_mut())?;
    name(file, path)
}

/// A new file that nobody else knows, for its owner only; it goes when it is dropped.
pub(crate) fn unfinished(folder: &Path) -> Result<NamedTempFile, Fault> {
    // Such a file is made with mode 0600.
    tempfile::Builder::new()
        .prefix(UNFINISHED)
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(Fault::System)
}

/// Brings a file to the disk and gives it its name.
pub(crate) fn name(file: NamedTempFile, path: &Path) -> Result<(), Fault> {
    file.as_file().sync_all().map_err(Fault::System)?;
    file.persist(path)
        .map_err(|error| Fault::System(error.error))?;
    sync_folder(folder_of(path))
}

/// Brings the names in a folder to the disk; where folders cannot be opened, as on Windows, the system sees to it.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Fault> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all().map_err(Fault::System),
        Err(error) if cfg!(unix) => Err(Fault::System(error)),
        Err(_) => Ok(()),
    }
}

/// Makes a folder for its owner only, with those above it that are missing, and brings all their names to the disk.
pub(crate) fn private_folder(folder: &Path) -> Result<(), Fault> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder_of(folder);
    if !above.is_dir() {
        private_folder(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // Somebody else was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
        made => made.map_err(Fault::System)?,
    }
    sync_folder(above)
}

/// The folder that a file or a folder lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
