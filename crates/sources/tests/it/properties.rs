//! Laws over bytes that nobody chose.

use proptest::collection::vec;
use proptest::prelude::{any, prop, prop_assert_eq, proptest};
use proptest::sample::Index;
use wardround_sources::Limits;

use crate::read_bytes;

const BEGINNINGS: [&[u8]; 13] = [
    b"<nmaprun>",
    b"<?xml version=\"1.0\"?><nmaprun><host><address addr=\"10.1.1.1\"/>",
    b"\xff\xfe<\0n\0m\0a\0p\0r\0u\0n\0>\0",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"{\"value\":[{\"",
    b"DeviceId,DeviceName,CveId\n",
    b"Host Name:                 WARD-7\r\nOS Name:  ",
    b"\x28\xb5\x2f\xfd",
    b"<NessusClientData_v2><Report><ReportHost name='10.1.1.1'><HostProperties><tag name='HOST_END'>",
    b"Device name,OS,OS version,Last seen,KB,Status\n",
    b"Hostname;MS17-010;Last seen\nPC-1;",
    b"  TCP    10.1.1.1:445    0.0.0.0:0    LISTENING\n  TCP  ",
];

const FILES: [&str; 6] = [
    include_str!("../../src/formats/nmap_xml/samples/ordinary.xml"),
    include_str!("../../src/formats/nessus_xml/samples/ordinary.nessus"),
    include_str!("../../src/formats/inventory_csv/samples/configmgr_updates.csv"),
    include_str!("../../src/formats/inventory_csv/samples/home_made.csv"),
    include_str!("../../src/formats/netstat_listing/samples/windows.txt"),
    include_str!("../../src/formats/netstat_listing/samples/linux.txt"),
];

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(beginning in prop::sample::select(&BEGINNINGS[..]), rest in vec(any::<u8>(), 0..2_000)) {
        let _ = read_bytes([beginning, &rest[..]].concat(), Limits::DEFAULT);
        let _ = read_bytes(rest, Limits::DEFAULT);
    }

    #[test]
    fn a_file_with_pieces_replaced_never_panics_and_reads_alike_twice(
        file in prop::sample::select(&FILES[..]),
        pieces in vec((any::<Index>(), any::<Index>(), vec(any::<u8>(), 0..8)), 1..6)
    ) {
        let mut bytes = file.as_bytes().to_vec();
        for (from, to, with) in pieces {
            let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let end = to.clamp(from, bytes.len().min(from + 40)).max(from);
            bytes.splice(from..end, with);
        }
        let once = read_bytes(&bytes, Limits::DEFAULT);
        let twice = read_bytes(&bytes, Limits::DEFAULT);
        prop_assert_eq!(once.readings, twice.readings);
        prop_assert_eq!(once.refused, twice.refused);
    }
}
