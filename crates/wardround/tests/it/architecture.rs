//! The picture of the crates, held against their manifests: every arrow points down and there is no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::repository;

/// Which crates of ours each crate may use, by its folder. Adding an arrow here is a decision for `docs/decisions`.
const MAY_USE: [(&str, &[&str]); 8] = [
    ("evidence", &[]),
    ("engine", &[]),
    // Evidence for digests only: it never interprets what it keeps.
    ("store", &["evidence"]),
    ("sources", &["evidence"]),
    ("estate", &["evidence"]),
    // Evidence for truth values and ports only.
    ("outbreak", &["engine", "estate", "evidence"]),
    ("report", &["evidence"]),
    (
        "wardround",
        &[
            "report", "outbreak", "estate", "sources", "store", "evidence",
        ],
    ),
];

const DEPENDENCIES: [&str; 2] = ["dependencies", "build-dependencies"];

fn manifest(folder: &Path) -> toml::Table {
    let path = folder.join("Cargo.toml");
    fs::read_to_string(&path).unwrap().parse().unwrap()
}

/// The crates of ours that a manifest names in these of its tables, also for some targets only.
fn ours(manifest: &toml::Table, tables: &[&str]) -> BTreeSet<String> {
    let per_target = manifest
        .get("target")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|targets| targets.values())
        .filter_map(toml::Value::as_table);
    std::iter::once(manifest)
        .chain(per_target)
        .flat_map(|part| tables.iter().filter_map(|table| part.get(*table)))
        .filter_map(toml::Value::as_table)
        .flat_map(|table| table.iter())
        .filter_map(|(name, value)| {
            // A crate may be used under another name.
            let package = value
                .get("package")
                .and_then(toml::Value::as_str)
                .unwrap_or(name);
            let rest = package.strip_prefix("wardround")?;
            Some(rest.strip_prefix('-').unwrap_or("wardround").to_owned())
        })
        .collect()
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(of)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").exists())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn no_crate_uses_what_the_picture_does_not_show() {
    let picture: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    for folder in folders(&repository().join("crates")) {
        let name = name(&folder);
        let allowed = picture
            .get(name.as_str())
            .unwrap_or_else(|| panic!("crates/{name} is not in the picture"));
        for used in ours(&manifest(&folder), &DEPENDENCIES) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn every_crate_is_called_after_its_folder() {
    for folder in folders(&repository().join("crates")) {
        let expected = match name(&folder).as_str() {
            "wardround" => "wardround".to_owned(),
            folder => format!("wardround-{folder}"),
        };
        assert_eq!(
            manifest(&folder)["package"]["name"].as_str(),
            Some(expected.as_str())
        );
    }
}

#[test]
fn the_generator_of_estates_stands_apart() {
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let generator = manifest(&repository().join("tools/northmere"));
    assert_eq!(
        ours(&generator, &tables),
        BTreeSet::new(),
        "it is an independent witness"
    );
    for folder in folders(&repository().join("crates")) {
        let used = ours(&manifest(&folder), &DEPENDENCIES);
        assert!(!used.contains("northmere"), "{} uses it", folder.display());
    }
}

#[test]
fn the_engine_names_no_crate_of_ours() {
    let mut looked_at = 0;
    let mut folders = vec![repository().join("crates/engine/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let named = source
                .lines()
                .find(|line| line.contains("wardround_") && !line.contains("wardround_engine"));
            assert_eq!(named, None, "{}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 5, "the engine's sources have moved");
}

#[test]
fn the_architecture_page_names_no_folder_that_is_gone() {
    let root = repository();
    let page = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    for (at, _) in page.match_indices("crates/") {
        let end = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.'));
        let path = page[at..].split(end).next().unwrap_or_default();
        let path = path.trim_end_matches(['.', '/']);
        assert!(
            root.join(path).exists(),
            "docs/architecture.md names `{path}`, which is gone"
        );
    }
}

#[test]
fn a_manifest_is_read_to_its_last_corner() {
    let manifest: toml::Table =
        "[dependencies]\nwardround-estate.workspace = true\nserde = \"1\"\n\
        secret = { package = \"wardround-engine\", path = \"x\" }\n\
        [target.'cfg(unix)'.dependencies]\nwardround-report = \"1\"\n\
        [dev-dependencies]\nwardround-northmere = \"1\"\n"
            .parse()
            .unwrap();
    let used: Vec<String> = ours(&manifest, &DEPENDENCIES).into_iter().collect();
    assert_eq!(used, ["engine", "estate", "report"]);
}
