//! A digest over what a segment holds, whatever its file's encoding.

use sha2::{Digest as _, Sha256};
use wardround_evidence::Digest;

use crate::{Table, Values};

/// How many values are turned into bytes at a time.
const AT_ONCE: usize = 4096;

/// Takes the digest of everything in a segment, table by table.
pub(crate) struct Digester {
    hasher: Sha256,
    tables: usize,
}

impl Digester {
    /// For a segment of a kind.
    pub(crate) fn new(kind: &str) -> Self {
        let mut hasher = Sha256::new();
        word(&mut hasher, kind);
        Self { hasher, tables: 0 }
    }

    /// The next table.
    pub(crate) fn table(&mut self, table: &Table) {
        self.tables += 1;
        let hasher = &mut self.hasher;
        word(hasher, &table.name);
        count(hasher, table.columns.len());
        for column in &table.columns {
            word(hasher, &column.name);
            count(hasher, column.values.len());
            match &column.values {
                Values::U32(values) => numbers(hasher, 1, values, |value| value.to_le_bytes()),
                Values::U64(values) => numbers(hasher, 2, values, |value| value.to_le_bytes()),
                Values::F64(values) => {
                    numbers(hasher, 3, values, |value| value.to_bits().to_le_bytes());
                }
                Values::Text(values) => {
                    hasher.update([4]);
                    values.iter().for_each(|value| word(hasher, value));
                }
                Values::Moment(values) => numbers(hasher, 5, values, |value| {
                    let [a, b, c, d, e, f, g, h] = value.unwrap_or_default().to_le_bytes();
                    [u8::from(value.is_some()), a, b, c, d, e, f, g, h]
                }),
            }
        }
    }

    /// The digest, with the notes and how many tables there were.
    pub(crate) fn finish(mut self, notes: &[(String, String)]) -> Digest {
        count(&mut self.hasher, self.tables);
        count(&mut self.hasher, notes.len());
        for (name, value) in notes {
            word(&mut self.hasher, name);
            word(&mut self.hasher, value);
        }
        Digest::from_bytes(self.hasher.finalize().into())
    }
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
