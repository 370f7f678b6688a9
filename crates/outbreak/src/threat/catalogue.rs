//! The profiles that come with wardround: the folder `threats`, embedded whole.

use super::{Profile, ProfileError};

/// One folder below `threats`.
struct Folder {
    name: &'static str,
    profile: &'static str,
    sources: &'static str,
}

/// Every folder, in the order of names; the build script lists them.
const FOLDERS: &[Folder] = include!(concat!(env!("OUT_DIR"), "/threats.rs"));

/// The threats that a round samples unless others are asked for.
pub const DEFAULT_THREATS: [&str; 2] = ["next-worm", "wannacry"];

/// A profile that comes with wardround, as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name, which is its folder's.
    pub name: &'static str,
    /// `profile.toml`.
    pub profile: &'static str,
    /// `sources.md`: the reference for each number.
    pub sources: &'static str,
}

/// What comes with wardround, in the order of names.
pub fn catalogue() -> impl Iterator<Item = BuiltIn> {
    FOLDERS.iter().map(|folder| BuiltIn {
        name: folder.name,
        profile: folder.profile,
        sources: folder.sources,
    })
}

/// All built-in profiles, in the order of their names.
///
/// # Errors
/// Never in a released program: a test reads them all.
pub fn built_in() -> Result<Vec<Profile>, ProfileError> {
    catalogue()
        .map(|built_in| Profile::parse(built_in.profile))
        .collect()
}

/// The profiles of [`DEFAULT_THREATS`].
///
/// # Errors
/// Never in a released program: a test reads them all.
pub fn default_threats() -> Result<Vec<Profile>, ProfileError> {
    catalogue()
        .filter(|built_in| DEFAULT_THREATS.contains(&built_in.name))
        .map(|built_in| Profile::parse(built_in.profile))
        .collect()
}
