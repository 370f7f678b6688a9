//! `wardround bundle key`: a new pair of keys.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use wardround_store::SecretKey;

use super::key_files::{put, unmade};
use crate::Failure;

/// Make a pair of keys: NAME.key signs and stays with its owner, NAME.pub goes to whoever shall check.
///
/// Example: wardround bundle key -o keys/north-2026
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Where to write, without the endings; nothing that is there is written over.
    #[arg(short, long, value_name = "DIR/NAME")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<String, Failure> {
    let key = SecretKey::generate().map_err(unmade)?;
    let public = key.public().map_err(unmade)?;
    let (secret_path, public_path) = (ended(&args.output, ".key"), ended(&args.output, ".pub"));
    let public_text = public.to_pem().map_err(unmade)?;
    put(&public_path, public_text.as_bytes(), 0o644)?;
    let secret = key.to_pem().map_err(unmade)?;
    if let Err(failure) = put(&secret_path, secret.as_ref(), 0o600) {
        // A public key without its other half is of no use to anybody.
        let _ = std::fs::remove_file(&public_path);
        return Err(failure);
    }
    Ok(format!(
        "The key {} is made.\nIt signs with {}, which nobody else may have, and is checked with {}.\n",
        public.id(),
        shown(&secret_path),
        shown(&public_path)
    ))
}

fn ended(path: &Path, ending: &str) -> PathBuf {
    let mut whole: OsString = path.as_os_str().to_owned();
    whole.push(ending);
    whole.into()
}

fn shown(path: &Path) -> String {
    wardround_evidence::visible(&path.display().to_string())
}
