//! The command line: its help, and each of its exit codes.

use std::fs::File;

use crate::exports::{nmap, nmap_host, ward};
use crate::sandbox::{Sandbox, finish};

#[test]
fn no_help_changes_unseen() {
    let sandbox = Sandbox::new();
    let mut text = String::new();
    for command in [
        &[][..],
        &["report"],
        &["read"],
        &["why"],
        &["hosts"],
        &["doctor"],
        &["diff"],
        &["threat"],
        &["threat", "list"],
        &["threat", "show"],
        &["threat", "check"],
        &["threat", "import"],
        &["outbreak"],
        &["outbreak", "merge"],
        &["compare"],
        &["backtest"],
        &["backtest", "england-2017"],
        &["backtest", "world-2017"],
        &["backtest", "notpetya-like"],
        &["ledger"],
        &["ledger", "add"],
        &["ledger", "show"],
        &["calibrate"],
        &["store"],
        &["store", "add"],
        &["store", "status"],
        &["store", "verify"],
        &["store", "forget"],
        &["bundle"],
        &["bundle", "key"],
        &["verify"],
        &["completions"],
    ] {
        let mut arguments = command.to_vec();
        arguments.push("--help");
        text.push_str(&format!("$ wardround {}\n\n", arguments.join(" ")));
        // What is aligned by the longest option ends in spaces that no editor keeps.
        for line in sandbox.output(&arguments).lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    insta::assert_snapshot!("help", text);
}

#[test]
fn every_command_has_its_help_in_the_snapshot() {
    let help = Sandbox::new().output(&["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        commands,
        [
            "report",
            "read",
            "why",
            "hosts",
            "doctor",
            "diff",
            "threat",
            "outbreak",
            "compare",
            "backtest",
            "ledger",
            "calibrate",
            "store",
            "bundle",
            "verify",
            "completions",
            "help"
        ]
    );
}

#[test]
fn the_version_is_told() {
    let version = Sandbox::new().output(&["--version"]);
    assert_eq!(
        version,
        format!("wardround {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_ends_with_2() {
    let sandbox = Sandbox::with(&ward());
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["report"],
        &["report", "exports", "--for", "everyone"],
        &["report", "exports", "--format", "pdf"],
        &["report", "exports", "--replicates", "9"],
        &["report", "exports", "--replicates", "1000001"],
        &["report", "exports", "--seed", "-1"],
        &["report", "exports", "--as-of", "yesterday"],
        &["read"],
        &["why"],
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.aside.is_empty());
    }
    assert_eq!(sandbox.beside_exports(), [""; 0]);
}

#[test]
fn a_claim_that_must_not_be_ends_with_1_and_the_page_is_written() {
    let described = |control: &str| {
        Sandbox::with(&[
            (
                "north/scan.xml",
                nmap(&nmap_host("10.9.0.1", "pc-1.example")),
            ),
            (
                "organisations.csv",
                "organisation,name,kind\nnorth,North,acute\n".to_owned(),
            ),
            (
                "networks.csv",
                "network,organisation,cidr,name\nn,north,10.9.0.0/24,LAN\n".to_owned(),
            ),
            (
                "claims.csv",
                format!(
                    "claim,organisation,control,status,claimed_on\nc1,north,{control},in_place,2025-05-30\n"
                ),
            ),
        ])
    };
    let ending = |control: &str, fail_on: &[&str]| {
        let sandbox = described(control);
        let mut arguments = vec!["report", "exports", "--replicates", "10"];
        arguments.extend(fail_on);
        let ran = sandbox.run(&arguments);
        assert_eq!(sandbox.beside_exports(), ["report.html"]);
        (ran.code, ran.aside.contains("claims do not stand"))
    };
    for (control, fail_on, expected) in [
        ("ms17_010_closed", &[][..], (0, false)),
        ("ms17_010_closed", &["--fail-on", "refuted"], (1, true)),
        ("ms17_010_closed", &["--fail-on", "unsupported"], (1, true)),
        ("edr_in_block_mode", &["--fail-on", "refuted"], (0, false)),
        (
            "edr_in_block_mode",
            &["--fail-on", "unsupported"],
            (1, true),
        ),
    ] {
        assert_eq!(ending(control, fail_on), expected, "{control} {fail_on:?}");
    }
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = sandbox.output(&["completions", shell]);
        for word in ["wardround", "report", "fail-on", "backtest"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn input_that_cannot_be_read_ends_with_3() {
    let sandbox = Sandbox::new();
    for (folder, words) in [
        ("missing", "error: cannot read the folder `missing`"),
        ("exports", "error: none of the 0 files in `exports`"),
    ] {
        let ran = sandbox.run(&["report", folder]);
        assert_eq!((ran.code, ran.output.as_str()), (3, ""));
        assert!(ran.aside.starts_with(words), "{}", ran.aside);
    }
    let file = sandbox.export("notes.txt", "nobody knows this");
    assert_eq!(sandbox.run(&["report", "exports"]).code, 3);
    assert_eq!(sandbox.run(&["report", file.to_str().unwrap()]).code, 3);
    assert_eq!(
        sandbox.beside_exports(),
        [""; 0],
        "no page of nothing is written"
    );
}

#[test]
fn a_description_without_machines_ends_with_4() {
    let sandbox = Sandbox::with(&[(
        "organisations.csv",
        "organisation,name,kind\nnorth,North,acute\n",
    )]);
    let ran = sandbox.run(&["report", "exports"]);
    assert_eq!((ran.code, ran.output.as_str()), (4, ""));
    assert!(
        ran.aside.contains("none speaks of a machine"),
        "{}",
        ran.aside
    );
}

#[test]
fn evidence_without_any_date_ends_with_4_unless_a_moment_is_given() {
    let text = crate::exports::systeminfo("DESK-01", "10.20.30.1", &["KB976902"]);
    let sandbox = Sandbox::with(&[("desk-01.txt", text)]);
    let ran = sandbox.run(&["report", "exports"]);
    assert_eq!((ran.code, ran.output.as_str()), (4, ""));
    assert!(
        ran.aside.contains("hint: say with `--as-of`"),
        "{}",
        ran.aside
    );
    let page = sandbox.report(&["--as-of", "2025-06-24T09:00:00Z"]);
    assert!(page.contains("As of 24 June 2025"));
    sandbox.export("collections.csv", "collected,on\n.,2025-06-20\n");
    assert!(sandbox.report(&[]).contains("As of 20 June 2025"));
}

#[test]
fn a_full_disk_behind_standard_output_ends_with_70() {
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        return;
    };
    let sandbox = Sandbox::with(&ward());
    let mut command = sandbox.command(&["report", "exports", "--replicates", "10", "-o", "-"]);
    command.stdout(full);
    let ran = command.output().unwrap();
    assert_eq!(
        ran.status.code(),
        Some(70),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn a_reader_who_has_heard_enough_is_no_error() {
    let sandbox = Sandbox::with(&ward());
    let mut command =
        sandbox.command(&["report", "exports", "--replicates", "10", "-o", "-", "-q"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(writer);
    let ran = command.output().unwrap();
    assert_eq!(
        ran.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn the_number_of_outbreaks_that_the_page_states_is_the_number_sampled() {
    let sandbox = Sandbox::with(&ward());
    let ran = finish(sandbox.command(&[
        "report",
        "exports",
        "--replicates",
        "20",
        "--format",
        "json",
    ]));
    let document: serde_json::Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(document["answers"][0]["drawn"]["replicates"], 20);
    let command = document["made"]["command"].as_str().unwrap();
    assert!(command.ends_with("--replicates 20"), "{command}");
}
