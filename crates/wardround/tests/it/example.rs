//! The round on the example that every guide uses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::sandbox::{finish, northmere, wardround};

fn run(format: &str) -> String {
    let mut command = wardround();
    command.args([
        "report",
        "--replicates",
        "20",
        "-q",
        "-o",
        "-",
        "--format",
        format,
    ]);
    command.arg(northmere());
    let ran = finish(command);
    assert_eq!((ran.code, ran.aside.as_str()), (0, ""));
    ran.output
}

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(&run("json")).unwrap())
}

/// The paths of all files below a folder, with forward slashes.
fn files(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name);
        }
    }
}

fn paths(list: &str) -> Vec<&'static str> {
    let lines = document()[list].as_array().unwrap().iter();
    lines.map(|line| line["path"].as_str().unwrap()).collect()
}

#[test]
fn the_page_has_every_section() {
    let page = run("html");
    for section in [
        "answer",
        "knowledge",
        "counts",
        "spread",
        "losses",
        "service",
        "next",
        "claims",
        "verdicts",
        "limits",
        "sources",
        "making",
    ] {
        let start = format!("<section id=\"{section}\"");
        let (_, rest) = page
            .split_once(&start)
            .unwrap_or_else(|| panic!("no {section}"));
        let (body, _) = rest.split_once("</section>").unwrap();
        assert!(body.len() > 300, "{section} says nothing: {body}");
    }
    assert_eq!(page.matches("<section ").count(), 12);
}

#[test]
fn described_services_find_the_machines_that_they_depend_on() {
    for answer in document()["answers"].as_array().unwrap() {
        let losses = &answer["losses"];
        assert_eq!(losses["notes"].as_array().unwrap().len(), 0);
        assert_eq!(losses["described"], 21);
        let services = losses["services"].as_array().unwrap();
        // Without a payload nothing is out of service, and nobody cuts anything off.
        assert_eq!(services.is_empty(), losses["strikes"] == false);
    }
}

#[test]
fn every_file_is_understood_refused_or_listed() {
    let mut expected = BTreeSet::new();
    files(&northmere(), "", &mut expected);
    assert!(expected.len() > 60);
    let accounted: Vec<&str> = ["sources", "unrecognised", "refused"]
        .into_iter()
        .flat_map(paths)
        .collect();
    for file in &expected {
        let inside = format!("{file}/");
        assert!(
            accounted
                .iter()
                .any(|path| path == file || path.starts_with(&inside)),
            "nothing is said of {file}"
        );
    }
    for path in accounted {
        let known = |file: &String| {
            path == file
                || path
                    .strip_prefix(file.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        assert!(expected.iter().any(known), "{path} is made up");
    }
}

#[test]
fn what_nobody_knows_is_listed_and_nothing_is_refused() {
    assert_eq!(
        paths("unrecognised"),
        [
            "community-trust/notes.txt",
            "hospital-b/minutes.docx/[Content_Types].xml",
            "hospital-b/minutes.docx/word/document.xml",
        ]
    );
    assert_eq!(paths("refused"), [""; 0]);
}

#[test]
fn what_the_generator_damaged_is_said_file_by_file() {
    use northmere::Damage;
    let sources = document()["sources"].as_array().unwrap();
    for damaged in northmere::northmere().truth.damaged {
        let Some(source) = sources
            .iter()
            .find(|source| source["path"] == damaged.file.as_str())
        else {
            assert_eq!(damaged.damage, Damage::Unrecognised, "{}", damaged.file);
            continue;
        };
        match damaged.damage {
            Damage::Unfinished | Damage::Truncated | Damage::AtRowLimit => {
                assert_eq!(source["whole"], false, "{}", damaged.file);
            }
            Damage::ShortRow { .. } => {
                assert!(source["skipped"].as_u64() > Some(0), "{}", damaged.file)
            }
            Damage::Unrecognised => panic!("{} was read", damaged.file),
        }
    }
}

#[test]
fn every_organisation_is_on_the_page() {
    let organisations = document()["answers"][0]["organisations"]
        .as_array()
        .unwrap();
    let names: BTreeSet<&str> = organisations
        .iter()
        .filter_map(|line| line["organisation"].as_str())
        .collect();
    for name in [
        "Northmere Infirmary",
        "Alderwick General Hospital",
        "Beck Lane Surgery",
        "Fellside Surgery Computing",
    ] {
        assert!(names.contains(name), "{name} is not among {names:?}");
    }
}
