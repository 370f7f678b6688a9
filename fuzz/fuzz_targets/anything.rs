//! Any bytes at all, as a file that was found among exports, or as a bundle, a segment, a tombstone or a key: nothing may panic,
//! hang or grow, and what was read must keep what every reading promises.

#![no_main]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sha2::{Digest as _, Sha256};
use wardround_evidence::Digest;
use wardround_sources::{Limits, read};
use wardround_store::{
    Access, BundleBounds, EvidenceStore, Inspected, PublicKey, SecretKey, inspect_bundle,
};

/// Small, so that growth shows at once.
const LIMITS: Limits = Limits {
    unpacked_bytes: 4 << 20,
    ratio: 100,
    ratio_floor_bytes: 1 << 16,
    archive_members: 50,
    depth: 64,
    record_bytes: 1 << 14,
    statements: 10_000,
    observations: 50_000,
    skipped_listed: 20,
};

/// The only bundle that the trusted key ever signed.
const SIGNED: &[u8] = include_bytes!("../seeds/bundle");

/// The key that signed them. Its other half was thrown away.
static TRUSTED: LazyLock<PublicKey> = LazyLock::new(|| {
    PublicKey::from_pem(include_str!("../seeds/key.pub")).expect("the seed's key is one")
});

/// Bundles and stores are read from files.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let name = format!("wardround-fuzz-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).expect("a temporary folder can be made");
    folder
});

static STORE: LazyLock<EvidenceStore> = LazyLock::new(|| {
    EvidenceStore::open(&FOLDER.join("store"), Access::Write).expect("an empty store can be made")
});

/// Only what the trusted key signed is sound, byte for byte.
fn as_bundle(bytes: &[u8]) {
    let file = FOLDER.join("bundle");
    fs::write(&file, bytes).expect("a temporary file can be written");
    let trusted = std::slice::from_ref(&*TRUSTED);
    let inspected = inspect_bundle(&file, trusted, BundleBounds::default());
    let is_sound = matches!(inspected, Ok(Inspected::Sound(_)));
    assert_eq!(is_sound, bytes == SIGNED, "sound is what was signed, and nothing else");
}

/// A segment in a store, under the name that it gives itself: a reading or an error, and the same to whoever checks the store.
fn as_segment(bytes: &[u8]) {
    let segments = STORE.folder().join("segments");
    let placed = segments.join("placed.parquet");
    fs::write(&placed, bytes).expect("a temporary file can be written");
    let listed = STORE.list(None).expect("the folder can be listed").segments;
    let mut named = placed.clone();
    if let Some(listed) = listed.first() {
        let source = &listed.notes.source;
        named = segments.join(format!("{}.parquet", name_of(source.digest, source.path.as_key())));
        fs::rename(&placed, &named).expect("a file can be renamed");
    }
    for listed in STORE.list(None).expect("the folder can be listed").segments {
        let whole = listed.whole();
        assert_eq!(whole.is_ok(), listed.whole().is_ok(), "the same bytes say the same");
        if whole.is_ok() {
            assert!(listed.reading().is_ok(), "what speaks of it can be told");
        }
    }
    let _ = STORE.verify();
    fs::remove_file(&named).expect("what was made can be removed");
}

/// As docs/store.md has it.
fn name_of(contents: Digest, path: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(b"wardround segment 1");
    hasher.update(contents.as_bytes());
    hasher.update(path.as_bytes());
    Digest::from_bytes(hasher.finalize().into())
}

/// A tombstone of what it says: heard or flawed, and never taken for another's.
fn as_tombstone(text: &str) {
    let folder = STORE.folder().join("forgotten");
    fs::create_dir_all(&folder).expect("a temporary folder can be made");
    let digest = text.split('"').nth(1).and_then(|text| text.parse::<Digest>().ok());
    let digest = digest.unwrap_or_else(|| Digest::of(text.as_bytes()));
    let file = folder.join(format!("{digest}.toml"));
    fs::write(&file, text).expect("a temporary file can be written");
    let contents = STORE.list(None).expect("the folder can be listed");
    for tombstone in &contents.tombstones {
        assert_eq!(tombstone.digest, digest);
    }
    remove(&file);
}

/// A key is read, or refused, and what was read is written as it was.
fn as_key(text: &str) {
    if let Ok(key) = PublicKey::from_pem(text) {
        let again = key.to_pem().expect("a key that was read can be written");
        let again = PublicKey::from_pem(&again).expect("what was written can be read");
        assert_eq!(key.id(), again.id());
    }
    if let Ok(key) = SecretKey::from_pem(text) {
        assert!(key.public().is_ok(), "a private key has its public half");
    }
}

fn remove(file: &Path) {
    fs::remove_file(file).expect("what was made can be removed");
}

fn as_kept(bytes: &[u8]) {
    if bytes.starts_with(b"PAR1") {
        let limits = wardround_store::Limits {
            file_bytes: 1 << 20,
            rows: 100_000,
        };
        let file = FOLDER.join("segment");
        fs::write(&file, bytes).expect("a temporary file can be written");
        let _ = wardround_store::read(&file, "wardround-evidence/1", &limits);
        as_segment(bytes);
    } else if bytes.get(257..262) == Some(b"ustar") {
        as_bundle(bytes);
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        if text.starts_with("digest = ") {
            as_tombstone(text);
        } else if text.starts_with("-----BEGIN ") {
            as_key(text);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    as_kept(bytes);
    let outcome = read("file", &mut Cursor::new(bytes), LIMITS);
    let again = read("file", &mut Cursor::new(bytes), LIMITS);
    assert_eq!(outcome.readings, again.readings, "the same bytes say the same");
    for reading in &outcome.readings {
        assert!(reading.skipped.len() <= LIMITS.skipped_listed);
        assert!(reading.statements.len() + reading.declarations.len() <= LIMITS.statements + 1);
        for statement in &reading.statements {
            assert!(!statement.subject.is_empty(), "a statement is about something");
            assert!(statement.subject.is_sorted());
        }
    }
});
