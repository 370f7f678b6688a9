//! What a store holds, and which of it speaks at a moment.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use parquet::file::reader::ChunkReader;
use wardround_evidence::{Digest, Reading, When};

use super::tombstone::{Tombstone, Tombstones};
use super::{EvidenceStore, layout};
use crate::error::Fault;
use crate::evidence::{Decoder, KIND, SegmentNotes};
use crate::read::{read_each, read_each_of, read_notes};
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
pub struct Contents {
    /// Those that can be read, by path and then by when they were read.
    pub segments: Vec<Listed>,
    /// What is wrong with the others.
    pub flawed: Vec<StoreError>,
    /// What was forgotten, where its tombstone can be read.
    pub tombstones: Vec<Tombstone>,
}

impl EvidenceStore {
    /// The segments, as of a moment: of several sources that lay at one path one after another, the last that had been read
    /// by then is the current one; where none had, the last of all, which is how the path was described since.
    ///
    /// # Errors
    /// When the store's folders cannot be listed. A file that is no sound segment is among the flawed.
    pub fn list(&self, as_of: Option<Timestamp>) -> Result<Contents, StoreError> {
        let (mut segments, mut flawed) = segments(&self.folder, self.limits)?;
        let tombstones = Tombstones::find(&self.folder)?;
        segments.retain(|listed| !tombstones.bar(listed.notes.source.digest));
        flawed.extend(tombstones.flawed);
        segments.sort_by(|one, other| one.order().cmp(&other.order()));
        flawed.sort_by(|one, other| one.path.cmp(&other.path));
        mark_current(&mut segments, as_of);
        Ok(Contents {
            segments,
            flawed,
            tombstones: tombstones.whole,
        })
    }
}

/// The segments of a store in any order, whether or not a tombstone stands, and what is wrong with the others.
pub(super) fn segments(
    store: &Path,
    limits: Limits,
) -> Result<(Vec<Listed>, Vec<StoreError>), StoreError> {
    let folder = layout::segments(store);
    let system = |error| StoreError::new(&folder, Fault::System(error));
    let (mut segments, mut flawed) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(&folder).map_err(system)? {
        let path = entry.map_err(system)?.path();
        if path.extension() != Some(OsStr::new("parquet")) {
            continue;
        }
        match Listed::new(&path, limits) {
            Ok(listed) => segments.push(listed),
            // Forgotten by another process since the folder was listed.
            Err(error) if error.is_absent() => {}
            Err(error) => flawed.push(error),
        }
    }
    Ok((segments, flawed))
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

    /// SHA-256 of what its source held.
    pub(super) const fn contents(&self) -> Digest {
        self.notes.source.digest
    }

    pub(super) fn order(&self) -> (&str, Timestamp, Digest) {
        let source = &self.notes.source;
        (source.path.as_key(), self.notes.read_at, source.digest)
    }

    /// All that it holds, as it was read.
    ///
    /// # Errors
    /// When the file is damaged, or is not the one that its name says.
    pub fn whole(&self) -> Result<Reading, StoreError> {
        let begun = self.read_with(Decoder::new)?;
        Ok(begun.decoder.finish())
    }

    /// Reads it to its end as [`whole`](Self::whole) does, and keeps nothing of it in memory.
    ///
    /// # Errors
    /// As for [`whole`](Self::whole).
    pub fn check(&self) -> Result<(), StoreError> {
        self.read_with(Decoder::looking).map(|_| ())
    }

    fn read_with(&self, decoder: fn(&SegmentNotes) -> Decoder) -> Result<Begun, StoreError> {
        let stem = self.path.file_stem().and_then(|stem| stem.to_str());
        let name = stem.and_then(|stem| {
            let name: Digest = stem.parse().ok()?;
            (name.to_string() == stem).then_some(name)
        });
        let begin = |notes: &[(String, String)]| Begun::new(notes, name, decoder);
        let begun = read_each(&self.path, KIND, &self.limits, begin, Begun::table)?;
        let whole = begun.check_length();
        whole.map_err(|fault| StoreError::new(&self.path, fault))?;
        Ok(begun)
    }

    /// The name of its file, without what all have in common.
    pub(crate) fn segment_name(&self) -> Digest {
        layout::name(self.notes.source.digest, &self.notes.source.path)
    }

    /// What of it speaks: of a source that is not current only what has a date of its own, since its description of the
    /// estate was replaced, and what it said without a date it said of another time. What is no earlier than a moment counts
    /// as said then, or when the source was taken: whatever a description says about when exports at this path were taken, it
    /// says of the one that lies there now.
    ///
    /// # Errors
    /// As for [`whole`](Self::whole).
    pub fn reading(&self) -> Result<Reading, StoreError> {
        let mut reading = self.whole()?;
        if !self.current {
            reading.declarations.clear();
            let taken = reading.source.taken_at;
            reading.statements.retain_mut(|statement| {
                let moment = match statement.when {
                    When::At(moment) => Some(moment),
                    When::NoEarlierThan(moment) => taken.max(Some(moment)),
                    When::Undated => taken,
                    When::Unknown => None,
                };
                statement.when = moment.map_or(When::Undated, When::At);
                moment.is_some()
            });
        }
        Ok(reading)
    }
}

/// A segment that is being read.
struct Begun {
    notes: SegmentNotes,
    decoder: Decoder,
}

impl Begun {
    fn new(
        notes: &[(String, String)],
        name: Option<Digest>,
        decoder: fn(&SegmentNotes) -> Decoder,
    ) -> Result<Self, Fault> {
        let notes = SegmentNotes::read(notes).ok_or_else(unknown)?;
        if name != Some(layout::name(notes.source.digest, &notes.source.path)) {
            let words = "its name is not that of its contents";
            return Err(Fault::Damaged(words.to_owned()));
        }
        let decoder = decoder(&notes);
        Ok(Self { notes, decoder })
    }

    fn table(&mut self, table: crate::Table) -> Result<(), Fault> {
        self.decoder.table(table)
    }

    fn check_length(&self) -> Result<(), Fault> {
        if self.decoder.seen() == self.notes.statements {
            Ok(())
        } else {
            Err(Fault::Damaged("it has lost statements".to_owned()))
        }
    }
}

/// Reads a segment to its end, wherever its bytes are, keeping nothing of it in memory, and returns what it says of itself.
pub(crate) fn check_segment(
    bytes: impl ChunkReader + 'static,
    name: Digest,
    limits: &Limits,
) -> Result<SegmentNotes, Fault> {
    let begin = |notes: &[(String, String)]| Begun::new(notes, Some(name), Decoder::looking);
    let begun = read_each_of(bytes, KIND, limits, begin, Begun::table)?;
    begun.check_length()?;
    Ok(begun.notes)
}

fn mark_current(segments: &mut [Listed], as_of: Option<Timestamp>) {
    // By path: whether anything had been read there by then, when, and what.
    let mut current: BTreeMap<&str, (bool, Timestamp, usize)> = BTreeMap::new();
    for (place, listed) in segments.iter().enumerate() {
        for moment in listed.notes.readings_at() {
            let by_then = as_of.is_none_or(|as_of| moment <= as_of);
            let found = (by_then, moment, place);
            let last = current
                .entry(listed.notes.source.path.as_key())
                .or_insert(found);
            *last = found.max(*last);
        }
    }
    let current: BTreeSet<usize> = current.values().map(|(_, _, place)| *place).collect();
    for (place, listed) in segments.iter_mut().enumerate() {
        listed.current = current.contains(&place);
    }
}

fn unknown() -> Fault {
    Fault::Damaged("it says of itself what this version of wardround never writes".to_owned())
}

impl StoreError {
    /// Whether the file is not there: with a segment that was listed, another process has forgotten it since.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(&self.fault, Fault::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}
