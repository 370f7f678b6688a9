//! Going through the container, member after member, and on after what is wrong with one where that can be done.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use wardround_evidence::Digest;

use super::BundleBounds;
use super::contents::ENVELOPE;
use super::fault::{BundleFault, Faults};
use super::header::{self, BLOCK, Look};
use super::members::copy;
use crate::error::Fault;

/// A member as it was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) name: String,
    /// Where its bytes begin in the file.
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) digest: Digest,
    /// Whether the file goes on to its end.
    pub(super) whole: bool,
}

/// What should come next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub(super) name: &'a str,
    pub(super) length: u64,
}

/// A bundle that is being gone through.
#[derive(Debug)]
pub(super) struct Scan {
    from: BufReader<File>,
    length: u64,
    place: u64,
    bounds: BundleBounds,
    members: usize,
}

impl Scan {
    pub(super) fn new(file: File, length: u64, bounds: BundleBounds) -> Self {
        Self {
            from: BufReader::with_capacity(1 << 16, file),
            length,
            place: 0,
            bounds,
            members: 0,
        }
    }

    /// The bytes of the envelope, which must come first.
    pub(super) fn envelope(&mut self, faults: &mut Faults) -> Result<Option<Vec<u8>>, Fault> {
        let Some(block) = self.block(faults)? else {
            return Ok(None);
        };
        let length = match header::look(&block) {
            Look::Canonical { name, length } if name == ENVELOPE => length,
            Look::Odd {
                name,
                length,
                fields,
            } if name == ENVELOPE => {
                faults.add(BundleFault::HeaderOdd { name, fields });
                length
            }
            Look::Canonical { name, .. } | Look::Odd { name, .. } => {
                faults.add(BundleFault::NoEnvelope { found: name });
                return Ok(None);
            }
            Look::Empty => {
                let found = "nothing at all".to_owned();
                faults.add(BundleFault::NoEnvelope { found });
                return Ok(None);
            }
            Look::Damaged { length } => {
                let name = Some(ENVELOPE.to_owned());
                faults.add(BundleFault::HeaderDamaged { name });
                let Some(length) = length else {
                    return Ok(None);
                };
                length
            }
        };
        if !self.allows(ENVELOPE, length, self.bounds.envelope_bytes, faults) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let whole = self.contents(ENVELOPE, length, &mut bytes, faults)?.whole;
        Ok(whole.then_some(bytes))
    }

    /// The next member; `None` after the last, and where it cannot be told how to go on.
    pub(super) fn next(
        &mut self,
        expected: Option<Expected<'_>>,
        faults: &mut Faults,
    ) -> Result<Option<Found>, Fault> {
        let Some(block) = self.block(faults)? else {
            return Ok(None);
        };
        let (name, length) = match header::look(&block) {
            Look::Empty => {
                self.end(faults)?;
                return Ok(None);
            }
            Look::Canonical { name, length } => (name, length),
            Look::Odd {
                name,
                length,
                fields,
            } => {
                let odd = name.clone();
                faults.add(BundleFault::HeaderOdd { name: odd, fields });
                (name, length)
            }
            Look::Damaged { .. } => {
                let Some(expected) = expected else {
                    faults.add(BundleFault::EndMark);
                    return Ok(None);
                };
                let name = expected.name.to_owned();
                faults.add(BundleFault::HeaderDamaged {
                    name: Some(name.clone()),
                });
                (name, expected.length)
            }
        };
        self.members += 1;
        if self.members > self.bounds.members {
            faults.add(BundleFault::TooLarge {
                what: "the bundle".to_owned(),
                found: self.members as u64,
                most: self.bounds.members as u64,
            });
            return Ok(None);
        }
        if !self.allows(&name, length, self.bounds.member_bytes, faults) {
            return Ok(None);
        }
        self.contents(&name, length, &mut std::io::sink(), faults)
            .map(Some)
    }

    fn allows(&self, name: &str, length: u64, most: u64, faults: &mut Faults) -> bool {
        if length > most {
            faults.add(BundleFault::TooLarge {
                what: format!("`{name}`"),
                found: length,
                most,
            });
        }
        length <= most
    }

    /// How much of the file is still to come, by the length that it had at first.
    const fn left(&self) -> u64 {
        self.length.saturating_sub(self.place)
    }

    /// The next block; `None`, and why, where the file ends.
    fn block(&mut self, faults: &mut Faults) -> Result<Option<[u8; BLOCK]>, Fault> {
        let mut block = [0; BLOCK];
        if self.left() < BLOCK as u64 {
            faults.add(BundleFault::Truncated { inside: None });
            return Ok(None);
        }
        self.from.read_exact(&mut block).map_err(Fault::System)?;
        self.place += BLOCK as u64;
        Ok(Some(block))
    }

    /// A member's contents and the padding after them.
    fn contents(
        &mut self,
        name: &str,
        length: u64,
        into: &mut dyn std::io::Write,
        faults: &mut Faults,
    ) -> Result<Found, Fault> {
        let start = self.place;
        let (copied, digest) = copy(&mut self.from, length, into)?;
        self.place += copied;
        let padding = header::padding(length);
        let mut block = [0; BLOCK];
        let rest = &mut block[..padding];
        let whole = copied == length && self.left() >= padding as u64;
        if whole {
            self.from.read_exact(rest).map_err(Fault::System)?;
            self.place += padding as u64;
            if rest.iter().any(|byte| *byte != 0) {
                let name = name.to_owned();
                faults.add(BundleFault::Padding { name });
            }
        } else {
            self.place = self.length;
            faults.add(BundleFault::Truncated {
                inside: Some(name.to_owned()),
            });
        }
        Ok(Found {
            name: name.to_owned(),
            start,
            length,
            digest,
            whole,
        })
    }

    /// What comes after the first block of the end mark: the second, and nothing.
    fn end(&mut self, faults: &mut Faults) -> Result<(), Fault> {
        let Some(block) = self.block(faults)? else {
            return Ok(());
        };
        if block.iter().any(|byte| *byte != 0) {
            faults.add(BundleFault::EndMark);
        }
        let bytes = self.left();
        if bytes > 0 {
            faults.add(BundleFault::Trailing { bytes });
        }
        Ok(())
    }

    /// The file, to read single members of it again.
    pub(super) fn into_file(self) -> Result<File, Fault> {
        let mut file = self.from.into_inner();
        file.seek(SeekFrom::Start(0)).map_err(Fault::System)?;
        Ok(file)
    }
}
