//! What a store holds, and which of it speaks at a moment.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use wardround_evidence::{Digest, Reading, When};

use super::{EvidenceStore, Tombstone, layout};
use crate::error::Fault;
use crate::evidence::{Decoder, KIND, SegmentNotes};
use crate::read::{read_each, read_notes};
use crate::{Limits, StoreError};

/// A segment with what it says of itself.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it says of itself; sure only once it has been read.
    pub notes: SegmentNotes,
    /// How long its file is.
    pub file_bytes: u64,
    /// Whether its source is the one that lay at its path at the moment that was asked for, and not an older or a later one
    /// at the same place.
    pub current: bool,
    path: PathBuf,
    limits: Limits,
}

/// All segments of a store.
#[derive(Debug)]
pub struct Listing {
    /// Those that can be read, by path and then by when they were read.
    pub segments: Vec<Listed>,
    /// What is wrong with the others.
    pub flawed: Vec<StoreError>,
    /// What was forgotten.
    pub tombstones: Vec<Tombstone>,
}

impl EvidenceStore {
    /// The segments, as of a moment: of several sources that lay at one path one after another, the last that had been read
    /// by then is the current one, or the first of all where none had.
    ///
    /// # Errors
    /// When the store's folders cannot be listed. A file that is no sound segment is among the flawed.
    pub fn list(&self, as_of: Option<Timestamp>) -> Result<Listing, StoreError> {
        let folder = layout::segments(&self.folder);
        let system = |error| StoreError::new(&folder, Fault::System(error));
        let (tombstones, mut flawed) = Tombstone::all(&self.folder)?;
        let forgotten = |digest: Digest| {
            tombstones
                .binary_search_by_key(&digest, |tombstone| tombstone.digest)
                .is_ok()
        };
        let mut segments = Vec::new();
        for entry in fs::read_dir(&folder).map_err(system)? {
            let path = entry.map_err(system)?.path();
            if path
                .extension()
                .is_none_or(|extension| extension != "parquet")
            {
                continue;
            }
            match Listed::new(&path, self.limits) {
                Ok(listed) if forgotten(listed.notes.source.digest) => {}
                Ok(listed) => segments.push(listed),
                // Forgotten by another process since the folder was listed.
                Err(error) if error.is_absent() => {}
                Err(error) => flawed.push(error),
            }
        }
        segments.sort_by(|one, other| one.order().cmp(&other.order()));
        flawed.sort_by(|one, other| one.path.cmp(&other.path));
        mark_current(&mut segments, as_of);
        Ok(Listing {
            segments,
            flawed,
            tombstones,
        })
    }
}

impl Listed {
    pub(super) fn new(path: &Path, limits: Limits) -> Result<Self, StoreError> {
        let notes = read_notes(path, KIND, &limits)?;
        let notes = SegmentNotes::read(&notes).ok_or_else(|| StoreError::new(path, unknown()))?;
        let file_bytes = fs::metadata(path)
            .map_err(|error| StoreError::new(path, Fault::System(error)))?
            .len();
        Ok(Self {
            notes,
            file_bytes,
            current: true,
            path: path.to_owned(),
            limits,
        })
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn order(&self) -> (&str, Timestamp, Digest) {
        let source = &self.notes.source;
        (source.path.as_key(), self.notes.read_at, source.digest)
    }

    /// All that it holds, as it was read.
    ///
    /// # Errors
    /// When the file is damaged, or is not the one that its name says.
    pub fn whole(&self) -> Result<Reading, StoreError> {
        let begin = |notes: &[(String, String)]| {
            let notes = SegmentNotes::read(notes).ok_or_else(unknown)?;
            let name = layout::name(&notes.source).to_string();
            if self.path.file_stem().is_none_or(|stem| *stem != *name) {
                let words = "its name is not that of its contents";
                return Err(Fault::Damaged(words.to_owned()));
            }
            Ok(Decoder::new(&notes))
        };
        let decoder = read_each(&self.path, KIND, &self.limits, begin, Decoder::table)?;
        let reading = decoder.finish();
        if reading.statements.len() as u64 == self.notes.statements {
            Ok(reading)
        } else {
            let fault = Fault::Damaged("it has lost statements".to_owned());
            Err(StoreError::new(&self.path, fault))
        }
    }

    /// What of it speaks: of a source that is not current only what has a date of its own, since its description of the
    /// estate was replaced, and what it said without a date it said of another time.
    ///
    /// # Errors
    /// As for [`whole`](Self::whole).
    pub fn reading(&self) -> Result<Reading, StoreError> {
        let mut reading = self.whole()?;
        if !self.current {
            reading.declarations.clear();
            if reading.source.taken_at.is_none() {
                reading.statements.retain(|it| it.when != When::Undated);
            }
        }
        Ok(reading)
    }
}

fn mark_current(segments: &mut [Listed], as_of: Option<Timestamp>) {
    let by_then = |listed: &Listed| as_of.is_none_or(|moment| listed.notes.read_at <= moment);
    let mut current: BTreeMap<String, usize> = BTreeMap::new();
    for (place, listed) in segments.iter().enumerate() {
        let path = listed.notes.source.path.as_key();
        if !current.contains_key(path) || by_then(listed) {
            current.insert(path.to_owned(), place);
        }
    }
    for (place, listed) in segments.iter_mut().enumerate() {
        listed.current = current.get(listed.notes.source.path.as_key()) == Some(&place);
    }
}

fn unknown() -> Fault {
    Fault::Damaged("it says of itself what this version of wardround never writes".to_owned())
}

impl StoreError {
    /// Whether the file is not there.
    pub(super) fn is_absent(&self) -> bool {
        matches!(&self.fault, Fault::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}
