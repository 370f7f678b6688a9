//! Out of a bundle that was found sound, into a folder that was not there before.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom};
use std::path::Path;

use super::contents::Place;
use super::inspect::SoundBundle;
use super::manifest::{BundleKind, Member};
use super::members::copy;
use crate::atomic::{UNFINISHED, folder_of, private_folder, sync_folder, write_whole};
use crate::error::Fault;
use crate::{Access, EvidenceStore, StoreError};

impl SoundBundle {
    /// Unpacks it: a store into a new store, pages into a new folder. All of it comes to stand under the folder's name at
    /// once, and only if it is still what was found sound.
    ///
    /// # Errors
    /// When the folder is there already, when the bundle has changed since, or the system refuses.
    pub fn unpack(&self, into: &Path) -> Result<(), StoreError> {
        let at = |fault| StoreError::new(into, fault);
        let system = |error| at(Fault::System(error));
        if fs::symlink_metadata(into).is_ok() {
            let taken = std::io::Error::new(
                std::io::ErrorKind::AlreadyExists,
                "it is there already, and a bundle is unpacked into a folder that is not",
            );
            return Err(system(taken));
        }
        let parent = folder_of(into);
        // Such a folder is made with mode 0700, and goes unless it is kept.
        let fresh = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .suffix(".part")
            .tempdir_in(parent)
            .map_err(system)?;
        if self.manifest.kind == BundleKind::Store {
            let folder = fresh.path().join("store");
            let store = EvidenceStore::open(&folder, Access::Write)?;
            self.put_members(&folder).map_err(at)?;
            drop(store);
        } else {
            let folder = fresh.path().join("store");
            private_folder(&folder).map_err(at)?;
            self.put_members(&folder).map_err(at)?;
        }
        fs::rename(fresh.path().join("store"), into).map_err(system)?;
        sync_folder(parent).map_err(at)
    }

    fn put_members(&self, folder: &Path) -> Result<(), Fault> {
        let mut from = self.file.try_clone().map_err(Fault::System)?;
        for (member, start) in self.manifest.members.iter().zip(&self.starts) {
            self.put_member(member, *start, &mut from, folder)?;
        }
        Ok(())
    }

    fn put_member(
        &self,
        member: &Member,
        start: u64,
        from: &mut File,
        folder: &Path,
    ) -> Result<(), Fault> {
        let place = Place::find(self.manifest.kind, &member.name)
            .ok_or_else(|| Fault::Damaged(format!("no place for `{}`", member.name)))?;
        from.seek(SeekFrom::Start(start)).map_err(Fault::System)?;
        write_whole(&place.below(folder), |file| {
            let (length, digest) = copy(from, member.length, file)?;
            if length == member.length && digest.to_string() == member.sha256 {
                Ok(())
            } else {
                let words = format!("`{}` changes while it is unpacked", self.path.display());
                Err(Fault::Damaged(words))
            }
        })
    }
}
