//! Any bytes at all, as a file that was found among exports: nothing may panic, hang or grow, and what was read must keep
//! what every reading promises.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use wardround_sources::{Limits, read};

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

fuzz_target!(|bytes: &[u8]| {
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
