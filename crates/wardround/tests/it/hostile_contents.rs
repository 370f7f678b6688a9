//! Files whose contents were written to harm: bombs, nesting, names that steer.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::exports::{device_info, nmap, nmap_host, systeminfo, ward};
use crate::markup::{hidden, vocabulary};
use crate::sandbox::{Sandbox, refusal};

/// The machines of the ward, which nothing here may cost us.
const MACHINES: u64 = 3;

const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)\" style=\"color:red",
    "'--></style></title><img src=x onerror=alert(1)>",
    "=cmd|'/c calc'!A0",
    "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{9b}1m",
    "abc\u{202e}fdp.exe\u{2066}\u{200b}",
    "${7*7}{{7*7}}\u{0}`id`$(id)",
];

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Ten gigabytes that begin as a scan, in ten megabytes: one packed block, repeated.
pub(crate) fn ten_gigabytes() -> Vec<u8> {
    let mut packed = gzip(nmap("").as_bytes());
    let block = gzip(&vec![b' '; 100_000_000]);
    for _ in 0..100 {
        packed.extend(&block);
    }
    packed
}

/// A quarter of a gigabyte that nobody knows, in a quarter of a megabyte.
pub(crate) fn unknown_zeros() -> Vec<u8> {
    gzip(&vec![0; 50_000_000]).repeat(5)
}

#[test]
fn a_bomb_stops_where_it_turns_out_to_be_one() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("unknown.gz", unknown_zeros());
    let members = vec![0; 70_000_000];
    sandbox.export("bomb.zip", zip(&[("one", &members), ("two", &members)]));
    let document = sandbox.document();
    for (path, limit) in [
        ("unknown.gz", "bytes, far more"),
        ("bomb.zip/one", "67108864 bytes, far more"),
    ] {
        let reason = refusal(&document, path);
        assert!(
            reason.contains(limit) && reason.ends_with("unpacking stopped there"),
            "{reason}"
        );
    }
    assert!(refusal(&document, "bomb.zip").contains("unpacking stopped before member 2"));
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

#[test]
fn a_member_that_would_leave_its_archive_is_refused_and_the_others_are_read() {
    let sandbox = Sandbox::with(&ward());
    let scan = nmap(&nmap_host("10.20.31.1", "inside.example"));
    let archive = zip(&[
        ("../../escaped.xml", scan.as_bytes()),
        ("inside.xml", scan.as_bytes()),
        ("nested.zip", &zip(&[("deeper.xml", scan.as_bytes())])),
    ]);
    sandbox.export("archive.zip", archive);
    let document = sandbox.document();
    assert_eq!(
        refusal(&document, "archive.zip"),
        "member 1 has a path that leaves the archive"
    );
    assert!(
        document["sources"]
            .to_string()
            .contains("archive.zip/inside.xml")
    );
    assert_eq!(
        document["unrecognised"][0]["path"],
        "archive.zip/nested.zip"
    );
    assert_eq!(document["tally"]["hosts"], MACHINES + 1);
    assert!(!sandbox.path().join("escaped.xml").exists());
}

#[test]
fn a_file_that_defines_its_own_entities_is_refused() {
    let sandbox = Sandbox::with(&ward());
    let scan = nmap(&nmap_host("10.20.31.1", "&a;.example"));
    for (name, subset) in [
        ("internal.xml", "[<!ENTITY a \"aaaa\">]"),
        (
            "external.xml",
            "[<!ENTITY a SYSTEM \"file:///etc/hostname\">]",
        ),
        (
            "parameter.xml",
            "[<!ENTITY % p SYSTEM \"http://198.51.100.1/x\"> %p;]",
        ),
    ] {
        let doctype = format!("<!DOCTYPE nmaprun {subset}>");
        sandbox.export(name, scan.replace("<!DOCTYPE nmaprun>", &doctype));
    }
    let document = sandbox.document();
    for name in ["internal.xml", "external.xml", "parameter.xml"] {
        let reason = refusal(&document, name);
        assert!(
            reason.contains("document type definition inside the file at line 2"),
            "{reason}"
        );
    }
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

#[test]
fn ten_thousand_levels_are_refused() {
    let sandbox = Sandbox::with(&ward());
    let deep = "<a>".repeat(10_000);
    sandbox.export(
        "deep.xml",
        nmap("").replace("<runstats>", &format!("{deep}<runstats>")),
    );
    sandbox.export(
        "deep.json",
        format!("{{\"Results\":[{{\"DeviceId\":{}", "[".repeat(10_000)),
    );
    sandbox.export(
        "deep.toml",
        format!("[[organisation]]\nid = {}", "[".repeat(10_000)),
    );
    let document = sandbox.document();
    assert!(refusal(&document, "deep.xml").contains("inside each other, more than the 64"));
    refusal(&document, "deep.toml");
    let unused = document["refused"].to_string() + &document["unrecognised"].to_string();
    assert!(unused.contains("deep.json"), "{unused}");
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

/// The same four files, with `name` wherever a file may hold one.
fn named(name: &str) -> Sandbox {
    let in_xml: String = name
        .chars()
        .filter(|character| !character.is_control())
        .map(|character| format!("&#{};", u32::from(character)))
        .collect();
    let in_csv = format!("\"{}\"", name.replace('"', "\"\""));
    let sandbox = Sandbox::new();
    let scan = nmap(&nmap_host("10.20.31.1", &in_xml))
        .replace(
            "Microsoft Windows 7 SP1",
            &format!("Microsoft Windows 7 SP1 {in_xml}"),
        )
        .replace("version=\"7.95\"", &format!("version=\"{in_xml}\""));
    sandbox.export("scan.xml", scan);
    sandbox.export(
        "text.txt",
        systeminfo(name, "10.20.31.2", &["KB976902"]).replace("Ethernet", name),
    );
    sandbox.export("table.csv", device_info(&[("0a01", &in_csv, 19045)]));
    let json = serde_json::json!({"Results": [{
        "Timestamp": "2025-06-20T08:15:00Z", "DeviceId": name, "DeviceName": name, "OSPlatform": name,
        "OSBuild": 19045, "OSVersion": name, "OnboardingStatus": "Onboarded", "DeviceType": name,
    }]});
    sandbox.export("hunting.json", json.to_string());
    sandbox.export(
        "organisations.csv",
        format!("organisation,name,kind\none,{in_csv},acute\n{in_csv},{in_csv},{in_csv}\n"),
    );
    sandbox.export(
        "networks.csv",
        format!("network,organisation,cidr,name\nn,one,10.20.31.0/24,{in_csv}\nm,{in_csv},x,y\n"),
    );
    sandbox.export(
        "claims.csv",
        format!(
            "claim,organisation,control,status,claimed_on\nc,one,{in_csv},in_place,2025-05-30\n"
        ),
    );
    sandbox
}

#[test]
fn whatever_a_machine_calls_itself_is_text_in_every_output() {
    let mut known = vocabulary(&named("plain").report(&[]));
    known.extend(vocabulary(&Sandbox::with(&ward()).report(&[])));
    for hostile in HOSTILE {
        let sandbox = named(hostile);
        // No argument can hold a NUL.
        let page = sandbox.report(&["--handling", &hostile.replace('\0', "")]);
        let new: Vec<String> = vocabulary(&page).difference(&known).cloned().collect();
        assert_eq!(new, [""; 0], "from {hostile:?}");
        let mut outputs = vec![page];
        for audience in ["team", "board", "share"] {
            let arguments = [
                "report",
                "exports",
                "--replicates",
                "10",
                "--format",
                "json",
                "--for",
                audience,
            ];
            let ran = sandbox.run(&arguments);
            outputs.extend([ran.output, ran.aside]);
        }
        outputs.push(sandbox.output(&["why", "10.20.31.1", "--folder", "exports"]));
        outputs.extend(differences(
            &sandbox,
            &["exports", "--from", "2025-06-20T12:00:00Z"],
        ));
        for file in [
            "scan.xml",
            "text.txt",
            "table.csv",
            "hunting.json",
            "networks.csv",
        ] {
            for format in ["text", "json"] {
                let ran = sandbox.run(&["read", &format!("exports/{file}"), "--format", format]);
                outputs.extend([ran.output, ran.aside]);
            }
        }
        for output in outputs {
            assert_eq!(hidden(&output), None, "from {hostile:?}");
        }
    }
}

/// What `diff` says in each form to each audience. The lines of CSV end as spreadsheets have it.
fn differences(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let mut outputs = Vec::new();
    for audience in ["team", "board", "share"] {
        for format in ["text", "csv", "json"] {
            let mut all = vec!["diff", "--for", audience, "--format", format];
            all.extend(arguments);
            let ran = sandbox.run(&all);
            assert_eq!(ran.code, 0, "{}", ran.aside);
            outputs.extend([ran.output.replace("\r\n", "\n"), ran.aside]);
        }
    }
    outputs
}

#[test]
fn what_decided_a_change_is_text_and_in_its_own_words_for_the_team_alone() {
    for hostile in HOSTILE {
        let text = systeminfo("PC-1", "10.20.31.1", &["KB976902"])
            .replace(
                "Windows 7 Professional",
                &format!("Windows 10 Pro zqplant{hostile}"),
            )
            .replace(
                "6.1.7601 Service Pack 1 Build 7601",
                "10.0.19045 N/A Build 19045",
            );
        let sandbox = Sandbox::with(&[
            ("before/scan.xml", nmap(&nmap_host("10.20.31.1", "pc-1"))),
            ("after/pc-1.txt", text),
        ]);
        let moments = [
            "exports/before",
            "exports/after",
            "--from",
            "2025-06-24T00:00:00Z",
            "--to",
            "2025-06-25T00:00:00Z",
        ];
        let outputs = differences(&sandbox, &moments);
        for (number, output) in outputs.iter().enumerate() {
            assert_eq!(hidden(output), None, "from {hostile:?}");
            let is_for_the_team = number < 6;
            let is_answer = number % 2 == 0;
            assert_eq!(
                output.contains("zqplant"),
                is_for_the_team && is_answer,
                "{output}"
            );
            assert_eq!(
                output.contains("a system of build 10.0.19045"),
                !is_for_the_team && is_answer,
                "{output}"
            );
        }
    }
}

#[test]
fn bytes_that_are_no_text_cost_only_themselves() {
    let sandbox = Sandbox::with(&ward());
    let mut broken = nmap(&nmap_host("10.20.31.1", "bad-NAME.example")).into_bytes();
    let at = broken
        .windows(4)
        .position(|window| window == b"NAME")
        .unwrap();
    broken[at..at + 4].copy_from_slice(b"\xff\x00\xc3\x28");
    sandbox.export("broken.xml", &broken);
    let mut table =
        device_info(&[("0a01", "NAME", 19045), ("0a02", "kept.example", 19045)]).into_bytes();
    let at = table
        .windows(4)
        .rposition(|window| window == b"NAME")
        .unwrap();
    table[at..at + 4].copy_from_slice(b"\xff\x00\xc3\x28");
    sandbox.export("table.csv", &table);
    sandbox.export(
        "noise.bin",
        (0..=255).cycle().take(100_000).collect::<Vec<u8>>(),
    );
    let document = sandbox.document();
    assert!(document["tally"]["hosts"].as_u64().unwrap() > MACHINES);
    assert_eq!(document["unrecognised"][0]["path"], "noise.bin");
    assert_eq!(hidden(&document.to_string()), None);
    assert!(
        sandbox
            .output(&["why", "kept.example", "--folder", "exports"])
            .contains("table.csv, line 3")
    );
}
