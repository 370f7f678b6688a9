//! `wardround diff`: what changed, and why.

use serde_json::Value;

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::sandbox::Sandbox;

fn changes(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["diff", "--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let data: Value = serde_json::from_str(&sandbox.output(&all)).unwrap();
    data["changes"].as_array().unwrap().clone()
}

fn of_kind<'a>(changes: &'a [Value], kind: &str) -> Vec<&'a Value> {
    changes
        .iter()
        .filter(|change| change["change"] == kind)
        .collect()
}

#[test]
fn a_folder_does_not_differ_from_itself() {
    let sandbox = Sandbox::with(&ward());
    assert!(changes(&sandbox, &["exports", "exports"]).is_empty());
    let text = sandbox.output(&["diff", "exports", "exports"]);
    assert!(text.contains("Nothing changed."), "{text}");
}

#[test]
fn machines_come_and_go_and_verdicts_turn_with_their_evidence() {
    let host = |address: &str, name: &str| nmap_host(address, name);
    let both = format!(
        "{}{}",
        host("10.9.0.1", "pc-1.example"),
        host("10.9.0.2", "pc-2.example")
    );
    let sandbox = Sandbox::with(&[("before/scan.xml", nmap(&both))]);
    // A day later pc-1 has had its hole closed, pc-2 is not seen and pc-3 is.
    let closed = host("10.9.0.1", "pc-1.example").replace(">VULNERABLE<", ">NOT VULNERABLE<");
    let later = format!("{closed}{}", host("10.9.0.3", "pc-3.example"))
        .replace("17506692", "17507556")
        .replace("1750669", "1750755");
    sandbox.export("after/scan.xml", nmap(&later).replace("1750669", "1750755"));
    let found = changes(&sandbox, &["exports/before", "exports/after"]);
    let fixed = of_kind(&found, "fixed");
    assert_eq!(fixed.len(), 1, "{found:#?}");
    assert_eq!(fixed[0]["machine"], "pc-1.example");
    let was = fixed[0]["before"].as_str().unwrap();
    assert!(
        was.starts_with("fails: ") && was.contains("2025-06-23, by scan.xml"),
        "{was}"
    );
    assert_eq!(of_kind(&found, "new")[0]["machine"], "pc-3.example");
    assert_eq!(of_kind(&found, "gone")[0]["machine"], "pc-2.example");
    let back = changes(&sandbox, &["exports/after", "exports/before"]);
    // Older evidence does not show that a machine changed.
    assert_eq!(of_kind(&back, "changed_mind").len(), 1, "{back:#?}");
    let share = sandbox.output(&["diff", "exports/before", "exports/after", "--for", "share"]);
    assert!(
        !share.contains("pc-1") && !share.contains("scan.xml"),
        "{share}"
    );
}

#[test]
fn one_store_is_asked_at_two_moments() {
    let sandbox = Sandbox::with(&[("scan.xml", nmap(&nmap_host("10.9.0.1", "pc-1.example")))]);
    sandbox.export("pc-1.txt", systeminfo("PC-1", "10.9.0.1", &["KB4012212"]));
    sandbox.output(&["store", "add", "kept", "exports"]);
    let arguments = |to| {
        [
            "--store",
            "kept",
            "--from",
            "2025-06-24T00:00:00Z",
            "--to",
            to,
        ]
    };
    assert!(changes(&sandbox, &arguments("2025-06-24T00:00:00Z")).is_empty());
    let found = changes(&sandbox, &arguments("2026-06-24T00:00:00Z"));
    assert!(!of_kind(&found, "gone_stale").is_empty(), "{found:#?}");
    assert_eq!(sandbox.run(&["diff", "exports"]).code, 2);
    assert_eq!(sandbox.run(&["diff", "--store", "kept"]).code, 2);
}
