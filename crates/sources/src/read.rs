//! One file: unpacked, recognised, read.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};
use wardround_evidence::{Digest, Reading, Source, SourcePath};
use zip::ZipArchive;

use crate::archive::{Bounded, Packing};
use crate::formats::readers;
use crate::{Head, Limits, ReadError, Reader, Sink};

/// A file's bytes, which may be packed.
pub trait FileContents: Read + Seek {}

impl<T: Read + Seek> FileContents for T {}

/// A file, or member of an archive, that no reader knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecognised {
    /// Where it lay.
    pub path: SourcePath,
    /// SHA-256 of its unpacked bytes.
    pub digest: Digest,
    /// How many unpacked bytes it has.
    pub bytes: u64,
}

/// A file, or member of an archive, of which nothing could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it lay.
    pub path: SourcePath,
    /// What is wrong with it, in words.
    pub reason: String,
}

/// All that came of one file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was read; several for an archive.
    pub readings: Vec<Reading>,
    /// What nobody recognised.
    pub unrecognised: Vec<Unrecognised>,
    /// What could not be used.
    pub refused: Vec<Refused>,
    /// Digests of the contents in a domain of their own, for [`wardround_evidence::Disclosure::key_from`]. Never print them.
    pub secrets: Vec<[u8; 32]>,
}

impl Outcome {
    /// Adds what came of another file.
    pub fn append(&mut self, mut other: Self) {
        self.readings.append(&mut other.readings);
        self.unrecognised.append(&mut other.unrecognised);
        self.refused.append(&mut other.refused);
        self.secrets.append(&mut other.secrets);
    }
}

/// Reads one file that lay at `path` below the folder being read, unpacking `.gz` and `.zip` by content.
///
/// Whatever is wrong with it is part of the outcome.
#[must_use]
pub fn read(path: &str, contents: &mut dyn FileContents, limits: Limits) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(error) = read_packed(path, contents, limits, &mut outcome) {
        outcome.refuse(path, describe(&error));
    }
    outcome
}

fn read_packed(
    path: &str,
    contents: &mut dyn FileContents,
    limits: Limits,
    outcome: &mut Outcome,
) -> io::Result<()> {
    let packed_bytes = contents.seek(SeekFrom::End(0))?;
    contents.rewind()?;
    let mut head = [0; 4];
    let filled = fill(contents, &mut head)?;
    contents.rewind()?;
    match Packing::of(&head[..filled]) {
        Packing::Plain => read_plain(path, contents, None, limits, outcome),
        Packing::Gzip => {
            let unpacked = MultiGzDecoder::new(BufReader::new(contents));
            read_plain(path, unpacked, Some(packed_bytes), limits, outcome);
        }
        Packing::Zip => read_zip(path, contents, limits, outcome),
    }
    Ok(())
}

fn read_zip(path: &str, contents: &mut dyn FileContents, limits: Limits, outcome: &mut Outcome) {
    let mut archive = match ZipArchive::new(BufReader::new(contents)) {
        Ok(archive) => archive,
        Err(error) => {
            return outcome.refuse(path, format!("this archive cannot be opened: {error}"));
        }
    };
    if archive.len() > limits.archive_members {
        let reason = format!(
            "this archive has {} members, more than the {} that we accept",
            archive.len(),
            limits.archive_members
        );
        return outcome.refuse(path, reason);
    }
    for index in 0..archive.len() {
        match archive.by_index(index) {
            Ok(member) if member.is_dir() => {}
            Ok(member) => {
                let Some(name) = member.enclosed_name() else {
                    outcome.refuse(
                        path,
                        format!("member {} has a path that leaves the archive", index + 1),
                    );
                    continue;
                };
                let member_path = format!("{path}/{}", name.to_string_lossy().replace('\\', "/"));
                let packed_bytes = member.compressed_size();
                read_plain(&member_path, member, Some(packed_bytes), limits, outcome);
            }
            Err(error) => {
                outcome.refuse(
                    path,
                    format!("member {} cannot be unpacked: {error}", index + 1),
                );
            }
        }
    }
}

/// Reads one unpacked stream.
fn read_plain(
    path: &str,
    contents: impl Read,
    packed_bytes: Option<u64>,
    limits: Limits,
    outcome: &mut Outcome,
) {
    let bounded = Bounded::new(contents, packed_bytes, limits);
    let mut hashed = Hashed {
        inner: bounded,
        hasher: Sha256::new(),
        passed: 0,
    };
    let mut first = Vec::with_capacity(Head::BYTES);
    if let Err(error) = (&mut hashed)
        .take(Head::BYTES as u64)
        .read_to_end(&mut first)
        && first.is_empty()
    {
        return outcome.refuse(path, describe(&error));
    }
    let head = Head::new(&first);
    let Some(reader) = readers()
        .iter()
        .copied()
        .find(|reader| reader.recognise(&head))
    else {
        let (finished, error) = hashed.finish();
        outcome.secrets.push(finished.secret);
        match error {
            None => outcome.unrecognised.push(Unrecognised {
                path: SourcePath::new(path),
                digest: finished.digest,
                bytes: finished.bytes,
            }),
            Some(error) => outcome.refuse(path, describe(&error)),
        }
        return;
    };
    let mut sink = Sink::new(limits);
    let mut input = BufReader::with_capacity(Head::BYTES, first.chain(&mut hashed));
    let result = reader.read(&mut input, &mut sink);
    settle(path, reader, result, sink, hashed.finish(), outcome);
}

/// Makes a reading of what reached the sink, or a refusal where nothing did.
fn settle(
    path: &str,
    reader: &dyn Reader,
    result: Result<(), ReadError>,
    mut sink: Sink,
    (finished, tail_error): (Finished, Option<io::Error>),
    outcome: &mut Outcome,
) {
    outcome.secrets.push(finished.secret);
    let empty = sink.statements.is_empty() && sink.declarations.is_empty();
    match result {
        Err(error) if empty || !error.keeps_what_was_read() => {
            return outcome.refuse(
                path,
                format!(
                    "this looks like a {}, but {}",
                    reader.title(),
                    explain(&error)
                ),
            );
        }
        Err(error) => sink.cut(explain(&error)),
        Ok(()) => {
            if let Some(error) = tail_error {
                sink.cut(describe(&error));
            }
        }
    }
    outcome.readings.push(Reading {
        source: Source {
            path: SourcePath::new(path),
            digest: finished.digest,
            reader: reader.id(),
            title: reader.title(),
            family: reader.family(),
            tool: sink.tool,
            bytes: finished.bytes,
            taken_at: sink.taken_at,
            extent: sink.extent,
        },
        statements: sink.statements,
        declarations: sink.declarations,
        skipped: sink.skipped,
        skipped_unlisted: sink.skipped_unlisted,
        notes: sink.notes,
        counts: sink.counts,
    });
}

impl Outcome {
    fn refuse(&mut self, path: &str, reason: String) {
        self.refused.push(Refused {
            path: SourcePath::new(path),
            reason,
        });
    }
}

/// Passes bytes on and digests them.
struct Hashed<R> {
    inner: R,
    hasher: Sha256,
    passed: u64,
}

struct Finished {
    digest: Digest,
    secret: [u8; 32],
    bytes: u64,
}

impl<R: Read> Hashed<R> {
    /// Lets the rest of the bytes pass, so that the digest is of the whole file wherever reading stopped.
    fn finish(mut self) -> (Finished, Option<io::Error>) {
        let error = io::copy(&mut self, &mut io::sink()).err();
        let mut other_domain = self.hasher.clone();
        other_domain.update(b"wardround pseudonym");
        let finished = Finished {
            digest: Digest::from_bytes(self.hasher.finalize().into()),
            secret: other_domain.finalize().into(),
            bytes: self.passed,
        };
        (finished, error)
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.inner.read(into)?;
        self.hasher.update(&into[..amount]);
        self.passed += amount as u64;
        Ok(amount)
    }
}

fn fill(contents: &mut dyn FileContents, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match contents.read(&mut into[filled..])? {
            0 => break,
            amount => filled += amount,
        }
    }
    Ok(filled)
}

fn explain(error: &ReadError) -> String {
    match error {
        ReadError::Io(error) => describe(error),
        other => other.to_string(),
    }
}

/// An input error in words; the unpacker's own reason where it has one.
fn describe(error: &io::Error) -> String {
    error.get_ref().map_or_else(
        || format!("the file could not be read: {error}"),
        ToString::to_string,
    )
}
