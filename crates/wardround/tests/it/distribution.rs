//! The files of `docs/distribution`, as far as they can be tried without a cluster.

use std::fs;
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

#[test]
fn dask_workers_merge_into_one_go() {
    let python = std::env::var("WARDROUND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !can(&python, &["-c", "import dask, distributed"]) {
        return skip("Dask is not installed; name a Python that has it in WARDROUND_PYTHON");
    }
    let sandbox = Sandbox::with(&ward());
    let expected = whole(&sandbox);
    let done = Command::new(python)
        .arg(repository().join("docs/distribution/dask.py"))
        .args(["exports", "--program", env!("CARGO_BIN_EXE_wardround")])
        .args([
            "--out",
            "parts",
            "--worlds",
            "3",
            "--repeats",
            "5",
            "--parts",
            "4",
        ])
        .args(["--workers", "2", "--", "--threat", "next-worm"])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(fs::read(sandbox.path().join("parts/whole.parquet")).unwrap() == expected);
}
