//! Zstandard (RFC 8878): all frames of a file, one after the other.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How far back a frame may refer, and so what unpacking may hold in memory: what the highest level of the `zstd` command
/// writes (`--ultra -22`, `--long`).
const WINDOW_BYTES: u64 = 128 << 20;

/// What the frames of a file unpack to.
pub(crate) struct ZstdFrames<R> {
    source: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> ZstdFrames<R> {
    /// Stands before the first frame.
    pub(crate) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW_BYTES);
        Self {
            source,
            decoder,
            inside: false,
        }
    }

    /// Goes into the next frame that holds data; whether there is one.
    fn enter(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut rest = (&mut self.source).take(length.into());
                    if io::copy(&mut rest, &mut io::sink())? < length.into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(FrameDecoderError::WindowSizeTooBig { .. }) => {
                    return Err(damage("it needs more memory to unpack than we give"));
                }
                Err(FrameDecoderError::DictNotProvided { .. }) => {
                    return Err(damage(
                        "it was packed with a dictionary, which is not in it",
                    ));
                }
                Err(_) => return Err(damage("its packing is damaged or cut")),
            }
        }
    }

    /// The frame has ended: whether what came out is what went in, where it says.
    fn check(&self) -> io::Result<()> {
        match (
            self.decoder.get_checksum_from_data(),
            self.decoder.get_calculated_checksum(),
        ) {
            (Some(stated), Some(found)) if stated != found => {
                Err(damage("what it unpacks to does not have its checksum"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.inside {
                if !self.enter()? {
                    return Ok(0);
                }
                self.inside = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|_| damage("its packing is damaged or cut"))?;
            }
            let amount = self.decoder.read(into)?;
            if amount > 0 {
                return Ok(amount);
            }
            self.check()?;
            self.inside = false;
        }
    }
}

fn damage(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
