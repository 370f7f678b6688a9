//! `wardround doctor`: what evidence is missing, and what is wrong with the files.

use serde_json::Value;

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::planted;
use crate::sandbox::Sandbox;

fn doctor(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let mut all = vec!["doctor", "exports"];
    all.extend(arguments);
    sandbox.output(&all)
}

fn data(sandbox: &Sandbox) -> Value {
    serde_json::from_str(&doctor(sandbox, &["--format", "json"])).unwrap()
}

#[test]
fn what_is_missing_comes_with_what_would_settle_it() {
    insta::assert_snapshot!(doctor(&Sandbox::with(&ward()), &[]));
}

#[test]
fn the_numbers_add_up() {
    let found = data(&Sandbox::with(&ward()));
    assert_eq!(found["schema"], "wardround-doctor/1");
    assert_eq!(found["verdicts"], 15);
    let needs = found["needs"].as_array().unwrap();
    let sum = |key: &str| {
        needs
            .iter()
            .map(|need| need[key].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(sum("verdicts"), found["unknown"].as_u64().unwrap());
}

#[test]
fn a_scan_among_unknown_machines_is_never_advised_without_agreement() {
    // Nothing describes the estate, so every network is of an unknown kind.
    let found = data(&Sandbox::with(&ward()));
    let mut scans = 0;
    for need in found["needs"].as_array().unwrap() {
        let instead = need["instead"].as_array().unwrap();
        for words in instead
            .iter()
            .chain([&need["get"]])
            .map(|words| words.as_str().unwrap())
        {
            if words.contains("nmap") || words.contains("scan") {
                scans += 1;
                assert!(
                    words.contains("agree with clinical engineering first"),
                    "{words}"
                );
            }
        }
    }
    assert!(scans > 0);
}

#[test]
fn files_that_are_not_used_or_not_believed_are_told() {
    let sandbox = Sandbox::with(&[
        ("north/scan.xml", nmap(&nmap_host("10.1.0.7", "a.north.example"))),
        (
            "inbox/text.txt",
            systeminfo("STRAY-1", "10.9.0.1", &["KB976902"]),
        ),
        ("minutes.txt", "nobody knows this".to_owned()),
        ("again/minutes.xml", "<nmaprun><!DOCTYPE x [<!ENTITY a \"b\">]>".to_owned()),
        (
            "organisations.csv",
            "organisation,name,kind,domains\nnorth,North,acute,north.example\nsouth,South,acute,south.example\n"
                .to_owned(),
        ),
        (
            "networks.csv",
            "network,organisation,cidr,realm,kind\nlan,north,10.1.0.0/24,national,user\n".to_owned(),
        ),
        (
            "claims.csv",
            "claim,organisation,control,status,claimed_on\n1,north,backups_tested,in_place,2025-06-01\n"
                .to_owned(),
        ),
    ]);
    let found = data(&sandbox);
    let section = |name: &str| found[name].to_string();
    assert!(
        section("input").contains("1 file is recognised by no reader"),
        "{found:#}"
    );
    assert!(section("input").contains("1 file was refused"), "{found:#}");
    let description = section("description");
    for words in [
        "1 file may speak for nobody",
        "North: no row of borders says whether 445/tcp passes its border towards the realm `national`, in and out",
        "nothing says in which network the scanner stood",
    ] {
        assert!(description.contains(words), "{words}: {found:#}");
    }
    assert!(section("claims").contains("no export that wardround reads can decide it"));
}

#[test]
fn an_export_that_is_held_and_does_not_cover_a_machine_is_named() {
    let found = data(&Sandbox::with(&ward()));
    let held: Vec<&str> = found["needs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|need| need["held"].as_str().unwrap())
        .collect();
    assert!(held.iter().any(|held| held.starts_with("no")), "{held:?}");
    let mut exports = ward();
    exports.push((
        "list.csv",
        "Name,Operating System,OS Version,Last Check-in\ndesk-77.ward.example,Windows,10.0.19045.5965,2025-06-23T08:00:00Z\n"
            .to_owned(),
    ));
    let found = data(&Sandbox::with(&exports)).to_string();
    assert!(
        found.contains("yes, of 1 machine (newest word of 2025-06-23), of none of these"),
        "{found}"
    );
}

#[test]
fn the_board_and_people_outside_read_no_name_below_an_organisation() {
    let sandbox = planted::estate();
    for audience in ["board", "share"] {
        for format in ["text", "csv", "json", "ndjson"] {
            let shown = doctor(
                &sandbox,
                &["--for", audience, "--format", format, "--most", "0"],
            );
            let shown = shown.to_lowercase();
            assert!(
                !shown.contains(planted::STEM),
                "{audience} {format}: {shown}"
            );
            for hidden in planted::ADDRESSES.iter().chain(&planted::IDENTIFIERS) {
                assert!(
                    !shown.contains(hidden),
                    "{hidden} for {audience} in {format}"
                );
            }
            if audience == "share" {
                assert!(!shown.contains(planted::ORGANISATION), "{shown}");
            }
        }
    }
}

#[test]
fn a_spreadsheet_reads_rows_of_one_length() {
    let csv = doctor(&Sandbox::with(&ward()), &["--format", "csv", "--bom"]);
    assert!(csv.starts_with(
        "\u{feff}about,count,organisation,question,why,words,held,instead,examples\r\n"
    ));
    assert!(
        csv.lines()
            .skip(1)
            .all(|line| !line.starts_with(['=', '+', '-', '@']))
    );
    assert!(csv.contains("\r\nevidence,"));
}

#[test]
fn a_row_without_a_date_is_of_no_known_time_and_a_cut_file_says_where_it_ends() {
    let list = "Name,Operating System,Last seen\n\
                PC1,Windows 10,2025-05-13\nPC2,Windows 7,soon\nPC3,Windows 7,\n";
    let scan = nmap(&nmap_host("10.20.30.7", "xray-07.ward.example"));
    let cut = scan.split("<runstats").next().unwrap().to_owned();
    let sandbox = Sandbox::with(&[("list.csv", list.to_owned()), ("cut.xml", cut)]);
    let hosts: Value =
        serde_json::from_str(&sandbox.output(&["hosts", "exports", "--format", "json"])).unwrap();
    let rows = hosts["machines"].as_array().unwrap();
    let seen = |name: &str| {
        let row = rows.iter().find(|row| row["name"] == name);
        row.unwrap()["last_seen"].clone()
    };
    assert_eq!(seen("pc1"), "2025-05-13T00:00:00Z");
    assert_eq!((seen("pc2"), seen("pc3")), (Value::Null, Value::Null));
    let found = data(&sandbox).to_string();
    assert!(
        found.contains(
            "2 rows have no date that can be read and of which it is known what it means"
        ),
        "{found}"
    );
    assert!(found.contains("list.csv: 2"), "{found}");
    assert!(found.contains("cut.xml: the file ends at line"), "{found}");
}
