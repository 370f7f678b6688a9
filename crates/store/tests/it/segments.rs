//! What is written comes back, and what is not ours is refused by name.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use wardround_store::{Column, Limits, Segment, Table, Values, bytes, read, write};

fn sample() -> Segment {
    let rows = 0..3_000u32;
    Segment {
        kind: "sample/1".to_owned(),
        notes: vec![("seed".to_owned(), "7".to_owned())],
        tables: vec![
            Table {
                name: "numbers".to_owned(),
                columns: vec![
                    Column::new("small", Values::U32(rows.clone().collect())),
                    Column::new(
                        "large",
                        Values::U64(rows.clone().map(|row| u64::MAX - u64::from(row)).collect()),
                    ),
                    Column::new(
                        "real",
                        Values::F64(rows.clone().map(|row| f64::from(row).sqrt()).collect()),
                    ),
                ],
            },
            Table {
                name: "nothing".to_owned(),
                columns: vec![Column::new("small", Values::U32(Vec::new()))],
            },
            Table {
                name: "words".to_owned(),
                columns: vec![
                    Column::new(
                        "word",
                        Values::Text(vec!["one".to_owned(), String::new(), "drei".to_owned()]),
                    ),
                    Column::new("small", Values::U32(vec![1, u32::MAX, 3])),
                ],
            },
        ],
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn written(folder: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("segment.parquet");
    std::fs::write(&path, bytes).unwrap();
    path
}

fn refusal(path: &Path) -> String {
    let error = read(path, "sample/1", &Limits::default()).unwrap_err();
    let words = error.to_string();
    assert!(words.contains("segment.parquet"), "{words}");
    words
}

#[test]
fn what_is_written_comes_back() {
    let folder = folder();
    let path = folder.path().join("segment.parquet");
    write(&path, &sample()).unwrap();
    let back = read(&path, "sample/1", &Limits::default()).unwrap();
    assert_eq!(back, sample());
    assert_eq!(std::fs::read(&path).unwrap(), bytes(&sample()).unwrap());
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("segment.parquet");
    std::fs::write(&path, "older").unwrap();
    write(&path, &sample()).unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_was_cut_short_is_refused() {
    let folder = folder();
    let whole = bytes(&sample()).unwrap();
    for keep in [0, 3, 100, whole.len() / 2, whole.len() - 1] {
        let words = refusal(&written(&folder, &whole[..keep]));
        assert!(words.contains("only part of one"), "{words}");
    }
}

#[test]
fn any_changed_byte_is_refused_or_changes_nothing() {
    let folder = folder();
    let whole = bytes(&sample()).unwrap();
    for at in (0..whole.len()).step_by(211) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        let path = written(&folder, &changed);
        if let Ok(back) = read(&path, "sample/1", &Limits::default()) {
            assert_eq!(back, sample(), "byte {at}");
        }
    }
}

#[test]
fn another_kind_and_other_files_are_refused() {
    let folder = folder();
    let other = Segment {
        kind: "other/1".to_owned(),
        ..sample()
    };
    let words = refusal(&written(&folder, &bytes(&other).unwrap()));
    assert!(words.contains("holds `other/1`"), "{words}");
    let words = refusal(&written(&folder, b"host,address\n"));
    assert!(words.contains("no Parquet file"), "{words}");
    let absent = folder.path().join("absent/segment.parquet");
    assert!(refusal(&absent).contains("No such file") || cfg!(windows));
}

#[test]
fn a_file_beyond_the_limits_is_refused_before_it_is_read() {
    let folder = folder();
    let path = written(&folder, &bytes(&sample()).unwrap());
    let few = Limits {
        rows: 100,
        ..Limits::default()
    };
    let words = read(&path, "sample/1", &few).unwrap_err().to_string();
    assert!(words.contains("3003 rows"), "{words}");
    let short = Limits {
        file_bytes: 10,
        ..Limits::default()
    };
    assert!(read(&path, "sample/1", &short).is_err());
}

#[test]
fn what_cannot_stand_in_one_file_is_not_written() {
    let mut uneven = sample();
    uneven.tables[0].columns[0].values = Values::U32(vec![1]);
    assert!(bytes(&uneven).is_err());
    let mut two_kinds = sample();
    two_kinds.tables[2].columns[1].values = Values::U64(vec![1, 2, 3]);
    assert!(bytes(&two_kinds).is_err());
    let mut twice = sample();
    twice.tables[1].name = "numbers".to_owned();
    assert!(bytes(&twice).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_table_comes_back(
        rows in proptest::collection::vec((any::<u32>(), any::<u64>(), any::<u64>(), ".{0,6}"), 0..200)
    ) {
        let segment = Segment {
            kind: "sample/1".to_owned(),
            notes: Vec::new(),
            tables: vec![Table {
                name: "rows".to_owned(),
                columns: vec![
                    Column::new("a", Values::U32(rows.iter().map(|row| row.0).collect())),
                    Column::new("b", Values::U64(rows.iter().map(|row| row.1).collect())),
                    Column::new("d", Values::Text(rows.iter().map(|row| row.3.clone()).collect())),
                ],
            }],
        };
        let folder = folder();
        let path = folder.path().join("segment.parquet");
        write(&path, &segment).unwrap();
        prop_assert_eq!(read(&path, "sample/1", &Limits::default()).unwrap(), segment);
    }
}
