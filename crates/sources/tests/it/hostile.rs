//! Files that were written to harm whoever reads them.

use std::io::{self, Read, Seek, SeekFrom};

use wardround_evidence::{Disclosure, SourceExtent};
use wardround_sources::{Limits, read};

use crate::{read_bytes, reasons};

const RUN: &str = r#"<nmaprun scanner="nmap" start="1715677200" version="7.92">"#;

fn host(address: &str, names: &str) -> String {
    format!(
        r#"<host><status state="up" reason="echo-reply"/><address addr="{address}" addrtype="ipv4"/><hostnames>{names}</hostnames></host>"#
    )
}

#[test]
fn a_document_type_of_its_own_refuses_the_whole_file() {
    let scan = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE nmaprun [\n<!ENTITY a SYSTEM \"file:///x\">]>\n{RUN}{}</nmaprun>",
        host("10.20.4.1", "<hostname name=\"&a;\" type=\"PTR\"/>")
    );
    let outcome = read_bytes(scan, Limits::DEFAULT);
    assert_eq!(outcome.readings, []);
    assert!(reasons(&outcome)[0].contains("a document type definition inside the file at line 2"));
}

#[test]
fn a_document_type_after_the_hosts_refuses_them_too() {
    for declaration in ["<!DOCTYPE x [<!ENTITY a \"b\">]>", "<!ENTITY a \"b\">"] {
        let scan = format!("{RUN}{}{declaration}</nmaprun>", host("10.20.4.1", ""));
        let outcome = read_bytes(scan, Limits::DEFAULT);
        assert_eq!(outcome.readings, [], "{declaration}");
        assert!(reasons(&outcome)[0].contains("nothing of this file is used"));
    }
}

#[test]
fn a_document_type_without_definitions_is_accepted() {
    let scan = format!(
        "<!DOCTYPE nmaprun SYSTEM \"nmap.dtd\">{RUN}{}<runstats/></nmaprun>",
        host("10.20.4.1", "")
    );
    assert_eq!(read_bytes(scan, Limits::DEFAULT).readings.len(), 1);
}

#[test]
fn elements_ten_thousand_deep_are_refused_in_words() {
    let deep = format!("{RUN}{}", "<a>".repeat(10_000));
    let outcome = read_bytes(&deep, Limits::DEFAULT);
    assert_eq!(
        reasons(&outcome),
        [
            "this looks like a nmap scan, but there are too many elements inside each other, more than the 64 that we accept"
        ]
    );
    let after_a_host = deep.replacen("<a>", &host("10.20.4.1", ""), 1);
    let outcome = read_bytes(after_a_host, Limits::DEFAULT);
    assert_eq!(outcome.readings[0].statements.len(), 1);
    assert_ne!(outcome.readings[0].source.extent, SourceExtent::Whole);
}

#[test]
fn json_a_hundred_thousand_deep_does_no_harm() {
    for open in ["[", "{\"a\":", "[{\"value\":["] {
        let outcome = read_bytes(open.repeat(100_000), Limits::DEFAULT);
        assert!(
            outcome
                .readings
                .iter()
                .all(|reading| reading.statements.is_empty())
        );
    }
}

/// A beginning, then one byte for ever; counts how far it is read.
struct Endless {
    beginning: Vec<u8>,
    then: u8,
    position: u64,
    furthest: u64,
}

const TEN_GIGABYTES: u64 = 10 << 30;

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let start = usize::try_from(self.position).unwrap();
        let amount = match self.beginning.get(start..) {
            Some(rest) if !rest.is_empty() => {
                let amount = rest.len().min(into.len());
                into[..amount].copy_from_slice(&rest[..amount]);
                amount
            }
            _ if self.position >= TEN_GIGABYTES => 0,
            _ => {
                into.fill(self.then);
                into.len()
            }
        };
        self.position += amount as u64;
        self.furthest = self.furthest.max(self.position);
        Ok(amount)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(position) => position,
            SeekFrom::End(_) => TEN_GIGABYTES,
            SeekFrom::Current(_) => self.position,
        };
        Ok(self.position)
    }
}

#[test]
fn text_without_end_is_given_up_after_one_record() {
    for (open, then) in [
        ("", b'a'),
        ("<host", b' '),
        ("<host a=\"", b'x'),
        ("<!--", b'-'),
        ("<![CDATA[", b']'),
        ("&", b'a'),
        ("<?", b'?'),
    ] {
        let mut file = Endless {
            beginning: format!("{RUN}{open}").into_bytes(),
            then,
            position: 0,
            furthest: 0,
        };
        let outcome = read("endless.xml", &mut file, Limits::DEFAULT);
        assert!(
            reasons(&outcome)[0]
                .contains("one element or text has too many bytes, more than the 1048576"),
            "{open}: {outcome:?}"
        );
        assert!(
            file.furthest < 4 << 20,
            "{open}: read as far as {}",
            file.furthest
        );
    }
}

#[test]
fn a_host_with_more_names_than_a_host_can_have_is_given_up() {
    let names: String = (0..2_000)
        .map(|number| format!("<hostname name=\"host-{number}\" type=\"PTR\"/>"))
        .collect();
    let outcome = read_bytes(
        format!("{RUN}{}", host("10.20.4.1", &names)),
        Limits::DEFAULT,
    );
    assert!(reasons(&outcome)[0].contains("one host has too many names and addresses"));
}

#[test]
fn a_host_with_every_port_is_told_in_several_statements() {
    let ports: String = (0..=65_535u32)
        .map(|number| {
            format!("<port protocol=\"tcp\" portid=\"{number}\"><state state=\"open\"/></port>")
        })
        .collect();
    let scan = format!("{RUN}{}", host("10.20.4.1", ""))
        .replace("<hostnames>", &format!("<ports>{ports}</ports><hostnames>"));
    let outcome = read_bytes(
        scan + "<runstats><finished/></runstats></nmaprun>",
        Limits::DEFAULT,
    );
    let statements = &outcome.readings[0].statements;
    let facts: usize = statements
        .iter()
        .map(|statement| statement.observed.len())
        .sum();
    assert_eq!((statements.len(), facts), (2, 65_537));
    assert_eq!(statements[0].subject, statements[1].subject);
    assert_eq!(outcome.readings[0].counts["host_elements"], 1);
}

#[test]
fn a_limit_on_what_a_source_may_say_cuts_it_there() {
    let scan = format!("{RUN}{}{}", host("10.20.4.1", ""), host("10.20.4.2", ""));
    let limits = Limits {
        observations: 1,
        ..Limits::DEFAULT
    };
    let reading = &read_bytes(scan, limits).readings[0];
    assert_eq!(reading.statements.len(), 1);
    assert_eq!(
        reading.source.extent,
        SourceExtent::Cut(
            "it holds too many observations, more than the 1 that we accept".to_owned()
        )
    );
}

#[test]
fn names_are_kept_as_text_and_shown_harmless() {
    for (written, shown) in [
        (
            "&lt;img src=x onerror=alert(1)&gt;",
            "<img src=x onerror=alert(1)>",
        ),
        ("=1+cmd|&apos; /c x&apos;!a1", "=1+cmd|' /c x'!a1"),
        ("&#27;[2Jward", "\\u{1b}[2jward"),
        ("ward&#x202e;exe", "ward\\u{202e}exe"),
        ("&apos;; drop table hosts; --", "'; drop table hosts; --"),
    ] {
        let name = format!("<hostname name=\"{written}\" type=\"PTR\"/>");
        let scan = format!("{RUN}{}<runstats/></nmaprun>", host("10.20.4.1", &name));
        let outcome = read_bytes(scan, Limits::DEFAULT);
        let subject = &outcome.readings[0].statements[0].subject;
        let names: Vec<String> = subject
            .iter()
            .map(|name| name.show(&Disclosure::team()))
            .collect();
        assert_eq!(names, [shown, "10.20.4.1"]);
    }
}

#[test]
fn no_reason_or_note_quotes_what_a_file_says() {
    let secret = "Sesam-7731";
    let name = format!("<hostname name=\"&{secret};\"/>");
    let scans = [
        format!("{RUN}{}<{secret}></b>", host("10.20.4.1", "")),
        format!("{RUN}{}<runstats/>", host("10.20.4.1", &name)),
        format!("{RUN}{}", host(secret, "")),
        format!("<!DOCTYPE {secret} [ ]>{RUN}"),
        format!("{RUN}<{secret} {secret}={secret}/>"),
    ];
    let others = [
        format!("Device name,OS,{secret}\n{secret},Windows,{secret},{secret}\nPC-1,,{secret}"),
        format!(
            "Device name,OS,IP,MAC,KB,Status,Last seen\nPC-1,,{secret},{secret},{secret},{secret},{secret}\n"
        ),
        format!(
            "TCP 10.1.1.1:445 {secret}:0 {secret}\nTCP {secret}:445 0.0.0.0:0 LISTENING\n{secret}"
        ),
        format!(
            "<NessusClientData_v2><{secret}/><Report><ReportHost name='&{secret};'><HostProperties>\
             <tag name='host-ip'>{secret}</tag><tag name='HOST_END'>{secret}</tag></HostProperties>\
             <ReportItem pluginID='{secret}'>&{secret};</ReportItem></ReportHost>"
        ),
    ];
    for file in scans.iter().chain(&others) {
        let outcome = read_bytes(file, Limits::DEFAULT);
        let shown = format!("{outcome:?}");
        assert!(!shown.contains(secret), "{shown}");
    }
}
