//! Whether a store holds what was put into it.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use super::{EvidenceStore, layout};
use crate::StoreError;
use crate::atomic::UNFINISHED;
use crate::error::Fault;

/// What looking at every file came to.
#[derive(Debug, Default)]
pub struct Verified {
    /// Segments that are whole and what their names say.
    pub sound: usize,
    /// Files that are not.
    pub flawed: Vec<Flawed>,
    /// Files that a process is writing, or did not finish when it was stopped; they hold nothing that was ever kept, and those
    /// that nobody writes go when the store is next written to.
    pub unfinished: usize,
}

/// A file with what is wrong with it.
#[derive(Debug)]
pub struct Flawed {
    /// Which file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

impl EvidenceStore {
    /// Reads every segment to its end and compares it with its digest and its name.
    ///
    /// # Errors
    /// When the store's folders cannot be listed.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        let contents = self.list(None)?;
        let flaw = |error: StoreError| Flawed {
            reason: error.fault.to_string(),
            path: error.path,
        };
        verified
            .flawed
            .extend(contents.flawed.into_iter().map(flaw));
        for listed in &contents.segments {
            match listed.check() {
                Ok(()) => verified.sound += 1,
                // Forgotten by another process since the folder was listed.
                Err(error) if error.is_absent() => {}
                Err(error) => verified.flawed.push(flaw(error)),
            }
        }
        for (folder, extension) in [
            (layout::segments(&self.folder), "parquet"),
            (layout::forgotten(&self.folder), "toml"),
        ] {
            let system = |error| StoreError::new(&folder, Fault::System(error));
            for entry in fs::read_dir(&folder).map_err(system)? {
                let path = entry.map_err(system)?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.starts_with(UNFINISHED) {
                    verified.unfinished += 1;
                } else if path.extension() != Some(OsStr::new(extension)) {
                    verified.flawed.push(Flawed {
                        reason: "wardround puts no such file here".to_owned(),
                        path: path.clone(),
                    });
                }
            }
        }
        verified
            .flawed
            .sort_by(|one, other| one.path.cmp(&other.path));
        Ok(verified)
    }
}
