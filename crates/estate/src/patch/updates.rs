//! The table of cumulative updates, rollups and security-only updates (`data/updates.csv`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use wardround_evidence::Kb;

use super::line::Line;

/// What an update holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// All earlier updates of its line: the monthly one.
    Monthly,
    /// All earlier updates and next month's other fixes.
    Preview,
    /// All earlier updates, outside the monthly rhythm.
    OutOfBand,
    /// The month's security fixes, on top of a quarterly cumulative update.
    Hotpatch,
    /// The security fixes of one month alone.
    SecurityOnly,
    /// The fix of one component.
    Single,
}

impl Kind {
    /// Whether it holds all earlier updates of its line.
    pub(super) const fn is_cumulative(self) -> bool {
        // A hotpatch installs only on top of a cumulative update, and stands for all that came before.
        !matches!(self, Self::SecurityOnly | Self::Single)
    }

    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "monthly" => Self::Monthly,
            "preview" => Self::Preview,
            "out-of-band" => Self::OutOfBand,
            "hotpatch" => Self::Hotpatch,
            "security-only" => Self::SecurityOnly,
            "single" => Self::Single,
            _ => return None,
        })
    }
}

/// One update of one servicing line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Update {
    /// The servicing line.
    pub(super) line: Line,
    /// Its number; a few releases have none.
    pub(super) kb: Option<Kb>,
    /// The day it was published.
    pub(super) released: Date,
    /// The build revision that it brings, where known.
    pub(super) revision: Option<u32>,
    /// What it holds.
    pub(super) kind: Kind,
}

/// All updates, by number and by revision.
#[derive(Debug, Default)]
pub(super) struct Updates {
    by_kb: BTreeMap<Kb, Vec<Update>>,
    by_revision: BTreeMap<(Line, u32), Update>,
}

impl Updates {
    /// Reads the embedded table.
    pub(super) fn read(text: &str) -> Self {
        let mut updates = Self::default();
        for update in text.lines().skip(1).filter_map(row) {
            if let Some(kb) = update.kb {
                updates.by_kb.entry(kb).or_default().push(update);
            }
            if let Some(revision) = update.revision {
                updates.by_revision.insert((update.line, revision), update);
            }
        }
        updates
    }

    /// The entries of an update, one for each line that it is for.
    pub(super) fn of(&self, kb: Kb) -> &[Update] {
        self.by_kb.get(&kb).map_or(&[], Vec::as_slice)
    }

    /// The update that brings a revision.
    pub(super) fn at(&self, line: Line, revision: u32) -> Option<&Update> {
        self.by_revision.get(&(line, revision))
    }

    /// The last update before a revision, hotpatches apart: their revisions are not in the order of their dates.
    pub(super) fn before(&self, line: Line, revision: u32) -> Option<&Update> {
        self.by_revision
            .range((line, 0)..(line, revision))
            .map(|(_, update)| update)
            .rfind(|update| update.kind != Kind::Hotpatch)
    }

    /// The first update after a revision, hotpatches apart.
    pub(super) fn after(&self, line: Line, revision: u32) -> Option<&Update> {
        self.by_revision
            .range((line, revision)..=(line, u32::MAX))
            .map(|(_, update)| update)
            .find(|update| update.kind != Kind::Hotpatch)
    }

    /// Every entry.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Update> {
        self.by_kb.values().flatten()
    }
}

/// `line,kb,released,revision,kind,source`; the source is for readers of the table.
fn row(text: &str) -> Option<Update> {
    let mut cells = text.split(',');
    Some(Update {
        line: cells.next()?.parse().ok()?,
        kb: cells.next()?.parse().ok(),
        released: cells.next()?.parse().ok()?,
        revision: cells.next()?.parse().ok(),
        kind: Kind::read(cells.next()?)?,
    })
}
