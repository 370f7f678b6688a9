//! Digesting on a thread of its own, beside whoever reads the same bytes.

use std::io::{self, ErrorKind, Read};
use std::panic;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use ring::digest::Context;

/// How many pieces there are for one file at most: one that is being read, one that is being digested, and one that waits.
const PIECES: usize = 3;

/// Some bytes of a file, in memory that is filled again and again.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    memory: Vec<u8>,
    filled: usize,
}

impl Piece {
    /// What it holds.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.memory.get(..self.filled).unwrap_or_default()
    }

    /// Holds what comes next: up to so many bytes, as many as come at once; or, where `whole`, all of them unless there are
    /// no more.
    ///
    /// # Errors
    /// When no more can be read. It holds what came before.
    pub(crate) fn fill(
        &mut self,
        from: &mut impl Read,
        most: usize,
        whole: bool,
    ) -> io::Result<()> {
        self.memory.resize(most, 0);
        self.filled = 0;
        loop {
            match from.read(&mut self.memory[self.filled..]) {
                Ok(0) => return Ok(()),
                Ok(amount) => self.filled += amount,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if !whole || self.filled == most {
                return Ok(());
            }
        }
    }
}

/// A thread that digests pieces in their order and gives them back. It holds no more than [`PIECES`]; dropped before it is
/// finished, it ends by itself.
pub(crate) struct Beside {
    pieces: Sender<Arc<Piece>>,
    back: Receiver<Arc<Piece>>,
    digester: JoinHandle<Context>,
    made: usize,
}

impl Beside {
    /// Goes on with a digest; `None` where there is no second processor, or no thread to be had.
    pub(crate) fn begin(mut hasher: Context) -> Option<Self> {
        if thread::available_parallelism().is_ok_and(|processors| processors.get() == 1) {
            return None;
        }
        let (pieces, to_digest) = channel::<Arc<Piece>>();
        let (digested, back) = channel();
        let digester = thread::Builder::new().name("digest".to_owned());
        let digester = digester.spawn(move || {
            for piece in to_digest {
                hasher.update(piece.bytes());
                // At the end nobody waits for them.
                let _ = digested.send(piece);
            }
            hasher
        });
        Some(Self {
            pieces,
            back,
            digester: digester.ok()?,
            made: 0,
        })
    }

    /// A piece to fill, once there is one. Those that were read must not be held any longer.
    pub(crate) fn piece(&mut self) -> Piece {
        let piece = match self.back.try_recv() {
            Err(_) if self.made < PIECES => {
                self.made += 1;
                return Piece::default();
            }
            Err(_) => self.back.recv().unwrap_or_default(),
            Ok(piece) => piece,
        };
        Arc::try_unwrap(piece).unwrap_or_default()
    }

    /// Digests a piece.
    pub(crate) fn digest(&self, piece: Arc<Piece>) {
        // Where the thread has failed, the end tells.
        let _ = self.pieces.send(piece);
    }

    /// The digest of all pieces.
    pub(crate) fn finish(self) -> Context {
        drop(self.pieces);
        let hasher = self.digester.join();
        hasher.unwrap_or_else(|failed| panic::resume_unwind(failed))
    }
}
