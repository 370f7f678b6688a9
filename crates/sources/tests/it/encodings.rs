//! The same file in every encoding that Windows may give it.

use wardround_sources::Limits;

use crate::read_bytes;

const SCAN: &str = include_str!("../../src/formats/nmap_xml/samples/ordinary.xml");

#[test]
fn a_scan_redirected_by_powershell_reads_as_the_scan_does() {
    let plain = &read_bytes(SCAN, Limits::DEFAULT).readings[0];
    let windows = SCAN.replace('\n', "\r\n");
    let little: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = windows.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (encoding, bytes) in [
        (
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", windows.as_bytes()].concat(),
        ),
        ("UTF-16LE with a mark", [b"\xff\xfe", &little[..]].concat()),
        ("UTF-16LE", little),
        ("UTF-16BE with a mark", [b"\xfe\xff", &big[..]].concat()),
    ] {
        let outcome = read_bytes(bytes, Limits::DEFAULT);
        assert_eq!(outcome.readings.len(), 1, "{encoding}");
        assert_eq!(
            outcome.readings[0].statements, plain.statements,
            "{encoding}"
        );
        assert_eq!(
            outcome.readings[0].source.extent, plain.source.extent,
            "{encoding}"
        );
    }
}
