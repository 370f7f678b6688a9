//! Forgetting sources: whole segments, with a tombstone each.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use wardround_evidence::Digest;

use super::list::segments;
use super::{EvidenceStore, Listed, Tombstone, layout};
use crate::StoreError;
use crate::atomic::sync_folder;
use crate::error::Fault;

/// Which sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The one at a path, or all below a folder, or the one whose digest is this or begins so (at least 12 digits, and of one
    /// source only); with whatever has the same contents.
    Source(String),
    /// The one at a path, or all below a folder, as of files that were moved or taken away: what has the same contents
    /// elsewhere stays.
    Here(String),
    /// Those that speak of nothing since a moment, with whatever has the same contents.
    Before(Timestamp),
}

/// Beginnings of digests that are shorter could be of anything.
const DIGITS: usize = 12;

/// A source that was forgotten.
#[derive(Clone, Debug)]
pub struct Forgotten {
    /// The segment as it was.
    pub segment: Listed,
    /// What is left of it; nothing where the same contents stay at another place.
    pub tombstone: Option<Tombstone>,
}

impl Selection {
    fn takes(&self, listed: &Listed, meant: Option<Digest>) -> bool {
        match self {
            Self::Source(words) => {
                is_at(listed, words) || meant == Some(listed.notes.source.digest)
            }
            Self::Here(words) => is_at(listed, words),
            Self::Before(moment) => listed.notes.newest() < *moment,
        }
    }

    /// The digest that it names, if it names one.
    fn digest(&self, segments: &[Listed]) -> Option<Digest> {
        let Self::Source(words) = self else {
            return None;
        };
        let words = words.to_ascii_lowercase();
        if words.len() < DIGITS {
            return None;
        }
        let digests = segments.iter().map(|listed| listed.notes.source.digest);
        let mut meant = digests.filter(|digest| digest.to_string().starts_with(&words));
        let first = meant.next()?;
        meant.all(|other| other == first).then_some(first)
    }
}

fn is_at(listed: &Listed, words: &str) -> bool {
    let path = listed.notes.source.path.as_key();
    let folder = words.trim_end_matches('/');
    let below = path
        .strip_prefix(folder)
        .is_some_and(|rest| rest.starts_with('/'));
    path == words || below
}

impl EvidenceStore {
    /// The segments that would be forgotten, with all others of the same contents where the selection says so.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub fn selected(&self, selection: &Selection) -> Result<Vec<Listed>, StoreError> {
        let mut segments = self.list(None)?.segments;
        let meant = selection.digest(&segments);
        if let Selection::Here(_) = selection {
            segments.retain(|listed| selection.takes(listed, meant));
            return Ok(segments);
        }
        let contents: BTreeSet<Digest> = segments
            .iter()
            .filter(|listed| selection.takes(listed, meant))
            .map(|listed| listed.notes.source.digest)
            .collect();
        segments.retain(|listed| contents.contains(&listed.notes.source.digest));
        Ok(segments)
    }

    /// Forgets sources. A tombstone stands before its segment goes, so that a process that is stopped leaves nothing that
    /// speaks though it was to be forgotten; and a source with one is not read into the store again.
    ///
    /// A segment that cannot be read may hold what was to be forgotten; [`list`](Self::list) names it.
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
        let selected = self.selected(selection)?;
        let going: BTreeSet<PathBuf> = selected.iter().map(|it| it.path().to_owned()).collect();
        let staying: BTreeSet<Digest> = self
            .list(None)?
            .segments
            .iter()
            .filter(|listed| !going.contains(listed.path()))
            .map(|listed| listed.notes.source.digest)
            .collect();
        let mut forgotten = Vec::new();
        for segment in selected {
            let digest = segment.notes.source.digest;
            let tombstone = (!staying.contains(&digest)).then(|| Tombstone {
                digest,
                forgotten_at,
                reason: reason.to_owned(),
            });
            if let Some(tombstone) = &tombstone {
                tombstone.write(&self.folder)?;
            }
            fs::remove_file(segment.path())
                .map_err(|error| StoreError::new(segment.path(), Fault::System(error)))?;
            forgotten.push(Forgotten { segment, tombstone });
        }
        self.latest.forget();
        self.sync()?;
        Ok(forgotten)
    }

    /// Removes segments that have a tombstone already.
    pub(super) fn remove_forgotten(&self) -> Result<(), StoreError> {
        let (tombstones, _) = Tombstone::all(&self.folder)?;
        if tombstones.is_empty() {
            return Ok(());
        }
        for listed in segments(&self.folder, self.limits)?.0 {
            if Tombstone::is_among(&tombstones, listed.notes.source.digest) {
                fs::remove_file(listed.path())
                    .map_err(|error| StoreError::new(listed.path(), Fault::System(error)))?;
            }
        }
        self.sync()
    }

    fn sync(&self) -> Result<(), StoreError> {
        let folder = layout::segments(&self.folder);
        sync_folder(&folder).map_err(|fault| StoreError::new(&folder, fault))
    }
}
