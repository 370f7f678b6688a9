//! What can go wrong, with the file's name.

use std::io;
use std::path::{Path, PathBuf};

/// Why a segment could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {fault}", path.display())]
pub struct StoreError {
    /// Which file.
    pub path: PathBuf,
    /// What is the matter with it.
    #[source]
    pub fault: Fault,
}

/// What is the matter with a file.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The system refused.
    #[error("{0}")]
    System(io::Error),
    /// It is no store of evidence.
    #[error("it is no store of evidence")]
    NoStore,
    /// It is a store that a later version of wardround wrote.
    #[error("it is a store of another version of wardround")]
    OtherVersion,
    /// Another process is writing to it.
    #[error("another process is writing to this store; try again when it has finished")]
    Busy,
    /// It is longer than allowed, or says that it holds more rows.
    #[error("it is too large: {found} {unit}, and at most {most} are read")]
    TooLarge {
        /// How much there is.
        found: u64,
        /// How much there may be.
        most: u64,
        /// Of what.
        unit: &'static str,
    },
    /// It is not Parquet, or ends early.
    #[error("it is no Parquet file, or only part of one ({0})")]
    NotParquet(String),
    /// It is Parquet of somebody else.
    #[error("it is a Parquet file, but not one that wardround wrote")]
    Foreign,
    /// It is a segment of another kind.
    #[error("it holds `{found}`, and `{wanted}` is wanted")]
    OtherKind {
        /// What it holds.
        found: String,
        /// What is wanted.
        wanted: String,
    },
    /// What it holds is not what was written.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// A file changes while it is packed.
    #[error("`{0}` changes while it is packed")]
    Changing(String),
    /// What was to be written has no place in a segment.
    #[error("it cannot be written: {0}")]
    Unwritable(String),
}

impl StoreError {
    pub(crate) fn new(path: &Path, fault: Fault) -> Self {
        Self {
            path: path.to_owned(),
            fault,
        }
    }
}

impl Fault {
    pub(crate) const fn is_change(&self) -> bool {
        matches!(self, Self::Changing(_))
    }
}
