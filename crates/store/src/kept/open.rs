//! Opening a store.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::index::Index;
use super::layout::{self, MARK};
use crate::atomic::{UNFINISHED, private_folder, sync_folder, write_whole};
use crate::error::Fault;
use crate::{Limits, StoreError};

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// For reading. Segments never change, so a store may be read while another process writes to it.
    Read,
    /// For adding and forgetting, by one process at a time. A store that is not there is made.
    Write,
}

/// A store of evidence.
#[derive(Debug)]
pub struct EvidenceStore {
    pub(super) folder: PathBuf,
    pub(super) limits: Limits,
    pub(super) index: Index,
    /// Held while it lives; the system lets go of it however the process ends.
    lock: Option<File>,
}

impl EvidenceStore {
    /// Opens a store. What a process left unfinished that was stopped while writing is removed once another one writes.
    ///
    /// # Errors
    /// When it is none, or is of another version, or somebody else writes to it, or the system refuses.
    pub fn open(folder: &Path, access: Access) -> Result<Self, StoreError> {
        let at = |fault| StoreError::new(folder, fault);
        match access {
            Access::Read => {
                check_mark(folder).map_err(at)?;
                Ok(Self::new(folder, None))
            }
            Access::Write => {
                let lock = prepare(folder).map_err(at)?;
                let store = Self::new(folder, Some(lock));
                store.sweep()?;
                Ok(store)
            }
        }
    }

    fn new(folder: &Path, lock: Option<File>) -> Self {
        Self {
            folder: folder.to_owned(),
            limits: Limits::default(),
            index: Index::new(folder, Limits::default()),
            lock,
        }
    }

    /// The same store with other bounds on its segments, read and written.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self {
            limits,
            index: Index::new(&self.folder, limits),
            ..self
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it was opened for writing.
    pub(super) fn check_writing(&self) -> Result<(), StoreError> {
        match self.lock {
            Some(_) => Ok(()),
            None => {
                let words = "the store was opened for reading only";
                let refused = io::Error::new(io::ErrorKind::PermissionDenied, words);
                Err(StoreError::new(&self.folder, Fault::System(refused)))
            }
        }
    }

    /// Removes what nobody finished, and segments that were to be forgotten when a process was stopped.
    fn sweep(&self) -> Result<(), StoreError> {
        for folder in [
            layout::segments(&self.folder),
            layout::forgotten(&self.folder),
        ] {
            let system = |error| StoreError::new(&folder, Fault::System(error));
            for entry in fs::read_dir(&folder).map_err(system)? {
                let entry = entry.map_err(system)?;
                if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                    fs::remove_file(entry.path()).map_err(system)?;
                }
            }
        }
        self.remove_forgotten()
    }
}

fn check_mark(folder: &Path) -> Result<(), Fault> {
    match fs::read_to_string(layout::mark(folder)) {
        Ok(text) if text == MARK => Ok(()),
        Ok(_) => Err(Fault::OtherVersion),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Fault::OtherVersion),
        // A folder that is not there says so better than that it is no store.
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
            Err(Fault::NoStore)
        }
        Err(error) => Err(Fault::System(error)),
    }
}

/// Makes what is missing of a store and takes its lock.
fn prepare(folder: &Path) -> Result<File, Fault> {
    let fresh = !layout::is_store(folder);
    if fresh && folder.is_dir() && is_in_use(folder)? {
        return Err(Fault::NoStore);
    }
    if fresh {
        // For its owner only, as evidence is a list of targets for a thief.
        private_folder(folder)?;
    } else {
        check_mark(folder)?;
    }
    for inner in [layout::segments(folder), layout::forgotten(folder)] {
        private_folder(&inner)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(layout::lock(folder)).map_err(Fault::System)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Fault::Busy),
        Err(TryLockError::Error(error)) => return Err(Fault::System(error)),
    }
    if fresh {
        // The mark comes last: a folder with one is a store with all that belongs to it.
        write_whole(&layout::mark(folder), |file| {
            io::Write::write_all(file, MARK.as_bytes()).map_err(Fault::System)
        })?;
        sync_folder(folder)?;
    }
    Ok(lock)
}

/// Whether a folder holds anything that is not of a store that was begun: such a folder is not made into one.
fn is_in_use(folder: &Path) -> Result<bool, Fault> {
    for entry in fs::read_dir(folder).map_err(Fault::System)? {
        let name = entry.map_err(Fault::System)?.file_name();
        let name = name.to_string_lossy();
        let ours = matches!(&*name, "segments" | "forgotten" | "lock");
        if !ours && !name.starts_with(UNFINISHED) {
            return Ok(true);
        }
    }
    Ok(false)
}
