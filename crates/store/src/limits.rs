//! How much of a file may be read.

/// Bounds on one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest file.
    pub file_bytes: u64,
    /// The most rows, of all tables together.
    pub rows: u64,
}

impl Default for Limits {
    /// Four gigabytes, two hundred million rows: a thousand outbreaks that reach each of eight thousand organisations have
    /// eight million.
    fn default() -> Self {
        Self {
            file_bytes: 4 << 30,
            rows: 200_000_000,
        }
    }
}
