//! What a store says of a source that it may hold already, and what reading one again changes.

use std::fs;

use jiff::{Timestamp, ToSpan};
use wardround_evidence::{Reading, SourceExtent, Statement, When};
use wardround_store::{
    EvidenceStore, Kept, KeptSource, Limits, Listed, Offered, ReadAs, Selection, read,
};

use crate::samples::{keep, keep_source, now, paths, read_at, saying, store};

fn by_edition(edition: u32, at: Timestamp) -> ReadAs {
    ReadAs {
        edition,
        ..read_at(at)
    }
}

/// The same file as an older or a newer reader understands it.
fn understood(statements: usize) -> Reading {
    let mut reading = saying("list.csv", "list", When::At(now()));
    let statement = reading.statements[0].clone();
    reading.statements = vec![statement; statements];
    reading
}

fn only(store: &EvidenceStore) -> Listed {
    let mut segments = store.list(None).unwrap().segments;
    assert_eq!(segments.len(), 1);
    segments.remove(0)
}

fn offered(reading: &Reading, edition: u32) -> Offered<'_> {
    Offered {
        path: &reading.source.path,
        digest: reading.source.digest,
        edition,
        at: now() + 1.hour(),
    }
}

#[test]
fn what_a_newer_reader_understands_takes_the_place_of_an_older_reading() {
    let (_folder, store) = store();
    // Segments of before editions were written down count as of edition 0.
    for edition in 0..3 {
        let how = by_edition(edition, now() + i64::from(edition).hours());
        let reading = understood(1 + edition as usize);
        let kept = keep_source(&store, &reading, how);
        let expected = [Kept::Added, Kept::ReadAnew, Kept::ReadAnew][edition as usize].clone();
        assert_eq!(kept, expected.into());
        let listed = only(&store);
        assert_eq!(
            (listed.notes.edition, listed.notes.read_at),
            (edition, now())
        );
        assert_eq!(listed.whole().unwrap(), reading);
    }
    assert_eq!(store.verify().unwrap().sound, 1);
    // An older version of wardround does not undo it.
    let older = keep_source(&store, &understood(1), by_edition(1, now() + 9.hours()));
    assert_eq!(older.kept, Kept::Known);
    assert_eq!(only(&store).notes.statements, 3);
}

#[test]
fn a_source_may_come_back_and_be_understood_better_at_once() {
    let (_folder, store) = store();
    keep_source(&store, &understood(1), by_edition(1, now()));
    let other = saying("list.csv", "edited", When::Undated);
    keep(&store, &other, now() + 1.hour());
    let back = keep_source(&store, &understood(2), by_edition(2, now() + 2.hours()));
    let expected = KeptSource {
        takes_place: true,
        ..Kept::ReadAnew.into()
    };
    assert_eq!(back, expected);
    let contents = store.list(None).unwrap();
    let current = contents.segments.iter().find(|it| it.current).unwrap();
    assert_eq!(current.notes.statements, 2);
    assert_eq!(current.notes.came_back, [now() + 2.hours()]);
}

#[test]
fn what_comes_back_to_an_older_reader_stays_as_the_newer_one_understood_it() {
    let (_folder, store) = store();
    keep_source(&store, &understood(2), by_edition(2, now()));
    keep(
        &store,
        &saying("list.csv", "edited", When::Undated),
        now() + 1.hour(),
    );
    let back = keep_source(&store, &understood(1), by_edition(1, now() + 2.hours()));
    assert!(back.takes_place && back.kept == Kept::Known, "{back:?}");
    let contents = store.list(None).unwrap();
    let current = contents.segments.iter().find(|it| it.current).unwrap();
    assert_eq!((current.notes.edition, current.notes.statements), (2, 2));
    assert_eq!(current.whole().unwrap(), understood(2));
    assert_eq!(store.verify().unwrap().sound, 2);
}

#[test]
fn no_edition_brings_back_what_was_forgotten() {
    let (_folder, store) = store();
    keep_source(&store, &understood(1), by_edition(1, now()));
    let all = Selection::Source("list.csv".to_owned());
    store.forget(&all, "asked to", now()).unwrap();
    let again = keep_source(&store, &understood(2), by_edition(2, now()));
    assert!(matches!(again.kept, Kept::Forgotten(Some(_))), "{again:?}");
    let asked = store.holds(&offered(&understood(2), 2)).unwrap().unwrap();
    assert!(matches!(asked.kept, Kept::Forgotten(Some(_))), "{asked:?}");
    assert!(paths(&store).is_empty());
}

#[test]
fn a_source_is_known_before_it_is_read() {
    let (_folder, store) = store();
    let list = understood(1);
    let bytes = list.source.bytes;
    assert!(!store.may_hold("list.csv", None).unwrap());
    assert_eq!(store.holds(&offered(&list, 1)).unwrap(), None);
    keep(&store, &list, now());
    assert!(store.may_hold("list.csv", Some(bytes)).unwrap());
    assert!(store.may_hold("list.csv", None).unwrap());
    assert!(!store.may_hold("list.csv", Some(bytes + 1)).unwrap());
    assert!(!store.may_hold("other.csv", None).unwrap());
    let known = store.holds(&offered(&list, 1)).unwrap();
    assert_eq!(known, Some(Kept::Known.into()));
    let newer = store.holds(&offered(&list, 2)).unwrap();
    assert_eq!(newer, None, "a newer reader may understand more");
    let path = only(&store).path().to_owned();
    fs::write(&path, "damage").unwrap();
    let damaged = store.holds(&offered(&list, 1)).unwrap();
    assert_eq!(damaged, None, "reading it mends it");
}

#[test]
fn what_comes_back_is_known_before_it_is_read() {
    let (_folder, store) = store();
    let list = understood(1);
    keep(&store, &list, now() - 9.hours());
    keep(&store, &saying("list.csv", "edited", When::Undated), now());
    let back = store.holds(&offered(&list, 1)).unwrap().unwrap();
    assert!(back.takes_place && back.kept == Kept::Known, "{back:?}");
    let again = store.holds(&offered(&list, 1)).unwrap().unwrap();
    assert!(!again.takes_place, "{again:?}");
    let contents = store.list(None).unwrap();
    let current = contents.segments.iter().find(|it| it.current).unwrap();
    assert_eq!(current.whole().unwrap(), list);
    assert_eq!(current.notes.came_back, [now() + 1.hour()]);
}

#[test]
fn where_anything_was_forgotten_everything_is_asked_for() {
    let (_folder, store) = store();
    keep(&store, &understood(1), now());
    let all = Selection::Source("list.csv".to_owned());
    store.forget(&all, "asked to", now()).unwrap();
    // A tombstone has no path, and what has one is not even to be drafted.
    assert!(store.may_hold("elsewhere/list.csv", Some(1)).unwrap());
}

#[test]
fn the_last_reading_is_the_current_one_though_the_clock_was_put_back() {
    let (_folder, store) = store();
    let version = |contents: &str| saying("estate.toml", contents, When::Undated);
    let current = |store: &EvidenceStore| {
        let contents = store.list(None).unwrap();
        let mut current = contents.segments.iter().filter(|it| it.current);
        current.next().unwrap().notes.source.digest
    };
    for (hours, contents) in [(0, "one"), (-48, "two"), (-96, "three"), (-200, "one")] {
        let reading = version(contents);
        let kept = keep_source(&store, &reading, read_at(now() + i64::from(hours).hours()));
        assert_eq!(current(&store), reading.source.digest, "{contents}");
        assert_eq!(kept.takes_place, hours != 0);
    }
    let contents = store.list(None).unwrap();
    let moments: Vec<Timestamp> = contents
        .segments
        .iter()
        .map(|it| it.notes.read_at)
        .collect();
    assert_eq!(
        moments,
        [now(), now() + 1.microsecond(), now() + 2.microseconds()]
    );
}

#[test]
fn a_new_source_says_what_lies_beside_it() {
    let (_folder, store) = store();
    keep(&store, &saying("a/scan.xml", "one", When::At(now())), now());
    let replaced = saying("a/scan.xml", "two", When::At(now()));
    let replaced = keep_source(&store, &replaced, read_at(now() + 1.hour()));
    assert!(
        replaced.takes_place && replaced.copy_of.is_none(),
        "{replaced:?}"
    );
    let store = EvidenceStore::open(&closed(store), wardround_store::Access::Write).unwrap();
    let copy = saying("exports/a/scan.xml", "one", When::At(now()));
    let copy = keep_source(&store, &copy, read_at(now() + 2.hours()));
    let held_at = copy.copy_of.as_ref().map(|path| path.as_key());
    assert_eq!((held_at, copy.takes_place), (Some("a/scan.xml"), false));
}

fn closed(store: EvidenceStore) -> std::path::PathBuf {
    store.folder().to_owned()
}

#[test]
fn a_source_that_says_too_much_is_cut_and_says_so() {
    let (_folder, store) = store();
    let limits = Limits {
        rows: 800,
        ..Limits::default()
    };
    let store = store.within(limits);
    // Each statement is a row of its own, one of its subject and one of what was observed.
    let reading = understood(1);
    let mut draft = store.draft().unwrap();
    for _ in 0..1000 {
        draft.add(&reading.statements).unwrap();
    }
    let head = Reading {
        statements: Vec::new(),
        ..reading.clone()
    };
    draft.keep(&head, read_at(now())).unwrap();
    let listed = only(&store);
    assert_eq!(listed.notes.statements, 700 / 3);
    assert_eq!(listed.whole().unwrap().statements.len(), 700 / 3);
    let SourceExtent::Cut(reason) = &listed.notes.source.extent else {
        unreachable!("it is cut");
    };
    assert!(
        reason.contains("more than one file of the store"),
        "{reason}"
    );
    assert_eq!(
        keep(&store, &reading, now()),
        Kept::Known,
        "and not mended each time"
    );
}

#[test]
fn pieces_of_any_size_make_the_same_segment() {
    let whole: Vec<Statement> = understood(3000).statements;
    let mut files = Vec::new();
    for size in [1, 7, 3000] {
        let (_folder, store) = store();
        let mut draft = store.draft().unwrap();
        for piece in whole.chunks(size) {
            draft.add(piece).unwrap();
        }
        let head = Reading {
            statements: Vec::new(),
            ..understood(1)
        };
        draft.keep(&head, read_at(now())).unwrap();
        let listed = only(&store);
        assert_eq!(listed.whole().unwrap(), understood(3000));
        let segment = read(listed.path(), "wardround-evidence/1", &Limits::default()).unwrap();
        assert_eq!(segment.tables.len(), 7, "{size} at a time");
        files.push(fs::read(listed.path()).unwrap());
    }
    assert!(files.iter().all(|bytes| *bytes == files[0]));
}
