//! The committed example is what the generator makes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::unpack::northmere;

fn example_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/northmere")
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn the_committed_example_is_what_the_generator_makes() {
    let folder = example_folder();
    let mut made: BTreeMap<&str, &[u8]> = northmere()
        .files
        .iter()
        .map(|file| (file.path.as_str(), &file.bytes[..]))
        .collect();
    let mut found = Vec::new();
    files_below(&folder, &mut found);
    let mut wrong = Vec::new();
    for path in found {
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        match made.remove(name.as_str()) {
            Some(bytes) if fs::read(&path).unwrap() == bytes => {}
            Some(_) => wrong.push(format!("different: {name}")),
            None => wrong.push(format!("not made: {name}")),
        }
    }
    wrong.extend(made.keys().map(|name| format!("missing: {name}")));
    assert!(
        wrong.is_empty(),
        "remove examples/northmere and run `northmere write examples/northmere`:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_committed_example_stays_small() {
    let total: usize = northmere().files.iter().map(|file| file.bytes.len()).sum();
    assert!(total < 5_000_000, "{total}");
}

#[test]
fn no_path_occurs_twice_and_none_leaves_the_folder() {
    let mut paths: Vec<&str> = northmere()
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    assert!(
        paths
            .iter()
            .all(|path| !path.starts_with('/') && !path.contains(".."))
    );
    let count = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), count);
}
