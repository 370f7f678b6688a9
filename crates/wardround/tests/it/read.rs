//! `wardround read`: what single files say, as words and as data.

use serde_json::Value;

use crate::exports::{device_info, nmap, nmap_host, ward};
use crate::sandbox::Sandbox;

fn scan() -> String {
    nmap(&nmap_host("10.20.30.7", "xray-07.ward.example"))
}

#[test]
fn a_scan_is_shown_in_words() {
    let sandbox = Sandbox::with(&[("scan.xml", scan())]);
    insta::assert_snapshot!(sandbox.output(&["read", "exports/scan.xml"]));
}

#[test]
fn a_scan_is_shown_as_data() {
    let sandbox = Sandbox::with(&[("scan.xml", scan())]);
    insta::assert_snapshot!(sandbox.output(&["read", "exports/scan.xml", "--format", "json"]));
}

#[test]
fn columns_that_are_ignored_are_named_to_whoever_reads_the_file_and_to_nobody_else() {
    let list = "Hostname,OS,Ward \u{202e}kelpie,IP address,Last seen\nPC-1,Windows 7,x,10.0.0.1,2017-05-13\n";
    let sandbox = Sandbox::with(&[("list.csv", list.to_owned())]);
    let text = sandbox.output(&["read", "exports/list.csv"]);
    assert!(
        text.contains("columns that are ignored: Ward \\u{202e}kelpie\n"),
        "{text}"
    );
    for audience in ["team", "board", "share"] {
        let page = sandbox.output(&["report", "exports", "--for", audience, "--format", "json"]);
        assert!(!page.contains("kelpie"), "{audience}");
    }
}

#[test]
fn a_skipped_record_is_shown_with_its_line_and_the_rest_is_kept() {
    let table = device_info(&[("0a01", "one", 19045), ("0a02", "two", 19045)]);
    let broken = table.replacen("0a01,one", "0a01", 1);
    let sandbox = Sandbox::with(&[("table.csv", broken)]);
    let text = sandbox.output(&["read", "exports/table.csv"]);
    assert!(text.contains("name two"), "{text}");
    assert!(
        text.contains("1 records skipped\n    line 2: the row has 11 fields"),
        "{text}"
    );
}

#[test]
fn as_many_statements_are_shown_as_asked_for() {
    let hosts: String = (1..=12)
        .map(|last| {
            nmap_host(
                &format!("10.20.30.{last}"),
                &format!("desk-{last}.ward.example"),
            )
        })
        .collect();
    let sandbox = Sandbox::with(&[("scan.xml", nmap(&hosts))]);
    let shown = |most: &str| {
        let text = sandbox.output(&["read", "exports/scan.xml", "--most", most]);
        (
            text.matches("full name desk-").count(),
            text.contains("… and "),
        )
    };
    assert_eq!(shown("10"), (10, true));
    assert_eq!(shown("1"), (1, true));
    assert_eq!(shown("0"), (12, false));
}

#[test]
fn several_files_are_read_and_each_is_named() {
    let files = ward();
    let sandbox = Sandbox::with(&files);
    sandbox.export("unknown.txt", "nobody knows this");
    let paths: Vec<String> = files
        .iter()
        .map(|(path, _)| format!("exports/{path}"))
        .collect();
    let mut arguments = vec!["read", "--format", "json", "exports/unknown.txt"];
    arguments.extend(paths.iter().map(String::as_str));
    let read: Value = serde_json::from_str(&sandbox.output(&arguments)).unwrap();
    assert_eq!(read["schema"], "wardround-read/1");
    assert_eq!(read["readings"].as_array().unwrap().len(), files.len());
    assert_eq!(read["unrecognised"][0]["path"], "unknown.txt");
}

#[test]
fn a_file_that_nobody_recognises_is_unreadable_input() {
    let sandbox = Sandbox::with(&[("notes.txt", "nobody knows this"), ("empty", "")]);
    for file in ["exports/notes.txt", "exports/empty"] {
        let ran = sandbox.run(&["read", file]);
        assert_eq!((ran.code, ran.output.as_str()), (3, ""));
        assert!(
            ran.aside.starts_with("error: no reader recognises"),
            "{}",
            ran.aside
        );
    }
}

#[test]
fn each_file_that_nobody_recognises_is_named_and_a_table_with_what_it_lacks() {
    let sandbox = Sandbox::with(&[
        ("wards.csv", "Ward,Com\u{1b}ment\nThree,broken\n"),
        ("flaws.csv", "Device name,CVE ID\nPC1,CVE-2017-0144\n"),
        ("notes.txt", "nobody knows this"),
    ]);
    let files = [
        "exports/wards.csv",
        "exports/flaws.csv",
        "exports/notes.txt",
    ];
    let told = [
        "`wards.csv`: no reader recognises it (27 bytes); it looks like a table with the columns `Ward`, `Com\\u{1b}ment`: no column \
         names machines",
        "`flaws.csv`: no reader recognises it (37 bytes); it looks like a table with the columns `Device name`, `CVE ID`: a row of \
         it is a finding",
        "`notes.txt`: no reader recognises it",
    ];
    let read = sandbox.run(&[&["read"], &files[..]].concat());
    let report = sandbox.run(&["report", "exports"]);
    assert_eq!((read.code, report.code), (3, 3));
    for words in told {
        assert!(read.aside.contains(words), "{}", read.aside);
        assert!(report.aside.contains(words), "{}", report.aside);
    }

    // Beside one that is read.
    sandbox.export("list.csv", "PC,OS\nPC1,Windows 7\n");
    let arguments = [
        "read",
        "--format",
        "json",
        "exports/list.csv",
        "exports/wards.csv",
    ];
    let read: Value = serde_json::from_str(&sandbox.output(&arguments)).unwrap();
    assert_eq!(read["unrecognised"][0]["columns"][0], "Ward");
    assert_eq!(read["unrecognised"][0]["column_count"], 2);
    assert!(read["unrecognised"][0]["lack"].is_string());
}

#[test]
fn a_table_without_a_heading_is_told_without_its_first_row() {
    let rows = "PC-A17,jsmith,Summer2017!\nPC-A18,kdoe,Winter2017!\n";
    let sandbox = Sandbox::with(&[("rows.csv", rows.to_owned())]);
    for arguments in [["read", "exports/rows.csv"], ["report", "exports"]] {
        let ran = sandbox.run(&arguments);
        let told = "it looks like a table with 3 columns and no line of their names";
        assert!(ran.aside.contains(told), "{}", ran.aside);
        assert!(!ran.aside.contains("jsmith"), "{}", ran.aside);
    }
}

#[test]
fn a_report_says_how_many_unread_files_it_does_not_name() {
    let files: Vec<(String, String)> = (0..7)
        .map(|number| (format!("notes{number}.txt"), "nobody knows this".to_owned()))
        .collect();
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    let sandbox = Sandbox::with(&files);
    let ran = sandbox.run(&["report", "exports"]);
    assert!(
        ran.aside.contains("2 more files are not named here"),
        "{}",
        ran.aside
    );
}

#[test]
fn a_refusal_says_where_and_why() {
    let sandbox = Sandbox::with(&[("bad.xml", "<nmaprun>\n<!DOCTYPE x [<!ENTITY a \"b\">]>")]);
    let ran = sandbox.run(&["read", "exports/bad.xml"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside
            .contains("document type definition inside the file at line 2"),
        "{}",
        ran.aside
    );
}

#[test]
fn what_is_no_file_is_unreadable_input() {
    let sandbox = Sandbox::new();
    for (path, why) in [
        ("missing.xml", "No such file"),
        ("exports", "is not a regular file"),
    ] {
        let ran = sandbox.run(&["read", path]);
        assert_eq!((ran.code, ran.output.as_str()), (3, ""));
        assert!(
            ran.aside.contains(path) && ran.aside.contains(why),
            "{}",
            ran.aside
        );
    }
}

#[test]
fn an_empty_file_is_called_empty() {
    let sandbox = Sandbox::with(&[("empty.csv", String::new()), ("scan.xml", scan())]);
    let ran = sandbox.run(&["read", "exports/empty.csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.aside.contains("empty.csv`: the file is empty"),
        "{}",
        ran.aside
    );
    let text = sandbox.output(&["read", "exports/empty.csv", "exports/scan.xml"]);
    assert!(text.contains("empty.csv: the file is empty"), "{text}");
}
