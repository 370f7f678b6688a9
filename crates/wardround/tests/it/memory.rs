//! How much memory a folder can make the program hold, at its peak.
//!
//! Linux keeps a process's peak (`VmHWM` in its status) only while it lives. So the program is made to write more than a
//! pipe holds: when its first byte arrives, its work is done, and it waits for us.

use std::fs;
use std::io::Read;
use std::process::Command;

use crate::exports::{device_info, nmap, nmap_host, systeminfo, ward};
use crate::hostile_contents::{gzip, ten_gigabytes, unknown_zeros};
use crate::sandbox::Sandbox;

const MIB: u64 = 1 << 20;

/// What a round over three files may take. Measured: 15 MiB.
const ORDINARY: u64 = 64 * MIB;

/// What one more file, of whatever contents, may add where it holds no machines. Measured: at most 2 MiB.
const FOR_A_BOMB: u64 = 16 * MIB;

/// More than a pipe holds.
const LONGER_THAN_A_PIPE: usize = 100_000;

/// The peak over one report, in bytes.
fn peak(sandbox: &Sandbox) -> u64 {
    let arguments = [
        "report",
        "exports",
        "--replicates",
        "20",
        "-q",
        "-o",
        "-",
        "--handling",
    ];
    let mut command = sandbox.command(&arguments);
    command.arg("x".repeat(LONGER_THAN_A_PIPE));
    peak_of(command)
}

/// The peak of a command that says more than a pipe holds.
fn peak_of(mut command: Command) -> u64 {
    let mut child = command.spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    let mut first = [0];
    let got = output.read(&mut first).unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let mut rest = Vec::new();
    output.read_to_end(&mut rest).unwrap();
    assert!(child.wait().unwrap().success() && got == 1);
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let kibibytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes * 1024
}

/// Sixty megabytes of one letter, after a beginning.
fn endless(beginning: &str) -> Vec<u8> {
    gzip((beginning.to_owned() + &"x".repeat(60_000_000)).as_bytes())
}

#[test]
fn a_bomb_costs_little_memory() {
    let ordinary = peak(&Sandbox::with(&ward()));
    assert!(ordinary < ORDINARY, "{} MiB", ordinary / MIB);
    let header = "DeviceId,DeviceName,OSPlatform\n";
    let million_updates = vec!["KB4012212"; 1_000_000];
    for (name, bytes) in [
        ("scan.gz", ten_gigabytes()),
        ("unknown.gz", unknown_zeros()),
        ("line.csv.gz", endless(header)),
        ("quoted.csv.gz", endless(&format!("{header}\""))),
        ("text.json.gz", endless("{\"Results\":[{\"DeviceId\":\"")),
        (
            "line.txt.gz",
            endless(&systeminfo("DESK", "10.20.31.1", &[])),
        ),
        (
            "tag.xml.gz",
            endless(&nmap("").replace("<runstats>", "<host ")),
        ),
        (
            "tables.toml.gz",
            gzip(
                "[[organisation]]\nid = \"x\"\n"
                    .repeat(2_000_000)
                    .as_bytes(),
            ),
        ),
        (
            "empty-rows.csv.gz",
            gzip((header.to_owned() + &"\n,,\n".repeat(2_000_000)).as_bytes()),
        ),
        (
            "updates.txt.gz",
            gzip(systeminfo("DESK", "10.20.31.1", &million_updates).as_bytes()),
        ),
    ] {
        let sandbox = Sandbox::with(&ward());
        sandbox.export(name, bytes);
        let more = peak(&sandbox).saturating_sub(ordinary);
        assert!(more < FOR_A_BOMB, "{name} costs {} MiB", more / MIB);
    }
}

#[test]
fn names_of_a_megabyte_cost_no_more_than_a_few_times_their_length() {
    const ROWS: usize = 10;
    let long = |number: usize| format!("{number}{}", "n".repeat(1_000_000));
    let ids: Vec<(String, String)> = (0..ROWS).map(|n| (format!("0a{n}"), long(n))).collect();
    let rows: Vec<(&str, &str, u32)> = ids
        .iter()
        .map(|(id, name)| (id.as_str(), name.as_str(), 19045))
        .collect();
    let hosts: String = (0..ROWS)
        .map(|n| nmap_host(&format!("10.20.31.{n}"), &long(n)))
        .collect();
    let sandbox = Sandbox::with(&ward());
    let ordinary = peak(&sandbox);
    sandbox.export("long.csv", device_info(&rows));
    sandbox.export("long.xml", nmap(&hosts));
    sandbox.export(
        "long.txt",
        systeminfo(&long(0), "10.20.31.99", &["KB976902"]),
    );
    let more = peak(&sandbox).saturating_sub(ordinary);
    // Measured: 70 MiB. Names are kept where a source gives them, and the page repeats them.
    assert!(more < ROWS as u64 * 20 * MIB, "{} MiB", more / MIB);
}
