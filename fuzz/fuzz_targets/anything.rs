//! Any bytes at all, as a file that was found among exports, or as a bundle or segment: nothing may panic, hang or grow, and
//! what was read must keep what every reading promises.

#![no_main]

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wardround_sources::{Limits, read};
use wardround_store::{BundleBounds, Inspected, inspect_bundle};

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

/// Bundles and segments are read from files.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    let name = format!("wardround-fuzz-{}", std::process::id());
    std::env::temp_dir().join(name)
});

/// A bundle that no trusted key vouches for is refused, whatever it holds; a segment is whole or an error.
fn as_kept(bytes: &[u8]) {
    std::fs::write(&*FILE, bytes).expect("a temporary file can be written");
    if bytes.starts_with(b"PAR1") {
        let limits = wardround_store::Limits {
            file_bytes: 1 << 20,
            rows: 100_000,
        };
        let _ = wardround_store::read(&FILE, "wardround-evidence/1", &limits);
    } else if let Ok(Inspected::Sound(_)) = inspect_bundle(&FILE, &[], BundleBounds::default()) {
        panic!("nothing unsigned is taken for signed");
    }
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PAR1") || bytes.get(257..262) == Some(b"ustar") {
        as_kept(bytes);
    }
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
