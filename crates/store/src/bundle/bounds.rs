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
    /// 256 gigabytes and half a million members, each no longer than a segment may be: eight thousand organisations with sixty
    /// sources each. The manifest of so many fills the longest envelope nearly.
    fn default() -> Self {
        Self {
            bundle_bytes: 256 << 30,
            envelope_bytes: 128 << 20,
            members: 500_000,
            member_bytes: Limits::default().file_bytes,
            faults: 1000,
        }
    }
}
