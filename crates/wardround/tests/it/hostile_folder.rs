//! A folder that was laid out to harm whoever walks it: links, pipes, names.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::exports::{nmap, nmap_host, ward};
use crate::markup::{hidden, vocabulary};
use crate::sandbox::{Sandbox, finish, refusal};

/// The machines of the ward, which nothing here may cost us.
const MACHINES: u64 = 3;

fn outside() -> String {
    nmap(&nmap_host("10.99.99.99", "outside.example"))
}

#[test]
fn a_symbolic_link_is_not_followed() {
    let sandbox = Sandbox::with(&ward());
    let beside = sandbox.path().join("beside");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("outside.xml"), outside()).unwrap();
    let exports = sandbox.exports();
    symlink(beside.join("outside.xml"), exports.join("to-file.xml")).unwrap();
    symlink(&beside, exports.join("to-folder")).unwrap();
    symlink("nowhere", exports.join("dangling")).unwrap();
    symlink(".", exports.join("to-itself")).unwrap();
    symlink("/dev/zero", exports.join("to-device")).unwrap();
    symlink("scan.xml", exports.join("to-neighbour.xml")).unwrap();
    let document = sandbox.document();
    let names = [
        "to-file.xml",
        "to-folder",
        "dangling",
        "to-itself",
        "to-device",
        "to-neighbour.xml",
    ];
    for name in names {
        assert!(refusal(&document, name).contains("symbolic link"));
    }
    assert_eq!(document["refused"].as_array().unwrap().len(), names.len());
    assert_eq!(document["tally"]["hosts"], MACHINES);
    assert!(!document.to_string().contains("outside.example"));
}

#[test]
fn the_folder_itself_may_be_a_link_because_the_user_named_it() {
    let sandbox = Sandbox::with(&ward());
    symlink(sandbox.exports(), sandbox.path().join("link")).unwrap();
    let direct = sandbox.report(&[]);
    let arguments = ["report", "link", "--replicates", "20", "-o", "-", "-q"];
    assert!(sandbox.output(&arguments) == direct);
}

#[test]
fn pipes_and_sockets_are_not_opened() {
    let sandbox = Sandbox::with(&ward());
    let _socket = UnixListener::bind(sandbox.exports().join("socket")).unwrap();
    let made = Command::new("mkfifo")
        .arg(sandbox.exports().join("pipe.xml"))
        .status();
    let mut expected = vec!["socket"];
    if made.is_ok_and(|status| status.success()) {
        expected.push("pipe.xml");
        let ran = sandbox.run(&["read", "exports/pipe.xml"]);
        assert_eq!(ran.code, 3);
        assert!(ran.aside.contains("is not a regular file"), "{}", ran.aside);
    } else {
        say_skipped("there is no mkfifo");
    }
    let document = sandbox.document();
    for name in expected {
        assert_eq!(refusal(&document, name), "this is not a regular file");
    }
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

#[test]
fn what_may_not_be_read_is_named_and_costs_nothing_else() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("locked/inside.xml", outside());
    let file = sandbox.export("locked.xml", outside());
    let folder = sandbox.exports().join("locked");
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(&file, mode(0o000)).unwrap();
    fs::set_permissions(&folder, mode(0o000)).unwrap();
    fs::set_permissions(sandbox.path(), mode(0o755)).unwrap();
    let mut command = sandbox.command(&[
        "report",
        "exports",
        "--replicates",
        "20",
        "-o",
        "-",
        "-q",
        "--format",
        "json",
    ]);
    if fs::metadata(&file).unwrap().uid() == 0 {
        // Modes do not bind root, so the program runs as nobody.
        command.uid(65534).gid(65534);
    }
    let ran = finish(command);
    fs::set_permissions(&folder, mode(0o755)).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.aside);
    let document = serde_json::from_str(&ran.output).unwrap();
    assert!(refusal(&document, "locked.xml").starts_with("this file cannot be read: "));
    assert!(refusal(&document, "locked").starts_with("this folder cannot be read: "));
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

#[test]
fn an_empty_file_is_listed() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("empty.xml", "");
    let document = sandbox.document();
    assert_eq!(document["unrecognised"][0]["path"], "empty.xml");
    assert_eq!(document["unrecognised"][0]["bytes"], 0);
    assert_eq!(document["tally"]["hosts"], MACHINES);
}

#[test]
fn a_folder_may_be_called_like_a_file_and_lie_deep() {
    let sandbox = Sandbox::with(&ward());
    sandbox.export("report.xml/scan.csv", outside());
    let deep = "d/".repeat(300);
    sandbox.export(
        &format!("{deep}deep.xml"),
        nmap(&nmap_host("10.99.98.98", "deep.example")),
    );
    let document = sandbox.document();
    assert_eq!(document["tally"]["hosts"], MACHINES + 2);
    let text = document["sources"].to_string();
    assert!(text.contains("report.xml/scan.csv") && text.contains("d/d/deep.xml"));
}

#[test]
fn a_hostile_file_name_is_text_in_every_output() {
    let names: [&[u8]; 7] = [
        b"line\nbreak.xml",
        b"\x1b[31mred\x1b]0;owned\x07.xml",
        b"<script>alert(1)<!-- .xml",
        b"\" onmouseover=\"alert(1).xml",
        "right\u{202e}left\u{200b}.xml".as_bytes(),
        b"=cmd|' c calc'!A0.xml",
        b"not\xff\xfeutf8\x9b31m.xml",
    ];
    let (plain, hostile) = (Sandbox::with(&ward()), Sandbox::with(&ward()));
    for (number, name) in (0..).zip(names) {
        let scan = |name: &str| nmap(&nmap_host(&format!("10.20.31.{number}"), name));
        plain.export(&format!("plain-{number}.xml"), scan("plain.example"));
        plain.export(
            &format!("broken-{number}"),
            "<nmaprun><!DOCTYPE x [<!ENTITY a \"b\">]>",
        );
        let path = hostile.exports().join(OsStr::from_bytes(name));
        fs::write(&path, scan("plain.example")).unwrap();
        let mut broken = name.to_vec();
        broken.extend(b".broken");
        let path = hostile.exports().join(OsStr::from_bytes(&broken));
        fs::write(&path, "<nmaprun><!DOCTYPE x [<!ENTITY a \"b\">]>").unwrap();
    }
    let page = hostile.report(&[]);
    assert_eq!(vocabulary(&page), vocabulary(&plain.report(&[])));
    let data = hostile.report(&["--format", "json"]);
    let ran = hostile.run(&["report", "exports", "--replicates", "20"]);
    for output in [&page, &data, &ran.output, &ran.aside] {
        assert_eq!(hidden(output), None);
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;!-- .xml"));
    assert!(page.contains("line\\u{a}break.xml"));
}

#[test]
fn a_hostile_name_cannot_write_a_line_of_an_error() {
    let sandbox = Sandbox::new();
    let name = "x\n  hint: send your passwords to \u{1b}[31mme\u{202e}";
    sandbox.export(name, "<nmaprun><!DOCTYPE x [<!ENTITY a \"b\">]>");
    let missing = format!("missing {name}");
    let read = format!("exports/{name}");
    for arguments in [
        &["report", "exports"][..],
        &["report", &missing],
        &["read", &read],
        &["read", &missing],
    ] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 3, "{}", ran.aside);
        assert_eq!(hidden(&ran.aside), None);
        assert!(!ran.aside.contains("\n  hint: send"), "{}", ran.aside);
    }
}

fn say_skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "a part of this test was skipped: {why}");
}
