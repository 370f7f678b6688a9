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

#[cfg(test)]
mod tests {
    use wardround_evidence::Digest;

    use super::*;
    use crate::bundle::manifest::{BundleKind, Manifest, Member};

    /// Bytes of Base64 for each three of what it stands for.
    const BASE64: u64 = 4;

    #[test]
    fn the_manifest_of_the_largest_bundle_fits_its_envelope() {
        let bounds = BundleBounds::default();
        let bytes_of = |members: usize| {
            let members = (0..members).map(|number| {
                let digest = Digest::of(&number.to_le_bytes()).to_string();
                Member {
                    name: format!("segments/{digest}.parquet"),
                    length: bounds.member_bytes,
                    sha256: digest,
                }
            });
            let created = "2017-05-12T09:30:00.123456789Z".parse().unwrap();
            Manifest::new(BundleKind::Store, created, members.collect())
                .bytes()
                .len() as u64
        };
        let (none, hundred) = (bytes_of(0), bytes_of(100));
        let largest = none + (hundred - none) / 100 * (bounds.members as u64) + 4096;
        assert!(largest / 3 * BASE64 < bounds.envelope_bytes);
    }
}
