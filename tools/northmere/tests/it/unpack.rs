//! Unpacks generated files with generic tools, as a reader that knows no format would.

use std::io::{Cursor, Read};
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use northmere::{Generated, GeneratedFile};

/// A file as a reader sees it: packed ones unpacked, members of archives under their paths.
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl Seen {
    /// The text, whatever its encoding; letters of a code page become replacement marks.
    pub(crate) fn text(&self) -> String {
        match self.bytes.strip_prefix(&[0xff, 0xfe]) {
            Some(rest) => {
                let units: Vec<u16> = rest
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                    .collect();
                String::from_utf16(&units).unwrap()
            }
            None => {
                let bytes = self
                    .bytes
                    .strip_prefix(b"\xef\xbb\xbf")
                    .unwrap_or(&self.bytes);
                String::from_utf8_lossy(bytes).into_owned()
            }
        }
    }
}

/// All that a reader sees of the files.
pub(crate) fn unpack(files: &[GeneratedFile]) -> Vec<Seen> {
    let mut seen = Vec::new();
    for file in files {
        if file.path.ends_with(".gz") {
            let mut bytes = Vec::new();
            GzDecoder::new(&file.bytes[..])
                .read_to_end(&mut bytes)
                .unwrap();
            seen.push(Seen {
                path: file.path.clone(),
                bytes,
            });
        } else if file.path.ends_with(".zip") {
            let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
            for index in 0..archive.len() {
                let mut member = archive.by_index(index).unwrap();
                let mut bytes = Vec::new();
                member.read_to_end(&mut bytes).unwrap();
                let path = format!("{}/{}", file.path, member.name().unwrap());
                seen.push(Seen { path, bytes });
            }
        } else {
            seen.push(Seen {
                path: file.path.clone(),
                bytes: file.bytes.clone(),
            });
        }
    }
    seen
}

/// The committed example, made once for all tests.
pub(crate) fn northmere() -> &'static Generated {
    static ESTATE: OnceLock<Generated> = OnceLock::new();
    ESTATE.get_or_init(northmere::northmere)
}

/// What a reader sees of the committed example.
pub(crate) fn northmere_seen() -> &'static [Seen] {
    static SEEN: OnceLock<Vec<Seen>> = OnceLock::new();
    SEEN.get_or_init(|| unpack(&northmere().files))
}
