//! What a bundle may hold, and under which names; no other name ever becomes a path.

use std::path::{Path, PathBuf};

use wardround_evidence::Digest;

use super::manifest::BundleKind;

/// The first member of every bundle.
pub(super) const ENVELOPE: &str = "envelope.dsse.json";

/// A place for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A segment of a store.
    Segment(Digest),
    /// The mark of a source that was forgotten.
    Tombstone(Digest),
    /// A page to share, by its name.
    Page(&'static str),
}

/// The pages of a bundle to share, in their order.
pub(super) const PAGES: [&str; 2] = ["report.html", "report.json"];

impl Place {
    /// The place that a name speaks of, if a bundle of this kind has one such.
    pub(super) fn find(kind: BundleKind, name: &str) -> Option<Self> {
        let place = match kind {
            BundleKind::Share => Self::Page(PAGES.into_iter().find(|page| *page == name)?),
            BundleKind::Store => {
                let digest = |folder, extension| {
                    let stem = name.strip_prefix(folder)?.strip_suffix(extension)?;
                    stem.parse::<Digest>().ok()
                };
                let segment = digest("segments/", ".parquet").map(Self::Segment);
                segment.or_else(|| digest("forgotten/", ".toml").map(Self::Tombstone))?
            }
        };
        // One spelling only: digests are in small letters.
        (place.name() == name).then_some(place)
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Segment(digest) => format!("segments/{digest}.parquet"),
            Self::Tombstone(digest) => format!("forgotten/{digest}.toml"),
            Self::Page(name) => name.to_owned(),
        }
    }

    /// Its path below a folder, made of nothing but what is fixed and a digest.
    pub(super) fn below(self, folder: &Path) -> PathBuf {
        match self {
            Self::Segment(digest) => folder.join("segments").join(format!("{digest}.parquet")),
            Self::Tombstone(digest) => folder.join("forgotten").join(format!("{digest}.toml")),
            Self::Page(name) => folder.join(name),
        }
    }
}
