//! A store keeps history, forgets on demand, and withstands whatever lies in its folder.

use std::fs;

use jiff::{Timestamp, ToSpan};
use wardround_evidence::{Declaration, Position, When};
use wardround_store::{Access, EvidenceStore, Kept, Selection, is_store};

use crate::samples::{keep, now, paths, reading, saying, store};

#[test]
fn the_same_source_twice_adds_nothing() {
    let (_folder, store) = store();
    let scan = saying("scan.xml", "one", When::At(now()));
    assert_eq!(keep(&store, &scan, now()), Kept::Added);
    let names = || {
        let entries = fs::read_dir(store.folder().join("segments")).unwrap();
        entries
            .map(|it| it.unwrap().file_name())
            .collect::<Vec<_>>()
    };
    let before = names();
    assert_eq!(keep(&store, &scan, now() + 1.hour()), Kept::Known);
    assert_eq!(names(), before, "nothing is left beside it");
    let elsewhere = saying("other/scan.xml", "one", When::At(now()));
    assert_eq!(keep(&store, &elsewhere, now()), Kept::Added);
}

#[test]
fn an_older_source_at_the_same_place_keeps_what_has_a_date() {
    let (_folder, store) = store();
    let describe = |contents: &str| {
        let mut reading = reading("estate.toml", contents);
        let declaration = Declaration::AsOf(now());
        reading.declarations.push((Position::WHOLE, declaration));
        reading.statements = saying("", "", When::Undated).statements;
        reading
            .statements
            .extend(saying("", "", When::At(now())).statements);
        reading
    };
    let later = now() + 24.hours();
    keep(&store, &describe("one"), now());
    keep(&store, &describe("two"), later);
    let speak = |as_of: Option<Timestamp>| {
        let contents = store.list(as_of).unwrap();
        let readings = contents.segments.iter().map(|it| it.reading().unwrap());
        readings
            .map(|reading| (reading.declarations.len(), reading.statements.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(speak(None), [(0, 1), (1, 2)]);
    assert_eq!(speak(Some(later)), [(0, 1), (1, 2)]);
    assert_eq!(speak(Some(now() + 1.hour())), [(1, 2), (0, 1)]);
    // Of a time before anything was read, a description speaks as it was last put right.
    assert_eq!(speak(Some(now() - 24.hours())), [(0, 1), (1, 2)]);
}

#[test]
fn a_source_that_comes_back_is_current_again() {
    let (_folder, store) = store();
    let version = |contents: &str| saying("estate.toml", contents, When::Undated);
    let (one, two) = (version("one"), version("two"));
    let day = |days: i64| now() + (24 * days).hours();
    assert_eq!(keep(&store, &one, day(0)), Kept::Added);
    assert_eq!(keep(&store, &two, day(1)), Kept::Added);
    assert_eq!(keep(&store, &two, day(2)), Kept::Known);
    assert_eq!(keep(&store, &one, day(3)), Kept::Known);
    assert_eq!(keep(&store, &one, day(4)), Kept::Known);
    let current = |as_of: Option<Timestamp>| {
        let contents = store.list(as_of).unwrap();
        let mut current = contents.segments.iter().filter(|it| it.current);
        let found = current.next().unwrap().notes.source.digest;
        assert!(current.next().is_none());
        found
    };
    assert_eq!(current(None), one.source.digest);
    assert_eq!(current(Some(day(1))), two.source.digest);
    assert_eq!(current(Some(day(2))), two.source.digest);
    assert_eq!(current(Some(day(0))), one.source.digest);
    assert_eq!(current(Some(day(3))), one.source.digest);
    let back = store.list(None).unwrap();
    let back = back.segments.iter().find(|it| it.current).unwrap();
    assert_eq!(back.notes.came_back, [day(3)]);
    assert_eq!(store.verify().unwrap().sound, 2);
}

#[test]
fn what_a_replaced_source_says_is_as_old_as_it_says() {
    let (_folder, store) = store();
    let early = now() - 900.hours();
    let mut list = saying("pc.txt", "one", When::NoEarlierThan(early));
    keep(&store, &list, now());
    keep(
        &store,
        &saying("pc.txt", "two", When::At(now())),
        now() + 1.hour(),
    );
    let when = |store: &EvidenceStore, place: usize| {
        let contents = store.list(None).unwrap();
        contents.segments[place].reading().unwrap().statements[0].when
    };
    assert_eq!(when(&store, 0), When::At(early));
    list = saying("other.txt", "one", When::NoEarlierThan(early));
    list.source.taken_at = Some(now());
    keep(&store, &list, now());
    assert_eq!(when(&store, 0), When::NoEarlierThan(early));
    keep(
        &store,
        &saying("other.txt", "two", When::At(now())),
        now() + 1.hour(),
    );
    assert_eq!(when(&store, 0), When::At(now()));
}

#[test]
fn what_may_speak_of_later_is_not_too_old() {
    let (_folder, store) = store();
    let early = now() - 90_000.hours();
    let mut mixed = saying("list.csv", "list", When::At(early));
    mixed
        .statements
        .extend(saying("", "", When::Undated).statements);
    keep(&store, &mixed, now());
    keep(
        &store,
        &saying("updates.txt", "hotfix", When::NoEarlierThan(early)),
        now(),
    );
    keep(&store, &saying("old.xml", "old", When::At(early)), now());
    let mut taken = saying("taken.csv", "taken", When::Undated);
    taken.source.taken_at = Some(early);
    keep(&store, &taken, now());
    let old = Selection::Before(now() - 100.hours());
    store.forget(&old, "too old", now()).unwrap();
    assert_eq!(paths(&store), ["list.csv", "updates.txt"]);
}

#[test]
fn a_damaged_segment_is_mended_by_reading_its_source_again() {
    let (_folder, store) = store();
    let scan = saying("scan.xml", "one", When::At(now()));
    keep(&store, &scan, now());
    let path = store.list(None).unwrap().segments[0].path().to_owned();
    let whole = fs::read(&path).unwrap();
    for broken in [&whole[..whole.len() / 2], b"nothing of the kind"] {
        fs::write(&path, broken).unwrap();
        assert_eq!(keep(&store, &scan, now() + 1.hour()), Kept::Mended);
        assert_eq!(store.verify().unwrap().sound, 1);
    }
    assert_eq!(keep(&store, &scan, now() + 2.hours()), Kept::Known);
}

#[test]
fn a_source_is_named_by_the_beginning_of_its_digest() {
    let (_folder, store) = store();
    let scan = saying("scan.xml", "one", When::At(now()));
    keep(&store, &scan, now());
    let digits = scan.source.digest.to_string();
    let by = |words: &str| {
        store
            .selected(&Selection::Source(words.to_owned()))
            .unwrap()
            .going
            .len()
    };
    assert_eq!(by(&digits), 1);
    assert_eq!(by(&digits[..12]), 1);
    assert_eq!(by(&digits[..11]), 0);
}

#[test]
fn rows_that_other_tools_would_see_are_checked() {
    let (_folder, store) = store();
    keep(&store, &saying("scan.xml", "one", When::At(now())), now());
    let path = store.list(None).unwrap().segments[0].path().to_owned();
    let whole = fs::read(&path).unwrap();
    // The name of a table, once as it stands in the rows (compressed pages of short text are stored as they are or not at all).
    let needle = b"observation";
    let places: Vec<usize> = (0..whole.len() - needle.len())
        .filter(|&at| whole[at..].starts_with(needle))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        let mut changed = whole.clone();
        changed[at] = b'X';
        fs::write(&path, &changed).unwrap();
        let sound = store.verify().unwrap().sound;
        // Statistics in the footer may say what they like: no reader of ours asks them.
        let is_data = at < whole.len() - footer(&whole);
        assert!(
            sound == 0 || !is_data,
            "a changed name at {at} is not noticed"
        );
    }
}

/// How long the end of a Parquet file is that describes it.
fn footer(bytes: &[u8]) -> usize {
    let at = bytes.len() - 8;
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize + 8
}

#[test]
fn what_is_forgotten_stays_forgotten() {
    let (_folder, store) = store();
    let one = saying("a/scan.xml", "one", When::At(now()));
    keep(&store, &one, now());
    keep(&store, &saying("copy.xml", "one", When::At(now())), now());
    keep(
        &store,
        &saying("a/old.xml", "old", When::At(now() - 900.hours())),
        now(),
    );
    keep(&store, &saying("ab.xml", "two", When::At(now())), now());
    let old = Selection::Before(now() - 100.hours());
    let gone = store.forget(&old, "too old", now()).unwrap();
    assert_eq!(gone.gone.len(), 1);
    assert_eq!(paths(&store), ["a/scan.xml", "ab.xml", "copy.xml"]);
    // The folder `a`, not what begins with its letters; and the copy, for it says the same of the same person.
    let folder = Selection::Source("a/".to_owned());
    let gone = store.forget(&folder, "asked to", now()).unwrap();
    assert_eq!(gone.gone.len(), 2);
    assert_eq!(paths(&store), ["ab.xml"]);
    match keep(&store, &one, now()) {
        Kept::Forgotten(Some(tombstone)) => assert_eq!(tombstone.reason, "asked to"),
        other => panic!("{other:?}"),
    }
    let contents = store.list(None).unwrap();
    assert_eq!(contents.tombstones.len(), 2);
    let tombstones = store.folder().join("forgotten");
    for entry in fs::read_dir(tombstones).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("scan") && !text.contains("pc-1"), "{text}");
    }
}

#[test]
fn a_segment_whose_tombstone_stands_says_nothing_and_goes() {
    let (folder, store) = store();
    keep(&store, &saying("scan.xml", "one", When::At(now())), now());
    let contents = store.list(None).unwrap();
    let (path, kept) = {
        let path = contents.segments[0].path();
        (path.to_owned(), fs::read(path).unwrap())
    };
    let all = Selection::Source("scan.xml".to_owned());
    store.forget(&all, "asked to", now()).unwrap();
    // As if the process had been stopped between the tombstone and the removal.
    fs::write(&path, kept).unwrap();
    assert!(paths(&store).is_empty());
    drop(store);
    EvidenceStore::open(&folder.path().join("store"), Access::Write).unwrap();
    assert!(!path.exists());
}

#[test]
fn one_process_writes_and_others_read() {
    let (folder, store) = store();
    let place = folder.path().join("store");
    let busy = EvidenceStore::open(&place, Access::Write).unwrap_err();
    assert!(busy.to_string().contains("another process"), "{busy}");
    let reader = EvidenceStore::open(&place, Access::Read).unwrap();
    keep(&store, &saying("scan.xml", "one", When::At(now())), now());
    assert_eq!(paths(&reader), ["scan.xml"]);
    assert!(reader.draft().is_err());
    let all = Selection::Source("scan.xml".to_owned());
    assert!(reader.forget(&all, "no", now()).is_err());
    drop(store);
    EvidenceStore::open(&place, Access::Write).unwrap();
}

#[test]
fn a_folder_of_something_else_is_not_made_into_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter.txt"), "dear").unwrap();
    for access in [Access::Read, Access::Write] {
        let refused = EvidenceStore::open(folder.path(), access).unwrap_err();
        assert!(refused.to_string().contains("no store"), "{refused}");
    }
    assert!(!is_store(folder.path()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let absent = folder.path().join("absent");
    assert!(EvidenceStore::open(&absent, Access::Read).is_err());
    assert!(!absent.exists());
    fs::write(
        folder.path().join("wardround-store"),
        "wardround-evidence-store/9\n",
    )
    .unwrap();
    let other = EvidenceStore::open(folder.path(), Access::Write).unwrap_err();
    assert!(other.to_string().contains("another version"), "{other}");
}

#[test]
fn damage_is_named_and_nothing_else_is_lost() {
    let (folder, store) = store();
    for contents in ["one", "two", "three"] {
        let path = format!("{contents}.xml");
        keep(&store, &saying(&path, contents, When::At(now())), now());
    }
    let contents = store.list(None).unwrap();
    let cut = contents.segments[0].path().to_owned();
    let renamed = contents.segments[1].path().to_owned();
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    fs::rename(&renamed, renamed.with_file_name("0a.parquet")).unwrap();
    let segments = store.folder().join("segments");
    fs::write(segments.join(".wardround-x.part"), "half").unwrap();
    fs::write(segments.join("notes.txt"), "mine").unwrap();
    let verified = store.verify().unwrap();
    assert_eq!((verified.sound, verified.unfinished), (1, 1));
    let mut reasons: Vec<&str> = verified
        .flawed
        .iter()
        .map(|it| it.reason.as_str())
        .collect();
    reasons.sort_unstable();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(reasons[0].contains("its name is not that of its contents"));
    assert!(reasons[1].contains("only part of one"));
    assert!(reasons[2].contains("no such file here"));
    drop(store);
    let store = EvidenceStore::open(&folder.path().join("store"), Access::Write).unwrap();
    let verified = store.verify().unwrap();
    assert_eq!((verified.sound, verified.unfinished), (1, 0));
}

#[test]
fn any_changed_byte_of_a_segment_is_named_or_changes_nothing() {
    let (_folder, store) = store();
    let scan = saying("scan.xml", "one", When::At(now()));
    keep(&store, &scan, now());
    let path = store.list(None).unwrap().segments[0].path().to_owned();
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(17) {
        let mut changed = whole.clone();
        changed[at] ^= 0x21;
        fs::write(&path, changed).unwrap();
        let contents = store.list(None).unwrap();
        for listed in &contents.segments {
            if let Ok(back) = listed.whole() {
                assert_eq!(back, scan, "byte {at}");
            }
        }
    }
}
