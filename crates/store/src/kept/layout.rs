//! Where things lie in a store.
//!
//! ```text
//! wardround-store    says that this is one, and of which version
//! lock               whoever writes holds it
//! segments/          NAME.parquet
//! forgotten/         DIGEST.toml
//! ```

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wardround_evidence::{Digest, SourcePath};

/// What the mark of a store says.
pub(super) const MARK: &str = "wardround-evidence-store/1\n";
/// What the marks of all versions begin with.
const FAMILY: &str = "wardround-evidence-store/";

/// The mark of a store.
pub(super) fn mark(store: &Path) -> PathBuf {
    store.join("wardround-store")
}

/// Whether a folder is a store, of whatever version: its mark says so, not only its mark's name.
#[must_use]
pub fn is_store(folder: &Path) -> bool {
    let mut begins = [0; FAMILY.len()];
    let read = File::open(mark(folder)).and_then(|mut mark| mark.read_exact(&mut begins));
    read.is_ok() && begins == *FAMILY.as_bytes()
}

pub(super) fn lock(store: &Path) -> PathBuf {
    store.join("lock")
}

pub(super) fn segments(store: &Path) -> PathBuf {
    store.join("segments")
}

pub(super) fn forgotten(store: &Path) -> PathBuf {
    store.join("forgotten")
}

/// The file of a source: what it said and where it lay make its name.
pub(super) fn segment(store: &Path, contents: Digest, path: &SourcePath) -> PathBuf {
    segments(store).join(format!("{}.parquet", name(contents, path)))
}

/// The name of a source's segment. The same contents at two places are two sources, for a description may let them speak
/// for different organisations.
pub(super) fn name(contents: Digest, path: &SourcePath) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(b"wardround segment 1");
    hasher.update(contents.as_bytes());
    hasher.update(path.as_key().as_bytes());
    Digest::from_bytes(hasher.finalize().into())
}

pub(super) fn tombstone(store: &Path, contents: Digest) -> PathBuf {
    forgotten(store).join(format!("{contents}.toml"))
}
