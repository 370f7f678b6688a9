//! Archives and compressed files that are made to run away, and ordinary ones beside them.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use wardround_evidence::{Disclosure, SourceExtent};
use wardround_sources::{Limits, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{read_bytes, reasons};

const SCAN: &str = r#"<nmaprun scanner="nmap" start="1715677200" version="7.92">
<host><status state="up" reason="echo-reply"/><address addr="10.20.4.1" addrtype="ipv4"/></host>
<runstats><finished time="1715677210"/></runstats></nmaprun>
"#;

/// Small limits, so that a test need not unpack much before it reaches them.
const TIGHT: Limits = Limits {
    ratio_floor_bytes: 4 << 20,
    ..Limits::DEFAULT
};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// One gzip member again and again, counting how far it is read.
struct Repeated {
    member: Vec<u8>,
    times: u64,
    position: u64,
    furthest: u64,
}

impl Repeated {
    fn length(&self) -> u64 {
        self.member.len() as u64 * self.times
    }
}

impl Read for Repeated {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.length() {
            return Ok(0);
        }
        let start = usize::try_from(self.position % self.member.len() as u64).unwrap();
        let amount = into.len().min(self.member.len() - start);
        into[..amount].copy_from_slice(&self.member[start..start + amount]);
        self.position += amount as u64;
        self.furthest = self.furthest.max(self.position);
        Ok(amount)
    }
}

impl Seek for Repeated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(position) => position,
            SeekFrom::End(_) => self.length(),
            SeekFrom::Current(_) => self.position,
        };
        Ok(self.position)
    }
}

#[test]
fn ten_gigabytes_of_zeros_are_stopped_long_before_they_are_unpacked() {
    let mut bomb = Repeated {
        member: gzip(&vec![0; 1 << 20]),
        times: 10 << 10,
        position: 0,
        furthest: 0,
    };
    let limits = Limits {
        unpacked_bytes: 8 << 20,
        ..Limits::DEFAULT
    };
    let outcome = read("bomb.gz", &mut bomb, limits);
    assert_eq!(
        reasons(&outcome),
        ["it unpacks to more than 8388608 bytes: unpacking stopped there"]
    );
    assert!(bomb.furthest < bomb.length() / 100, "{}", bomb.furthest);
}

#[test]
fn a_file_that_unpacks_to_far_more_than_its_size_is_stopped() {
    let outcome = read_bytes(gzip(&vec![b' '; 8 << 20]), TIGHT);
    assert_eq!(
        reasons(&outcome),
        [
            "it unpacks to more than 4194304 bytes, far more than a genuine export of its packed size: \
             unpacking stopped there"
        ]
    );
}

#[test]
fn a_scan_that_turns_into_a_bomb_keeps_its_hosts_and_is_cut() {
    let start = SCAN.replace("</nmaprun>", "");
    let padding = " ".repeat(512 << 10) + "<!-- -->";
    let outcome = read_bytes(gzip((start + &padding.repeat(16)).as_bytes()), TIGHT);
    let reading = &outcome.readings[0];
    assert_eq!(reading.statements.len(), 1);
    assert!(
        matches!(&reading.source.extent, SourceExtent::Cut(why) if why.contains("far more than")),
        "{:?}",
        reading.source.extent
    );
}

#[test]
fn a_compressed_scan_reads_as_the_scan_does() {
    let plain = read_bytes(SCAN, Limits::DEFAULT);
    let packed = read_bytes(gzip(SCAN.as_bytes()), Limits::DEFAULT);
    assert_eq!(plain.readings, packed.readings);
    let packed = read_bytes(zstd(SCAN.as_bytes()), Limits::DEFAULT);
    assert_eq!(plain.readings, packed.readings);
    let archive = read_bytes(zip(&[("scans/ward.xml", SCAN.as_bytes())]), Limits::DEFAULT);
    assert_eq!(archive.readings[0].statements, plain.readings[0].statements);
    let path = archive.readings[0].source.path.show(&Disclosure::team());
    assert_eq!(path, "file/scans/ward.xml");
}

#[test]
fn a_compressed_file_that_is_cut_keeps_what_came_and_says_so() {
    let noise: Vec<u8> = (0..40_000u32)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let hex: String = noise.iter().map(|byte| format!("{byte:02x}")).collect();
    let long = SCAN.replace("<runstats>", &format!("<!-- {hex} --><runstats>"));
    let mut packed = gzip(long.as_bytes());
    packed.truncate(packed.len() / 2);
    let outcome = read_bytes(packed, Limits::DEFAULT);
    let reading = &outcome.readings[0];
    assert_eq!(reading.statements.len(), 1);
    assert_ne!(reading.source.extent, SourceExtent::Whole);
}

#[test]
fn a_compressed_file_of_rubbish_is_refused() {
    let mut packed = gzip(SCAN.as_bytes());
    packed.truncate(12);
    let outcome = read_bytes(packed, Limits::DEFAULT);
    assert_eq!(outcome.readings, []);
    assert!(reasons(&outcome)[0].starts_with("the file could not be read: "));
}

#[test]
fn a_member_whose_path_leaves_the_archive_is_refused_and_the_rest_read() {
    let archive = zip(&[
        ("../../outside.xml", SCAN.as_bytes()),
        ("inside.xml", SCAN.as_bytes()),
    ]);
    let outcome = read_bytes(archive, Limits::DEFAULT);
    assert_eq!(
        reasons(&outcome),
        ["member 1 has a path that leaves the archive"]
    );
    assert_eq!(outcome.readings.len(), 1);
}

#[test]
fn an_archive_inside_an_archive_is_listed_and_not_opened() {
    let inner = zip(&[("ward.xml", SCAN.as_bytes())]);
    let packed = gzip(SCAN.as_bytes());
    let outcome = read_bytes(
        zip(&[("inner.zip", &inner), ("inner.xml.gz", &packed)]),
        Limits::DEFAULT,
    );
    assert_eq!(outcome.readings, []);
    assert_eq!(outcome.unrecognised.len(), 2);
}

#[test]
fn an_archive_of_too_many_members_is_refused() {
    let limits = Limits {
        archive_members: 2,
        ..Limits::DEFAULT
    };
    let outcome = read_bytes(zip(&[("a", b""), ("b", b""), ("c", b"")]), limits);
    assert_eq!(
        reasons(&outcome),
        ["this archive has 3 members, more than the 2 that we accept"]
    );
}

#[test]
fn an_archive_that_declares_a_billion_members_is_refused_before_it_is_opened() {
    let members = 1_000_000_000u64;
    let mut archive = zip(&[("a", b"")]);
    let end = archive.len() - 22;
    let mut record = Vec::from(*b"PK\x06\x06");
    record.extend(44u64.to_le_bytes());
    record.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for field in [members, members, members * 46, 0] {
        record.extend(field.to_le_bytes());
    }
    record.extend(b"PK\x06\x07\0\0\0\0");
    record.extend((end as u64).to_le_bytes());
    record.extend(1u32.to_le_bytes());
    archive.splice(end..end, record);
    let outcome = read_bytes(archive, Limits::DEFAULT);
    assert_eq!(
        reasons(&outcome),
        ["this archive has 1000000000 members, more than the 100000 that we accept"]
    );
}

#[test]
fn members_that_unpack_to_far_too_much_together_are_stopped() {
    let zeros = vec![0; 1 << 20];
    let names: Vec<String> = (0..20).map(|number| format!("{number}.bin")).collect();
    let members: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &zeros[..]))
        .collect();
    let limits = Limits { ratio: 10, ..TIGHT };
    let outcome = read_bytes(zip(&members), limits);
    assert_eq!(outcome.unrecognised.len(), 4);
    assert_eq!(
        reasons(&outcome),
        [
            "its members unpack to far more than genuine exports of its packed size: \
             unpacking stopped before member 5"
        ]
    );
}

#[test]
fn what_only_begins_like_an_archive_is_refused() {
    let outcome = read_bytes(b"PK\x03\x04 and nothing more", Limits::DEFAULT);
    assert!(reasons(&outcome)[0].starts_with("this archive cannot be opened: "));
}

#[test]
fn zstandard_frames_follow_each_other_and_others_between_them_are_passed_over() {
    let (start, end) = SCAN.as_bytes().split_at(SCAN.len() / 2);
    let mut other = b"\x5a\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    let packed = [other.clone(), zstd(start), other.clone(), zstd(end)].concat();
    let outcome = read_bytes(&packed, Limits::DEFAULT);
    assert_eq!(outcome.readings, read_bytes(SCAN, Limits::DEFAULT).readings);
    other.truncate(9);
    let outcome = read_bytes([packed, other].concat(), Limits::DEFAULT);
    assert_ne!(outcome.readings[0].source.extent, SourceExtent::Whole);
}

#[test]
fn a_zstandard_bomb_is_stopped() {
    let outcome = read_bytes(zstd(&vec![0; 8 << 20]), TIGHT);
    let [reason] = reasons(&outcome)[..] else {
        panic!("{outcome:?}");
    };
    assert!(
        reason.contains("far more than a genuine export"),
        "{reason}"
    );
}

#[test]
fn a_zstandard_frame_that_wants_much_memory_a_dictionary_or_another_checksum_is_refused_or_cut() {
    // RFC 8878, 3.1.1.1: descriptor, window descriptor or dictionary, then a block.
    let big_window = b"\x28\xb5\x2f\xfd\x00\xf8\x01\0\0";
    let dictionary = b"\x28\xb5\x2f\xfd\x01\x00\x07\x01\0\0";
    for (bytes, words) in [(&big_window[..], "memory"), (&dictionary[..], "dictionary")] {
        let outcome = read_bytes(bytes, Limits::DEFAULT);
        assert!(
            reasons(&outcome)[0].contains(words),
            "{:?}",
            reasons(&outcome)
        );
    }
    let mut packed = zstd(SCAN.as_bytes());
    *packed.last_mut().unwrap() ^= 1;
    let outcome = read_bytes(packed, Limits::DEFAULT);
    let SourceExtent::Cut(why) = &outcome.readings[0].source.extent else {
        panic!("the checksum is not looked at");
    };
    assert!(why.contains("checksum"), "{why}");
}

#[test]
fn a_zstandard_file_damaged_or_cut_anywhere_never_panics() {
    let packed = zstd(SCAN.repeat(20).as_bytes());
    for place in 0..packed.len() {
        let _ = read_bytes(&packed[..place], Limits::DEFAULT);
        let mut damaged = packed.clone();
        damaged[place] ^= 0x55;
        let _ = read_bytes(damaged, Limits::DEFAULT);
    }
}
