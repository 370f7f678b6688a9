//! `wardround report`: the same bytes whatever does not matter, and files that are whole and private.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

use crate::exports::ward;
use crate::sandbox::{Sandbox, finish, wardround};

const FORMATS: [&str; 2] = ["html", "json"];

fn sandbox() -> Sandbox {
    Sandbox::with(&ward())
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let sandbox = sandbox();
    for format in FORMATS {
        let one = sandbox.report(&["--format", format, "--threads", "1"]);
        let two = sandbox.report(&["--format", format, "--threads", "2"]);
        assert!(one == two, "{format} differs between one thread and two");
    }
}

#[test]
fn a_second_run_gives_the_same_bytes_and_another_seed_does_not() {
    let sandbox = sandbox();
    for format in FORMATS {
        let first = sandbox.report(&["--format", format]);
        assert!(first == sandbox.report(&["--format", format]), "{format}");
        assert!(first != sandbox.report(&["--format", format, "--seed", "2"]));
    }
}

#[test]
fn where_the_folder_lies_changes_no_byte() {
    let (here, there) = (sandbox(), sandbox());
    for format in FORMATS {
        let relative = here.report(&["--format", format]);
        assert!(relative == there.report(&["--format", format]), "{format}");
        let absolute = here.exports();
        let mut elsewhere = wardround();
        elsewhere
            .current_dir("/")
            .args(["report", "--replicates", "20"]);
        elsewhere
            .args(["-q", "-o", "-", "--format", format])
            .arg(absolute);
        assert!(relative == finish(elsewhere).output, "{format}");
    }
}

#[test]
fn when_files_were_written_changes_no_byte() {
    let sandbox = sandbox();
    let before = sandbox.report(&["--format", "json"]);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for (path, _) in ward() {
        let file = fs::File::options()
            .write(true)
            .open(sandbox.exports().join(path))
            .unwrap();
        file.set_modified(long_ago).unwrap();
    }
    assert!(before == sandbox.report(&["--format", "json"]));
}

#[test]
fn names_of_files_decide_nothing_but_their_own_mention() {
    let files = ward();
    let renamed = Sandbox::new();
    for ((_, text), name) in files.iter().zip(["z", "y/y", "x"]) {
        renamed.export(name, text);
    }
    let share = |sandbox: &Sandbox| -> serde_json::Value {
        let json = sandbox.report(&["--format", "json", "--for", "share"]);
        let mut document: serde_json::Value = serde_json::from_str(&json).unwrap();
        // Sources stand in the order of their paths.
        document["sources"].take();
        document["samples"].take();
        document
    };
    assert_eq!(share(&Sandbox::with(&files)), share(&renamed));
}

#[test]
fn a_page_goes_to_a_file_and_its_summary_to_standard_output() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["report", "exports", "--replicates", "20"]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(sandbox.read("report.html").starts_with("<!DOCTYPE html>"));
    assert!(
        ran.output.contains("Threat that takes most"),
        "{}",
        ran.output
    );
    assert_eq!(ran.aside, "Written to report.html\n");
}

#[test]
fn data_go_to_standard_output_and_their_summary_to_standard_error() {
    let sandbox = sandbox();
    for arguments in [&["--format", "json"][..], &["--format", "html", "-o", "-"]] {
        let mut all = vec!["report", "exports", "--replicates", "20"];
        all.extend(arguments);
        let ran = sandbox.run(&all);
        assert_eq!(ran.code, 0);
        assert!(ran.output.starts_with(['{', '<']));
        assert!(!ran.output.contains("\nSeen      "));
        assert!(ran.aside.contains("\nSeen      "));
    }
    assert_eq!(sandbox.beside_exports(), [""; 0]);
}

#[test]
fn quiet_is_silent() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["-q", "report", "exports", "--replicates", "20"]);
    assert_eq!(
        (ran.code, ran.output.as_str(), ran.aside.as_str()),
        (0, "", "")
    );
    assert_eq!(sandbox.beside_exports(), ["report.html"]);
}

#[test]
fn an_output_replaces_the_one_before_and_is_for_its_owner_only() {
    let sandbox = sandbox();
    for format in FORMATS {
        let path = sandbox.path().join("out");
        fs::write(&path, "what stood here before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
        let arguments = [
            "report",
            "exports",
            "--replicates",
            "20",
            "-o",
            "out",
            "--format",
            format,
        ];
        assert_eq!(sandbox.run(&arguments).code, 0);
        assert!(sandbox.read("out").starts_with(['{', '<']));
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600, "{mode:o}");
        assert_eq!(
            sandbox.beside_exports(),
            ["out"],
            "nothing temporary is left"
        );
    }
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let sandbox = sandbox();
    fs::create_dir(sandbox.path().join("taken")).unwrap();
    fs::write(sandbox.path().join("taken/file"), "stays").unwrap();
    for output in ["taken", "missing/report.html"] {
        let ran = sandbox.run(&["report", "exports", "--replicates", "20", "-o", output]);
        assert_eq!(ran.code, 3, "{}", ran.aside);
        assert!(
            ran.aside
                .starts_with(&format!("error: cannot write `{output}`"))
        );
        assert_eq!(sandbox.beside_exports(), ["taken"]);
    }
    assert_eq!(sandbox.read("taken/file"), "stays");
}

#[test]
fn earlier_outputs_in_the_folder_change_nothing() {
    let sandbox = sandbox();
    let without: Vec<String> = FORMATS
        .iter()
        .map(|format| sandbox.report(&["--format", format]))
        .collect();
    sandbox.export("report.html", &without[0]);
    sandbox.export("texts/older.json", &without[1]);
    for (format, without) in FORMATS.iter().zip(&without) {
        assert!(
            *without == sandbox.report(&["--format", format]),
            "{format}"
        );
    }
}

#[test]
fn a_page_with_a_long_handling_line_is_still_known_as_ours() {
    let sandbox = sandbox();
    let without = sandbox.report(&["--format", "json"]);
    let long = "official ".repeat(200);
    for format in FORMATS {
        let marked = sandbox.report(&["--format", format, "--handling", &long]);
        sandbox.export(&format!("marked.{format}"), marked);
    }
    assert!(without == sandbox.report(&["--format", "json"]));
}

#[test]
fn an_export_that_only_talks_like_our_page_is_read() {
    let sandbox = sandbox();
    let names = r#"<!-- name="generator" content="wardround 1" "schema": "wardround-report/1" -->"#;
    let scan = crate::exports::nmap(&crate::exports::nmap_host(
        "10.20.30.99",
        "hidden.ward.example",
    ));
    sandbox.export(
        "hidden.xml",
        scan.replacen("<nmaprun", &format!("{names}<nmaprun"), 1),
    );
    let page = sandbox.report(&["--format", "json"]);
    assert!(page.contains("hidden.xml"));
}

#[test]
fn the_headline_and_the_scenario_say_where_outbreaks_begin() {
    let sandbox = Sandbox::with(&ward());
    let page = |arguments: &[&str]| {
        let usual = ["--threat", "wannacry"];
        let all: Vec<&str> = usual.iter().chain(arguments).copied().collect();
        sandbox.report(&all)
    };
    let usual = page(&[]);
    assert!(usual.contains("If one office PC is infected"));
    let server = page(&["--entry", "server"]);
    assert!(server.contains("If one server is infected") && server.contains("--entry server"));
    assert!(server.contains("One machine is infected, drawn from servers, on a Tuesday"));
    let pressed = page(&["--entry", "nobody", "--outside"]);
    assert!(pressed.contains("If nothing inside is infected and the internet presses in"));
}

#[test]
fn the_hour_at_which_outbreaks_begin_is_a_number() {
    let sandbox = Sandbox::with(&ward());
    let hour = |arguments: &[&str]| {
        let text =
            sandbox.report(&[&["--format", "json", "--threat", "wannacry"], arguments].concat());
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        data["made"]["start_hour_of_week"].as_f64()
    };
    assert_eq!(hour(&[]), Some(33.0));
    assert_eq!(hour(&["--start", "sat-03:30"]), Some(123.5));
}
