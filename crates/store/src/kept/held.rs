//! What a store holds of a source before it is read into it.

use std::fs::File;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use wardround_evidence::{Digest, SourcePath};

use super::index::Index;
use super::{EvidenceStore, Kept, KeptSource, Tombstone, check_segment, layout};
use crate::atomic::{folder_of, name, unfinished};
use crate::error::Fault;
use crate::evidence::{self, SegmentNotes};
use crate::read::read_each;
use crate::write::SegmentWriter;
use crate::{Limits, StoreError};

/// A source that may be held already.
#[derive(Clone, Debug)]
pub struct Offered<'a> {
    /// Where it lies.
    pub path: &'a SourcePath,
    /// SHA-256 of its contents.
    pub digest: Digest,
    /// The edition of the reader that would read it.
    pub edition: u32,
    /// The moment.
    pub at: Timestamp,
}

/// What there is of a source.
pub(super) enum Held {
    /// Nothing more is to be done.
    Settled(KeptSource),
    /// Nothing.
    Not,
    /// A file that is no sound segment.
    Damaged,
    /// What an older reader made of it, with its notes brought up to now.
    Older {
        notes: Box<SegmentNotes>,
        takes_place: bool,
    },
}

impl EvidenceStore {
    /// Whether a source that lies at a path and has so many bytes may be held already; none where the number is not known.
    /// Whoever is told so asks [`holds`](Self::holds) before reading it.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub fn may_hold(&self, path: &str, bytes: Option<u64>) -> Result<bool, StoreError> {
        self.index.may_hold(path, bytes)
    }

    /// What is to be said of a source if the store holds it, as its reader reads it today, or has forgotten it; none where it
    /// should be read. A segment that is damaged is not held.
    ///
    /// # Errors
    /// When the store was opened for reading, or the system refuses.
    pub fn holds(&self, offered: &Offered<'_>) -> Result<Option<KeptSource>, StoreError> {
        self.check_writing()?;
        Ok(match held(&self.index, offered)? {
            Held::Settled(settled) => Some(settled),
            Held::Not | Held::Damaged | Held::Older { .. } => None,
        })
    }
}

/// What a store holds of a source. One that comes back to a path where another lies by now says so from then on.
pub(super) fn held(index: &Index, offered: &Offered<'_>) -> Result<Held, StoreError> {
    if let Some(kept) = forgotten(index, offered.digest)? {
        return Ok(Held::Settled(kept.into()));
    }
    let path = layout::segment(&index.folder, offered.digest, offered.path);
    let at = |fault| StoreError::new(&path, fault);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Held::Not),
        Err(error) => return Err(at(Fault::System(error))),
    };
    let segment_name = layout::name(offered.digest, offered.path);
    let Ok(mut notes) = check_segment(file, segment_name, &index.limits) else {
        return Ok(Held::Damaged);
    };
    let takes_place = came_back(index, &mut notes, offered)?;
    if notes.edition < offered.edition {
        let notes = Box::new(notes);
        return Ok(Held::Older { notes, takes_place });
    }
    if takes_place {
        annotate(&path, &index.limits, &notes).map_err(at)?;
        index.add(&notes);
    }
    Ok(Held::Settled(KeptSource {
        takes_place,
        ..Kept::Known.into()
    }))
}

/// Whether contents were forgotten. A tombstone that is damaged still says so by its name.
fn forgotten(index: &Index, contents: Digest) -> Result<Option<Kept>, StoreError> {
    match Tombstone::find(&index.folder, contents) {
        Ok(None) => Ok(None),
        Ok(tombstone) => Ok(Some(Kept::Forgotten(tombstone))),
        Err(error) if matches!(error.fault, Fault::Damaged(_)) => Ok(Some(Kept::Forgotten(None))),
        Err(error) => Err(error),
    }
}

/// Writes down that a source came back to its place, if another was read there since.
fn came_back(
    index: &Index,
    notes: &mut SegmentNotes,
    offered: &Offered<'_>,
) -> Result<bool, StoreError> {
    let path = offered.path.as_key();
    let replaced = index.last_read(path)? > notes.readings_at().max();
    if replaced {
        notes.came_back.push(index.moment(path, offered.at)?);
    }
    Ok(replaced)
}

/// Writes a segment once more, with other notes.
fn annotate(path: &Path, limits: &Limits, notes: &SegmentNotes) -> Result<(), Fault> {
    let file = unfinished(folder_of(path))?;
    let handle = file.as_file().try_clone().map_err(Fault::System)?;
    let begin =
        |_: &[(String, String)]| SegmentWriter::new(handle, evidence::KIND, evidence::columns());
    let copied = read_each(path, evidence::KIND, limits, begin, |writer, table| {
        writer.table(&table)
    });
    let writer = copied.map_err(|error| error.fault)?;
    writer.finish(&notes.write())?;
    name(file, path)
}
