//! What is left of a source that was forgotten: that it was, when and why. Neither its name nor what it said.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wardround_evidence::Digest;

use super::layout;
use crate::StoreError;
use crate::atomic::write_whole;
use crate::error::Fault;

/// The mark of a source that was forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// SHA-256 of its contents.
    pub digest: Digest,
    /// When it was forgotten.
    pub forgotten_at: Timestamp,
    /// Why.
    pub reason: String,
}

/// How a tombstone is written.
#[derive(Serialize, Deserialize)]
struct Written {
    digest: String,
    forgotten_at: Timestamp,
    reason: String,
}

/// All tombstones of a store.
#[derive(Debug, Default)]
pub(super) struct Tombstones {
    /// Those that can be read, by digest.
    pub(super) whole: Vec<Tombstone>,
    /// What is wrong with the others. Their names still say what was forgotten.
    pub(super) flawed: Vec<StoreError>,
    barred: BTreeSet<Digest>,
}

impl Tombstones {
    /// Those of a store.
    pub(super) fn find(store: &Path) -> Result<Self, StoreError> {
        let mut all = Self {
            barred: barred(store)?,
            ..Self::default()
        };
        for digest in &all.barred {
            match Tombstone::find(store, *digest) {
                Ok(tombstone) => all.whole.extend(tombstone),
                Err(error) => all.flawed.push(error),
            }
        }
        Ok(all)
    }

    /// Whether a source with such contents was forgotten.
    pub(super) fn bar(&self, contents: Digest) -> bool {
        self.barred.contains(&contents)
    }

    /// Whether nothing was ever forgotten.
    pub(super) fn is_empty(&self) -> bool {
        self.barred.is_empty()
    }
}

/// The digests of all that was forgotten, by the names of the files alone.
pub(super) fn barred(store: &Path) -> Result<BTreeSet<Digest>, StoreError> {
    let folder = layout::forgotten(store);
    let system = |error| StoreError::new(&folder, Fault::System(error));
    let mut barred = BTreeSet::new();
    for entry in fs::read_dir(&folder).map_err(system)? {
        let path = entry.map_err(system)?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        barred.extend(stem.and_then(|stem| stem.parse::<Digest>().ok()));
    }
    Ok(barred)
}

impl Tombstone {
    /// The tombstone of a source with these contents, if it has one.
    pub(super) fn find(store: &Path, contents: Digest) -> Result<Option<Self>, StoreError> {
        let path = layout::tombstone(store, contents);
        let at = |fault| StoreError::new(&path, fault);
        match fs::read(&path) {
            Ok(bytes) => str::from_utf8(&bytes)
                .ok()
                .and_then(|text| Self::read(text, contents))
                .map(Some)
                .ok_or_else(|| at(damaged())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(Fault::System(error))),
        }
    }

    pub(super) fn write(&self, store: &Path) -> Result<(), StoreError> {
        let path = layout::tombstone(store, self.digest);
        let written = Written {
            digest: self.digest.to_string(),
            forgotten_at: self.forgotten_at,
            reason: self.reason.clone(),
        };
        let text = toml::to_string(&written)
            .map_err(|error| StoreError::new(&path, Fault::Unwritable(error.to_string())))?;
        write_whole(&path, |file| {
            file.write_all(text.as_bytes()).map_err(Fault::System)
        })
        .map_err(|fault| StoreError::new(&path, fault))
    }

    /// Whether a text is the tombstone of a source with these contents.
    pub(crate) fn check(text: &str, contents: Digest) -> Result<(), Fault> {
        Self::read(text, contents).map(|_| ()).ok_or_else(damaged)
    }

    fn read(text: &str, contents: Digest) -> Option<Self> {
        let written: Written = toml::from_str(text).ok()?;
        (written.digest.parse() == Ok(contents)).then_some(Self {
            digest: contents,
            forgotten_at: written.forgotten_at,
            reason: written.reason,
        })
    }
}

fn damaged() -> Fault {
    Fault::Damaged("it is no tombstone that wardround wrote".to_owned())
}
