//! Files that whoever keeps what is read has already: they are known by their bytes, before anything reads them.

use std::io::{self, Read};

use wardround_evidence::SourcePath;

use crate::archive::Bounded;
use crate::formats::readers;
use crate::hashed::{Finished, Hashed};
use crate::{Found, Head, Keeper, Outcome, ReadError, Reader};

/// A file or member that is about to be read.
pub(crate) struct Coming<'a> {
    pub(crate) path: &'a str,
    /// How many unpacked bytes it has, where that is known before it is unpacked.
    pub(crate) bytes: Option<u64>,
    pub(crate) keeper: Option<&'a dyn Keeper>,
}

impl Coming<'_> {
    /// Where it may be kept already, opens it, goes through all of its bytes and asks; says how many there are if it need not
    /// be read. What cannot be read to its end, and what no reader knows, is not kept.
    ///
    /// # Errors
    /// In words, when what is kept cannot be looked at.
    pub(crate) fn is_kept<R: Read>(
        &self,
        outcome: &mut Outcome,
        open: impl FnOnce() -> Option<Bounded<R>>,
    ) -> Result<Option<u64>, String> {
        let untold = |error: io::Error| ReadError::NotKept(error).to_string();
        let Some(keeper) = self.keeper else {
            return Ok(None);
        };
        if !keeper.may_have(self.path, self.bytes).map_err(untold)? {
            return Ok(None);
        }
        let Some((reader, finished)) = open().and_then(look) else {
            return Ok(None);
        };
        let found = Found {
            path: &SourcePath::new(self.path),
            digest: finished.digest,
            edition: reader.edition(),
        };
        if !keeper.has(&found).map_err(untold)? {
            return Ok(None);
        }
        outcome.secrets.push(finished.secret);
        Ok(Some(finished.bytes))
    }
}

/// The reader of a stream, and what its bytes are.
fn look(contents: Bounded<impl Read>) -> Option<(&'static dyn Reader, Finished)> {
    let mut hashed = Hashed::new(contents);
    let head = Head::new(hashed.head());
    let reader = readers().iter().find(|it| it.recognise(&head))?;
    match hashed.finish() {
        (finished, None) => Some((*reader, finished)),
        (_, Some(_)) => None,
    }
}
