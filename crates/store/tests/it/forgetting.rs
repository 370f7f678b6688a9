//! What goes, what stays, and what is left of it.

use std::fs;

use jiff::ToSpan;
use wardround_evidence::When;
use wardround_store::{Access, EvidenceStore, Kept, Selection};

use crate::samples::{keep, now, paths, saying, store};

fn moved(path: &str) -> Selection {
    Selection::Moved(path.to_owned())
}

#[test]
fn what_was_moved_goes_from_its_old_place_only() {
    let (_folder, store) = store();
    for folder in ["wards", "ward-a"] {
        let scan = saying(&format!("{folder}/scan.xml"), "one", When::At(now()));
        keep(&store, &scan, now());
    }
    let other = saying("wards/other.xml", "two", When::At(now()));
    keep(&store, &other, now());
    let gone = store.forget(&moved("wards"), "moved", now()).unwrap();
    assert!(gone.tombstones.is_empty());
    assert_eq!((gone.gone.len(), gone.staying.len()), (1, 1));
    assert_eq!(paths(&store), ["ward-a/scan.xml", "wards/other.xml"]);
    let again = saying("ward-a/scan.xml", "one", When::At(now()));
    assert_eq!(keep(&store, &again, now()), Kept::Known);
}

#[test]
fn saying_that_files_were_moved_before_they_are_added_loses_nothing() {
    let (_folder, store) = store();
    let at = |path: &str| saying(path, "one", When::At(now()));
    keep(&store, &at("wards/scan.xml"), now());
    for _ in 0..2 {
        let none = store.forget(&moved("wards"), "moved", now()).unwrap();
        assert!(none.gone.is_empty() && none.tombstones.is_empty());
        assert_eq!(none.staying.len(), 1);
    }
    assert_eq!(keep(&store, &at("ward-a/scan.xml"), now()), Kept::Added);
    let gone = store.forget(&moved("wards"), "moved", now()).unwrap();
    assert_eq!(gone.gone.len(), 1);
    assert_eq!(paths(&store), ["ward-a/scan.xml"]);
    // And back again.
    assert_eq!(keep(&store, &at("wards/scan.xml"), now()), Kept::Added);
}

#[test]
fn a_copy_that_is_damaged_is_no_copy() {
    let (_folder, store) = store();
    for path in ["wards/scan.xml", "ward-a/scan.xml"] {
        keep(&store, &saying(path, "one", When::At(now())), now());
    }
    let copy = store.list(None).unwrap().segments[0].path().to_owned();
    let mut bytes = fs::read(&copy).unwrap();
    // In its rows: the notes at its end still say that it is a copy.
    let place = bytes.windows(9).position(|it| it == b"statement");
    bytes[place.unwrap()] ^= 0x40;
    fs::write(&copy, &bytes).unwrap();
    let none = store.forget(&moved("wards"), "moved", now()).unwrap();
    assert_eq!((none.gone.len(), none.staying.len()), (0, 1));
}

#[test]
fn a_damaged_tombstone_still_says_by_its_name_what_was_forgotten() {
    let (folder, store) = store();
    let scan = saying("scan.xml", "one", When::At(now()));
    keep(&store, &scan, now());
    let segment = store.list(None).unwrap().segments[0].path().to_owned();
    let bytes = fs::read(&segment).unwrap();
    let all = Selection::Source("scan.xml".to_owned());
    store.forget(&all, "asked to", now()).unwrap();
    let tombstone = store
        .folder()
        .join(format!("forgotten/{}.toml", scan.source.digest));
    for damage in [&b""[..], b"reason = ", &[0xff, 0xfe, 0]] {
        fs::write(&tombstone, damage).unwrap();
        // As from a copy of the folder that was made before.
        fs::write(&segment, &bytes).unwrap();
        let contents = store.list(None).unwrap();
        assert!(contents.segments.is_empty(), "it says nothing");
        assert_eq!((contents.tombstones.len(), contents.flawed.len()), (0, 1));
        assert_eq!(keep(&store, &scan, now() + 1.hour()), Kept::Forgotten(None));
        assert_eq!(store.verify().unwrap().flawed.len(), 1, "and it is named");
    }
    drop(store);
    EvidenceStore::open(&folder.path().join("store"), Access::Write).unwrap();
    assert!(!segment.exists(), "it goes when the store is written to");
}

#[test]
fn a_segment_that_is_forgotten_after_it_was_listed_is_absent() {
    let (_folder, store) = store();
    keep(&store, &saying("scan.xml", "one", When::At(now())), now());
    let reader = EvidenceStore::open(store.folder(), Access::Read).unwrap();
    let listed = reader.list(None).unwrap().segments.remove(0);
    let all = Selection::Source("scan.xml".to_owned());
    store.forget(&all, "asked to", now()).unwrap();
    assert!(listed.reading().unwrap_err().is_absent());
    assert!(listed.check().unwrap_err().is_absent());
}

#[cfg(unix)]
#[test]
fn folders_that_are_made_for_a_store_are_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kept/of/estate.store");
    EvidenceStore::open(&place, Access::Write).unwrap();
    for made in ["kept", "kept/of", "kept/of/estate.store/segments"] {
        let about = fs::metadata(folder.path().join(made)).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o700, "{made}");
    }
}
