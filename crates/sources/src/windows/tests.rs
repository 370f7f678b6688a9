//! What holds of every Windows update list.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;

use wardround_evidence::{Fact, Identifier, Kb, SourceExtent};

use crate::{Limits, Outcome, read};

const FORMATS: [&str; 4] = [
    "windows_hotfix",
    "windows_quick_fix_list",
    "windows_systeminfo",
    "windows_update_titles",
];

#[test]
fn a_cut_file_names_no_update_and_no_machine_that_the_whole_does_not() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/formats");
    for format in FORMATS {
        for entry in std::fs::read_dir(formats.join(format).join("samples")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let whole = named(&read("whole", &mut Cursor::new(&bytes), Limits::DEFAULT));
            for end in (0..bytes.len()).step_by(5) {
                let cut = read("cut", &mut Cursor::new(&bytes[..end]), Limits::DEFAULT);
                let (updates, machines) = named(&cut);
                assert!(updates.is_subset(&whole.0), "{} at {end}", path.display());
                assert!(machines.is_subset(&whole.1), "{} at {end}", path.display());
            }
        }
    }
}

#[test]
fn endless_lines_lists_and_names_stop_at_a_limit() {
    let systeminfo = "Host Name:  PC-1\nOS Name:  Microsoft Windows 10 Pro\nOS Version:  10.0.17763 N/A Build 17763\n";
    let table = "CSName  HotFixID   InstalledOn\n";
    let long = "x".repeat(2 << 20);
    for text in [
        format!("{systeminfo}Owner:  {long}\n"),
        format!("{systeminfo}{}", "      [01]: KB4012212\n".repeat(60_000)),
        format!("{systeminfo}{}", "A:  b\n".repeat(1_000)),
        format!("{table}PC-1    KB4012212  3/14/2017\n{long}\n"),
    ] {
        let outcome = read("long", &mut Cursor::new(text), Limits::DEFAULT);
        let cut = outcome.readings.iter().all(|reading| {
            matches!(&reading.source.extent, SourceExtent::Cut(reason) if reason.contains("accept"))
        });
        assert!(cut && outcome.readings.len() + outcome.refused.len() == 1);
    }
}

/// Every update and identifier of an outcome.
fn named(outcome: &Outcome) -> (BTreeSet<Kb>, BTreeSet<Identifier>) {
    let mut updates = BTreeSet::new();
    let mut machines = BTreeSet::new();
    for statement in outcome.readings.iter().flat_map(|it| &it.statements) {
        machines.extend(statement.subject.iter().cloned());
        for observed in &statement.observed {
            if let Fact::Updates(list) = &observed.fact {
                updates.extend(list.updates.iter().map(|update| update.kb));
            }
        }
    }
    (updates, machines)
}
