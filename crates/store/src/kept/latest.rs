//! When each place was last read.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::list::segments;
use crate::{Limits, StoreError};

/// The last moment at which anything was read at each path: found when it is first asked for, and kept up by the one process
/// that writes.
#[derive(Clone, Debug, Default)]
pub(super) struct Latest(Arc<Mutex<Option<BTreeMap<String, Timestamp>>>>);

impl Latest {
    /// When a path was last read; none where it never was.
    pub(super) fn of(
        &self,
        store: &Path,
        limits: Limits,
        path: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut known = self.lock();
        if known.is_none() {
            let mut latest = BTreeMap::new();
            for listed in segments(store, limits)?.0 {
                let path = listed.notes.source.path.as_key().to_owned();
                let moment = listed.notes.readings_at().max();
                let before = latest.entry(path).or_insert(listed.notes.read_at);
                *before = moment.max(Some(*before)).unwrap_or(*before);
            }
            *known = Some(latest);
        }
        Ok(known.as_ref().and_then(|latest| latest.get(path).copied()))
    }

    pub(super) fn add(&self, path: &str, moment: Timestamp) {
        if let Some(latest) = &mut *self.lock() {
            let before = latest.entry(path.to_owned()).or_insert(moment);
            *before = moment.max(*before);
        }
    }

    /// Lets it be found anew.
    pub(super) fn forget(&self) {
        *self.lock() = None;
    }

    /// A map that a panic left behind is whole: each step puts one number.
    fn lock(&self) -> MutexGuard<'_, Option<BTreeMap<String, Timestamp>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
