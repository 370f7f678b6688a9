//! How much memory a folder can make the program hold, at its peak.
//!
//! Linux keeps a process's peak (`VmHWM` in its status) only while it lives. So the program is made to write more than a
//! pipe holds: when its first byte arrives, its work is done, and it waits for us.

use std::fs;
use std::io::Read;
use std::process::Command;

use crate::exports::{device_info, nmap, nmap_host, systeminfo, ward};
use crate::hostile_contents::{gzip, ten_gigabytes, unknown_zeros};
use crate::sandbox::{Sandbox, tell};

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

/// What ten times as many machines in one file may add when it is read into a store or found there. Measured: 18 MiB the first
/// time and 1 MiB the second; 85 MiB when what is found is held in memory.
const FOR_TEN_TIMES: u64 = 32 * MIB;

/// Enough to fill a piece of what is written together.
const HOSTS: usize = 20_000;

/// The peaks of reading a list of so many machines into a store, and of reading it again.
fn peaks_of_adding(hosts: usize) -> [u64; 2] {
    let mut list = "Hostname,Type,Windows,IP,MS17-010 patched,SMBv1,Last seen\n".to_owned();
    for n in 0..hosts {
        let address = format!("10.{}.{}.{}", n >> 16, n >> 8 & 255, n & 255);
        list.push_str(&format!(
            "PC-{n}.a.example,Desktop,Windows 7 Enterprise,{address},Yes,No,2017-05-02\n"
        ));
    }
    let sandbox = Sandbox::with(&[("list.csv", list)]);
    // Files that nobody recognises are named, which is more than a pipe holds.
    for number in 0..LONGER_THAN_A_PIPE / 200 {
        sandbox.export(&format!("{}-{number}.txt", "x".repeat(200)), "dear all");
    }
    let add = || peak_of(sandbox.command(&["store", "add", "kept", "exports"]));
    [add(), add()]
}

#[test]
fn a_large_source_costs_little_memory_the_first_time_and_the_second() {
    let small = peaks_of_adding(HOSTS);
    let large = peaks_of_adding(10 * HOSTS);
    for (time, (small, large)) in ["first", "second"].iter().zip(small.into_iter().zip(large)) {
        let more = large.saturating_sub(small);
        tell(&format!(
            "{time} time: {} and {} MiB",
            small / MIB,
            large / MIB
        ));
        assert!(
            more < FOR_TEN_TIMES,
            "the {time} time costs {} MiB more",
            more / MIB
        );
    }
}
