//! Files that are whole under their name, or not there at all.

use std::fs::File;
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

/// A name is on the disk once its folder is; where folders cannot be opened, as on Windows, the system sees to it.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Fault> {
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all().map_err(Fault::System))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
