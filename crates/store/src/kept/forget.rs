//! Forgetting sources: whole segments, with a tombstone each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use wardround_evidence::Digest;

use super::list::segments;
use super::tombstone::Tombstones;
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
    /// The one at a path, or all below a folder, as of files that were moved: only what the store holds elsewhere too goes,
    /// and it leaves no tombstone.
    Moved(String),
    /// Those that speak of nothing since a moment, with whatever has the same contents.
    Before(Timestamp),
}

/// Beginnings of digests that are shorter could be of anything.
const DIGITS: usize = 12;

/// What a selection selects.
#[derive(Debug, Default)]
pub struct Selected {
    /// What is to go.
    pub going: Vec<Listed>,
    /// What was said to have been moved, and whose contents the store holds nowhere else: it stays.
    pub staying: Vec<Listed>,
}

/// What became of a selection.
#[derive(Debug, Default)]
pub struct Forgotten {
    /// What went, as it was, by path.
    pub gone: Vec<Listed>,
    /// What was said to have been moved, and whose contents the store holds nowhere else: it stays.
    pub staying: Vec<Listed>,
    /// What is left of what went; nothing of what was moved.
    pub tombstones: Vec<Tombstone>,
}

impl Selection {
    fn takes(&self, listed: &Listed, meant: Option<Digest>) -> bool {
        match self {
            Self::Source(words) => {
                is_at(listed, words) || meant == Some(listed.notes.source.digest)
            }
            Self::Moved(words) => is_at(listed, words),
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
    pub fn selected(&self, selection: &Selection) -> Result<Selected, StoreError> {
        let segments = self.list(None)?.segments;
        let meant = selection.digest(&segments);
        let (taken, others): (Vec<Listed>, Vec<Listed>) = segments
            .into_iter()
            .partition(|listed| selection.takes(listed, meant));
        Ok(match selection {
            Selection::Moved(_) => moved(taken, &others),
            Selection::Source(_) | Selection::Before(_) => with_copies(taken, others),
        })
    }

    /// Forgets sources. A tombstone stands before its segment goes, so that a process that is stopped leaves nothing that
    /// speaks though it was to be forgotten; and a source with one is not read into the store again.
    ///
    /// What was moved leaves no tombstone, and what the store holds nowhere else does not go.
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
    ) -> Result<Forgotten, StoreError> {
        self.check_writing()?;
        let Selected { going, staying } = self.selected(selection)?;
        let mut forgotten = Forgotten {
            staying,
            ..Forgotten::default()
        };
        for segment in going {
            if !matches!(selection, Selection::Moved(_)) {
                let tombstone = Tombstone {
                    digest: segment.notes.source.digest,
                    forgotten_at,
                    reason: reason.to_owned(),
                };
                tombstone.write(&self.folder)?;
                forgotten.tombstones.push(tombstone);
            }
            remove(segment.path())?;
            forgotten.gone.push(segment);
        }
        forgotten.tombstones.sort_by_key(|it| it.digest);
        forgotten.tombstones.dedup();
        self.index.forget();
        self.sync()?;
        Ok(forgotten)
    }

    /// Removes segments that have a tombstone already.
    pub(super) fn remove_forgotten(&self) -> Result<(), StoreError> {
        let tombstones = Tombstones::find(&self.folder)?;
        if tombstones.is_empty() {
            return Ok(());
        }
        for listed in segments(&self.folder, self.limits)?.0 {
            if tombstones.bar(listed.notes.source.digest) {
                remove(listed.path())?;
            }
        }
        self.sync()
    }

    fn sync(&self) -> Result<(), StoreError> {
        let folder = layout::segments(&self.folder);
        sync_folder(&folder).map_err(|fault| StoreError::new(&folder, fault))
    }
}

/// With whatever has the same contents, for it says the same of the same machines.
fn with_copies(mut going: Vec<Listed>, others: Vec<Listed>) -> Selected {
    let contents: BTreeSet<Digest> = going.iter().map(Listed::contents).collect();
    let copies = others.into_iter();
    going.extend(copies.filter(|it| contents.contains(&it.contents())));
    going.sort_by(|one, other| one.order().cmp(&other.order()));
    Selected {
        going,
        staying: Vec::new(),
    }
}

/// Of what was moved only that goes which a sound segment holds elsewhere.
fn moved(taken: Vec<Listed>, others: &[Listed]) -> Selected {
    let wanted: BTreeSet<Digest> = taken.iter().map(Listed::contents).collect();
    let copies = others.iter().filter(|it| wanted.contains(&it.contents()));
    let sound = copies.filter(|copy| copy.check().is_ok());
    let elsewhere: BTreeSet<Digest> = sound.map(Listed::contents).collect();
    let (going, staying) = taken
        .into_iter()
        .partition(|listed| elsewhere.contains(&listed.contents()));
    Selected { going, staying }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    fs::remove_file(path).map_err(|error| StoreError::new(path, Fault::System(error)))
}
