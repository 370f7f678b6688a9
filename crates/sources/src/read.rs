//! One file: unpacked, recognised, read.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use wardround_evidence::{Digest, Reading, Source, SourcePath};

use crate::already_kept::Coming;
use crate::archive::{Allowance, Bounded, Packing, open_zip};
use crate::formats::{near_miss, readers};
use crate::hashed::{Hashed, describe};
use crate::zstd::ZstdFrames;
use crate::{Head, Keeper, Limits, ReadError, Reader, Sink};

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

/// Columns of a table that are not read.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadColumns {
    /// Where the table lay.
    pub path: SourcePath,
    /// Their names as they stand there, the first of them.
    pub names: Vec<String>,
}

/// Says nothing of what the file calls them.
impl std::fmt::Debug for UnreadColumns {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("UnreadColumns(…)")
    }
}

/// A table that no reader knows.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownTable {
    /// Where it lay.
    pub path: SourcePath,
    /// How many columns it has.
    pub columns: usize,
    /// The names of its columns as they stand there, the first of them; none where its first line may be a row.
    pub names: Vec<String>,
    /// What it lacks to be a list of machines, in words that quote nothing of it.
    pub lack: &'static str,
}

/// Says nothing of what the file holds.
impl std::fmt::Debug for UnknownTable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("UnknownTable(…)")
    }
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
    /// Columns that are not read, by the file's own names for them. Only for whoever may read the file.
    pub unread_columns: Vec<UnreadColumns>,
    /// Which of what nobody recognised are tables, and what they lack. Only for whoever may read the file.
    pub unknown_tables: Vec<UnknownTable>,
    /// Digests of the contents of what was read, in a domain of their own, for [`wardround_evidence::Disclosure::key_from`].
    /// Never print them.
    pub secrets: Vec<[u8; 32]>,
}

impl Outcome {
    /// Adds what came of another file.
    pub fn append(&mut self, mut other: Self) {
        self.readings.append(&mut other.readings);
        self.unrecognised.append(&mut other.unrecognised);
        self.refused.append(&mut other.refused);
        self.unread_columns.append(&mut other.unread_columns);
        self.unknown_tables.append(&mut other.unknown_tables);
        self.secrets.append(&mut other.secrets);
    }
}

/// Reads one file that lay at `path` below the folder being read, unpacking `.gz`, `.zst` and `.zip` by content.
///
/// Whatever is wrong with it is part of the outcome.
#[must_use]
pub fn read(path: &str, contents: &mut dyn FileContents, limits: Limits) -> Outcome {
    read_with(path, contents, Means::new(limits, None))
}

/// Like [`read`], but gives every reading to `keeper` while it is being read, in memory that does not grow with the file;
/// the outcome holds no readings.
///
/// A reading that cannot be kept is refused in the outcome.
#[must_use]
pub fn read_into(
    path: &str,
    contents: &mut dyn FileContents,
    limits: Limits,
    keeper: &dyn Keeper,
) -> Outcome {
    read_with(path, contents, Means::new(limits, Some(keeper)))
}

/// What all steps of reading a file share.
#[derive(Clone, Copy)]
struct Means<'a> {
    limits: Limits,
    keeper: Option<&'a dyn Keeper>,
}

impl<'a> Means<'a> {
    const fn new(limits: Limits, keeper: Option<&'a dyn Keeper>) -> Self {
        Self { limits, keeper }
    }
}

fn read_with(path: &str, contents: &mut dyn FileContents, means: Means<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(error) = read_packed(path, contents, means, &mut outcome) {
        outcome.refuse(path, describe(&error));
    }
    outcome
}

fn read_packed(
    path: &str,
    contents: &mut dyn FileContents,
    means: Means<'_>,
    outcome: &mut Outcome,
) -> io::Result<()> {
    let limits = means.limits;
    let packed_bytes = contents.seek(SeekFrom::End(0))?;
    contents.rewind()?;
    let mut head = [0; 4];
    let filled = fill(contents, &mut head)?;
    contents.rewind()?;
    let packing = Packing::of(&head[..filled]);
    if packing == Packing::Zip {
        read_zip(path, contents, packed_bytes, means, outcome);
        return Ok(());
    }
    let coming = Coming {
        path,
        bytes: (packing == Packing::Plain).then_some(packed_bytes),
        keeper: means.keeper,
    };
    let kept = coming.is_kept(outcome, || {
        Some(unpacked(packing, &mut *contents, packed_bytes, limits))
    });
    match kept {
        Ok(None) => contents.rewind()?,
        Ok(Some(_)) => return Ok(()),
        Err(reason) => {
            outcome.refuse(path, reason);
            return Ok(());
        }
    }
    let unpacked = unpacked(packing, contents, packed_bytes, limits);
    read_stream(path, unpacked, means, outcome);
    Ok(())
}

/// What a file unpacks to that holds nothing but one other.
fn unpacked<'a>(
    packing: Packing,
    contents: &'a mut dyn FileContents,
    packed_bytes: u64,
    limits: Limits,
) -> Bounded<Box<dyn Read + 'a>> {
    let (unpacked, packed_bytes): (Box<dyn Read + 'a>, _) = match packing {
        Packing::Plain | Packing::Zip => (Box::new(contents), None),
        Packing::Gzip => {
            let frames = MultiGzDecoder::new(BufReader::new(contents));
            (Box::new(frames), Some(packed_bytes))
        }
        Packing::Zstd => {
            let frames = ZstdFrames::new(BufReader::new(contents));
            (Box::new(frames), Some(packed_bytes))
        }
    };
    Bounded::new(unpacked, Allowance::of_file(packed_bytes, limits))
}

type Zip<'a> = zip::ZipArchive<BufReader<&'a mut dyn FileContents>>;

fn read_zip(
    path: &str,
    contents: &mut dyn FileContents,
    packed_bytes: u64,
    means: Means<'_>,
    outcome: &mut Outcome,
) {
    let limits = means.limits;
    let mut archive = match open_zip(contents, limits) {
        Ok(archive) => archive,
        Err(reason) => return outcome.refuse(path, reason),
    };
    let mut all_members = Allowance::by_ratio(packed_bytes, limits);
    for index in 0..archive.len() {
        if all_members.left == 0 {
            let number = index + 1;
            let reason = format!(
                "its members unpack to far more than genuine exports of its packed size: \
                 unpacking stopped before member {number}"
            );
            return outcome.refuse(path, reason);
        }
        match look_at_member(path, &mut archive, index, limits) {
            Ok(None) => {}
            Err(reason) => outcome.refuse(path, reason),
            Ok(Some((member_path, allowance))) => {
                let allowance = allowance.within(all_members);
                let read =
                    read_member(&member_path, &mut archive, index, allowance, means, outcome);
                match read {
                    Ok(passed) => all_members = all_members.after(passed),
                    Err(reason) => outcome.refuse(path, reason),
                }
            }
        }
    }
}

/// Where a member lies, and how much may come out of it; nothing for a folder.
fn look_at_member(
    path: &str,
    archive: &mut Zip<'_>,
    index: usize,
    limits: Limits,
) -> Result<Option<(String, Allowance)>, String> {
    let number = index + 1;
    let member = archive
        .by_index(index)
        .map_err(|error| format!("member {number} cannot be unpacked: {error}"))?;
    if member.is_dir() {
        return Ok(None);
    }
    let name = member
        .enclosed_name()
        .ok_or_else(|| format!("member {number} has a path that leaves the archive"))?;
    let member_path = format!("{path}/{}", name.to_string_lossy().replace('\\', "/"));
    let allowance = Allowance::of_file(Some(member.compressed_size()), limits);
    Ok(Some((member_path, allowance)))
}

/// Reads a member, and says how many bytes it had as far as they were looked at.
fn read_member(
    path: &str,
    archive: &mut Zip<'_>,
    index: usize,
    allowance: Allowance,
    means: Means<'_>,
    outcome: &mut Outcome,
) -> Result<u64, String> {
    let coming = Coming {
        path,
        bytes: None,
        keeper: means.keeper,
    };
    let kept = coming.is_kept(outcome, || {
        let member = archive.by_index(index).ok()?;
        Some(Bounded::new(member, allowance))
    })?;
    if let Some(passed) = kept {
        return Ok(passed);
    }
    let number = index + 1;
    let member = archive
        .by_index(index)
        .map_err(|error| format!("member {number} cannot be unpacked: {error}"))?;
    let bounded = Bounded::new(member, allowance);
    Ok(read_stream(path, bounded, means, outcome))
}

/// Reads one unpacked stream, and says how many bytes it had as far as they were looked at.
fn read_stream(
    path: &str,
    contents: Bounded<impl Read>,
    means: Means<'_>,
    outcome: &mut Outcome,
) -> u64 {
    let mut hashed = Hashed::new(contents);
    let head = Head::new(hashed.head());
    let recognised = readers()
        .iter()
        .copied()
        .find(|reader| reader.recognise(&head));
    let near = match recognised {
        Some(_) => None,
        None => near_miss(head.text()),
    };
    if hashed.passed == 0
        && let Some(failure) = hashed.failure
    {
        outcome.refuse(path, failure);
        return 0;
    }
    match recognised {
        Some(reader) => read_known(path, reader, &mut hashed, means, outcome),
        None => match hashed.finish() {
            (_, Some(failure)) => outcome.refuse(path, failure),
            (finished, None) => {
                outcome.unknown_tables.extend(near.map(|near| UnknownTable {
                    path: SourcePath::new(path),
                    columns: near.columns,
                    names: near.names,
                    lack: near.lack,
                }));
                outcome.unrecognised.push(Unrecognised {
                    path: SourcePath::new(path),
                    digest: finished.digest,
                    bytes: finished.bytes,
                });
            }
        },
    }
    hashed.passed
}

/// Makes a reading of what reaches the sink, or a refusal where nothing does.
fn read_known(
    path: &str,
    reader: &dyn Reader,
    hashed: &mut Hashed<impl Read>,
    means: Means<'_>,
    outcome: &mut Outcome,
) {
    let mut sink = Sink::new(means.limits);
    let begun = means.keeper.map(|keeper| keeper.begin(reader.edition()));
    match begun.transpose() {
        Ok(keeping) => sink.keeping = keeping,
        Err(error) => return outcome.refuse(path, ReadError::NotKept(error).to_string()),
    }
    let result = reader.read(hashed, &mut sink);
    if let Err(error) = &result
        && (sink.is_empty() || !error.keeps_what_was_read())
    {
        // The rest of the file is not even unpacked.
        let reason = format!(
            "this looks like a {}, but {}",
            reader.title(),
            explain(error)
        );
        return outcome.refuse(path, reason);
    }
    let (finished, tail_failure) = hashed.finish();
    outcome.secrets.push(finished.secret);
    match (result, tail_failure) {
        (Err(error), _) => sink.cut(explain(&error)),
        (Ok(()), Some(failure)) => sink.cut(failure),
        (Ok(()), None) => {}
    }
    if let Err(error) = sink.hand_over() {
        return outcome.refuse(path, error.to_string());
    }
    if !sink.unread_columns.is_empty() {
        outcome.unread_columns.push(UnreadColumns {
            path: SourcePath::new(path),
            names: std::mem::take(&mut sink.unread_columns),
        });
    }
    let keeping = sink.keeping.take();
    let counts = sink.counts();
    let reading = Reading {
        source: Source {
            path: SourcePath::new(path),
            digest: finished.digest,
            reader: reader.id().into(),
            title: reader.title().into(),
            family: sink.family.unwrap_or_else(|| reader.family()).into(),
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
        counts,
    };
    match keeping {
        None => outcome.readings.push(reading),
        Some(keeping) => {
            if let Err(error) = keeping.finish(reading, finished.secret) {
                outcome.refuse(path, ReadError::NotKept(error).to_string());
            }
        }
    }
}

impl Outcome {
    fn refuse(&mut self, path: &str, reason: String) {
        self.refused.push(Refused {
            path: SourcePath::new(path),
            reason,
        });
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
