//! How much of a bundle is read: it may come from anywhere.

use crate::Limits;

/// Bounds on one bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleBounds {
    /// The longest file.
    pub bundle_bytes: u64,
    /// The longest envelope, which is held in memory.
    pub envelope_bytes: u64,
    /// The most members.
    pub members: usize,
    /// The longest member.
    pub member_bytes: u64,
    /// How many faults are told one by one; the others are counted.
    pub faults: usize,
}

impl Default for BundleBounds {
    /// 256 gigabytes, a hundred thousand members, each no longer than a segment may be; their manifest takes a third of the
    /// longest envelope.
    fn default() -> Self {
        Self {
            bundle_bytes: 256 << 30,
            envelope_bytes: 64 << 20,
            members: 100_000,
            member_bytes: Limits::default().file_bytes,
            faults: 1000,
        }
    }
}
