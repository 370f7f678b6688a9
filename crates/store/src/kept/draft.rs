//! A segment that is being written.

use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;
use tempfile::NamedTempFile;
use wardround_evidence::{Reading, Source, Statement, When};

use super::latest::Latest;
use super::{EvidenceStore, Listed, Tombstone, check_segment, layout};
use crate::atomic::{name, unfinished};
use crate::error::Fault;
use crate::evidence::{self, SegmentNotes};
use crate::write::SegmentWriter;
use crate::{Limits, StoreError};

/// A source on its way into a store. Dropped before it is kept, it leaves nothing.
pub struct Draft {
    store: std::path::PathBuf,
    file: NamedTempFile,
    writer: SegmentWriter<File>,
    limits: Limits,
    latest: Latest,
    statements: u64,
    span: Option<(Timestamp, Timestamp)>,
    all_dated: bool,
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is in the store now.
    Added,
    /// It was there before, but damaged, and is whole now.
    Mended,
    /// It was there before.
    Known,
    /// It was forgotten once, and stays so.
    Forgotten(Tombstone),
}

impl EvidenceStore {
    /// Begins with another source.
    ///
    /// # Errors
    /// When the store was opened for reading, or the system refuses.
    pub fn draft(&self) -> Result<Draft, StoreError> {
        self.check_writing()?;
        let folder = layout::segments(&self.folder);
        let at = |fault| StoreError::new(&folder, fault);
        let file = unfinished(&folder).map_err(at)?;
        let handle = file
            .as_file()
            .try_clone()
            .map_err(|error| at(Fault::System(error)))?;
        let writer = SegmentWriter::new(handle, evidence::KIND, evidence::columns()).map_err(at)?;
        Ok(Draft {
            store: self.folder.clone(),
            file,
            writer,
            limits: self.limits,
            latest: self.latest.clone(),
            statements: 0,
            span: None,
            all_dated: true,
        })
    }
}

impl Draft {
    /// Adds statements, in the order of their source.
    ///
    /// # Errors
    /// When the system refuses. What is unfinished goes with the draft.
    pub fn add(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        self.all_dated &= statements.iter().all(|it| matches!(it.when, When::At(_)));
        for moment in statements.iter().filter_map(|it| it.when.moment()) {
            let (oldest, newest) = self.span.unwrap_or((moment, moment));
            self.span = Some((oldest.min(moment), newest.max(moment)));
        }
        for table in evidence::statement_tables(self.statements, statements) {
            let wrote = self.writer.table(&table);
            wrote.map_err(|fault| StoreError::new(self.file.path(), fault))?;
        }
        self.statements += statements.len() as u64;
        Ok(())
    }

    /// Ends with all else that the source says: any statements that `reading` still holds, and what is about the whole of it.
    /// `secret` is its digest in a domain of its own, for pseudonyms.
    ///
    /// A source that the store holds already changes nothing, but for two: one whose segment is damaged takes its place, and
    /// one that comes back to a path where another lies by now says so from then on.
    ///
    /// # Errors
    /// When the system refuses; then the store is as it was before.
    pub fn keep(
        mut self,
        reading: &Reading,
        secret: [u8; 32],
        read_at: Timestamp,
    ) -> Result<Kept, StoreError> {
        if let Some(tombstone) = Tombstone::find(&self.store, reading.source.digest)? {
            return Ok(Kept::Forgotten(tombstone));
        }
        let path = layout::segment(&self.store, &reading.source);
        let before = self.held(&path, &reading.source)?;
        if let Held::Current = before {
            return Ok(Kept::Known);
        }
        if !reading.statements.is_empty() {
            self.add(&reading.statements)?;
        }
        let mut notes = SegmentNotes {
            source: reading.source.clone(),
            read_at,
            came_back: Vec::new(),
            secret,
            statements: self.statements,
            span: self.span,
            all_dated: self.all_dated,
            skipped_unlisted: reading.skipped_unlisted,
        };
        let kept = match before {
            Held::Not => Kept::Added,
            Held::Damaged => Kept::Mended,
            Held::Current => Kept::Known,
            Held::Replaced(old) => {
                notes.read_at = old.read_at;
                notes.came_back = old.came_back;
                notes.came_back.push(read_at);
                Kept::Known
            }
        };
        let at = |fault| StoreError::new(&path, fault);
        for table in evidence::head_tables(reading) {
            self.writer.table(&table).map_err(at)?;
        }
        self.writer.finish(&notes.write()).map_err(at)?;
        name(self.file, &path).map_err(at)?;
        self.latest.add(notes.source.path.as_key(), read_at);
        Ok(kept)
    }

    /// What the store holds of a source.
    fn held(&self, path: &Path, source: &Source) -> Result<Held, StoreError> {
        if !fs::exists(path).unwrap_or(false) {
            return Ok(Held::Not);
        }
        let file = File::open(path).map_err(|error| StoreError::new(path, Fault::System(error)))?;
        if check_segment(file, layout::name(source), &self.limits).is_err() {
            return Ok(Held::Damaged);
        }
        let Ok(own) = Listed::new(path, self.limits) else {
            return Ok(Held::Damaged);
        };
        let latest = self
            .latest
            .of(&self.store, self.limits, source.path.as_key())?;
        Ok(if latest > own.notes.readings_at().max() {
            Held::Replaced(Box::new(own.notes))
        } else {
            Held::Current
        })
    }
}

/// What a store holds of a source before it is kept.
enum Held {
    Not,
    Damaged,
    /// It is what was last read at its place.
    Current,
    /// Another was read at its place since.
    Replaced(Box<SegmentNotes>),
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Draft({} statements)", self.statements)
    }
}
