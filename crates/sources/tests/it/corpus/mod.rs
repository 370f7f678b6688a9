//! Files that real tools wrote, beside what others counted in them.
//!
//! They are not part of this repository. `WARDROUND_CORPUS` names the folder, by default `../shared/corpus` beside the
//! workspace; where there is none these tests say so and pass. `EXPECTED.tsv` in it has the columns file, fact, value
//! and how it was counted. One module here speaks for one family of formats.

mod defender;
mod nessus;
mod netstat;
mod nmap;
mod other_scanners;
mod windows;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use wardround_evidence::{Disclosure, Fact, Identifier, Reading, Statement};
use wardround_sources::{Limits, Outcome, read};

/// A folder of files with what is known of them.
struct Corpus {
    root: PathBuf,
    facts: BTreeMap<String, BTreeMap<String, String>>,
    differences: Vec<String>,
}

impl Corpus {
    /// The corpus, where there is one; says on the terminal where there is none.
    fn find() -> Option<Self> {
        let root = std::env::var_os("WARDROUND_CORPUS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
            PathBuf::from,
        );
        let Ok(table) = std::fs::read_to_string(root.join("EXPECTED.tsv")) else {
            // Straight to the terminal: the test harness would swallow a print.
            let _ = writeln!(
                std::io::stderr(),
                "corpus tests skipped: no EXPECTED.tsv in {}",
                root.display()
            );
            return None;
        };
        let mut facts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for line in table.lines().skip(1) {
            let mut fields = line.split('\t');
            if let (Some(file), Some(fact), Some(value)) =
                (fields.next(), fields.next(), fields.next())
            {
                let of_file = facts.entry(file.to_owned()).or_default();
                of_file.insert(fact.to_owned(), value.to_owned());
            }
        }
        Some(Self {
            root,
            facts,
            differences: Vec::new(),
        })
    }

    /// The files below a folder, in order.
    fn files(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.facts
            .keys()
            .filter(|file| file.starts_with(&prefix))
            .cloned()
            .collect()
    }

    /// What the table says of a file.
    fn fact(&self, file: &str, fact: &str) -> Option<&str> {
        self.facts.get(file)?.get(fact).map(String::as_str)
    }

    /// Reads a file as it is, packed or not.
    #[expect(clippy::panic, reason = "it fails the test")]
    fn read(&self, file: &str) -> Outcome {
        let mut contents = File::open(self.root.join(file))
            .unwrap_or_else(|error| panic!("{file} is in EXPECTED.tsv, but {error}"));
        read(file, &mut contents, Limits::DEFAULT)
    }

    /// Compares what we found with the table, where the table says anything.
    fn compare(&mut self, file: &str, fact: &str, found: impl ToString) {
        let found = found.to_string();
        let Some(expected) = self.fact(file, fact) else {
            return;
        };
        if expected != found {
            let difference = format!("{file}: {fact} is `{expected}`, we found `{found}`");
            self.differences.push(difference);
        }
    }

    /// Notes that something else is wrong.
    fn wrong(&mut self, file: &str, what: impl AsRef<str>) {
        self.differences.push(format!("{file}: {}", what.as_ref()));
    }

    /// Fails where anything differed.
    fn agree(self) {
        assert!(
            self.differences.is_empty(),
            "{} differences:\n{}",
            self.differences.len(),
            self.differences.join("\n")
        );
    }
}

/// What became of one file.
enum Fate<'a> {
    Read(&'a Reading),
    Refused(String),
    Unrecognised,
}

/// What became of a file that is not an archive.
fn fate(outcome: &Outcome) -> Fate<'_> {
    match (&outcome.readings[..], &outcome.refused[..]) {
        ([reading], []) => Fate::Read(reading),
        ([], [refused]) => Fate::Refused(refused.reason.clone()),
        _ => Fate::Unrecognised,
    }
}

/// A count of a reading, 0 where it has none.
fn count(reading: &Reading, name: &str) -> u64 {
    reading.counts.get(name).copied().unwrap_or_default()
}

/// The addresses of a statement, joined.
fn addresses(statement: &Statement) -> String {
    let shown: Vec<String> = statement
        .subject
        .iter()
        .filter(|identifier| matches!(identifier, Identifier::Address(_)))
        .map(|identifier| identifier.show(&Disclosure::team()))
        .collect();
    shown.join(",")
}

/// `address:word` for each statement with a fact that has a word, in order and joined by semicolons.
fn hosts_by(reading: &Reading, word: impl Fn(&Fact) -> Option<String>) -> String {
    let mut found = BTreeSet::new();
    for statement in &reading.statements {
        for observed in &statement.observed {
            if let Some(word) = word(&observed.fact) {
                found.insert(format!("{}:{word}", addresses(statement)));
            }
        }
    }
    found.into_iter().collect::<Vec<_>>().join(";")
}
