//! Making a bundle.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use jiff::Timestamp;

use super::contents::{ENVELOPE, PAGES, Place};
use super::header::BLOCK;
use super::keys::SecretKey;
use super::manifest::{BundleKind, Manifest};
use super::members::{self, Bytes};
use super::{BundleBounds, envelope};
use crate::atomic::write_whole;
use crate::error::Fault;
use crate::{EvidenceStore, StoreError};

/// What is shared: pages that name nobody.
#[derive(Clone, Copy, Debug)]
pub struct SharedPages<'a> {
    /// The page.
    pub html: &'a str,
    /// The same as data.
    pub json: &'a str,
}

/// How often a store is looked at that another process changes while it is packed.
const ATTEMPTS: usize = 5;

/// Packs a whole store into a file of its own, which is for its owner only.
///
/// Another process may add to the store meanwhile, and may forget: then it is looked at anew.
///
/// # Errors
/// When anything in the store is not what was put there, since nobody should sign that; when it has more than a bundle may;
/// when it is changed all the while; when the system refuses. Then there is no such file, or the one that was there
/// before.
pub fn pack_store(
    store: &EvidenceStore,
    created: Timestamp,
    key: &SecretKey,
    path: &Path,
) -> Result<Manifest, StoreError> {
    let mut attempt = 1;
    loop {
        let members = members_of(store)?;
        let error = match pack(BundleKind::Store, &members, created, key, path) {
            Ok(manifest) => return Ok(manifest),
            Err(error) => error,
        };
        let changing = is_any_gone(&members) || error.fault.is_change();
        if !changing {
            return Err(error);
        }
        if attempt == ATTEMPTS {
            let words =
                "another process changes it all the while; try again when that has finished";
            let busy = std::io::Error::new(std::io::ErrorKind::ResourceBusy, words);
            return Err(StoreError::new(store.folder(), Fault::System(busy)));
        }
        attempt += 1;
    }
}

/// All that a sound store holds, in the order of names.
fn members_of(store: &EvidenceStore) -> Result<Vec<(String, Bytes<'static>)>, StoreError> {
    let verified = store.verify()?;
    if let Some(flawed) = verified.flawed.into_iter().next() {
        return Err(StoreError::new(&flawed.path, Fault::Damaged(flawed.reason)));
    }
    let contents = store.list(None)?;
    let tombstones = contents.tombstones.iter();
    let tombstones = tombstones.map(|it| Place::Tombstone(it.digest));
    let segments = contents.segments.iter();
    let segments = segments.map(|it| Place::Segment(it.segment_name()));
    let mut named: Vec<(String, Bytes<'_>)> = tombstones
        .chain(segments)
        .map(|place| (place.name(), members::file(&place.below(store.folder()))))
        .collect();
    named.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(named)
}

/// Whether a file is gone that was there when the store was listed.
fn is_any_gone(named: &[(String, Bytes<'_>)]) -> bool {
    named.iter().any(|(_, bytes)| match bytes {
        Bytes::File(path) => !path.exists(),
        Bytes::Memory(_) => false,
    })
}

/// Packs pages that name nobody. Whether they do is the matter of whoever made them.
///
/// # Errors
/// When the system refuses. Then there is no such file, or the one that was there before.
pub fn pack_pages(
    pages: SharedPages<'_>,
    created: Timestamp,
    key: &SecretKey,
    path: &Path,
) -> Result<Manifest, StoreError> {
    let bytes = [pages.html, pages.json].map(|text| Bytes::Memory(text.as_bytes()));
    let named = PAGES.into_iter().map(str::to_owned).zip(bytes);
    let named: Vec<(String, Bytes<'_>)> = named.collect();
    pack(BundleKind::Share, &named, created, key, path)
}

fn pack(
    kind: BundleKind,
    named: &[(String, Bytes<'_>)],
    created: Timestamp,
    key: &SecretKey,
    path: &Path,
) -> Result<Manifest, StoreError> {
    let at = |fault| StoreError::new(path, fault);
    let most = BundleBounds::default().members;
    if named.len() > most {
        return Err(at(Fault::TooLarge {
            found: named.len() as u64,
            most: most as u64,
            unit: "members",
        }));
    }
    let mut listed = Vec::with_capacity(named.len());
    for (name, bytes) in named {
        listed.push(bytes.member(name.clone()).map_err(at)?);
    }
    let manifest = Manifest::new(kind, created, listed);
    let unsigned = |error: super::KeyFault| at(Fault::Unwritable(error.to_string()));
    let envelope = envelope::seal(&manifest.bytes(), key).map_err(unsigned)?;
    write_whole(path, |file| put(file, &envelope, &manifest, named)).map_err(at)?;
    Ok(manifest)
}

fn put(
    file: &mut File,
    envelope: &[u8],
    manifest: &Manifest,
    named: &[(String, Bytes<'_>)],
) -> Result<(), Fault> {
    let mut into = BufWriter::new(file);
    let length = envelope.len() as u64;
    members::put_header(ENVELOPE, length, &mut into)?;
    into.write_all(envelope).map_err(Fault::System)?;
    members::put_padding(length, &mut into)?;
    for (member, (_, bytes)) in manifest.members.iter().zip(named) {
        bytes.put(member, &mut into)?;
    }
    into.write_all(&[0; 2 * BLOCK]).map_err(Fault::System)?;
    into.flush().map_err(Fault::System)
}
