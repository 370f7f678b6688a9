//! Packs texts so that the same texts give the same bytes.

use std::io::{Cursor, Write};

use flate2::{Compression, GzBuilder};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Compresses a text; name and time stay out of the header.
pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    encoder
        .write_all(text)
        .expect("a write to memory cannot fail");
    encoder.finish().expect("a write to memory cannot fail")
}

/// Packs members into an archive, in the order given, all with one fixed time.
pub(crate) fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let time = DateTime::from_date_and_time(2025, 6, 24, 8, 0, 0).expect("the date is in range");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(time)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(name.as_str(), options)
            .expect("a write to memory cannot fail");
        archive
            .write_all(bytes)
            .expect("a write to memory cannot fail");
    }
    archive
        .finish()
        .expect("a write to memory cannot fail")
        .into_inner()
}
