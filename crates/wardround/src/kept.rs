//! From files into a store, and from a store to readings.

use std::io;
use std::sync::Mutex;

use jiff::Timestamp;
use rayon::prelude::*;
use wardround_evidence::{Reading, SourcePath, Statement};
use wardround_sources::{Keeper, Keeping, Refused};
use wardround_store::{Draft, EvidenceStore, Kept, StoreError};

use crate::{ExitCode, Failure};

/// What became of the sources that were read into a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptCounts {
    /// Sources that are new in it.
    pub added: usize,
    /// Sources whose segment was damaged and is whole again.
    pub mended: usize,
    /// Sources that it held already.
    pub known: usize,
    /// Sources that were forgotten once, and not read again.
    pub forgotten: usize,
}

impl KeptCounts {
    /// All sources that were read.
    #[must_use]
    pub const fn all(self) -> usize {
        self.added + self.mended + self.known + self.forgotten
    }
}

/// Puts what is read into a store.
pub(crate) struct StoreKeeper<'a> {
    store: &'a EvidenceStore,
    read_at: Timestamp,
    so_far: std::sync::Arc<Mutex<SoFar>>,
}

#[derive(Default)]
struct SoFar {
    counts: KeptCounts,
    failed: Option<StoreError>,
}

impl<'a> StoreKeeper<'a> {
    pub(crate) fn new(store: &'a EvidenceStore, read_at: Timestamp) -> Self {
        Self {
            store,
            read_at,
            so_far: std::sync::Arc::default(),
        }
    }

    /// The counts, or the first thing that went wrong with the store itself.
    pub(crate) fn finish(self) -> Result<KeptCounts, Failure> {
        let mut so_far = lock(&self.so_far);
        match so_far.failed.take() {
            None => Ok(so_far.counts),
            Some(error) => Err(Failure::new(
                ExitCode::InputUnreadable,
                "not all that was read could be kept in the store",
            )
            .because(error)
            .hint(
                "what was kept before is whole; when the cause is gone, the same command completes it",
            )),
        }
    }
}

/// A lock that a panic left behind guards counts that are still good for a message.
fn lock(so_far: &Mutex<SoFar>) -> std::sync::MutexGuard<'_, SoFar> {
    so_far
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn told(so_far: &Mutex<SoFar>, error: StoreError) -> io::Error {
    let words = io::Error::other(error.fault.to_string());
    lock(so_far).failed.get_or_insert(error);
    words
}

impl Keeper for StoreKeeper<'_> {
    fn begin(&self) -> io::Result<Box<dyn Keeping>> {
        let draft = self.store.draft();
        Ok(Box::new(KeptDraft {
            draft: draft.map_err(|error| told(&self.so_far, error))?,
            read_at: self.read_at,
            so_far: self.so_far.clone(),
        }))
    }
}

struct KeptDraft {
    draft: Draft,
    read_at: Timestamp,
    so_far: std::sync::Arc<Mutex<SoFar>>,
}

impl Keeping for KeptDraft {
    fn statements(&mut self, statements: &[Statement]) -> io::Result<()> {
        let added = self.draft.add(statements);
        added.map_err(|error| told(&self.so_far, error))
    }

    fn finish(self: Box<Self>, reading: Reading, secret: [u8; 32]) -> io::Result<()> {
        let kept = self.draft.keep(&reading, secret, self.read_at);
        let kept = kept.map_err(|error| told(&self.so_far, error))?;
        let counts = &mut lock(&self.so_far).counts;
        match kept {
            Kept::Added => counts.added += 1,
            Kept::Mended => counts.mended += 1,
            Kept::Known => counts.known += 1,
            Kept::Forgotten(_) => counts.forgotten += 1,
        }
        Ok(())
    }
}

/// All that a store says as of a moment.
pub(crate) struct Recalled {
    pub(crate) readings: Vec<Reading>,
    /// Segments that cannot be used, and why.
    pub(crate) refused: Vec<Refused>,
    /// Digests of the contents in a domain of their own, for pseudonyms.
    pub(crate) secrets: Vec<[u8; 32]>,
}

/// Reads a store.
///
/// # Errors
/// When it cannot be listed. A damaged segment is refused, and nothing else is lost.
pub(crate) fn recall(
    store: &EvidenceStore,
    as_of: Option<Timestamp>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Recalled, StoreError> {
    let listing = store.list(as_of)?;
    let total = listing.segments.len();
    let read: Vec<Result<Reading, StoreError>> = listing
        .segments
        .par_iter()
        .map(|listed| {
            let reading = listed.reading();
            progress(total);
            reading
        })
        .collect();
    let secrets = listing.segments.iter().map(|it| it.notes.secret).collect();
    let mut recalled = Recalled {
        readings: Vec::with_capacity(total),
        refused: Vec::new(),
        secrets,
    };
    let mut flawed = listing.flawed;
    for reading in read {
        match reading {
            Ok(reading) => recalled.readings.push(reading),
            Err(error) => flawed.push(error),
        }
    }
    recalled.refused = flawed.iter().map(refused).collect();
    Ok(recalled)
}

fn refused(error: &StoreError) -> Refused {
    let name = error.path.file_name().unwrap_or_default();
    Refused {
        path: SourcePath::new(format!("segments/{}", name.to_string_lossy())),
        reason: format!("this segment of the store cannot be used: {}", error.fault),
    }
}
