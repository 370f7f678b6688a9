//! Whether a bundle is what a trusted key signed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use wardround_evidence::Digest;

use super::BundleBounds;
use super::compare::compare;
use super::contents::Place;
use super::envelope::Envelope;
use super::fault::{BundleFault, Faults};
use super::keys::{KeyId, PublicKey};
use super::manifest::{Manifest, Member};
use super::scan::{Expected, Found, Scan};
use super::section::Section;
use crate::error::Fault;
use crate::kept::{Tombstone, check_segment};
use crate::{Limits, StoreError};

/// The longest tombstone that is read.
const TOMBSTONE_BYTES: u64 = 1 << 16;

/// What looking at a bundle came to.
#[derive(Debug)]
pub enum Inspected {
    /// A trusted key signed it, and every byte of it is what was signed.
    Sound(SoundBundle),
    /// Anything else.
    Refused(RefusedBundle),
}

/// A bundle that is what a trusted key signed.
#[derive(Debug)]
pub struct SoundBundle {
    /// What it holds.
    pub manifest: Manifest,
    /// Who signed it.
    pub signer: KeyId,
    pub(super) path: PathBuf,
    pub(super) file: File,
    /// Where each member's bytes begin, in the manifest's order.
    pub(super) starts: Vec<u64>,
}

/// A bundle that is not.
#[derive(Debug)]
pub struct RefusedBundle {
    /// What is wrong with it; never empty.
    pub faults: Vec<BundleFault>,
    /// How many more faults there are.
    pub unlisted: usize,
    /// What it says that it holds; no reason to believe it.
    pub said: Option<Manifest>,
}

/// Looks at every byte of a bundle. Nothing of it is unpacked, and segments are opened only once a trusted key vouches for
/// them, since there is no need to show anybody else's bytes to a reader of Parquet.
///
/// # Errors
/// When the file cannot be read at all. Whatever is wrong with what it holds is among the faults.
pub fn inspect_bundle(
    path: &Path,
    trusted: &[PublicKey],
    bounds: BundleBounds,
) -> Result<Inspected, StoreError> {
    inspect(path, trusted, bounds).map_err(|fault| StoreError::new(path, fault))
}

fn inspect(path: &Path, trusted: &[PublicKey], bounds: BundleBounds) -> Result<Inspected, Fault> {
    // Asked before it is opened: a pipe would have to be waited for.
    let about = std::fs::metadata(path).map_err(Fault::System)?;
    if !about.is_file() {
        let words = std::io::Error::other("it is not a regular file");
        return Err(Fault::System(words));
    }
    let file = File::open(path).map_err(Fault::System)?;
    let about = file.metadata().map_err(Fault::System)?;
    let mut faults = Faults::new(bounds.faults);
    if about.len() > bounds.bundle_bytes {
        faults.add(BundleFault::TooLarge {
            what: "the file".to_owned(),
            found: about.len(),
            most: bounds.bundle_bytes,
        });
        return Ok(refused(faults, None));
    }
    let mut scan = Scan::new(file, about.len(), bounds);
    let Some(bytes) = scan.envelope(&mut faults)? else {
        return Ok(refused(faults, None));
    };
    let envelope = Envelope::read(&bytes, &mut faults);
    drop(bytes);
    let signer = envelope
        .as_ref()
        .and_then(|envelope| envelope.signer(trusted, &mut faults));
    let manifest =
        envelope.and_then(|envelope| Manifest::read(&envelope.payload, &bounds, &mut faults));
    let found = go_through(&mut scan, manifest.as_ref(), &mut faults)?;
    let Some(manifest) = manifest else {
        return Ok(refused(faults, None));
    };
    let sound = compare(&manifest, &found, &mut faults);
    let file = scan.into_file()?;
    if signer.is_some() {
        open_members(&file, &manifest, &sound, &mut faults)?;
    }
    let starts: Vec<u64> = sound.iter().map(|(_, found)| found.start).collect();
    match signer {
        Some(signer) if faults.are_none() => Ok(Inspected::Sound(SoundBundle {
            manifest,
            signer,
            path: path.to_owned(),
            file,
            starts,
        })),
        _ => Ok(refused(faults, Some(manifest))),
    }
}

fn refused(faults: Faults, said: Option<Manifest>) -> Inspected {
    Inspected::Refused(RefusedBundle {
        faults: faults.listed,
        unlisted: faults.unlisted,
        said,
    })
}

/// All members after the envelope. Where a header is damaged, the manifest tells what should have stood there.
fn go_through(
    scan: &mut Scan,
    manifest: Option<&Manifest>,
    faults: &mut Faults,
) -> Result<Vec<Found>, Fault> {
    let members = manifest.map_or(&[][..], |manifest| &manifest.members);
    let places: BTreeMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(place, member)| (member.name.as_str(), place))
        .collect();
    let mut next = 0;
    let mut found: Vec<Found> = Vec::new();
    loop {
        let expected = members.get(next).map(|member: &Member| Expected {
            name: &member.name,
            length: member.length,
        });
        let Some(member) = scan.next(expected, faults)? else {
            return Ok(found);
        };
        if let Some(place) = places.get(member.name.as_str()) {
            next = place + 1;
        }
        let whole = member.whole;
        found.push(member);
        if !whole {
            return Ok(found);
        }
    }
}

/// Reads segments and tombstones to their end: a bundle may have been made of what was damaged already.
fn open_members(
    file: &File,
    manifest: &Manifest,
    sound: &[(&Member, &Found)],
    faults: &mut Faults,
) -> Result<(), Fault> {
    let mut forgotten: BTreeSet<Digest> = BTreeSet::new();
    // Tombstones come first in the order of names.
    for (member, found) in sound {
        let section = Section::new(file, found.start, found.length).map_err(Fault::System)?;
        let seen = match Place::find(manifest.kind, &member.name) {
            Some(Place::Segment(name)) => {
                let limits = Limits::default();
                check_segment(section, name, &limits).map(|notes| {
                    if forgotten.contains(&notes.source.digest) {
                        let name = member.name.clone();
                        faults.add(BundleFault::Forgotten { name });
                    }
                })
            }
            Some(Place::Tombstone(contents)) => {
                forgotten.insert(contents);
                check_tombstone(&section, contents)
            }
            Some(Place::Page(_)) | None => Ok(()),
        };
        if let Err(fault) = seen {
            faults.add(BundleFault::Damaged {
                name: member.name.clone(),
                reason: fault.to_string(),
            });
        }
    }
    Ok(())
}

fn check_tombstone(section: &Section, contents: Digest) -> Result<(), Fault> {
    use parquet::file::reader::ChunkReader as _;
    let mut text = String::new();
    let from = section
        .get_read(0)
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    let read = from.take(TOMBSTONE_BYTES).read_to_string(&mut text);
    read.map_err(Fault::System)?;
    Tombstone::check(&text, contents)
}
