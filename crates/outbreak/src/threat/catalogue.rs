//! The profiles that come with wardround.

use super::{Profile, ProfileError};

/// The built-in profiles' texts, in the order of their names.
const TEXTS: [(&str, &str); 2] = [
    (
        "next-worm",
        include_str!("../../threats/next-worm/profile.toml"),
    ),
    (
        "wannacry",
        include_str!("../../threats/wannacry/profile.toml"),
    ),
];

/// All built-in profiles, in the order of their names.
///
/// # Errors
/// Never in a released program: a test reads them all.
pub fn built_in() -> Result<Vec<Profile>, ProfileError> {
    TEXTS.iter().map(|(_, text)| Profile::parse(text)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TEXTS, built_in};
    use crate::threat::{Profile, ProfileError};

    #[test]
    fn every_built_in_profile_reads_and_bears_its_folders_name() {
        for (profile, (name, _)) in built_in().unwrap().iter().zip(TEXTS) {
            assert_eq!(profile.id, name);
            assert!(profile.hypothetical || !profile.attributions.is_empty());
        }
    }

    #[test]
    fn no_folder_of_threats_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/threats");
        let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let listed: BTreeSet<String> = TEXTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(on_disk, listed);
    }

    #[test]
    fn a_field_that_profiles_do_not_have_is_refused() {
        let text = format!("{}\npayload = \"x\"\n", TEXTS[0].1);
        assert!(matches!(Profile::parse(&text), Err(ProfileError::Shape(_))));
        let top = format!("payload = \"x\"\n{}", TEXTS[0].1);
        let refused = Profile::parse(&top).unwrap_err();
        let cause = std::error::Error::source(&refused).unwrap().to_string();
        assert!(cause.contains("unknown field `payload`"), "{cause}");
    }

    #[test]
    fn rates_are_bounded() {
        let text = TEXTS[0].1.replace("high = 36000.0", "high = 1e300");
        assert!(matches!(
            Profile::parse(&text),
            Err(ProfileError::OutOfBounds { .. })
        ));
    }
}
