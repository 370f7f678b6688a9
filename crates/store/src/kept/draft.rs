//! A segment that is being written.

use std::fs::{self, File};

use jiff::Timestamp;
use tempfile::NamedTempFile;
use wardround_evidence::{Reading, Statement};

use super::{EvidenceStore, Tombstone, layout};
use crate::StoreError;
use crate::atomic::{name, unfinished};
use crate::error::Fault;
use crate::evidence::{self, SegmentNotes};
use crate::write::SegmentWriter;

/// A source on its way into a store. Dropped before it is kept, it leaves nothing.
pub struct Draft {
    store: std::path::PathBuf,
    file: NamedTempFile,
    writer: SegmentWriter<File>,
    statements: u64,
    span: Option<(Timestamp, Timestamp)>,
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is in the store now.
    Added,
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
            statements: 0,
            span: None,
        })
    }
}

impl Draft {
    /// Adds statements, in the order of their source.
    ///
    /// # Errors
    /// When the system refuses. What is unfinished goes with the draft.
    pub fn add(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
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
        if fs::exists(&path).unwrap_or(false) {
            return Ok(Kept::Known);
        }
        if !reading.statements.is_empty() {
            self.add(&reading.statements)?;
        }
        let notes = SegmentNotes {
            source: reading.source.clone(),
            read_at,
            secret,
            statements: self.statements,
            span: self.span,
            skipped_unlisted: reading.skipped_unlisted,
        };
        let at = |fault| StoreError::new(&path, fault);
        for table in evidence::head_tables(reading) {
            self.writer.table(&table).map_err(at)?;
        }
        self.writer.finish(&notes.write()).map_err(at)?;
        name(self.file, &path).map_err(at)?;
        Ok(Kept::Added)
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Draft({} statements)", self.statements)
    }
}
