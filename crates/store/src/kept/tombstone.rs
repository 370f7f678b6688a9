//! What is left of a source that was forgotten: that it was, when and why. Neither its name nor what it said.

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

impl Tombstone {
    /// The tombstone of a source with these contents, if it has one.
    pub(super) fn find(store: &Path, contents: Digest) -> Result<Option<Self>, StoreError> {
        let path = layout::tombstone(store, contents);
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(&text, contents)
                .map(Some)
                .ok_or_else(|| StoreError::new(&path, damaged())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::new(&path, Fault::System(error))),
        }
    }

    /// All tombstones of a store, by digest, with those that cannot be read.
    pub(super) fn all(store: &Path) -> Result<(Vec<Self>, Vec<StoreError>), StoreError> {
        let folder = layout::forgotten(store);
        let system = |error| StoreError::new(&folder, Fault::System(error));
        let (mut found, mut flawed) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(&folder).map_err(system)? {
            let path = entry.map_err(system)?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            let Some(digest) = stem.and_then(|stem| stem.parse().ok()) else {
                continue;
            };
            match Self::find(store, digest) {
                Ok(tombstone) => found.extend(tombstone),
                Err(error) => flawed.push(error),
            }
        }
        found.sort_by_key(|tombstone| tombstone.digest);
        Ok((found, flawed))
    }

    /// Whether one of these, which stand by digest, is of such contents.
    pub(super) fn is_among(tombstones: &[Self], contents: Digest) -> bool {
        tombstones
            .binary_search_by_key(&contents, |tombstone| tombstone.digest)
            .is_ok()
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
