//! Finding and opening the files of an estate.
//!
//! The walk follows no symbolic link, opens only regular files and skips our own outputs and stores.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use wardround_evidence::SourcePath;
use wardround_sources::{Keeper, Limits, Outcome, Refused, read, read_into};
use wardround_store::is_store;

use crate::{ExitCode, Failure};

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    /// All that came of its files, in the order of their paths.
    pub outcome: Outcome,
    /// How many files were opened.
    pub files: usize,
    /// Our own outputs, which were passed over.
    pub own_outputs: usize,
    /// Folders that are stores, which were passed over with all that is in them.
    pub stores: Vec<String>,
}

/// Reads every file below `root`; into a store, where there is one. `progress` is told of each file that is done, from any
/// thread.
///
/// # Errors
/// When the folder itself cannot be listed. A file that cannot be read is refused in the outcome, and nothing else is lost.
pub fn read_folder(
    root: &Path,
    limits: Limits,
    keeper: Option<&dyn Keeper>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Folder, Failure> {
    let mut found = Found::default();
    walk(root, "", &mut found).map_err(|error| unlistable(root, error))?;
    found.files.sort();
    let total = found.files.len();
    let outcomes: Vec<Option<Outcome>> = found
        .files
        .into_par_iter()
        .map(|(name, path)| {
            let outcome = open_and_read(&name, &path, limits, keeper);
            progress(total);
            outcome
        })
        .collect();
    let mut folder = Folder {
        files: total,
        stores: found.stores,
        ..Folder::default()
    };
    for outcome in outcomes {
        match outcome {
            Some(outcome) => folder.outcome.append(outcome),
            None => folder.own_outputs += 1,
        }
    }
    folder.outcome.refused.extend(found.refused);
    folder
        .outcome
        .refused
        .sort_by(|one, other| one.path.cmp(&other.path));
    Ok(folder)
}

/// Whether a folder is there and can be listed, before anything is made on account of it.
///
/// # Errors
/// When it cannot.
pub fn can_be_listed(root: &Path) -> Result<(), Failure> {
    let listed = fs::read_dir(root).map(|_| ());
    listed.map_err(|error| unlistable(root, error))
}

fn unlistable(root: &Path, error: io::Error) -> Failure {
    Failure::new(
        ExitCode::InputUnreadable,
        format!("cannot read the folder `{}`", root.display()),
    )
    .because(error)
}

/// Reads one file that the user named.
///
/// # Errors
/// When it cannot be opened or is no regular file.
pub fn read_file(path: &Path, limits: Limits) -> Result<Outcome, Failure> {
    let failure = |error: io::Error| {
        Failure::new(
            ExitCode::InputUnreadable,
            format!("cannot read `{}`", path.display()),
        )
        .because(error)
    };
    let metadata = fs::metadata(path).map_err(failure)?;
    if !metadata.is_file() {
        return Err(Failure::new(
            ExitCode::InputUnreadable,
            format!("`{}` is not a regular file", path.display()),
        )
        .hint("`wardround report` reads a folder"));
    }
    let mut file = File::open(path).map_err(failure)?;
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(read(&name, &mut file, limits))
}

#[derive(Default)]
struct Found {
    files: Vec<(String, PathBuf)>,
    stores: Vec<String>,
    refused: Vec<Refused>,
}

impl Found {
    fn refuse(&mut self, name: &str, reason: &str) {
        self.refused.push(Refused {
            path: SourcePath::new(name),
            reason: reason.to_owned(),
        });
    }
}

fn walk(folder: &Path, prefix: &str, found: &mut Found) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // The type of the entry itself: a link is a link, wherever it points.
        let kind = entry.file_type()?;
        if kind.is_dir() && is_store(&entry.path()) {
            found.stores.push(name);
        } else if kind.is_dir() {
            if let Err(error) = walk(&entry.path(), &format!("{name}/"), found) {
                found.refuse(&name, &format!("this folder cannot be read: {error}"));
            }
        } else if kind.is_file() {
            found.files.push((name, entry.path()));
        } else if kind.is_symlink() {
            found.refuse(&name, "this is a symbolic link, and links are not followed");
        } else {
            found.refuse(&name, "this is not a regular file");
        }
    }
    Ok(())
}

/// None for one of our own outputs.
fn open_and_read(
    name: &str,
    path: &Path,
    limits: Limits,
    keeper: Option<&dyn Keeper>,
) -> Option<Outcome> {
    let refused = |error: &io::Error| Outcome {
        refused: vec![Refused {
            path: SourcePath::new(name),
            reason: format!("this file cannot be read: {error}"),
        }],
        ..Outcome::default()
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return Some(refused(&error)),
    };
    match is_own_output(&mut file) {
        Ok(true) => None,
        Ok(false) => Some(match keeper {
            None => read(name, &mut file, limits),
            Some(keeper) => read_into(name, &mut file, limits, keeper),
        }),
        Err(error) => Some(refused(&error)),
    }
}

/// Pages and data of wardround say so at their very beginning, where no export can: a machine that gave itself such a
/// name would otherwise have its scan passed over.
fn is_own_output(file: &mut File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(512);
    file.take(512).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let page = head.starts_with("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"wardround ");
    let data = head.starts_with("{\n  \"schema\": \"wardround-report/");
    // The first member of a bundle; no export is read from such an archive.
    let bundle = head.starts_with("envelope.dsse.json\0");
    Ok(page || data || bundle)
}
