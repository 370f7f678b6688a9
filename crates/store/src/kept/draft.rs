//! A segment that is being written.

use std::fs::File;

use jiff::Timestamp;
use tempfile::NamedTempFile;
use wardround_evidence::{Reading, SourceExtent, SourcePath, Statement, When};

use super::held::{Held, Offered, held};
use super::index::Index;
use super::{EvidenceStore, Tombstone, layout};
use crate::atomic::{name, unfinished};
use crate::error::Fault;
use crate::evidence::{self, SegmentNotes};
use crate::write::SegmentWriter;
use crate::{Limits, StoreError, Table};

/// Rows of one table that wait until they are written together, whatever pieces they come in: a file of many small pieces is
/// long and slow to read.
const ROWS_TOGETHER: usize = 1 << 15;

/// The part of a segment's bounds that statements leave to what is about the whole source.
const ROOM: u64 = 8;

/// A source on its way into a store. Dropped before it is kept, it leaves nothing.
pub struct Draft {
    index: Index,
    file: NamedTempFile,
    writer: SegmentWriter<File>,
    waiting: Vec<Table>,
    rows: u64,
    /// Whether it holds as much as a segment may, and something was left out.
    full: bool,
    statements: u64,
    span: Option<(Timestamp, Timestamp)>,
    all_dated: bool,
}

/// How a source was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadAs {
    /// When.
    pub at: Timestamp,
    /// The edition of its reader: of two readings of the same contents the later edition's is the better one.
    pub edition: u32,
    /// The source's digest in a domain of its own, for pseudonyms; never to be printed.
    pub secret: [u8; 32],
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is in the store now.
    Added,
    /// It was there before, but damaged, and is whole now.
    Mended,
    /// It was there before as an earlier edition of its reader had understood it, and is there now as today's does.
    ReadAnew,
    /// It was there before.
    Known,
    /// It was forgotten once, and stays so; without its tombstone where that is damaged.
    Forgotten(Option<Tombstone>),
}

/// What became of a source, and what lies beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSource {
    /// What became of it.
    pub kept: Kept,
    /// Whether another lay at its path until now: that one's description and undated words are not heard any more.
    pub takes_place: bool,
    /// For one that was added, another path at which the store held the same contents before.
    pub copy_of: Option<SourcePath>,
}

impl From<Kept> for KeptSource {
    fn from(kept: Kept) -> Self {
        Self {
            kept,
            takes_place: false,
            copy_of: None,
        }
    }
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
        let handle = file.as_file().try_clone();
        let handle = handle.map_err(|error| at(Fault::System(error)))?;
        let writer = SegmentWriter::new(handle, evidence::KIND, evidence::columns()).map_err(at)?;
        Ok(Draft {
            index: self.index.clone(),
            file,
            writer,
            waiting: Vec::new(),
            rows: 0,
            full: false,
            statements: 0,
            span: None,
            all_dated: true,
        })
    }
}

impl Draft {
    /// Adds statements, in the order of their source. Where a segment may hold no more, this one ends there, and its source
    /// counts as cut.
    ///
    /// # Errors
    /// When the system refuses. What is unfinished goes with the draft.
    pub fn add(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        let tables = evidence::statement_tables(self.statements, statements);
        let limits = self.limits();
        let most_bytes = limits.file_bytes - limits.file_bytes / ROOM;
        let fits = self.fits(&tables, limits.rows - limits.rows / ROOM);
        self.full |= !fits || self.writer.bytes() > most_bytes;
        if self.full {
            return Ok(());
        }
        self.all_dated &= statements.iter().all(|it| matches!(it.when, When::At(_)));
        for moment in statements.iter().filter_map(|it| it.when.moment()) {
            let (oldest, newest) = self.span.unwrap_or((moment, moment));
            self.span = Some((oldest.min(moment), newest.max(moment)));
        }
        self.statements += statements.len() as u64;
        self.rows += rows_of(&tables);
        self.wait(tables)
    }

    /// Lets rows wait, and writes what waits once there is enough of it.
    fn wait(&mut self, tables: Vec<Table>) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            self.waiting = tables;
        } else {
            for (waiting, more) in self.waiting.iter_mut().zip(tables) {
                waiting.append(more);
            }
        }
        let enough = |table: &Table| table.rows() >= ROWS_TOGETHER;
        if self.waiting.iter().any(enough) {
            self.write_waiting()?;
        }
        Ok(())
    }

    fn write_waiting(&mut self) -> Result<(), StoreError> {
        for table in std::mem::take(&mut self.waiting) {
            let wrote = self.writer.table(&table);
            wrote.map_err(|fault| StoreError::new(self.file.path(), fault))?;
        }
        Ok(())
    }

    fn fits(&self, tables: &[Table], most: u64) -> bool {
        self.rows.saturating_add(rows_of(tables)) <= most
    }

    fn limits(&self) -> Limits {
        self.index.limits
    }

    /// Ends with all else that the source says: any statements that `reading` still holds, and what is about the whole of it.
    ///
    /// A source that the store holds already changes nothing, but for three: one whose segment is damaged takes its place, one
    /// that an earlier edition of its reader had read is put there as it is read now, and one that comes back to a path where
    /// another lies by now says so from then on.
    ///
    /// # Errors
    /// When the system refuses; then the store is as it was before.
    pub fn keep(mut self, reading: &Reading, how: ReadAs) -> Result<KeptSource, StoreError> {
        let offered = Offered {
            path: &reading.source.path,
            digest: reading.source.digest,
            edition: how.edition,
            at: how.at,
        };
        let before = held(&self.index, &offered)?;
        if let Held::Settled(settled) = before {
            return Ok(settled);
        }
        self.add(&reading.statements)?;
        self.write_waiting()?;
        self.write_head(reading)?;
        let mut notes = self.notes(reading, how)?;
        let kept = self.compare(&before, &mut notes)?;
        self.finish(&notes)?;
        Ok(kept)
    }

    /// What is about the whole source, as far as there is room for it.
    fn write_head(&mut self, reading: &Reading) -> Result<(), StoreError> {
        for table in evidence::head_tables(reading) {
            if !self.fits(std::slice::from_ref(&table), self.limits().rows) {
                self.full = true;
                continue;
            }
            self.rows += table.rows() as u64;
            let wrote = self.writer.table(&table);
            wrote.map_err(|fault| StoreError::new(self.file.path(), fault))?;
        }
        Ok(())
    }

    /// What the segment says of itself if the store holds nothing of its source.
    fn notes(&self, reading: &Reading, how: ReadAs) -> Result<SegmentNotes, StoreError> {
        let mut source = reading.source.clone();
        if self.full && source.extent == SourceExtent::Whole {
            let words = "it says more than one file of the store may hold";
            source.extent = SourceExtent::Cut(words.to_owned());
        }
        Ok(SegmentNotes {
            read_at: self.index.moment(source.path.as_key(), how.at)?,
            source,
            edition: how.edition,
            came_back: Vec::new(),
            secret: how.secret,
            statements: self.statements,
            span: self.span,
            all_dated: self.all_dated,
            skipped_unlisted: reading.skipped_unlisted,
        })
    }

    /// What is to be said of a source beside what the store holds of it, and when it was read before.
    fn compare(&self, before: &Held, notes: &mut SegmentNotes) -> Result<KeptSource, StoreError> {
        let path = notes.source.path.as_key();
        let replaces = self.index.last_read(path)?.is_some();
        Ok(match before {
            Held::Older {
                notes: old,
                takes_place,
            } => {
                notes.read_at = old.read_at;
                notes.came_back.clone_from(&old.came_back);
                KeptSource {
                    takes_place: *takes_place,
                    ..Kept::ReadAnew.into()
                }
            }
            Held::Damaged => Kept::Mended.into(),
            Held::Not | Held::Settled(_) => KeptSource {
                takes_place: replaces,
                copy_of: self.index.elsewhere(notes.source.digest, path)?,
                ..Kept::Added.into()
            },
        })
    }

    fn finish(self, notes: &SegmentNotes) -> Result<(), StoreError> {
        let path = layout::segment(&self.index.folder, notes.source.digest, &notes.source.path);
        let at = |fault| StoreError::new(&path, fault);
        let most = self.limits().file_bytes;
        self.writer.finish(&notes.write()).map_err(at)?;
        let about = self.file.as_file().metadata();
        let found = about.map_err(|error| at(Fault::System(error)))?.len();
        if found > most {
            let unit = "bytes";
            return Err(at(Fault::TooLarge { found, most, unit }));
        }
        name(self.file, &path).map_err(at)?;
        self.index.add(notes);
        Ok(())
    }
}

fn rows_of(tables: &[Table]) -> u64 {
    tables.iter().map(|table| table.rows() as u64).sum()
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Draft({} statements)", self.statements)
    }
}
