//! A part of a file as a file of its own, so that a segment is read where it lies.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Take};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

/// Some of a file's bytes.
#[derive(Debug)]
pub(super) struct Section {
    file: File,
    start: u64,
    length: u64,
}

impl Section {
    pub(super) fn new(file: &File, start: u64, length: u64) -> std::io::Result<Self> {
        Ok(Self {
            file: file.try_clone()?,
            start,
            length,
        })
    }

    fn from(&self, start: u64) -> std::io::Result<Take<File>> {
        let start = start.min(self.length);
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(self.start + start))?;
        Ok(file.take(self.length - start))
    }
}

impl Length for Section {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Section {
    type T = BufReader<Take<File>>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(self.from(start)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // A length that a damaged segment states is not reserved before as much is there.
        let mut bytes = Vec::new();
        let read = self
            .from(start)?
            .take(length as u64)
            .read_to_end(&mut bytes)?;
        if read == length {
            Ok(bytes.into())
        } else {
            Err(ParquetError::EOF("the segment ends early".to_owned()))
        }
    }
}
