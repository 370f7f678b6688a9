//! What every format implements, and how reading one can end early.

use std::io::{self, BufRead};

use crate::{Head, Sink};

/// The code for one kind of file.
pub trait Reader: Sync {
    /// A short word for it, e.g. `nmap_xml`; the name of its folder.
    fn id(&self) -> &'static str;

    /// What such a file is, in words: `nmap scan`.
    fn title(&self) -> &'static str;

    /// Whose count of machines such a file belongs to; formats of one tool share it: `Microsoft Defender`.
    fn family(&self) -> &'static str {
        self.title()
    }

    /// Which edition of what it makes of a file this is. It is raised whenever the reader comes to say more or other than it
    /// did, and where a file of another reader becomes one of this, to more than that one's: whoever keeps what was read then
    /// takes it anew from the same file. All editions before the first release are 1.
    fn edition(&self) -> u32 {
        1
    }

    /// Whether a file that begins like this is one of its kind. No two readers may claim the same file.
    fn recognise(&self, head: &Head<'_>) -> bool;

    /// Reads a file of its kind into `sink`. The limits to keep stand in [`Sink::limits`].
    ///
    /// # Errors
    /// When the rest of the file cannot be read. What reached the sink before is kept, unless the error says that nothing
    /// of the file can be trusted.
    fn read(&self, input: &mut dyn BufRead, sink: &mut Sink) -> Result<(), ReadError>;
}

/// Why reading a file stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes stop being what the format allows.
    #[error("{what} at line {line}")]
    Malformed {
        /// What is wrong, quoting no content.
        what: String,
        /// Where, from 1; 0 where lines mean nothing.
        line: u64,
    },
    /// A limit was passed.
    #[error("{what}, more than the {limit} that we accept")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file tries something that no genuine export does. Nothing of it is kept.
    #[error("{what} at line {line}: no genuine export holds one, so nothing of this file is used")]
    Hostile {
        /// What it tries.
        what: &'static str,
        /// Where, from 1.
        line: u64,
    },
    /// A format that is known by name and deliberately not read.
    #[error("{what} is not read: {instead}")]
    NotRead {
        /// Which format it is.
        what: &'static str,
        /// Why, and what to export instead.
        instead: &'static str,
    },
    /// What was read could not be put where it was to go. Nothing of it is kept.
    #[error("what it says could not be kept: {0}")]
    NotKept(#[source] io::Error),
    /// The bytes could not be had.
    #[error("the file could not be read to its end")]
    Io(#[from] io::Error),
}

impl ReadError {
    /// Bytes that the format does not allow.
    #[must_use]
    pub fn malformed(what: impl Into<String>, line: u64) -> Self {
        Self::Malformed {
            what: what.into(),
            line,
        }
    }

    /// Whether what was read before may be used.
    #[must_use]
    pub const fn keeps_what_was_read(&self) -> bool {
        !matches!(self, Self::Hostile { .. } | Self::NotKept(_))
    }
}
