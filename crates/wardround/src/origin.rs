//! Where evidence comes from.

use std::fmt;
use std::path::{Path, PathBuf};

/// A folder of exports, a store, or a folder that is read into a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The folder with exports.
    pub folder: Option<PathBuf>,
    /// The store.
    pub store: Option<PathBuf>,
}

impl Origin {
    /// A folder alone.
    #[must_use]
    pub fn folder(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            store: None,
        }
    }

    /// A store alone.
    #[must_use]
    pub fn store(store: &Path) -> Self {
        Self {
            folder: None,
            store: Some(store.to_owned()),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.folder, &self.store) {
            (Some(folder), None) => write!(formatter, "`{}`", folder.display()),
            (None, Some(store)) => write!(formatter, "the store `{}`", store.display()),
            (Some(folder), Some(store)) => write!(
                formatter,
                "`{}` and the store `{}`",
                folder.display(),
                store.display()
            ),
            (None, None) => formatter.write_str("no folder"),
        }
    }
}
