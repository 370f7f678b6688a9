//! A whole round over real exports that nobody here wrote.

#![expect(clippy::print_stderr, reason = "a skipped test says so aloud")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use wardround::{Round, Settings};
use wardround_evidence::{Audience, SourcePath};
use wardround_outbreak::Scenario;
use wardround_report::{Document, render_html, render_json};

/// `WARDROUND_CORPUS`, by default `../shared/corpus` beside the repository; none where there is none.
fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("WARDROUND_CORPUS").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: there is no corpus at `{}`", folder.display());
    None
}

#[test]
fn every_file_of_the_corpus_is_read_listed_or_refused_and_a_page_is_made() {
    let Some(folder) = corpus() else { return };
    let settings = Settings {
        scenario: Scenario {
            worlds: 2,
            ..Scenario::default()
        },
        ..Settings::default()
    };
    let round = Round::of_folder(&folder, &settings, &()).unwrap();
    let mut known: BTreeSet<SourcePath> = BTreeSet::new();
    known.extend(
        round
            .estate
            .readings
            .iter()
            .map(|reading| reading.source.path.clone()),
    );
    known.extend(round.unrecognised.iter().map(|file| file.path.clone()));
    known.extend(round.refused.iter().map(|file| file.path.clone()));
    for file in files(&folder, "") {
        let listed = known.iter().any(|path| {
            let path = path.as_key();
            path == file
                || path
                    .strip_prefix(&file)
                    .is_some_and(|rest| rest.starts_with('/'))
        });
        assert!(listed, "{file} is on no list");
    }
    let review = round.review(&settings, &()).unwrap();
    for audience in [Audience::Team, Audience::Board, Audience::Share] {
        let document = Document::new(&review, &round.disclosure(audience));
        assert!(render_html(&document).contains("</html>"));
        assert!(render_json(&document).contains("wardround-report/1"));
    }
}

fn files(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/")));
        } else {
            found.push(name);
        }
    }
    found
}
