//! `wardround hosts`: the machines, a row each.

use serde_json::Value;

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::sandbox::{Sandbox, finish};

fn hosts(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let mut all = vec!["hosts", "exports"];
    all.extend(arguments);
    sandbox.output(&all)
}

/// CSV as rows of cells; no quoted cell of these tests holds a quote.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match (letter, cells.last_mut()) {
                ('"', _) => quoted = !quoted,
                (',', _) if !quoted => cells.push(String::new()),
                (letter, Some(cell)) => cell.push(letter),
                _ => {}
            }
        }
        cells
    };
    csv.split_terminator("\r\n").map(cells).collect()
}

#[test]
fn every_machine_has_its_row() {
    insta::assert_snapshot!(hosts(&Sandbox::with(&ward()), &[]));
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    let sandbox = Sandbox::with(&ward());
    for columns in ["60", "80", "100", "120"] {
        let mut command = sandbox.command(&["hosts", "exports"]);
        command.env("COLUMNS", columns);
        let ran = finish(command);
        let most: usize = columns.parse().unwrap();
        assert!(ran.output.lines().count() > 4);
        for line in ran.output.lines() {
            assert!(line.chars().count() <= most, "{columns}: {line}");
        }
    }
}

#[test]
fn a_spreadsheet_gets_every_column_and_line_ends_of_its_own() {
    let csv = hosts(&Sandbox::with(&ward()), &["--format", "csv"]);
    let rows = rows(&csv);
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{csv}");
    assert!(csv.ends_with("\r\n") && !csv.starts_with('\u{feff}'));
    let at = |key: &str| rows[0].iter().position(|cell| cell == key).unwrap();
    let xray = rows
        .iter()
        .find(|row| row[at("name")].starts_with("xray-07"))
        .unwrap();
    assert_eq!(xray[at("ms17_010_closed")], "fails");
    assert_eq!(xray[at("ms17_010_closed_method")], "tested");
    assert_eq!(xray[at("ms17_010_closed_seen")], "2025-06-23T09:01:00Z");
    assert_eq!(xray[at("ms17_010_closed_age_days")], "0");
    assert_eq!(xray[at("sources")], "Windows commands; nmap scan");
}

#[test]
fn a_mark_stands_before_csv_where_it_is_asked_for() {
    let csv = hosts(&Sandbox::with(&ward()), &["--format", "csv", "--bom"]);
    assert!(csv.starts_with("\u{feff}organisation,"));
}

#[test]
fn no_name_becomes_a_formula_or_steers_a_terminal() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("1.txt", systeminfo("=CMD|X", "10.20.30.66", &["KB976902"]));
    sandbox.export("2.txt", systeminfo("@SUM", "10.20.30.67", &["KB976902"]));
    sandbox.export(
        "3.txt",
        systeminfo("E\u{1b}[31m\u{202e}\u{200b}", "10.20.30.68", &["KB976902"]),
    );
    let csv = hosts(
        &sandbox,
        &["--format", "csv", "--columns", "name,addresses"],
    );
    assert!(
        csv.contains("'=cmd|x,10.20.30.66\r\n") && csv.contains("'@sum,"),
        "{csv}"
    );
    for format in ["csv", "json", "text"] {
        let shown = hosts(
            &sandbox,
            &["--format", format, "--columns", "name,addresses"],
        );
        assert!(shown.contains("10.20.30.68"));
        assert!(
            !shown.contains(['\u{1b}', '\u{202e}', '\u{200b}']),
            "{shown}"
        );
    }
}

#[test]
fn each_filter_leaves_what_fits() {
    let sandbox = Sandbox::with(&ward());
    let names = |arguments: &[&str]| {
        let mut all = vec!["--format", "csv", "--columns", "name"];
        all.extend(arguments);
        let names: Vec<String> = rows(&hosts(&sandbox, &all))
            .into_iter()
            .skip(1)
            .map(|row| row[0].split('.').next().unwrap().to_owned())
            .collect();
        names.join(" ")
    };
    assert_eq!(names(&[]), "desk-08 xray-07 desk-09");
    assert_eq!(names(&["--name", "DESK"]), "desk-08 desk-09");
    assert_eq!(names(&["--name", "xray-*"]), "xray-07");
    assert_eq!(names(&["--name", "10.20.30.8"]), "desk-08");
    assert_eq!(
        names(&["--name", "xray", "--name", "desk-09"]),
        "xray-07 desk-09"
    );
    assert_eq!(names(&["--where", "ms17_010=refuted"]), "desk-08 xray-07");
    assert_eq!(names(&["--where", "smb1=unknown"]), "desk-09");
    assert_eq!(
        names(&["--where", "smb1=unknown", "--where", "ms17=fails"]),
        ""
    );
    assert_eq!(
        names(&["--where", "smb1=unknown,fails"]),
        "desk-08 xray-07 desk-09"
    );
    assert_eq!(names(&["--system", "windows 7"]), "xray-07");
    assert_eq!(names(&["--network", "10.20.30.*"]), "desk-08 xray-07");
    assert_eq!(names(&["--organisation", "nowhere"]), "");
    assert_eq!(
        names(&["--sort", "name", "--reverse"]),
        "xray-07 desk-09 desk-08"
    );
    assert_eq!(names(&["--sort", "name", "--limit", "1"]), "desk-08");
}

#[test]
fn roles_and_organisations_are_found_by_their_words() {
    let sandbox = Sandbox::with(&[
        (
            "scan.xml",
            nmap(&(nmap_host("10.1.0.7", "a.north.example") + &nmap_host("10.2.0.7", "b.south.example"))),
        ),
        (
            "organisations.csv",
            "organisation,name,kind,domains\nn,North Trust,acute,north.example\ns,South Trust,acute,south.example\n".to_owned(),
        ),
        (
            "networks.csv",
            "network,organisation,cidr,site,name,kind\nn-lan,n,10.1.0.0/24,n-site,Wards,clinical\n".to_owned(),
        ),
        ("sites.csv", "site,organisation,name\nn-site,n,Main Building\n".to_owned()),
    ]);
    let columns = [
        "--columns",
        "organisation,site,network,network_kind,name",
        "--format",
        "csv",
    ];
    let with = |more: [&str; 2]| {
        let all: Vec<&str> = columns.iter().copied().chain(more).collect();
        rows(&hosts(&sandbox, &all)).remove(1).join("|")
    };
    let north = "North Trust|Main Building|Wards|clinical|a.north.example";
    assert_eq!(with(["--organisation", "north"]), north);
    assert_eq!(with(["--organisation", "n"]), north);
    assert_eq!(with(["--network", "n-lan"]), north);
    assert_eq!(with(["--role", "unknown"]), north);
    assert!(with(["--organisation", "South*"]).starts_with("South Trust||10.2.0.0/24|"));
}

#[test]
fn the_board_and_people_outside_read_pseudonyms() {
    let sandbox = crate::planted::estate();
    for audience in ["board", "share"] {
        for format in ["text", "csv", "json", "ndjson"] {
            let shown = hosts(&sandbox, &["--for", audience, "--format", format]).to_lowercase();
            assert!(
                !shown.contains(crate::planted::STEM),
                "{audience} {format}: {shown}"
            );
            for hidden in crate::planted::ADDRESSES
                .iter()
                .chain(&crate::planted::IDENTIFIERS)
            {
                assert!(
                    !shown.contains(hidden),
                    "{hidden} for {audience} in {format}"
                );
            }
            assert_eq!(
                shown.contains(crate::planted::ORGANISATION),
                audience == "board"
            );
        }
    }
    let team = hosts(&sandbox, &["--audience", "team", "--format", "csv"]);
    assert!(team.to_lowercase().contains(crate::planted::STEM));
}

#[test]
fn a_pseudonym_finds_the_machine_behind_it() {
    let sandbox = Sandbox::with(&ward());
    let shared = hosts(
        &sandbox,
        &["--for", "share", "--format", "csv", "--columns", "name"],
    );
    let pseudonym = shared.lines().nth(1).unwrap();
    let found = hosts(
        &sandbox,
        &[
            "--for",
            "share",
            "--format",
            "csv",
            "--columns",
            "name",
            "--name",
            pseudonym,
        ],
    );
    assert_eq!(found.lines().nth(1), Some(pseudonym));
    assert_eq!(found.lines().count(), 2);
}

#[test]
fn data_holds_what_the_spreadsheet_holds() {
    let sandbox = Sandbox::with(&ward());
    let data: serde_json::Value =
        serde_json::from_str(&hosts(&sandbox, &["--format", "json", "--limit", "2"])).unwrap();
    assert_eq!(data["schema"], "wardround-hosts/1");
    assert_eq!(
        (&data["machines_total"], &data["machines_found"]),
        (&3.into(), &3.into())
    );
    let machines = data["machines"].as_array().unwrap();
    assert_eq!(machines.len(), 2);
    let csv = rows(&hosts(&sandbox, &["--format", "csv"]));
    for key in &csv[0] {
        assert!(machines[0].get(key).is_some(), "{key}");
    }
    let none: serde_json::Value =
        serde_json::from_str(&hosts(&sandbox, &["--format", "json", "--name", "nobody"])).unwrap();
    assert_eq!(none["machines"], serde_json::json!([]));
}

#[test]
fn a_file_is_written_for_its_owner_only() {
    let sandbox = Sandbox::with(&ward());
    let shown = hosts(&sandbox, &["--format", "csv"]);
    assert_eq!(hosts(&sandbox, &["--format", "csv", "-o", "hosts.csv"]), "");
    assert_eq!(sandbox.read("hosts.csv"), shown);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(sandbox.path().join("hosts.csv"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(sandbox.beside_exports(), ["hosts.csv"]);
}

#[test]
fn what_names_no_column_or_verdict_is_wrong_usage() {
    let sandbox = Sandbox::with(&ward());
    for arguments in [
        ["--sort", "colour"],
        ["--columns", "name,colour"],
        ["--where", "ms17_010"],
        ["--where", "ms17_010=maybe"],
        ["--where", "name=holds"],
        ["--where", "colour=holds"],
    ] {
        let ran = sandbox.run(&["hosts", "exports", arguments[0], arguments[1]]);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.aside.contains("hint:"), "{}", ran.aside);
    }
}

#[test]
fn lines_of_objects_hold_what_the_document_holds() {
    let sandbox = Sandbox::with(&ward());
    let document: Value = serde_json::from_str(&hosts(&sandbox, &["--format", "json"])).unwrap();
    let lines = hosts(&sandbox, &["--format", "ndjson"]);
    let machines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!machines.is_empty());
    assert_eq!(document["machines"], Value::from(machines));
}
