//! A store and sources to put into it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tempfile::TempDir;
use wardround_evidence::{
    Digest, Fact, Identifier, Method, Position, Reading, Source, SourceExtent, SourcePath,
    Statement, When,
};
use wardround_store::{Access, EvidenceStore, Kept, KeptSource, ReadAs};

/// A digest in a domain of its own.
pub(crate) const SECRET: [u8; 32] = [7; 32];

/// The moment at which all happens.
pub(crate) fn now() -> Timestamp {
    "2017-05-12T09:30:00.123456789Z".parse().unwrap()
}

/// A store in a folder that goes with it.
pub(crate) fn store() -> (TempDir, EvidenceStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = EvidenceStore::open(&folder.path().join("store"), Access::Write).unwrap();
    (folder, store)
}

/// Read at a moment by the first edition of its reader.
pub(crate) fn read_at(at: Timestamp) -> ReadAs {
    ReadAs {
        at,
        edition: 1,
        secret: SECRET,
    }
}

/// Keeps a source that was read at a moment.
pub(crate) fn keep_source(store: &EvidenceStore, reading: &Reading, how: ReadAs) -> KeptSource {
    store.draft().unwrap().keep(reading, how).unwrap()
}

/// As [`keep_source`], by the first edition of its reader; what became of it.
pub(crate) fn keep(store: &EvidenceStore, reading: &Reading, at: Timestamp) -> Kept {
    keep_source(store, reading, read_at(at)).kept
}

/// The paths that a store speaks of.
pub(crate) fn paths(store: &EvidenceStore) -> Vec<String> {
    let contents = store.list(None).unwrap();
    let paths = contents.segments.iter();
    paths
        .map(|listed| listed.notes.source.path.as_key().to_owned())
        .collect()
}

/// A source that says nothing.
pub(crate) fn reading(path: &str, contents: &str) -> Reading {
    Reading {
        source: Source {
            path: SourcePath::new(path),
            digest: Digest::of(contents.as_bytes()),
            reader: "by_hand".into(),
            title: "made by hand".into(),
            family: "by hand".into(),
            tool: None,
            bytes: contents.len() as u64,
            taken_at: None,
            extent: SourceExtent::Whole,
        },
        statements: Vec::new(),
        declarations: Vec::new(),
        skipped: Vec::new(),
        skipped_unlisted: 0,
        notes: Vec::new(),
        counts: BTreeMap::new(),
    }
}

/// A source that says one thing of a machine at a moment.
pub(crate) fn saying(path: &str, contents: &str, when: When) -> Reading {
    let name = Identifier::name("pc-1").unwrap();
    let mut statement = Statement::new(vec![name], Position::new(1, 1), when);
    statement.observe(Method::Inventoried, Fact::Smb1(true));
    Reading {
        statements: vec![statement],
        ..reading(path, contents)
    }
}
