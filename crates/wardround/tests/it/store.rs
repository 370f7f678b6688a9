//! `wardround store`, and reading from one: history, damage and forgetting.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::sandbox::{Sandbox, tell};

fn status(sandbox: &Sandbox) -> Value {
    let text = sandbox.output(&["store", "status", "kept", "--format", "json"]);
    serde_json::from_str(&text).unwrap()
}

fn report(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let usual = [
        "report",
        "--replicates",
        "20",
        "-o",
        "-",
        "-q",
        "--format",
        "json",
    ];
    let all: Vec<&str> = usual.iter().chain(arguments).copied().collect();
    sandbox.output(&all)
}

/// The files of a store, by name.
pub(crate) fn files(store: &Path) -> Vec<String> {
    let mut names: Vec<String> = ["segments", "forgotten"]
        .iter()
        .flat_map(|inner| fs::read_dir(store.join(inner)).unwrap())
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_store_answers_as_the_folder_does() {
    let sandbox = Sandbox::with(&ward());
    let folder = report(&sandbox, &["exports"]);
    let both = report(&sandbox, &["exports", "--store", "kept"]);
    let store = report(&sandbox, &["--store", "kept"]);
    assert_eq!(folder, both);
    assert_eq!(folder, store);
    let share = |from: &[&str]| {
        let arguments: Vec<&str> = ["--for", "share"].iter().chain(from).copied().collect();
        report(&sandbox, &arguments)
    };
    assert_eq!(share(&["exports"]), share(&["--store", "kept"]));
    let why = |from: &[&str]| {
        let arguments: Vec<&str> = ["why", "pc-01"].iter().chain(from).copied().collect();
        sandbox.run(&arguments).output
    };
    assert_eq!(why(&["--folder", "exports"]), why(&["--store", "kept"]));
}

#[test]
fn reading_again_adds_nothing_and_a_changed_file_adds_itself() {
    let sandbox = Sandbox::with(&ward());
    let first = sandbox.output(&["store", "add", "kept", "exports"]);
    let before = files(&sandbox.path().join("kept"));
    assert!(first.contains("it held 0 already"), "{first}");
    let again = sandbox.output(&["store", "add", "kept", "exports"]);
    assert!(again.contains("0 of "), "{again}");
    assert_eq!(files(&sandbox.path().join("kept")), before);
    let path = "lists/pc-90.txt";
    sandbox.export(path, systeminfo("PC-90", "10.9.0.90", &["KB4012212"]));
    sandbox.output(&["store", "add", "kept", "exports"]);
    sandbox.export(
        path,
        systeminfo("PC-90", "10.9.0.90", &["KB4012212", "KB4019264"]),
    );
    sandbox.output(&["store", "add", "kept", "exports"]);
    assert_eq!(files(&sandbox.path().join("kept")).len(), before.len() + 2);
    let status = status(&sandbox);
    let versions: Vec<&Value> = status["sources"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|source| source["path"] == path)
        .map(|source| &source["current"])
        .collect();
    assert_eq!(versions, [false, true]);
}

#[test]
fn a_store_remembers_what_the_folder_no_longer_holds() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let sandbox = Sandbox::with(&[("scan.xml", &scan)]);
    sandbox.output(&["store", "add", "kept", "exports"]);
    fs::remove_file(sandbox.exports().join("scan.xml")).unwrap();
    sandbox.export("pc-2.txt", systeminfo("PC-2", "10.9.0.2", &[]));
    let both = report(&sandbox, &["exports", "--store", "kept"]);
    assert!(both.contains("scan.xml") && both.contains("pc-2.txt"));
    let then = report(
        &sandbox,
        &["--store", "kept", "--as-of", "2025-06-23T12:00:00Z"],
    );
    let data: Value = serde_json::from_str(&then).unwrap();
    assert_eq!(data["made"]["as_of"], "2025-06-23T12:00:00Z");
}

#[test]
fn what_is_forgotten_speaks_no_more_and_leaves_no_name() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let sandbox = Sandbox::with(&[("ward/scan.xml", &scan)]);
    sandbox.export("pc-2.txt", systeminfo("PC-2", "10.9.0.2", &[]));
    sandbox.output(&["store", "add", "kept", "exports"]);
    let forget = [
        "store", "forget", "kept", "--source", "ward", "--reason", "asked to",
    ];
    let would = sandbox.output(&[&forget[..], &["--dry-run"]].concat());
    assert!(would.starts_with("Would be forgotten"), "{would}");
    assert_eq!(status(&sandbox)["sources"].as_array().unwrap().len(), 2);
    sandbox.output(&forget);
    let after = status(&sandbox);
    assert_eq!(after["sources"].as_array().unwrap().len(), 1);
    assert_eq!(after["tombstones"][0]["reason"], "asked to");
    let again = sandbox.output(&["store", "add", "kept", "exports"]);
    assert!(again.contains("1 were forgotten once"), "{again}");
    let left = report(
        &sandbox,
        &["--store", "kept", "--as-of", "2025-06-24T00:00:00Z"],
    );
    assert!(left.contains("pc-2.txt") && !left.contains("scan.xml"));
    let nothing = sandbox.run(&forget);
    assert_eq!(nothing.code, 3);
    assert!(
        nothing.aside.contains("no such source"),
        "{}",
        nothing.aside
    );
    let unsaid = sandbox.run(&["store", "forget", "kept", "--reason", "x"]);
    assert_eq!(unsaid.code, 2);
}

#[test]
fn a_damaged_segment_is_named_and_the_rest_speaks() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    sandbox.output(&["store", "verify", "kept"]);
    let folder = sandbox.path().join("kept/segments");
    let name = files(&sandbox.path().join("kept"))[0].clone();
    let bytes = fs::read(folder.join(&name)).unwrap();
    fs::write(folder.join(&name), &bytes[..bytes.len() / 2]).unwrap();
    let verified = sandbox.run(&["store", "verify", "kept"]);
    assert_eq!(verified.code, 3);
    assert!(verified.aside.contains(&name), "{}", verified.aside);
    let data: Value = serde_json::from_str(&report(&sandbox, &["--store", "kept"])).unwrap();
    let refused = data["refused"].as_array().unwrap();
    assert_eq!(refused[0]["path"], format!("segments/{name}"));
    let mended = sandbox.output(&["store", "add", "kept", "exports"]);
    assert!(mended.contains("1 were damaged"), "{mended}");
    sandbox.output(&["store", "verify", "kept"]);
}

#[test]
fn what_cannot_be_read_may_hold_what_is_to_be_forgotten() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    let name = files(&sandbox.path().join("kept"))[0].clone();
    let segment = sandbox.path().join("kept/segments").join(&name);
    fs::write(segment, "nothing").unwrap();
    let before = ["--before", "2030-01-01T00:00:00Z", "--reason", "left"];
    let forget = ["store", "forget", "kept"].iter().chain(&before);
    let all: Vec<&str> = forget.copied().collect();
    let told = sandbox.output(&all);
    assert!(
        told.contains("CANNOT BE READ") && told.contains(&name),
        "{told}"
    );
}

#[test]
fn a_pseudonym_is_the_same_from_the_folder_and_from_the_store() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("letter.doc", "dear all");
    let share = |from: &[&str]| {
        let arguments: Vec<&str> = ["--for", "share"].iter().chain(from).copied().collect();
        let data: Value = serde_json::from_str(&report(&sandbox, &arguments)).unwrap();
        data["networks"].to_string() + &data["organisations"].to_string()
    };
    let folder = share(&["exports"]);
    sandbox.output(&["store", "add", "kept", "exports"]);
    assert_eq!(folder, share(&["--store", "kept"]));
}

#[test]
fn nothing_kept_is_no_success_and_makes_no_store() {
    let sandbox = Sandbox::with(&[("letter.doc", "dear all")]);
    let absent = sandbox.run(&["store", "add", "kept", "nowhere"]);
    assert_eq!(absent.code, 3, "{}", absent.aside);
    assert_eq!(
        sandbox.run(&["report", "nowhere", "--store", "kept"]).code,
        3
    );
    assert!(!sandbox.path().join("kept").exists());
    let nothing = sandbox.run(&["store", "add", "kept", "exports"]);
    assert_eq!(nothing.code, 3);
    assert!(nothing.aside.contains("letter.doc"), "{}", nothing.aside);
}

#[test]
fn a_file_called_as_a_mark_hides_no_folder() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let sandbox = Sandbox::with(&[
        ("ward/scan.xml", scan.as_str()),
        ("ward/wardround-store", ""),
    ]);
    assert!(report(&sandbox, &["exports"]).contains("pc-1"));
    sandbox.output(&["store", "add", "exports/kept", "exports"]);
    let again = sandbox.output(&["store", "add", "other", "exports"]);
    assert!(again.contains("it is a store itself: kept"), "{again}");
}

#[test]
fn wrong_places_are_refused_and_untouched() {
    let sandbox = Sandbox::with(&ward());
    for arguments in [
        &["report", "--store", "absent"][..],
        &["store", "status", "absent"],
        &["store", "verify", "exports"],
        &["store", "add", "exports", "exports"],
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.aside);
        assert!(
            ran.aside.contains("the store cannot be used"),
            "{}",
            ran.aside
        );
    }
    assert!(sandbox.beside_exports().is_empty());
    assert_eq!(sandbox.run(&["report"]).code, 2);
}

#[test]
fn a_store_below_the_folder_is_not_read_as_exports() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "exports/kept", "exports"]);
    let data: Value = serde_json::from_str(&report(&sandbox, &["exports"])).unwrap();
    assert!(
        data["unrecognised"].as_array().unwrap().is_empty(),
        "{data}"
    );
}

#[test]
fn duckdb_reads_a_store() {
    let python = std::env::var("WARDROUND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let can = Command::new(&python).args(["-c", "import duckdb"]).output();
    if !can.is_ok_and(|done| done.status.success()) {
        return tell(
            "skipped: DuckDB is not installed; name a Python that has it in WARDROUND_PYTHON",
        );
    }
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    // The very queries of the documentation.
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/store.md");
    let guide = fs::read_to_string(guide).unwrap();
    let queries: Vec<&str> = guide
        .split("```sql\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    assert_eq!(queries.len(), 3, "docs/store.md has three queries");
    let script = "import duckdb, json, sys\n\
        for query in json.load(sys.stdin):\n    \
            print(json.dumps(duckdb.sql(query).fetchall(), default=str))\n";
    let mut child = Command::new(python)
        .args(["-c", script])
        .current_dir(sandbox.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let queries: Vec<String> = queries
        .iter()
        .map(|query| query.replace("estate.store", "kept"))
        .collect();
    serde_json::to_writer(child.stdin.take().unwrap(), &queries).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let answers: Vec<Vec<Vec<Value>>> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let statements: u64 = status(&sandbox)["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|source| source["statements"].as_u64().unwrap())
        .sum();
    let counted: u64 = answers[0].iter().map(|row| row[1].as_u64().unwrap()).sum();
    assert_eq!(counted, statements, "{:?}", answers[0]);
    assert!(
        !answers[1].is_empty() && !answers[2].is_empty(),
        "{answers:?}"
    );
}
