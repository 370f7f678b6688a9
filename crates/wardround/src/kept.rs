//! From files into a store, and from a store to readings.

use std::collections::BTreeSet;
use std::io;
use std::sync::Mutex;

use jiff::Timestamp;
use rayon::prelude::*;
use wardround_evidence::{Reading, SourcePath, Statement};
use wardround_sources::{Found, Keeper, Keeping, Refused};
use wardround_store::{Draft, EvidenceStore, Kept, KeptSource, Offered, ReadAs, StoreError};

use crate::{ExitCode, Failure};

/// What became of the sources that were read into a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptCounts {
    /// Sources that are new in it.
    pub added: usize,
    /// Sources whose segment was damaged and is whole again.
    pub mended: usize,
    /// Sources that it held as an earlier version of wardround had read them.
    pub read_anew: usize,
    /// Sources that it held already.
    pub known: usize,
    /// Sources that were forgotten once, and not read again.
    pub forgotten: usize,
    /// Paths where another source had lain, whose description and undated words are not heard any more.
    pub replaced: BTreeSet<SourcePath>,
    /// New sources of which the store held the same contents before: their paths, and where those lay.
    pub copies: BTreeSet<(SourcePath, SourcePath)>,
}

impl KeptCounts {
    /// All sources that were read.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.added + self.mended + self.read_anew + self.known + self.forgotten
    }

    fn add(&mut self, path: &SourcePath, source: KeptSource) {
        match source.kept {
            Kept::Added => self.added += 1,
            Kept::Mended => self.mended += 1,
            Kept::ReadAnew => self.read_anew += 1,
            Kept::Known => self.known += 1,
            Kept::Forgotten(_) => self.forgotten += 1,
        }
        if source.takes_place {
            self.replaced.insert(path.clone());
        }
        if let Some(other) = source.copy_of {
            self.copies.insert((path.clone(), other));
        }
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
            None => Ok(std::mem::take(&mut so_far.counts)),
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
    fn may_have(&self, path: &str, bytes: Option<u64>) -> io::Result<bool> {
        let may = self.store.may_hold(path, bytes);
        may.map_err(|error| told(&self.so_far, error))
    }

    fn has(&self, found: &Found<'_>) -> io::Result<bool> {
        let offered = Offered {
            path: found.path,
            digest: found.digest,
            edition: found.edition,
            at: self.read_at,
        };
        let held = self.store.holds(&offered);
        let held = held.map_err(|error| told(&self.so_far, error))?;
        let Some(source) = held else {
            return Ok(false);
        };
        lock(&self.so_far).counts.add(found.path, source);
        Ok(true)
    }

    fn begin(&self, edition: u32) -> io::Result<Box<dyn Keeping>> {
        let draft = self.store.draft();
        Ok(Box::new(KeptDraft {
            draft: draft.map_err(|error| told(&self.so_far, error))?,
            edition,
            read_at: self.read_at,
            so_far: self.so_far.clone(),
        }))
    }
}

struct KeptDraft {
    draft: Draft,
    edition: u32,
    read_at: Timestamp,
    so_far: std::sync::Arc<Mutex<SoFar>>,
}

impl Keeping for KeptDraft {
    fn statements(&mut self, statements: &[Statement]) -> io::Result<()> {
        let added = self.draft.add(statements);
        added.map_err(|error| told(&self.so_far, error))
    }

    fn finish(self: Box<Self>, reading: Reading, secret: [u8; 32]) -> io::Result<()> {
        let how = ReadAs {
            at: self.read_at,
            edition: self.edition,
            secret,
        };
        let kept = self.draft.keep(&reading, how);
        let kept = kept.map_err(|error| told(&self.so_far, error))?;
        lock(&self.so_far).counts.add(&reading.source.path, kept);
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
    let mut recalled = Recalled {
        readings: Vec::with_capacity(total),
        refused: Vec::new(),
        secrets: Vec::with_capacity(total),
    };
    let mut flawed = listing.flawed;
    for (listed, reading) in listing.segments.iter().zip(read) {
        match reading {
            // Forgotten by another process since the store was listed.
            Err(error) if error.is_absent() => continue,
            Ok(reading) => recalled.readings.push(reading),
            Err(error) => flawed.push(error),
        }
        recalled.secrets.push(listed.notes.secret);
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::atomic::{AtomicBool, Ordering};

    use wardround_sources::{Limits, read_into};
    use wardround_store::{Access, Selection};

    use super::*;

    #[test]
    fn what_another_process_forgets_meanwhile_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(&folder.path().join("kept"), Access::Write).unwrap();
        let at: Timestamp = "2017-05-12T09:30:00Z".parse().unwrap();
        let keeper = StoreKeeper::new(&store, at);
        for number in 0..5 {
            let list = format!("Hostname,Windows,IP\nPC-{number},Windows 7,10.0.0.{number}\n");
            let path = format!("{number}.csv");
            let _ = read_into(&path, &mut Cursor::new(list), Limits::DEFAULT, &keeper);
        }
        assert_eq!(keeper.finish().unwrap().added, 5);
        let reader = EvidenceStore::open(store.folder(), Access::Read).unwrap();
        let first = AtomicBool::new(true);
        // Between the listing and the second segment all but the first are forgotten.
        let forget = |_: usize| {
            if first.swap(false, Ordering::Relaxed) {
                for number in 1..5 {
                    let one = Selection::Source(format!("{number}.csv"));
                    store.forget(&one, "asked to", at).unwrap();
                }
            }
        };
        let alone = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let recalled = alone.install(|| recall(&reader, None, &forget)).unwrap();
        assert!(recalled.refused.is_empty(), "{:?}", recalled.refused);
        assert_eq!((recalled.readings.len(), recalled.secrets.len()), (1, 1));
    }
}
