//! Bytes on their way to a reader: counted, digested, and their first failure remembered.

use std::io::{self, BufRead, Read};
use std::mem;
use std::sync::Arc;

use ring::digest::{Context, SHA256};
use wardround_evidence::Digest;

use crate::Head;
use crate::archive::Bomb;
use crate::beside::{Beside, Piece};

/// So many bytes pass before those that follow are digested on a thread of their own: a smaller file, as nearly all are, is
/// done before a thread would be worth it.
const LARGE: u64 = 8 << 20;

/// How much is read at once for two threads: they wait for each other once for each piece.
const PIECE: usize = 128 << 10;

/// Hands on bytes and digests them. After the first failure it gives no more.
pub(crate) struct Hashed<R> {
    inner: R,
    digesting: Digesting,
    /// What was read last.
    piece: Arc<Piece>,
    /// How much of it has been taken.
    taken: usize,
    /// How many bytes have passed.
    pub(crate) passed: u64,
    /// What went wrong, in words, once something has.
    pub(crate) failure: Option<String>,
}

/// Where the digest is made.
enum Digesting {
    Here(Context),
    Beside(Beside),
}

/// All that is known of bytes that have passed.
pub(crate) struct Finished {
    /// Their SHA-256.
    pub(crate) digest: Digest,
    /// Their digest in a domain of its own; never to be printed.
    pub(crate) secret: [u8; 32],
    /// How many they are.
    pub(crate) bytes: u64,
}

impl<R: Read> Hashed<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            digesting: Digesting::here(),
            piece: Arc::default(),
            taken: 0,
            passed: 0,
            failure: None,
        }
    }

    /// The first [`Head::BYTES`], fewer only where there are no more; they are not taken. A failure is remembered, and comes
    /// when somebody has taken what came before it. To be asked for before anything else.
    pub(crate) fn head(&mut self) -> &[u8] {
        self.read_on(Head::BYTES, true);
        self.piece.bytes()
    }

    /// Lets the rest of the bytes pass, so that the digest is of the whole file wherever reading stopped; says what
    /// kept them from passing.
    pub(crate) fn finish(&mut self) -> (Finished, Option<String>) {
        // A failure is remembered.
        while let Ok([_, ..]) = self.fill_buf() {
            self.taken = self.piece.bytes().len();
        }
        let hasher = match mem::replace(&mut self.digesting, Digesting::here()) {
            Digesting::Here(hasher) => hasher,
            Digesting::Beside(beside) => beside.finish(),
        };
        let mut other_domain = hasher.clone();
        other_domain.update(b"wardround pseudonym");
        let finished = Finished {
            digest: Digest::from_bytes(bytes_of(hasher)),
            secret: bytes_of(other_domain),
            bytes: self.passed,
        };
        (finished, self.failure.take())
    }

    /// Reads what comes next, in place of what has been taken.
    fn read_on(&mut self, most: usize, whole: bool) {
        let former = mem::take(&mut self.piece);
        self.taken = 0;
        let mut piece = match &mut self.digesting {
            Digesting::Here(_) => Arc::try_unwrap(former).unwrap_or_default(),
            Digesting::Beside(beside) => {
                drop(former);
                beside.piece()
            }
        };
        if let Err(error) = piece.fill(&mut self.inner, most, whole) {
            self.failure = Some(describe(&error));
        }
        self.passed += piece.bytes().len() as u64;
        self.piece = Arc::new(piece);
        match &mut self.digesting {
            Digesting::Here(hasher) => hasher.update(self.piece.bytes()),
            Digesting::Beside(beside) => beside.digest(self.piece.clone()),
        }
    }
}

impl<R: Read> BufRead for Hashed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.piece.bytes().len() {
            if let Some(failure) = &self.failure {
                return Err(io::Error::other(Failed(failure.clone())));
            }
            if self.passed >= LARGE {
                self.digesting.go_beside();
            }
            match self.digesting {
                Digesting::Here(_) => self.read_on(Head::BYTES, false),
                Digesting::Beside(_) => self.read_on(PIECE, true),
            }
            if let (Some(failure), []) = (&self.failure, self.piece.bytes()) {
                return Err(io::Error::other(Failed(failure.clone())));
            }
        }
        Ok(self.piece.bytes().get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(into)?;
        self.consume(amount);
        Ok(amount)
    }
}

impl Digesting {
    fn here() -> Self {
        Self::Here(Context::new(&SHA256))
    }

    /// From now on on a thread of its own, where there is one.
    fn go_beside(&mut self) {
        if let Self::Here(hasher) = self
            && let Some(beside) = Beside::begin(hasher.clone())
        {
            *self = Self::Beside(beside);
        }
    }
}

/// The 32 bytes of a SHA-256.
fn bytes_of(hasher: Context) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hasher.finish().as_ref());
    bytes
}

/// A failure that came before, in our words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failed(String);

/// An input error in words: ours where it is one of ours.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.get_ref() {
        Some(ours) if ours.is::<Bomb>() || ours.is::<Failed>() => ours.to_string(),
        _ => format!("the file could not be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufRead, Read};

    use ring::digest::{SHA256, digest};

    use super::{Digesting, Hashed, LARGE, PIECE};
    use crate::Head;

    fn bytes(amount: usize) -> Vec<u8> {
        (0..amount).map(|at| (at % 251) as u8).collect()
    }

    /// Gives some bytes, a few thousand at a time, and then fails.
    struct Failing<'a>(&'a [u8]);

    impl Read for Failing<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(5_000);
            match self.0.read(&mut into[..most])? {
                0 => Err(io::Error::other("no more")),
                amount => Ok(amount),
            }
        }
    }

    fn take(hashed: &mut Hashed<impl Read>, amount: usize) -> Vec<u8> {
        let mut taken = Vec::new();
        let _ = hashed.take(amount as u64).read_to_end(&mut taken);
        taken
    }

    #[test]
    fn the_digest_is_of_the_whole_file_wherever_reading_stopped_and_wherever_it_is_made() {
        let large = LARGE as usize;
        for size in [0, 1, Head::BYTES, large, large + 1, large + 3 * PIECE + 7] {
            let all = bytes(size);
            for stop in [0, size.min(1), size / 2, size] {
                let mut hashed = Hashed::new(&all[..]);
                assert_eq!(hashed.head(), &all[..size.min(Head::BYTES)]);
                assert!(take(&mut hashed, stop) == all[..stop], "{size} {stop}");
                let (finished, failure) = hashed.finish();
                assert_eq!(failure, None);
                assert_eq!(finished.bytes, size as u64);
                let expected = digest(&SHA256, &all);
                assert_eq!(
                    finished.digest.as_bytes(),
                    expected.as_ref(),
                    "{size} {stop}"
                );
            }
        }
    }

    #[test]
    fn what_came_before_a_failure_is_had_and_digested() {
        for size in [0, 1, Head::BYTES + 1, LARGE as usize + 2 * PIECE + 9] {
            let all = bytes(size);
            let mut hashed = Hashed::new(Failing(&all));
            assert_eq!(hashed.head(), &all[..size.min(Head::BYTES)]);
            assert!(take(&mut hashed, size + 1) == all, "{size}");
            for _ in 0..2 {
                let error = hashed.fill_buf().unwrap_err();
                assert_eq!(error.to_string(), "the file could not be read: no more");
            }
            let (finished, failure) = hashed.finish();
            assert!(failure.is_some());
            let expected = digest(&SHA256, &all);
            assert_eq!(finished.digest.as_bytes(), expected.as_ref(), "{size}");
        }
    }

    #[test]
    fn only_large_files_are_given_a_thread() {
        let all = bytes(LARGE as usize + 1);
        let mut hashed = Hashed::new(&all[..]);
        take(&mut hashed, LARGE as usize - 1);
        assert!(matches!(hashed.digesting, Digesting::Here(_)));
        // Dropped in the middle, nothing waits for anything.
        take(&mut hashed, 2);
    }
}
