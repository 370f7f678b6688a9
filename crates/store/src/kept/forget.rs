//! Forgetting sources: whole segments, with a tombstone each.

use std::fs;

use jiff::Timestamp;
use wardround_evidence::Digest;

use super::{EvidenceStore, Listed, Tombstone, layout};
use crate::StoreError;
use crate::atomic::sync_folder;
use crate::error::Fault;

/// Which sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The one at a path, or all below a folder, or the one with a digest.
    Source(String),
    /// Those that speak of nothing since a moment.
    Before(Timestamp),
}

/// A source that was forgotten.
#[derive(Clone, Debug)]
pub struct Forgotten {
    /// The segment as it was.
    pub segment: Listed,
    /// What is left of it.
    pub tombstone: Tombstone,
}

impl Selection {
    fn takes(&self, listed: &Listed) -> bool {
        match self {
            Self::Source(words) => {
                let path = listed.notes.source.path.as_key();
                let folder = words.trim_end_matches('/');
                let below = path
                    .strip_prefix(folder)
                    .is_some_and(|rest| rest.starts_with('/'));
                let contents = words.parse() == Ok(listed.notes.source.digest);
                path == words || below || contents
            }
            Self::Before(moment) => listed.notes.newest() < *moment,
        }
    }
}

impl EvidenceStore {
    /// The segments that would be forgotten: those selected, and all others with the same contents.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub fn selected(&self, selection: &Selection) -> Result<Vec<Listed>, StoreError> {
        let listing = self.list(None)?;
        let mut contents: Vec<Digest> = listing
            .segments
            .iter()
            .filter(|listed| selection.takes(listed))
            .map(|listed| listed.notes.source.digest)
            .collect();
        contents.sort_unstable();
        let mut segments = listing.segments;
        segments.retain(|listed| contents.binary_search(&listed.notes.source.digest).is_ok());
        Ok(segments)
    }

    /// Forgets sources. A tombstone stands before its segment goes, so that a process that is stopped leaves nothing that
    /// speaks though it was to be forgotten; and a source with one is not read into the store again.
    ///
    /// # Errors
    /// When the store was opened for reading, or the system refuses.
    pub fn forget(
        &self,
        selection: &Selection,
        reason: &str,
        forgotten_at: Timestamp,
    ) -> Result<Vec<Forgotten>, StoreError> {
        self.check_writing()?;
        let mut forgotten = Vec::new();
        for segment in self.selected(selection)? {
            let tombstone = Tombstone {
                digest: segment.notes.source.digest,
                forgotten_at,
                reason: reason.to_owned(),
            };
            tombstone.write(&self.folder)?;
            fs::remove_file(segment.path())
                .map_err(|error| StoreError::new(segment.path(), Fault::System(error)))?;
            forgotten.push(Forgotten { segment, tombstone });
        }
        self.sync()?;
        Ok(forgotten)
    }

    /// Removes segments that have a tombstone already.
    pub(super) fn remove_forgotten(&self) -> Result<(), StoreError> {
        let folder = layout::segments(&self.folder);
        let system = |error| StoreError::new(&folder, Fault::System(error));
        let (tombstones, _) = Tombstone::all(&self.folder)?;
        if tombstones.is_empty() {
            return Ok(());
        }
        for entry in fs::read_dir(&folder).map_err(system)? {
            let path = entry.map_err(system)?.path();
            if let Ok(listed) = Listed::new(&path, self.limits) {
                let digest = listed.notes.source.digest;
                if tombstones.iter().any(|it| it.digest == digest) {
                    fs::remove_file(&path).map_err(system)?;
                }
            }
        }
        self.sync()
    }

    fn sync(&self) -> Result<(), StoreError> {
        let folder = layout::segments(&self.folder);
        sync_folder(&folder).map_err(|fault| StoreError::new(&folder, fault))
    }
}
