//! `wardround why`: from a verdict to file and line.

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::sandbox::Sandbox;

fn why(sandbox: &Sandbox, host: &str) -> String {
    sandbox.output(&["why", host, "--folder", "exports"])
}

#[test]
fn a_machine_is_shown_with_every_observation_behind_its_verdicts() {
    insta::assert_snapshot!(why(&Sandbox::with(&ward()), "xray-07"));
}

#[test]
fn an_update_whose_state_nobody_knows_is_told_beside_the_verdict() {
    let list = "Computer,OperatingSystem,UpdateTitle,UpdateInstallationState,LastReportedStatusTime\n\
                pc-1.ward.example,Windows 7 Professional,Filler (KB4012215),Unknown,2017-05-02T09:00:00Z\n\
                pc-1.ward.example,Windows 7 Professional,Filler (KB4012212),NotApplicable,2017-05-02T09:00:00Z\n";
    let sandbox = Sandbox::with(&[("wsus.csv", list.to_owned())]);
    let text = why(&sandbox, "pc-1");
    for expected in [
        "beside  it is unknown whether KB4012215 is on (inventoried",
        "beside  not for it: KB4012212 (inventoried",
        "2017-05-02T09:00:00Z): wsus.csv, line 2",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn a_machine_is_found_by_each_of_its_names_and_addresses() {
    let sandbox = Sandbox::with(&ward());
    let expected = why(&sandbox, "xray-07");
    for name in [
        "XRAY-07",
        "xray-07.ward.example",
        " 10.20.30.7 ",
        "::ffff:10.20.30.7",
    ] {
        assert_eq!(why(&sandbox, name), expected, "{name}");
    }
}

#[test]
fn the_folder_is_where_one_stands_unless_it_is_named() {
    let sandbox = Sandbox::with(&ward());
    let mut command = sandbox.command(&["why", "xray-07"]);
    command.current_dir(sandbox.exports());
    let ran = crate::sandbox::finish(command);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert_eq!(ran.output, why(&sandbox, "xray-07"));
}

#[test]
fn every_machine_that_the_name_may_mean_is_shown() {
    let hosts = nmap_host("10.20.30.7", "desk.north.example")
        + &nmap_host("10.99.1.7", "desk.south.example");
    let sandbox = Sandbox::with(&[("scan.xml", nmap(&hosts))]);
    let text = why(&sandbox, "desk");
    assert!(
        text.contains("\ndesk.north.example\n") && text.contains("\ndesk.south.example\n"),
        "{text}"
    );
    let one = why(&sandbox, "desk.south.example");
    assert!(!one.contains("desk.north.example"), "{one}");
}

#[test]
fn a_machine_that_nobody_speaks_of_is_too_thin_evidence() {
    let sandbox = Sandbox::with(&ward());
    for host in ["desk-99", "10.20.30.99", "", "xray", "."] {
        let ran = sandbox.run(&["why", host, "--folder", "exports"]);
        assert_eq!((ran.code, ran.output.as_str()), (4, ""), "{host}");
        assert!(ran.aside.contains("hint: give its name"), "{}", ran.aside);
    }
}

#[test]
fn evidence_after_the_moment_that_is_asked_for_does_not_speak() {
    let sandbox = Sandbox::with(&ward());
    let now = why(&sandbox, "xray-07");
    let arguments = [
        "why",
        "xray-07",
        "--folder",
        "exports",
        "--as-of",
        "2024-01-01T00:00:00Z",
    ];
    let then = sandbox.output(&arguments);
    assert!(
        now.contains("scan.xml, line") && !then.contains("scan.xml, line"),
        "{then}"
    );
    assert!(then.starts_with("As of 2024-01-01T00:00:00Z."));
}

#[test]
fn a_hostile_name_is_shown_with_escapes() {
    let text = systeminfo("EVIL\u{1b}[31m\u{202e}", "10.20.30.66", &["KB976902"]);
    let sandbox = Sandbox::with(&ward());
    sandbox.export("evil.txt", text);
    let shown = why(&sandbox, "10.20.30.66");
    assert!(shown.contains("10.20.30.66"));
    assert!(!shown.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn the_same_is_given_as_data() {
    let sandbox = Sandbox::with(&ward());
    let text = sandbox.output(&["why", "xray-07", "--folder", "exports", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["schema"], "wardround-why/1");
    let verdicts = data["machines"][0]["verdicts"].as_array().unwrap();
    let words = why(&sandbox, "xray-07");
    for verdict in verdicts {
        assert!(
            words.contains(verdict["words"].as_str().unwrap()),
            "{verdict}"
        );
        for link in verdict["chain"].as_array().unwrap() {
            assert!(words.contains(link["path"].as_str().unwrap()), "{link}");
        }
    }
    assert_eq!(verdicts.len(), 5);
}
