//! What lies where: found when it is first asked for, and kept up by the one process that writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Digest, SourcePath};

use super::list::segments;
use super::tombstone::barred;
use crate::evidence::SegmentNotes;
use crate::{Limits, StoreError};

/// When each place was read, and what is held of it. All clones are one.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) folder: PathBuf,
    pub(super) limits: Limits,
    places: Arc<Mutex<Option<Places>>>,
}

#[derive(Debug, Default)]
struct Places {
    by_path: BTreeMap<String, Place>,
    /// Of each contents the first path in the order of letters, as it was before anything was added.
    by_contents: BTreeMap<Digest, SourcePath>,
    any_forgotten: bool,
}

/// One path below the folders that were read.
#[derive(Debug)]
struct Place {
    last_read: Timestamp,
    /// How long the sources are that were read there.
    bytes: BTreeSet<u64>,
}

/// How far apart two readings of one path are at least, so that their order is sure.
const STEP: SignedDuration = SignedDuration::from_micros(1);

impl Index {
    /// Of a store's folder, whose segments are read within limits.
    pub(super) fn new(folder: &Path, limits: Limits) -> Self {
        Self {
            folder: folder.to_owned(),
            limits,
            places: Arc::default(),
        }
    }

    /// Whether a source of this path may be held already, or forgotten: by its length where that is known.
    pub(super) fn may_hold(&self, path: &str, bytes: Option<u64>) -> Result<bool, StoreError> {
        self.ask(|places| {
            let place = places.by_path.get(path);
            let held = place.is_some_and(|it| bytes.is_none_or(|bytes| it.bytes.contains(&bytes)));
            // Tombstones have no path.
            held || places.any_forgotten
        })
    }

    /// When a path was last read; none where it never was.
    pub(super) fn last_read(&self, path: &str) -> Result<Option<Timestamp>, StoreError> {
        self.ask(|places| places.by_path.get(path).map(|place| place.last_read))
    }

    /// Another path at which the same contents lay before anything was added.
    pub(super) fn elsewhere(
        &self,
        contents: Digest,
        path: &str,
    ) -> Result<Option<SourcePath>, StoreError> {
        self.ask(|places| {
            let other = places.by_contents.get(&contents);
            other.filter(|other| other.as_key() != path).cloned()
        })
    }

    /// The moment to write down for a reading of a path: now, but later than whatever was read there before, so that the last
    /// reading is the last one even where the clock was put back.
    pub(super) fn moment(&self, path: &str, now: Timestamp) -> Result<Timestamp, StoreError> {
        let last = self.last_read(path)?;
        let next = last.and_then(|last| last.checked_add(STEP).ok());
        Ok(next.map_or(now, |next| next.max(now)))
    }

    /// What was read by now at a path.
    pub(super) fn add(&self, notes: &SegmentNotes) {
        if let Some(places) = &mut *self.lock() {
            places.add(notes);
        }
    }

    /// Lets it be found anew.
    pub(super) fn forget(&self) {
        *self.lock() = None;
    }

    fn ask<T>(&self, question: impl FnOnce(&Places) -> T) -> Result<T, StoreError> {
        let mut known = self.lock();
        let places = match known.take() {
            Some(places) => places,
            None => Places::find(&self.folder, self.limits)?,
        };
        Ok(question(known.insert(places)))
    }

    /// A map that a panic left behind is whole: each step puts one thing.
    fn lock(&self) -> MutexGuard<'_, Option<Places>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    fn find(store: &Path, limits: Limits) -> Result<Self, StoreError> {
        let mut places = Self {
            any_forgotten: !barred(store)?.is_empty(),
            ..Self::default()
        };
        for listed in segments(store, limits)?.0 {
            let source = &listed.notes.source;
            places.add(&listed.notes);
            let first = places.by_contents.entry(source.digest);
            let first = first.or_insert_with(|| source.path.clone());
            if source.path < *first {
                first.clone_from(&source.path);
            }
        }
        Ok(places)
    }

    fn add(&mut self, notes: &SegmentNotes) {
        let last = notes.readings_at().fold(notes.read_at, Timestamp::max);
        let path = notes.source.path.as_key().to_owned();
        let place = self.by_path.entry(path).or_insert_with(|| Place {
            last_read: last,
            bytes: BTreeSet::new(),
        });
        place.last_read = place.last_read.max(last);
        place.bytes.insert(notes.source.bytes);
    }
}
