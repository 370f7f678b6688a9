//! Headers of members: of all that a tar header can say, a bundle's says name and length and nothing else.

use std::io;

use tar::{EntryType, Header};

/// Tar files are made of blocks of this length.
pub(super) const BLOCK: usize = 512;

/// The one header for a member of this name and length; `None` for names that a bundle cannot have.
pub(super) fn canonical(name: &str, length: u64) -> Option<[u8; BLOCK]> {
    let mut header = Header::new_ustar();
    header.set_path(name).ok()?;
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_size(length);
    header.set_cksum();
    Some(*header.as_bytes())
}

/// How many empty bytes fill a member's last block.
pub(super) const fn padding(length: u64) -> usize {
    // Less than a block, so it is no more than any `usize` holds.
    (length.wrapping_neg() % BLOCK as u64) as usize
}

/// What a block says as a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing: it is empty, as the end mark is.
    Empty,
    /// What the header of a bundle's member says.
    Canonical { name: String, length: u64 },
    /// More than that: these fields are its own.
    Odd {
        name: String,
        length: u64,
        fields: Vec<&'static str>,
    },
    /// It contradicts itself; the length is a guess.
    Damaged { length: Option<u64> },
}

/// Looks at a block that should be a header.
pub(super) fn look(block: &[u8; BLOCK]) -> Look {
    if block.iter().all(|byte| *byte == 0) {
        return Look::Empty;
    }
    let header = Header::from_byte_slice(block);
    let length = header.entry_size();
    let sums = header.cksum().is_ok_and(|sum| sum == sum_of(block));
    let (true, Ok(length)) = (sums, &length) else {
        return Look::Damaged {
            length: length.ok(),
        };
    };
    let (name, length) = (
        String::from_utf8_lossy(&header.path_bytes()).into_owned(),
        *length,
    );
    if canonical(&name, length).as_ref() == Some(block) {
        return Look::Canonical { name, length };
    }
    let fields = odd_fields(block, header, &name, length);
    Look::Odd {
        name,
        length,
        fields,
    }
}

/// The sum of all bytes, those of the sum itself counted as spaces (POSIX.1-1988, ustar).
fn sum_of(block: &[u8; BLOCK]) -> u32 {
    let plain: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let own: u32 = block[148..156].iter().map(|byte| u32::from(*byte)).sum();
    plain - own + 8 * u32::from(b' ')
}

fn odd_fields(block: &[u8; BLOCK], header: &Header, name: &str, length: u64) -> Vec<&'static str> {
    let is = |read: io::Result<u64>, wanted: u64| read.is_ok_and(|value| value == wanted);
    let mut fields = Vec::new();
    let mut odd = |sound: bool, field| {
        if !sound {
            fields.push(field);
        }
    };
    odd(is(header.mtime(), 0), "time");
    odd(is(header.uid(), 0) && is(header.gid(), 0), "owner");
    odd(
        block[265..329].iter().all(|byte| *byte == 0),
        "owner's name",
    );
    odd(is(header.mode().map(u64::from), 0o600), "mode");
    odd(header.entry_type() == EntryType::Regular, "type");
    odd(block[157..257].iter().all(|byte| *byte == 0), "link");
    if fields.is_empty() {
        // Then it says the same in another way, or something where nothing has a meaning.
        let spelled = canonical(name, length).map(|wanted| wanted[..100] == block[..100]);
        fields.push(match spelled {
            Some(true) => "spelling",
            _ => "spelling of its name",
        });
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Look, canonical, look, padding};

    #[test]
    fn a_canonical_header_is_known_again() {
        let name = format!("segments/{}.parquet", "a".repeat(64));
        for length in [0, 1, 511, 512, 1 << 32] {
            let expected = Look::Canonical {
                name: name.clone(),
                length,
            };
            assert_eq!(look(&canonical(&name, length).unwrap()), expected);
        }
    }

    #[test]
    fn no_flipped_bit_leaves_a_header_canonical() {
        let block = canonical("envelope.dsse.json", 700).unwrap();
        for at in 0..BLOCK {
            for bit in 0..8 {
                let mut flipped = block;
                flipped[at] ^= 1 << bit;
                let seen = look(&flipped);
                let refused = matches!(seen, Look::Odd { .. } | Look::Damaged { .. });
                assert!(refused, "byte {at} bit {bit}: {seen:?}");
            }
        }
    }

    #[test]
    fn members_end_with_their_block() {
        assert_eq!([0, 1, 511, 512, 513].map(padding), [0, 511, 1, 0, 511]);
    }

    #[test]
    fn no_name_leads_out_of_a_bundle() {
        for name in ["../x", "/etc/passwd", ""] {
            assert_eq!(canonical(name, 1), None, "{name}");
        }
    }
}
