//! How much of anything a file may make us hold.

/// Bounds on what one input may cost. A file that passes one is cut there, and the page says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Unpacked bytes of one file or archive member.
    pub unpacked_bytes: u64,
    /// Unpacked bytes for each packed byte, judged once [`Self::ratio_floor_bytes`] have been unpacked.
    pub ratio: u64,
    /// Bytes that any file may unpack to, whatever its ratio.
    pub ratio_floor_bytes: u64,
    /// Members of one archive.
    pub archive_members: usize,
    /// Elements, objects or arrays inside each other.
    pub depth: usize,
    /// Bytes of one record: a CSV row, an XML element with its attributes, a line of JSON.
    pub record_bytes: usize,
    /// Statements and declarations of one source.
    pub statements: usize,
    /// Facts in the statements of one source; they make up most of what a reading holds in memory.
    pub observations: usize,
    /// Skipped records of one source that are listed one by one; more are counted.
    pub skipped_listed: usize,
}

impl Limits {
    /// Generous for any export of 1.5 million machines, tight for a bomb.
    ///
    /// The ratio is three times the highest that we saw for a genuine export (a scan of empty addresses, about 100).
    pub const DEFAULT: Self = Self {
        unpacked_bytes: 16 << 30,
        ratio: 300,
        ratio_floor_bytes: 64 << 20,
        archive_members: 100_000,
        depth: 64,
        record_bytes: 1 << 20,
        statements: 20_000_000,
        observations: 60_000_000,
        skipped_listed: 100,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
