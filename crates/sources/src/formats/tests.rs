//! Laws that hold for every format: recognised by one, listed, deterministic, never panicking.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::testing::{folder, read_sample, render};
use crate::{Head, Limits, Reader, read, readers};

/// The names of what a folder holds, sorted, without hidden files.
fn names_in(path: &Path, folders: bool) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir() == folders)
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort_unstable();
    names
}

/// Every sample with its own format's reader.
fn samples() -> Vec<(&'static dyn Reader, PathBuf)> {
    let mut found = Vec::new();
    for reader in readers() {
        let samples = folder(reader.id()).join("samples");
        for name in names_in(&samples, false) {
            found.push((*reader, samples.join(name)));
        }
    }
    found
}

fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"PK")
}

#[test]
fn every_folder_is_listed_in_alphabetical_order() {
    let listed: Vec<&str> = readers().iter().map(|reader| reader.id()).collect();
    let on_disk = names_in(&folder(""), true);
    assert_eq!(
        listed, on_disk,
        "the list in formats/mod.rs and the folders differ"
    );
}

#[test]
fn every_format_has_samples_and_every_sample_a_snapshot() {
    for reader in readers() {
        let samples = names_in(&folder(reader.id()).join("samples"), false);
        assert!(!samples.is_empty(), "{} has no samples", reader.id());
        let snapshots = names_in(&folder(reader.id()).join("snapshots"), false);
        let expected: Vec<String> = samples.iter().map(|name| format!("{name}.snap")).collect();
        assert_eq!(
            expected,
            snapshots,
            "samples and snapshots of {} differ",
            reader.id()
        );
    }
}

#[test]
fn every_sample_is_recognised_by_its_own_reader_alone() {
    for (own, path) in samples() {
        let bytes = std::fs::read(&path).unwrap();
        if is_packed(&bytes) {
            let outcome = read_sample(&path);
            let others = outcome
                .readings
                .iter()
                .filter(|reading| reading.source.reader != own.id())
                .count();
            assert_eq!(others, 0, "{} is read by another reader", path.display());
            continue;
        }
        let head = Head::new(&bytes);
        let by: Vec<&str> = readers()
            .iter()
            .filter(|reader| reader.recognise(&head))
            .map(|reader| reader.id())
            .collect();
        assert_eq!(by, [own.id()], "{}", path.display());
    }
}

#[test]
fn a_sample_cut_anywhere_never_panics() {
    for (_, path) in samples() {
        let bytes = std::fs::read(&path).unwrap();
        for end in (0..bytes.len()).step_by(100) {
            let _ = read("cut", &mut Cursor::new(&bytes[..end]), Limits::DEFAULT);
        }
    }
}

#[test]
fn a_sample_reads_alike_however_its_bytes_arrive() {
    for (_, path) in samples() {
        let whole = read_sample(&path);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let drops = read(&name, &mut Drops(Cursor::new(bytes)), Limits::DEFAULT);
        assert_eq!(render(&whole), render(&drops), "{}", path.display());
        assert_eq!(whole.readings, drops.readings, "{}", path.display());
        assert_eq!(whole.secrets, drops.secrets, "{}", path.display());
    }
}

/// Hands out seven bytes at a time, as a slow disk may.
struct Drops(Cursor<Vec<u8>>);

impl Read for Drops {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let room = into.len().min(7);
        self.0.read(&mut into[..room])
    }
}

impl Seek for Drops {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}
