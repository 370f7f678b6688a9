//! Where evidence comes from, on the command line.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::Origin;

/// A folder, a store, or both.
#[derive(Clone, Debug, Args)]
pub(super) struct OriginArgs {
    /// The folder with the exports. With `--store` it is read into the store; the store alone may be asked too.
    #[arg(required_unless_present = "store")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArgs,
}

/// A store.
#[derive(Clone, Debug, Args)]
pub(super) struct StoreArgs {
    /// A store of evidence: keeps what was read before and answers from all of it (see docs/store.md). It is made if it is
    /// not there.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl OriginArgs {
    pub(super) fn origin(&self) -> Origin {
        self.store.with(self.folder.as_deref())
    }
}

impl StoreArgs {
    /// The store, with a folder where there is one.
    pub(super) fn with(&self, folder: Option<&Path>) -> Origin {
        Origin {
            folder: folder.map(Path::to_owned),
            store: self.store.clone(),
        }
    }

    /// Whether there is a store.
    pub(super) const fn is_there(&self) -> bool {
        self.store.is_some()
    }
}

/// The moment at which something is read into a store or forgotten, or a bundle is packed: the only question that is ever put
/// to the clock, and no verdict depends on the answer.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}
