//! `wardround outbreak`: parts of an ensemble as files, and what becomes of them.

use std::fs;

use crate::exports::{systeminfo, ward};
use crate::sandbox::{Ran, Sandbox};

/// Samples 24 outbreaks of the ward, or some of them, with more arguments.
fn sample(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let usual = [
        "outbreak",
        "exports",
        "--worlds",
        "6",
        "--repeats",
        "4",
        "--threat",
        "wannacry",
    ];
    let all: Vec<&str> = usual.iter().chain(arguments).copied().collect();
    sandbox.run(&all)
}

fn part(sandbox: &Sandbox, range: &str, name: &str) {
    let ran = sample(sandbox, &["--replicates", range, "-o", name]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(ran.aside.contains(range), "{}", ran.aside);
}

fn merged(sandbox: &Sandbox, parts: &[&str], name: &str) -> Vec<u8> {
    let mut arguments = vec!["outbreak", "merge", "-o", name];
    arguments.extend(parts);
    sandbox.output(&arguments);
    fs::read(sandbox.path().join(name)).unwrap()
}

fn bytes(sandbox: &Sandbox, name: &str) -> Vec<u8> {
    fs::read(sandbox.path().join(name)).unwrap()
}

#[test]
fn any_cut_merges_to_the_bytes_of_one_go() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..24", "whole.parquet");
    let whole = bytes(&sandbox, "whole.parquet");
    for cuts in [
        &["0..24"][..],
        &["0..12", "12..24"],
        &["0..1", "1..3", "3..10", "10..23", "23..24"],
    ] {
        let names: Vec<String> = cuts.iter().map(|cut| format!("{cut}.parquet")).collect();
        for (cut, name) in cuts.iter().zip(&names) {
            part(&sandbox, cut, name);
        }
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(
            merged(&sandbox, &names, "merged.parquet") == whole,
            "{cuts:?}"
        );
        names.reverse();
        assert!(
            merged(&sandbox, &names, "merged.parquet") == whole,
            "{cuts:?}"
        );
    }
    // Merging what was merged before.
    merged(&sandbox, &["3..10.parquet", "0..1.parquet"], "some.parquet");
    let rest = [
        "some.parquet",
        "23..24.parquet",
        "10..23.parquet",
        "1..3.parquet",
    ];
    assert!(merged(&sandbox, &rest, "merged.parquet") == whole);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let sandbox = Sandbox::with(&ward());
    let with = |threads| {
        let ran = sample(&sandbox, &["--threads", threads, "-o", "part.parquet"]);
        assert_eq!(ran.code, 0, "{}", ran.aside);
        bytes(&sandbox, "part.parquet")
    };
    let one = with("1");
    assert!(one == with("2"));
    assert!(one == with("5"));
}

#[test]
fn merged_parts_say_what_one_go_says() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..7", "first.parquet");
    part(&sandbox, "7..24", "second.parquet");
    for format in ["text", "json"] {
        let whole = sample(&sandbox, &["--format", format]);
        assert_eq!(whole.code, 0, "{}", whole.aside);
        let parts = ["outbreak", "merge", "second.parquet", "first.parquet"];
        let all: Vec<&str> = parts.iter().copied().chain(["--format", format]).collect();
        assert_eq!(sandbox.output(&all), whole.output);
        assert!(whole.output.contains("24"), "{}", whole.output);
    }
}

#[test]
fn a_part_holds_no_name_and_only_its_owner_may_read_it() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..24", "part.parquet");
    let whole = bytes(&sandbox, "part.parquet");
    let holds = |word: &str| {
        whole
            .windows(word.len())
            .any(|some| some == word.as_bytes())
    };
    assert!(holds("replicates"), "it is looked into");
    for name in [
        "xray-07",
        "XRAY-07",
        "desk-08",
        "desk-09",
        "ward.example",
        "10.20.30",
    ] {
        assert!(!holds(name), "{name}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(sandbox.path().join("part.parquet")).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_is_missing_or_there_twice_is_named() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..6", "a.parquet");
    part(&sandbox, "4..8", "b.parquet");
    part(&sandbox, "20..24", "c.parquet");
    let ran = sandbox.run(&["outbreak", "merge", "c.parquet", "a.parquet"]);
    assert_eq!((ran.code, ran.output.as_str()), (3, ""));
    assert!(
        ran.aside.contains("replicates 6..20 are missing"),
        "{}",
        ran.aside
    );
    assert!(ran.aside.contains("--replicates 6..20"), "{}", ran.aside);
    let ran = sandbox.run(&["outbreak", "merge", "a.parquet", "c.parquet", "b.parquet"]);
    assert_eq!((ran.code, ran.output.as_str()), (3, ""));
    let words = "replicates 4..6 are both in `a.parquet` and in `b.parquet`";
    assert!(ran.aside.contains(words), "{}", ran.aside);
    let same = sandbox.run(&["outbreak", "merge", "a.parquet", "a.parquet"]);
    assert_eq!(same.code, 3);
    let some = [
        "outbreak",
        "merge",
        "a.parquet",
        "c.parquet",
        "-o",
        "some.parquet",
    ];
    let ran = sandbox.run(&some);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(ran.aside.contains("Still missing: 6..20"), "{}", ran.aside);
}

#[test]
fn other_files_are_refused_by_name() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..6", "a.parquet");
    let whole = bytes(&sandbox, "a.parquet");
    fs::write(
        sandbox.path().join("cut.parquet"),
        &whole[..whole.len() / 2],
    )
    .unwrap();
    fs::write(sandbox.path().join("words.parquet"), "host,address\n").unwrap();
    for (name, words) in [
        ("cut.parquet", "only part of one"),
        ("words.parquet", "no Parquet file"),
        ("absent.parquet", ""),
    ] {
        let ran = sandbox.run(&["outbreak", "merge", "a.parquet", name]);
        assert_eq!((ran.code, ran.output.as_str()), (3, ""), "{name}");
        assert!(ran.aside.contains(name), "{}", ran.aside);
        assert!(ran.aside.contains(words), "{}", ran.aside);
    }
}

#[test]
fn parts_of_another_ensemble_are_refused_and_say_what_differs() {
    let sandbox = Sandbox::with(&ward());
    part(&sandbox, "0..6", "a.parquet");
    for (option, value, words) in [
        ("--seed", "2", "the seed"),
        ("--hours", "3", "the scenario"),
        ("--isolate-after", "2", "the scenario"),
        ("--unknowns", "against", "the scenario"),
    ] {
        let range = ["--replicates", "6..24", "-o", "b.parquet", option, value];
        assert_eq!(sample(&sandbox, &range).code, 0);
        let ran = sandbox.run(&["outbreak", "merge", "a.parquet", "b.parquet"]);
        assert_eq!(ran.code, 3, "{option}");
        assert!(ran.aside.contains("b.parquet"), "{}", ran.aside);
        assert!(
            ran.aside.contains(&format!("not the same: {words}")),
            "{}",
            ran.aside
        );
    }
}

#[test]
fn a_range_that_makes_no_sense_is_wrong_usage() {
    let sandbox = Sandbox::with(&ward());
    for arguments in [
        &["--replicates", "20..25", "-o", "x.parquet"][..],
        &["--replicates", "6..6", "-o", "x.parquet"],
        &["--replicates", "some", "-o", "x.parquet"],
        &["--replicates", "0..6"],
        &["--notice-after", "3"],
    ] {
        let ran = sample(&sandbox, arguments);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(sandbox.run(&["outbreak"]).code, 2);
    assert_eq!(sandbox.run(&["outbreak", "merge"]).code, 2);
}

/// The ward with what it does: outbreaks there cost something.
fn working_ward() -> Sandbox {
    let sandbox = Sandbox::with(&ward());
    sandbox.export(
        "estate.toml",
        "[[organisation]]\nid = \"infirmary\"\nkind = \"acute\"\n\
         [[network]]\nid = \"ward\"\norganisation = \"infirmary\"\ncidr = [\"10.20.30.0/24\"]\n\
         [[service]]\nid = \"clinic\"\norganisation = \"infirmary\"\nactivity = \"outpatient_appointments\"\n\
         activity_per_weekday = 200\n",
    );
    sandbox
}

fn costly_part(sandbox: &Sandbox, range: &str, name: &str) {
    let arguments = [
        "--losses",
        "--unknowns",
        "against",
        "--replicates",
        range,
        "-o",
        name,
    ];
    let ran = sample(sandbox, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.aside);
}

#[test]
fn what_outbreaks_cost_merges_to_what_one_go_says() {
    let sandbox = working_ward();
    costly_part(&sandbox, "0..24", "whole.parquet");
    costly_part(&sandbox, "0..7", "first.parquet");
    costly_part(&sandbox, "7..24", "second.parquet");
    let parts = ["second.parquet", "first.parquet"];
    assert!(merged(&sandbox, &parts, "merged.parquet") == bytes(&sandbox, "whole.parquet"));
    assert!(
        !bytes(&sandbox, "whole.parquet")
            .windows(9)
            .any(|some| some == b"infirmary")
    );
    for format in ["text", "json"] {
        let arguments = ["--losses", "--unknowns", "against", "--format", format];
        let whole = sample(&sandbox, &arguments);
        assert_eq!(whole.code, 0, "{}", whole.aside);
        let merge = [
            "outbreak",
            "merge",
            "second.parquet",
            "first.parquet",
            "--folder",
            "exports",
            "--format",
            format,
        ];
        assert_eq!(sandbox.output(&merge), whole.output);
        if format == "json" {
            let told: serde_json::Value = serde_json::from_str(&whole.output).unwrap();
            let mean = &told["losses"]["activities"][0]["units"]["not_done"]["mean"];
            assert!(mean.as_f64().is_some_and(|mean| mean > 0.0), "{told}");
        }
    }
}

#[test]
fn losses_are_summed_up_over_what_was_sampled_alone() {
    let sandbox = working_ward();
    costly_part(&sandbox, "0..24", "whole.parquet");
    let ran = sandbox.run(&["outbreak", "merge", "whole.parquet"]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
    assert!(ran.aside.contains("--folder"), "{}", ran.aside);
    sandbox.export(
        "more/systeminfo.txt",
        systeminfo("DESK-10", "10.20.30.10", &[]),
    );
    let ran = sandbox.run(&["outbreak", "merge", "whole.parquet", "--folder", "exports"]);
    assert_eq!((ran.code, ran.output.as_str()), (3, ""));
    assert!(
        ran.aside.contains("not what the parts were sampled from"),
        "{}",
        ran.aside
    );
}

#[test]
fn parts_with_and_without_losses_do_not_merge() {
    let sandbox = working_ward();
    let against = [
        "--unknowns",
        "against",
        "--replicates",
        "7..24",
        "-o",
        "spread.parquet",
    ];
    assert_eq!(sample(&sandbox, &against).code, 0);
    costly_part(&sandbox, "0..7", "costly.parquet");
    for parts in [
        ["spread.parquet", "costly.parquet"],
        ["costly.parquet", "spread.parquet"],
    ] {
        let ran = sandbox.run(&["outbreak", "merge", parts[0], parts[1]]);
        assert_eq!((ran.code, ran.output.as_str()), (3, ""));
        let words = "`costly.parquet` holds what its outbreaks cost, and `spread.parquet` does not";
        assert!(ran.aside.contains(words), "{}", ran.aside);
    }
    let ran = sandbox.run(&["outbreak", "merge", "spread.parquet", "-o", "x.parquet"]);
    assert_eq!(ran.code, 0, "{}", ran.aside);
}

#[test]
fn a_file_that_is_no_part_is_refused_with_one_reason() {
    let sandbox = Sandbox::with(&[("part.parquet", "not a part")]);
    let ran = sandbox.run(&["outbreak", "merge", "exports/part.parquet"]);
    assert_eq!(ran.code, 3);
    assert_eq!(
        ran.aside.matches("it is no Parquet file").count(),
        1,
        "{}",
        ran.aside
    );
}

#[test]
fn an_outbreak_begins_where_the_user_says() {
    let sandbox = Sandbox::with(&ward());
    for (arguments, code, words) in [
        (
            &["--entry", "nobody"][..],
            2,
            "leaves nothing to begin with",
        ),
        (
            &["--entry", "no-such-place"],
            2,
            "names no kind, no network",
        ),
        (
            &["--outside", "--threat", "next-worm"],
            2,
            "says nothing of next-worm",
        ),
    ] {
        let arguments: Vec<&str> = arguments.to_vec();
        let usual = ["outbreak", "exports", "--worlds", "2", "--repeats", "2"];
        let all: Vec<&str> = usual.into_iter().chain(arguments).collect();
        let ran = sandbox.run(&all);
        assert_eq!(ran.code, code, "{}", ran.aside);
        assert!(ran.aside.contains(words), "{}", ran.aside);
    }
    for place in ["server", "supplier", "internet-exposed"] {
        assert_eq!(sample(&sandbox, &["--entry", place]).code, 0, "{place}");
    }
    let pressed = sample(&sandbox, &["--entry", "nobody", "--outside"]);
    assert_eq!(pressed.code, 0, "{}", pressed.aside);
    // Parts that began elsewhere are parts of another ensemble.
    part(&sandbox, "0..24", "first.parquet");
    let other = sample(&sandbox, &["--entry", "server", "-o", "other.parquet"]);
    assert_eq!(other.code, 0, "{}", other.aside);
    let merged = sandbox.run(&["outbreak", "merge", "first.parquet", "other.parquet"]);
    assert!(merged.aside.contains("the scenario"), "{}", merged.aside);
}
