//! Threats as a user names them: one that comes with wardround, or a file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use wardround_outbreak::{Profile, ProfileError, catalogue};

use crate::{ExitCode, Failure};

/// A threat, and the word that it was chosen by.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenThreat {
    /// Its name, or its file.
    pub word: String,
    /// What it says.
    pub profile: Profile,
}

/// The threat that a user means: the name of one that comes with wardround, or a file.
///
/// # Errors
/// When there is no such threat, the file cannot be read, or is no profile; the failure says what is allowed.
pub fn threat(word: &str) -> Result<ChosenThreat, Failure> {
    let profile = match catalogue().find(|built_in| built_in.name == word) {
        Some(built_in) => Profile::parse(built_in.profile).map_err(|error| {
            Failure::new(ExitCode::Internal, "a built-in threat cannot be read").because(error)
        })?,
        None if is_path(word) => read_profile(Path::new(word))?,
        None => return Err(no_such(word)),
    };
    Ok(ChosenThreat {
        word: word.to_owned(),
        profile,
    })
}

/// Reads a profile from a file.
///
/// # Errors
/// When the file cannot be read, or is no profile.
pub fn read_profile(path: &Path) -> Result<Profile, Failure> {
    let text = profile_text(path)?;
    match Profile::parse(&text) {
        Ok(profile) => Ok(profile),
        Err(error) => Err(refusal(&[(path, error)])),
    }
}

/// The text of a file that should be a profile: no more of it than a profile may have.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn profile_text(path: &Path) -> Result<String, Failure> {
    let bytes = read_at_most(path, Profile::LONGEST_BYTES + 1)?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        Failure::new(
            ExitCode::InputUnreadable,
            format!("`{}`, line {line}: it is not UTF-8", path.display()),
        )
        .hint("a threat profile is a TOML text in UTF-8, see docs/adding/a-threat.md")
    })
}

/// The first bytes of a regular file.
///
/// # Errors
/// When it cannot be opened or read, or is no regular file.
pub fn read_at_most(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let failure = |error: std::io::Error| {
        Failure::new(
            ExitCode::InputUnreadable,
            format!("cannot read `{}`", path.display()),
        )
        .because(error)
    };
    if !std::fs::metadata(path).map_err(failure)?.is_file() {
        return Err(Failure::new(
            ExitCode::InputUnreadable,
            format!("`{}` is not a regular file", path.display()),
        ));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .map_err(failure)?
        .take(most as u64)
        .read_to_end(&mut bytes)
        .map_err(failure)?;
    Ok(bytes)
}

/// A file is named by something that looks like a path, or that is there.
fn is_path(word: &str) -> bool {
    let path = Path::new(word);
    word.contains(std::path::is_separator)
        || path
            .extension()
            .is_some_and(|extension| extension == "toml")
        || path.exists()
}

fn no_such(word: &str) -> Failure {
    let names: Vec<&str> = catalogue().map(|built_in| built_in.name).collect();
    Failure::new(
        ExitCode::Usage,
        format!("no threat that comes with wardround is called `{word}`"),
    )
    .hint(format!("known are {}", names.join(", ")))
    .hint("a profile of your own is named by its file, for example ./my-worm.toml")
}

/// Every fault of files that are no profiles, at its place.
pub(crate) fn refusal(faulty: &[(&Path, ProfileError)]) -> Failure {
    let words = match faulty {
        [(path, _)] => format!("`{}` is not a threat profile", path.display()),
        several => format!("{} files are not threat profiles", several.len()),
    };
    let mut failure = Failure::new(ExitCode::InputUnreadable, words);
    for (path, error) in faulty {
        for fault in &error.faults {
            let place = match faulty.len() {
                1 => fault.to_string(),
                _ => format!("`{}`, {fault}", path.display()),
            };
            failure = failure.detail(place);
            for hint in &fault.hints {
                failure = failure.detail(format!("  {hint}"));
            }
        }
    }
    failure.hint("`wardround threat show next-worm --source` prints a whole profile to start from")
}
