//! What a bundle says that it holds: the part that is signed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wardround_evidence::Digest;

use super::BundleBounds;
use super::contents::{PAGES, Place};
use super::fault::{BundleFault, Faults, shortened};

/// What a manifest says that it is.
const SCHEMA: &str = "wardround-bundle/1";

/// Longer than any name that a bundle has a place for.
const LONGEST_NAME: usize = 100;

/// What a bundle is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BundleKind {
    /// A whole store, every name in it.
    Store,
    /// Pages that name nobody.
    Share,
}

impl BundleKind {
    /// The word in the manifest.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Share => "share",
        }
    }
}

/// A member as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub length: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The list of all members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What the bundle is of.
    pub kind: BundleKind,
    /// The moment that its maker gave; nothing proves it.
    pub created: Timestamp,
    /// SHA-256 over the list of members, by which one bundle's contents are told from another's.
    pub digest: Digest,
    /// Its members in their order, which is that of their names.
    pub members: Vec<Member>,
}

/// How a manifest is written, field after field.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    kind: BundleKind,
    created: Timestamp,
    digest: String,
    members: Vec<Member>,
}

impl Manifest {
    pub(super) fn new(kind: BundleKind, created: Timestamp, mut members: Vec<Member>) -> Self {
        members.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            kind,
            created,
            digest: digest_of(&members),
            members,
        }
    }

    /// The bytes that are signed.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let written = Written {
            schema: SCHEMA.to_owned(),
            kind: self.kind,
            created: self.created,
            digest: self.digest.to_string(),
            members: self.members.clone(),
        };
        serde_json::to_vec(&written).expect("text and numbers have JSON")
    }

    /// Reads a manifest and says all that is wrong with it.
    pub(super) fn read(bytes: &[u8], bounds: &BundleBounds, faults: &mut Faults) -> Option<Self> {
        let malformed = |reason: String| BundleFault::ManifestMalformed { reason };
        let written: Written = match serde_json::from_slice(bytes) {
            Ok(written) => written,
            Err(error) => {
                faults.add(malformed(shortened(&error.to_string())));
                return None;
            }
        };
        if written.schema != SCHEMA {
            let found = shortened(&written.schema);
            let words = format!("its schema is `{found}` and not `{SCHEMA}`");
            faults.add(malformed(words));
            return None;
        }
        if written.members.len() > bounds.members {
            faults.add(BundleFault::TooLarge {
                what: "the manifest".to_owned(),
                found: written.members.len() as u64,
                most: bounds.members as u64,
            });
            return None;
        }
        let long = written.members.iter().map(|it| it.name.len()).max();
        if let Some(long) = long.filter(|long| *long > LONGEST_NAME) {
            faults.add(malformed(format!("a member's name has {long} bytes")));
            return None;
        }
        let read = Self {
            kind: written.kind,
            created: written.created,
            digest: digest_of(&written.members),
            members: written.members,
        };
        if written.digest != read.digest.to_string() {
            faults.add(malformed(
                "its digest is not that of its members".to_owned(),
            ));
        }
        read.check_members(faults);
        if read.bytes() != bytes && written.digest == read.digest.to_string() {
            faults.add(malformed("it is not written in the one form".to_owned()));
        }
        Some(read)
    }

    fn check_members(&self, faults: &mut Faults) {
        let malformed = |reason: String| BundleFault::ManifestMalformed { reason };
        for member in &self.members {
            if Place::find(self.kind, &member.name).is_none() {
                faults.add(malformed(format!(
                    "a bundle of kind `{}` has no place for `{}`",
                    self.kind.word(),
                    member.name
                )));
            }
            let digest: Option<Digest> = member.sha256.parse().ok();
            if digest.is_none_or(|digest| digest.to_string() != member.sha256) {
                let words = format!("`{}` has no digest that is one", member.name);
                faults.add(malformed(words));
            }
        }
        for pair in self.members.windows(2) {
            if pair[0].name >= pair[1].name {
                faults.add(malformed(format!(
                    "`{}` does not come after `{}` in the order of names",
                    pair[1].name, pair[0].name
                )));
            }
        }
        if self.kind == BundleKind::Share && self.members.len() != PAGES.len() {
            faults.add(malformed("it does not list the two pages".to_owned()));
        }
    }
}

/// SHA-256 over a line for each member: its digest, its length and its name, with two spaces between.
fn digest_of(members: &[Member]) -> Digest {
    let mut hasher = Sha256::new();
    for member in members {
        hasher.update(format!(
            "{}  {}  {}\n",
            member.sha256, member.length, member.name
        ));
    }
    Digest::from_bytes(hasher.finalize().into())
}
