//! Files with keys.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use wardround_store::{KeyFault, PublicKey, SecretKey};

use crate::output::sync_name;
use crate::{ExitCode, Failure};

/// Longer than any file with one key.
const LONGEST: u64 = 1 << 14;

fn unreadable(path: &Path) -> Failure {
    let words = format!("`{}` is no key that can be used", path.display());
    Failure::new(ExitCode::InputUnreadable, words)
}

/// Reads the key that signs. One that others could have read signs nothing any more.
pub(super) fn secret(path: &Path) -> Result<SecretKey, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path).because(error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = file
            .metadata()
            .map_err(|error| unreadable(path).because(error))?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(unreadable(path)
                .detail("others than its owner may read it or write to it")
                .hint("if nobody has, `chmod 600` mends that; else make a new one with `wardround bundle key`"));
        }
    }
    let text = text(file).map_err(|error| unreadable(path).because(error))?;
    SecretKey::from_pem(&text).map_err(|error| unreadable(path).because(error))
}

/// Reads a key by which signatures are checked.
pub(super) fn public(path: &Path) -> Result<PublicKey, Failure> {
    let text = File::open(path).and_then(text);
    let text = text.map_err(|error| unreadable(path).because(error))?;
    PublicKey::from_pem(&text).map_err(|error| unreadable(path).because(error))
}

fn text(file: File) -> io::Result<String> {
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a file that is not there yet, with a mode of its own.
pub(super) fn put(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let failure = |error: io::Error| {
        let words = format!("cannot write `{}`", path.display());
        Failure::new(ExitCode::InputUnreadable, words).because(error)
    };
    let mut options = OpenOptions::new();
    // What stands there may be a key that somebody needs.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path).map_err(failure)?;
    let wrote = file.write_all(bytes).and_then(|()| file.sync_all());
    let wrote = wrote.and_then(|()| sync_name(path));
    wrote.map_err(|error| {
        let _ = fs::remove_file(path);
        failure(error)
    })
}

/// The words for a key that could not be made.
pub(super) fn unmade(error: KeyFault) -> Failure {
    Failure::new(ExitCode::Internal, "the key could not be made").because(error)
}
