//! Every section of the example page, and the list against the folders.

use std::collections::BTreeSet;
use std::path::Path;

use wardround_evidence::Audience;

use super::SECTIONS;
use crate::Document;
use crate::testing::{disclosure, example};

#[test]
fn every_section_of_the_example_is_as_reviewed() {
    for audience in [Audience::Team, Audience::Board] {
        let document = Document::new(&example(), &disclosure(audience));
        for (folder, section) in SECTIONS {
            let section = section(&document).expect("the example has something for every section");
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(format!("{folder}/snapshots"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            let text = format!(
                "{}\n\n{}",
                section.title,
                lines(&section.body.into_string())
            );
            settings.bind(|| insta::assert_snapshot!(audience.word(), text));
        }
    }
}

#[test]
fn every_folder_is_in_the_list_and_every_entry_has_a_folder() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sections");
    let folders: BTreeSet<String> = std::fs::read_dir(here)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let listed: BTreeSet<String> = SECTIONS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(folders, listed);
}

/// One element on a line, for people who read the difference.
fn lines(markup: &str) -> String {
    markup.replace("><", ">\n<")
}
