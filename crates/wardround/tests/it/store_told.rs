//! What `wardround store` says: in words and as data, of what was read twice or from another place, and of what is forgotten.

use std::fs;

use serde_json::{Value, json};

use crate::exports::{nmap, nmap_host, systeminfo, ward};
use crate::sandbox::{Ran, Sandbox};

fn data(ran: &Ran) -> Value {
    serde_json::from_str(&ran.output).unwrap()
}

fn add(sandbox: &Sandbox, folder: &str) -> Value {
    data(&sandbox.run(&["store", "add", "kept", folder, "--format", "json"]))
}

#[test]
fn adding_is_told_as_data() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("letter.doc", "dear all");
    sandbox.export("cut.zip", b"PK\x03\x04 and no more");
    let first = add(&sandbox, "exports");
    assert_eq!(first["schema"], "wardround-store-add/1");
    assert_eq!((&first["added"], &first["known"]), (&json!(3), &json!(0)));
    assert_eq!(first["unrecognised"], json!(["letter.doc"]));
    assert_eq!(first["refused"][0]["path"], "cut.zip");
    let again = add(&sandbox, "exports");
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(3)));
    fs::create_dir(sandbox.path().join("none")).unwrap();
    let nothing = sandbox.run(&["store", "add", "kept", "none", "--format", "json"]);
    assert_eq!((nothing.code, &data(&nothing)["added"]), (3, &json!(0)));
}

#[test]
fn of_a_file_that_nobody_recognises_it_is_told_what_it_lacks() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("wards.csv", "Ward,Comment\n3 West,no machines\n");
    let told = sandbox.output(&["store", "add", "kept", "exports"]);
    assert!(
        told.contains("Not used: wards.csv: no reader recognises it (32 bytes); it looks like a table with the columns `Ward`, `Comment`: "),
        "{told}"
    );
}

#[test]
fn the_same_path_from_another_folder_is_told() {
    let sandbox = Sandbox::new();
    let folder = |name: &str, host: &str| {
        let text = systeminfo(host, "10.9.0.1", &[]);
        fs::create_dir_all(sandbox.path().join(name).join("lists")).unwrap();
        fs::write(sandbox.path().join(name).join("lists/systeminfo.txt"), text).unwrap();
    };
    folder("hospital-a", "PC-A");
    folder("hospital-b", "PC-B");
    let words = |folder: &str| sandbox.output(&["store", "add", "kept", folder]);
    assert!(!words("hospital-a").contains("took the place"));
    let told = words("hospital-b");
    assert!(told.contains("1 took the place of others"), "{told}");
    assert!(told.contains("lists/systeminfo.txt"), "{told}");
    // And the first again, which is known by now.
    assert!(words("hospital-a").contains("1 took the place of others"));
    assert!(!words("hospital-a").contains("took the place"));
    assert_eq!(
        add(&sandbox, "hospital-b")["replaced"],
        json!(["lists/systeminfo.txt"])
    );
    // A report into the store says so too.
    let scan = nmap(&nmap_host("10.9.0.9", "pc-9.example"));
    fs::write(sandbox.path().join("hospital-a/scan.xml"), scan).unwrap();
    let report = "report hospital-a --store kept --replicates 10 -o page.html";
    let report: Vec<&str> = report.split(' ').collect();
    let aside = sandbox.run(&report).aside;
    assert!(
        aside.contains("in the place of others at the same path: 1"),
        "{aside}"
    );
}

#[test]
fn the_same_contents_under_another_root_are_told() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    fs::create_dir(sandbox.path().join("data")).unwrap();
    fs::rename(sandbox.exports(), sandbox.path().join("data/exports")).unwrap();
    let told = sandbox.output(&["store", "add", "kept", "data"]);
    assert!(
        told.contains("3 of the new ones have the same contents"),
        "{told}"
    );
    assert!(told.contains("exports/scan.xml (as scan.xml)"), "{told}");
    assert!(!told.contains("took the place"), "{told}");
    for moved in ["scan.xml", "texts", "defender"] {
        sandbox.output(&[
            "store", "forget", "kept", "--moved", moved, "--reason", "moved",
        ]);
    }
    assert_eq!(add(&sandbox, "data")["known"], 3);
    let status = sandbox.output(&["store", "status", "kept", "--format", "json"]);
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["sources"].as_array().unwrap().len(), 3);
    assert!(status["tombstones"].as_array().unwrap().is_empty());
}

#[test]
fn what_was_moved_is_never_lost_in_either_order() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let sandbox = Sandbox::with(&[("wards/scan.xml", &scan)]);
    sandbox.output(&["store", "add", "kept", "exports"]);
    fs::rename(
        sandbox.exports().join("wards"),
        sandbox.exports().join("ward-a"),
    )
    .unwrap();
    let forget = [
        "store", "forget", "kept", "--moved", "wards", "--reason", "moved",
    ];
    let early = sandbox.run(&forget);
    assert_eq!(early.code, 3);
    assert!(early.aside.contains("wards/scan.xml"), "{}", early.aside);
    assert!(
        early.aside.contains("first `store add` the folder"),
        "{}",
        early.aside
    );
    let added = sandbox.output(&["store", "add", "kept", "exports"]);
    assert!(added.contains("1 of 1 sources are new"), "{added}");
    let forgotten = sandbox.run(&[&forget[..], &["--format", "json"]].concat());
    let told = data(&forgotten);
    assert_eq!(told["forgotten"][0]["path"], "wards/scan.xml");
    assert_eq!(told["tombstones"], json!([]));
    assert_eq!(add(&sandbox, "exports")["known"], 1);
}

#[test]
fn forgetting_is_told_as_data() {
    let scan = nmap(&nmap_host("10.9.0.1", "pc-1.example"));
    let sandbox = Sandbox::with(&[("ward/scan.xml", &scan)]);
    sandbox.output(&["store", "add", "kept", "exports"]);
    let forget = [
        "store", "forget", "kept", "--source", "ward", "--reason", "asked to", "--format", "json",
    ];
    let would = data(&sandbox.run(&[&forget[..], &["--dry-run"]].concat()));
    assert_eq!(
        (&would["dry_run"], &would["tombstones"]),
        (&json!(true), &json!([]))
    );
    let done = data(&sandbox.run(&forget));
    assert_eq!(done["forgotten"][0]["path"], "ward/scan.xml");
    assert_eq!(done["tombstones"][0], done["forgotten"][0]["digest"]);
    let nothing = sandbox.run(&forget);
    assert_eq!(
        (nothing.code, &data(&nothing)["forgotten"]),
        (3, &json!([]))
    );
    assert_eq!(add(&sandbox, "exports")["forgotten"], 1);
}

#[test]
fn verifying_is_told_as_data() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    let verify = ["store", "verify", "kept", "--format", "json"];
    let sound = data(&sandbox.run(&verify));
    assert_eq!((&sound["sound"], &sound["flawed"]), (&json!(3), &json!([])));
    fs::write(sandbox.path().join("kept/segments/mine.txt"), "mine").unwrap();
    let flawed = sandbox.run(&verify);
    assert_eq!(flawed.code, 3);
    let flawed = data(&flawed);
    assert_eq!(flawed["sound"], 3);
    let file = flawed["flawed"][0]["file"].as_str().unwrap();
    assert!(file.ends_with("mine.txt"), "{file}");
}

#[test]
fn a_bundle_is_told_as_data() {
    let sandbox = Sandbox::with(&ward());
    sandbox.output(&["store", "add", "kept", "exports"]);
    sandbox.output(&["bundle", "key", "-o", "north"]);
    let pack = [
        "bundle",
        "kept",
        "--key",
        "north.key",
        "-o",
        "kept.bundle",
        "--format",
        "json",
    ];
    let packed = data(&sandbox.run(&pack));
    assert_eq!(packed["manifest"]["segments"], 3);
    let verify = [
        "verify",
        "kept.bundle",
        "--trusted",
        "north.pub",
        "--format",
        "json",
    ];
    let sound = data(&sandbox.run(&[&verify[..], &["--into", "copy"]].concat()));
    assert_eq!(
        (&sound["sound"], &sound["unpacked_into"]),
        (&json!(true), &json!("copy"))
    );
    assert_eq!(sound["key"], packed["key"]);
    assert_eq!(sound["manifest"], packed["manifest"]);
    let path = sandbox.path().join("kept.bundle");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 700]).unwrap();
    let refused = sandbox.run(&verify);
    assert_eq!(refused.code, 3);
    let refused = data(&refused);
    assert_eq!(
        (&refused["sound"], &refused["manifest"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(
        refused["says_of_itself"]["digest"],
        packed["manifest"]["digest"]
    );
    assert!(!refused["faults"].as_array().unwrap().is_empty());
}
