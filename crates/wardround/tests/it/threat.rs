//! `wardround threat`, and `report --threat`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::exports::ward;
use crate::sandbox::{Sandbox, repository};

fn write(sandbox: &Sandbox, name: &str, text: &str) {
    fs::write(sandbox.path().join(name), text).unwrap();
}

fn source(sandbox: &Sandbox, name: &str) -> String {
    sandbox.output(&["threat", "show", name, "--source"])
}

/// Threats of the issue; others may join them.
const NAMES: [&str; 10] = [
    "blaster",
    "bluekeep-worm",
    "code-red",
    "conficker",
    "human-operated",
    "next-worm",
    "notpetya",
    "slammer",
    "smb-ghost-worm",
    "wannacry",
];

#[test]
fn every_threat_is_listed_shown_and_sound() {
    let sandbox = Sandbox::new();
    let list = sandbox.output(&["threat", "list"]);
    insta::assert_snapshot!("list", list);
    let data: Value =
        serde_json::from_str(&sandbox.output(&["threat", "list", "--format", "json"])).unwrap();
    let ids: Vec<&str> = data["threats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|threat| threat["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, NAMES);
    for name in NAMES {
        let shown = sandbox.output(&["threat", "show", name]);
        assert!(shown.contains("Who is said to be behind it"), "{shown}");
        let references = sandbox.output(&["threat", "show", name, "--references"]);
        assert!(references.starts_with(&format!("# Where the numbers of `{name}` come from")));
        write(&sandbox, "copy.toml", &source(&sandbox, name));
        let checked = sandbox.output(&["threat", "check", "copy.toml"]);
        assert!(
            checked.starts_with(&format!("copy.toml: {name}, ")),
            "{checked}"
        );
    }
}

#[test]
fn a_profile_shown_as_data_has_no_field_that_the_schema_lacks() {
    let path = repository().join("docs/schema/threat.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let sandbox = Sandbox::new();
    for name in NAMES {
        let text = sandbox.output(&["threat", "show", name, "--format", "json"]);
        let shown: Value = serde_json::from_str(&text).unwrap();
        let faults = obeys::faults(&schema, &shown["profile"]);
        assert_eq!(faults, [""; 0], "{name}");
    }
}

#[test]
fn faults_come_with_line_column_what_is_allowed_and_an_example() {
    let sandbox = Sandbox::new();
    let text = source(&sandbox, "next-worm");
    write(
        &sandbox,
        "slip.toml",
        &text.replacen("patch_closes", "patch_close", 1),
    );
    write(
        &sandbox,
        "two.toml",
        &text.replacen("high = 36000.0", "high = 1e300", 1).replacen(
            "scope = \"realm\"",
            "scope = \"realm\"\nvector = \"other\"",
            1,
        ),
    );
    let mut told = String::new();
    for files in [
        &["slip.toml"][..],
        &["two.toml"],
        &["slip.toml", "two.toml"],
    ] {
        let mut arguments = vec!["threat", "check"];
        arguments.extend(files);
        let ran = sandbox.run(&arguments);
        assert_eq!(ran.code, 3);
        told.push_str(&format!(
            "$ wardround {}\n{}\n",
            arguments.join(" "),
            ran.aside
        ));
    }
    insta::assert_snapshot!("check", told);

    let ran = sandbox.run(&["threat", "check", "two.toml", "--format", "json"]);
    assert_eq!(ran.code, 3);
    let data: Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(data["files"][0]["faults"].as_array().unwrap().len(), 2);
    assert!(data["files"][0]["faults"][0]["line"].as_u64() > Some(1));
}

#[test]
fn what_is_no_profile_at_all_is_refused_and_named() {
    let sandbox = Sandbox::new();
    write(&sandbox, "empty.toml", "");
    fs::write(
        sandbox.path().join("latin.toml"),
        b"id = 'x'\ntitle = '\xe4'",
    )
    .unwrap();
    fs::write(sandbox.path().join("zeros.toml"), vec![0; 1 << 20]).unwrap();
    write(&sandbox, "evil\n.toml", "command = \"\u{1b}[2J\u{202e}\"");
    for file in [
        "empty.toml",
        "latin.toml",
        "zeros.toml",
        "evil\n.toml",
        "exports",
        "gone.toml",
    ] {
        let ran = sandbox.run(&["threat", "check", file]);
        assert_eq!(ran.code, 3, "{file}: {}", ran.aside);
        assert!(ran.aside.starts_with("error: "), "{}", ran.aside);
        assert!(
            !ran.aside.contains(['\u{1b}', '\u{202e}', '\0']),
            "{}",
            ran.aside
        );
    }
    let ran = sandbox.run(&["threat", "show", "wanacry"]);
    assert_eq!(ran.code, 2);
    assert!(ran.aside.contains("known are blaster, ") && ran.aside.contains("./my-worm.toml"));
}

#[test]
fn a_hostile_profile_steers_no_terminal() {
    let sandbox = Sandbox::new();
    let text = source(&sandbox, "wannacry").replacen(
        "title = \"WannaCry",
        "title = \"\\u001b[2JWanna\\u202e\\nCry",
        1,
    );
    write(&sandbox, "evil.toml", &text);
    for arguments in [
        &["threat", "show", "evil.toml"][..],
        &["threat", "check", "evil.toml"],
        &["threat", "check", "evil.toml", "--format", "json"],
    ] {
        let output = sandbox.output(arguments);
        assert!(!output.contains(['\u{1b}', '\u{202e}']), "{output}");
    }
}

#[test]
fn a_report_takes_the_threats_that_it_is_given() {
    let sandbox = Sandbox::with(&ward());
    let own = source(&sandbox, "next-worm").replacen("id = \"next-worm\"", "id = \"own-worm\"", 1);
    write(&sandbox, "own.toml", &own);
    let text = sandbox.report(&[
        "--format", "json", "--threat", "wannacry", "--threat", "own.toml",
    ]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut threats: Vec<&str> = document["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|answer| answer["threat"].as_str().unwrap())
        .collect();
    threats.sort_unstable();
    assert_eq!(threats, ["own-worm", "wannacry"]);
    let command = document["made"]["command"].as_str().unwrap();
    assert!(
        command.contains("--threat wannacry --threat own.toml"),
        "{command}"
    );
}

#[test]
fn a_threat_chosen_alone_is_what_it_is_among_others() {
    let sandbox = Sandbox::with(&ward());
    let both = sandbox.document();
    let alone: Value =
        serde_json::from_str(&sandbox.report(&["--format", "json", "--threat", "wannacry"]))
            .unwrap();
    let answers = both["answers"].as_array().unwrap();
    let among = answers
        .iter()
        .find(|answer| answer["threat"] == "wannacry")
        .unwrap();
    assert_eq!(&alone["answers"][0], among);
}

#[test]
fn threats_that_cannot_be_chosen_are_refused_before_anything_is_read() {
    let sandbox = Sandbox::with(&ward());
    for (threats, said) in [
        (&["--threat", "wanacry"][..], "known are"),
        (&["--threat", "wannacry", "--threat", "wannacry"], "twice"),
    ] {
        let mut arguments = vec!["report", "exports", "-o", "-"];
        arguments.extend(threats);
        let ran = sandbox.run(&arguments);
        assert_eq!(ran.code, 2, "{}", ran.aside);
        assert!(ran.aside.contains(said), "{}", ran.aside);
        assert_eq!(ran.output, "");
    }
}

#[test]
fn the_page_says_who_named_whom_when_and_how_surely() {
    let sandbox = Sandbox::with(&ward());
    let document = sandbox.document();
    let answers = document["answers"].as_array().unwrap();
    let wannacry = answers
        .iter()
        .find(|answer| answer["threat"] == "wannacry")
        .unwrap();
    let rows = wannacry["attributions"].as_array().unwrap();
    let foreign_office = rows.iter().find(|row| row["date"] == "2017-12-19").unwrap();
    assert_eq!(foreign_office["who"], "the United Kingdom's Foreign Office");
    assert_eq!(foreign_office["confidence"], "high");
    let page = sandbox.report(&[]);
    for words in [
        "2017-12-19",
        "high confidence",
        "charged, not decided",
        "denied",
        "Lazarus Group",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

fn sample(name: &str) -> String {
    let samples = Path::new("crates/outbreak/src/threat/stix/samples");
    let path = repository().join(samples).join(name);
    path.to_str().unwrap().to_owned()
}

#[test]
fn names_and_attributions_are_taken_from_stix_bundles() {
    let sandbox = Sandbox::new();
    let rows = sandbox.output(&["threat", "import", &sample("graded.json")]);
    insta::assert_snapshot!("import", rows);

    let both = [sample("graded.json"), sample("attack-2.0.json")];
    let ran = sandbox.run(&["threat", "import", &both[0], &both[1]]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.aside.contains("they name Harbour Crab, MadeUpCry"),
        "{}",
        ran.aside
    );
    let one = sandbox.output(&["threat", "import", &both[0], &both[1], "--name", "mucry"]);
    assert!(one.contains("title = \"MadeUpCry\""), "{one}");
    let data: Value = serde_json::from_str(
        &sandbox.output(&["threat", "import", &both[0], &both[1], "--format", "json"]),
    )
    .unwrap();
    assert_eq!(data["threats"].as_array().unwrap().len(), 2);
    assert_eq!(data["threats"][0]["attribution"][0]["confidence"], "high");
    let ran = sandbox.run(&["threat", "import", &both[0], "--name", "nobody"]);
    assert_eq!(ran.code, 3);
}

#[test]
fn imported_rows_fit_into_a_profile() {
    let sandbox = Sandbox::new();
    let rows = sandbox.output(&["threat", "import", &sample("graded.json")]);
    let rest = &rows[rows.find("[[reference]]").unwrap()..];
    write(
        &sandbox,
        "own.toml",
        &format!("{}\n{rest}", source(&sandbox, "next-worm")),
    );
    sandbox.output(&["threat", "check", "own.toml"]);
    let shown = sandbox.output(&["threat", "show", "own.toml"]);
    assert!(shown.contains("Northmere Response Team"), "{shown}");
}

#[test]
fn a_file_that_is_no_bundle_is_refused() {
    let sandbox = Sandbox::new();
    write(&sandbox, "a.json", "{\"type\": \"report\"}");
    write(&sandbox, "b.json", "<xml/>");
    for file in ["a.json", "b.json", "gone.json", "exports"] {
        let ran = sandbox.run(&["threat", "import", file]);
        assert_eq!(ran.code, 3, "{}", ran.aside);
    }
}
