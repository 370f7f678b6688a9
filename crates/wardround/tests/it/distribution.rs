//! The files of `docs/distribution`, as far as they can be tried without a cluster.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::exports::ward;
use crate::sandbox::{Sandbox, repository, tell};

/// Whether a program is there and does this without complaint.
fn can(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn skip(why: &str) {
    tell(&format!("skipped: {why}"));
}

fn whole(sandbox: &Sandbox) -> Vec<u8> {
    sandbox.output(&[
        "outbreak",
        "exports",
        "--worlds",
        "3",
        "--repeats",
        "5",
        "--threat",
        "next-worm",
        "-o",
        "whole.parquet",
    ]);
    fs::read(sandbox.path().join("whole.parquet")).unwrap()
}

#[cfg(unix)]
#[test]
fn tasks_of_a_slurm_array_merge_into_one_go() {
    if !can("bash", &["--version"]) {
        return skip("there is no bash");
    }
    let sandbox = Sandbox::with(&ward());
    let expected = whole(&sandbox);
    let task = |number: Option<u32>, argument: Option<&str>| {
        let mut command = Command::new("bash");
        command
            .arg(repository().join("docs/distribution/slurm-array.sh"))
            .args(argument)
            .current_dir(sandbox.path())
            .env("WARDROUND", env!("CARGO_BIN_EXE_wardround"))
            .env("FOLDER", "exports")
            .envs([("WORLDS", "3"), ("REPEATS", "5"), ("PARTS", "4")])
            .env("OPTIONS", "--threat next-worm")
            .env_remove("SLURM_ARRAY_TASK_ID");
        if let Some(number) = number {
            command.env("SLURM_ARRAY_TASK_ID", number.to_string());
        }
        command.output().unwrap()
    };
    for number in 0..4 {
        let done = task(Some(number), None);
        assert!(done.status.success(), "{done:?}");
    }
    // A lost part is sampled again, one that is there is left alone.
    let parts = sandbox.path().join("parts");
    let mut names: Vec<_> = fs::read_dir(&parts)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    names.sort();
    assert_eq!(names.len(), 4);
    fs::remove_file(&names[2]).unwrap();
    let lost = task(None, Some("merge"));
    assert_eq!(lost.status.code(), Some(3), "{lost:?}");
    for number in [1, 2] {
        assert!(task(Some(number), None).status.success());
    }
    assert!(task(None, Some("merge")).status.success());
    assert!(
        !task(Some(4), None).status.success(),
        "there are four parts"
    );
    let mut merge = vec!["outbreak", "merge", "-o", "merged.parquet"];
    merge.extend(names.iter().map(|name| name.to_str().unwrap()));
    sandbox.output(&merge);
    assert!(fs::read(sandbox.path().join("merged.parquet")).unwrap() == expected);
}

/// A Python with these modules, or why the test is skipped.
fn python_with(modules: &str) -> Option<String> {
    let python = std::env::var("WARDROUND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if can(&python, &["-c", &format!("import {modules}")]) {
        return Some(python);
    }
    skip(&format!(
        "Python has no {modules}; name a Python that has it in WARDROUND_PYTHON"
    ));
    None
}

#[cfg(unix)]
#[test]
fn every_index_of_a_job_and_of_an_array_has_its_own_replicates() {
    let Some(python) = python_with("yaml") else {
        return;
    };
    if !can("bash", &["--version"]) {
        return skip("there is no bash");
    }
    let done = Command::new(python)
        .arg(repository().join(".ci/distribution"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// An ensemble in four parts by the driver for Dask with two workers, and what its merge holds.
fn by_dask(python: &str, sandbox: &Sandbox, program: &Path) -> Vec<u8> {
    let done = Command::new(python)
        .arg(repository().join("docs/distribution/dask.py"))
        .arg("exports")
        .arg("--program")
        .arg(program)
        .args(["--out", "parts", "--worlds", "3", "--repeats", "5"])
        .args(["--parts", "4", "--workers", "2"])
        .args(["--", "--threat", "next-worm"])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    fs::read(sandbox.path().join("parts/whole.parquet")).unwrap()
}

#[test]
fn dask_workers_merge_into_one_go() {
    let Some(python) = python_with("dask, distributed") else {
        return;
    };
    let sandbox = Sandbox::with(&ward());
    let expected = whole(&sandbox);
    let program = Path::new(env!("CARGO_BIN_EXE_wardround"));
    assert!(by_dask(&python, &sandbox, program) == expected);
}

#[cfg(unix)]
#[test]
fn a_dask_worker_that_is_killed_while_it_works_changes_no_byte() {
    use std::os::unix::fs::PermissionsExt;

    let Some(python) = python_with("dask, distributed") else {
        return;
    };
    // With the worker its program ends, as when the machine is lost; or it goes on alone and writes the same part as its heir.
    for (what, then) in [
        ("the program ends, too", "exit 1"),
        ("it goes on alone", ":"),
    ] {
        let sandbox = Sandbox::with(&ward());
        let expected = whole(&sandbox);
        let (killed, begun) = (sandbox.path().join("killed"), sandbox.path().join("begun"));
        // Each range that begins is written down; the program of the first kills its worker, once.
        let script = format!(
            "#!/bin/sh\nfor word; do case \"$word\" in [0-9]*..[0-9]*) range=$word ;; esac; done\n\
             if [ -n \"${{range:-}}\" ]; then\n\
             echo \"$range\" >> '{begun}'\n\
             if mkdir '{killed}' 2> /dev/null; then\n\
             echo \"$range\" > '{killed}/range'; kill -KILL $PPID; {then}\nfi\nfi\n\
             exec '{program}' \"$@\"\n",
            begun = begun.display(),
            killed = killed.display(),
            program = env!("CARGO_BIN_EXE_wardround"),
        );
        let program = sandbox.path().join("wardround");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(by_dask(&python, &sandbox, &program) == expected, "{what}");
        let lost = fs::read_to_string(killed.join("range")).unwrap();
        let begun = fs::read_to_string(begun).unwrap();
        let times = |range: &str| begun.lines().filter(|line| *line == range).count();
        if then != ":" {
            assert!(times(lost.trim()) >= 2, "{what}: {lost} of\n{begun}");
        }
        let ranges: BTreeSet<&str> = begun.lines().collect();
        assert_eq!(ranges.len(), 4, "{what}: {begun}");
    }
}
