//! What a keeper has already is gone through once, and read by nobody.

use std::io::{self, Cursor, Write};
use std::sync::Mutex;

use wardround_evidence::{Digest, Reading, Statement};
use wardround_sources::{Found, Keeper, Keeping, Limits, Outcome, read, read_into};
use zip::write::SimpleFileOptions;

const LIST: &str = "Hostname,Windows,IP,Last seen\nPC-1,Windows 7,10.0.0.1,2017-05-02\n";

/// Has what has one of these digests.
#[derive(Default)]
struct Has {
    digests: Vec<Digest>,
    asked: Mutex<Vec<(String, Option<u64>)>>,
    begun: Mutex<Vec<u32>>,
}

impl Keeper for Has {
    fn may_have(&self, path: &str, bytes: Option<u64>) -> io::Result<bool> {
        self.asked.lock().unwrap().push((path.to_owned(), bytes));
        Ok(!path.contains("new"))
    }

    fn has(&self, found: &Found<'_>) -> io::Result<bool> {
        assert_eq!(found.edition, 1);
        Ok(self.digests.contains(&found.digest))
    }

    fn begin(&self, edition: u32) -> io::Result<Box<dyn Keeping>> {
        self.begun.lock().unwrap().push(edition);
        Ok(Box::new(Nothing))
    }
}

struct Nothing;

impl Keeping for Nothing {
    fn statements(&mut self, _: &[Statement]) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>, _: Reading, _: [u8; 32]) -> io::Result<()> {
        Ok(())
    }
}

fn keep(keeper: &Has, path: &str, bytes: &[u8]) -> Outcome {
    read_into(path, &mut Cursor::new(bytes), Limits::DEFAULT, keeper)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_had_already_is_read_by_nobody_however_it_is_packed() {
    let keeper = Has {
        digests: vec![Digest::of(LIST.as_bytes())],
        ..Has::default()
    };
    let whole = read("list.csv", &mut Cursor::new(LIST), Limits::DEFAULT);
    let archive = zip(&[("list.csv", LIST)]);
    for (name, bytes) in [
        ("list.csv", LIST.as_bytes().to_vec()),
        ("list.csv.gz", gzip(LIST.as_bytes())),
        ("lists.zip", archive),
    ] {
        let outcome = keep(&keeper, name, &bytes);
        assert!(outcome.refused.is_empty(), "{name}: {:?}", outcome.refused);
        assert_eq!(outcome.secrets, whole.secrets, "{name}");
    }
    assert!(keeper.begun.lock().unwrap().is_empty());
    let asked = keeper.asked.lock().unwrap();
    let length = Some(LIST.len() as u64);
    let expected = [
        ("list.csv", length),
        ("list.csv.gz", None),
        ("lists.zip/list.csv", None),
    ];
    let expected = expected.map(|(path, bytes)| (path.to_owned(), bytes));
    assert_eq!(*asked, expected);
}

#[test]
fn what_is_not_had_is_read_as_ever() {
    let keeper = Has::default();
    let archive = zip(&[
        ("old.csv", LIST),
        ("new.csv", LIST),
        ("letter.txt", "dear all"),
    ]);
    let outcome = keep(&keeper, "lists.zip", &archive);
    assert_eq!(*keeper.begun.lock().unwrap(), [1, 1]);
    assert_eq!((outcome.secrets.len(), outcome.unrecognised.len()), (2, 1));
    assert_eq!(keep(&keeper, "list.csv", LIST.as_bytes()).secrets.len(), 1);
}

#[test]
fn what_cannot_be_unpacked_to_its_end_is_not_had() {
    let packed = gzip(LIST.as_bytes());
    let cut = &packed[..packed.len() - 6];
    let keeper = Has {
        digests: vec![Digest::of(LIST.as_bytes())],
        ..Has::default()
    };
    keep(&keeper, "list.csv.gz", cut);
    assert_eq!(
        *keeper.begun.lock().unwrap(),
        [1],
        "its reader says that it is cut"
    );
}
