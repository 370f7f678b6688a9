//! A digest over what a segment holds, whatever its file's encoding.

use sha2::{Digest as _, Sha256};
use wardround_evidence::Digest;

use crate::{Segment, Values};

/// How many values are turned into bytes at a time.
const AT_ONCE: usize = 4096;

/// The digest of everything in a segment.
pub(crate) fn of(segment: &Segment) -> Digest {
    let mut hasher = Sha256::new();
    word(&mut hasher, &segment.kind);
    count(&mut hasher, segment.notes.len());
    for (name, value) in &segment.notes {
        word(&mut hasher, name);
        word(&mut hasher, value);
    }
    count(&mut hasher, segment.tables.len());
    for table in &segment.tables {
        word(&mut hasher, &table.name);
        count(&mut hasher, table.columns.len());
        for column in &table.columns {
            word(&mut hasher, &column.name);
            count(&mut hasher, column.values.len());
            match &column.values {
                Values::U32(values) => numbers(&mut hasher, 1, values, |value| value.to_le_bytes()),
                Values::U64(values) => numbers(&mut hasher, 2, values, |value| value.to_le_bytes()),
                Values::F64(values) => {
                    numbers(&mut hasher, 3, values, |value| {
                        value.to_bits().to_le_bytes()
                    });
                }
                Values::Text(values) => {
                    hasher.update([4]);
                    values.iter().for_each(|value| word(&mut hasher, value));
                }
            }
        }
    }
    Digest::from_bytes(hasher.finalize().into())
}

fn count(hasher: &mut Sha256, count: usize) {
    hasher.update((count as u64).to_le_bytes());
}

fn word(hasher: &mut Sha256, word: &str) {
    count(hasher, word.len());
    hasher.update(word.as_bytes());
}

fn numbers<T: Copy, const N: usize>(
    hasher: &mut Sha256,
    kind: u8,
    values: &[T],
    bytes: impl Fn(T) -> [u8; N],
) {
    hasher.update([kind]);
    let mut buffer = Vec::with_capacity(AT_ONCE * N);
    for some in values.chunks(AT_ONCE) {
        buffer.clear();
        some.iter()
            .for_each(|value| buffer.extend_from_slice(&bytes(*value)));
        hasher.update(&buffer);
    }
}
