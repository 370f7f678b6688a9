//! Operating systems as sources describe them.

use std::fmt;
use std::str::FromStr;

use crate::ParseIdentifierError;

/// A Windows version number: `10.0.19045.5965`.
///
/// Ordered by its parts; a build without a revision comes before the same build with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Build {
    /// First part: 10, 6 or 5.
    pub major: u16,
    /// Second part.
    pub minor: u16,
    /// Third part, e.g. 19045.
    pub build: u32,
    /// Fourth part, the update build revision, where the source gives it.
    pub revision: Option<u32>,
}

impl Build {
    /// A build with its revision.
    #[must_use]
    pub const fn new(major: u16, minor: u16, build: u32, revision: Option<u32>) -> Self {
        Self {
            major,
            minor,
            build,
            revision,
        }
    }
}

impl FromStr for Build {
    type Err = ParseIdentifierError;

    /// Reads `10.0.19045` or `10.0.19045.5965`.
    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let error = || ParseIdentifierError::new("a Windows version such as 10.0.19045.5965");
        let mut parts = text.trim().split('.');
        let mut next = || parts.next().map(str::parse::<u32>);
        let (Some(Ok(major)), Some(Ok(minor)), Some(Ok(build))) = (next(), next(), next()) else {
            return Err(error());
        };
        let revision = next().transpose().map_err(|_| error())?;
        if parts.next().is_some() {
            return Err(error());
        }
        let narrow = |part: u32| u16::try_from(part).map_err(|_| error());
        Ok(Self {
            major: narrow(major)?,
            minor: narrow(minor)?,
            build,
            revision,
        })
    }
}

impl fmt::Display for Build {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.build)?;
        self.revision
            .map_or(Ok(()), |revision| write!(formatter, ".{revision}"))
    }
}

/// An operating system in a source's own words, with the numbers it gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    /// The source's words, e.g. `Microsoft Windows 7 Enterprise`; empty when it gave none.
    pub name: String,
    /// The version number, where it is one that Windows writes.
    pub build: Option<Build>,
    /// The service pack, where stated; `Some(0)` means stated to be none.
    pub service_pack: Option<u8>,
    /// The source's own confidence in a guess, 0 to 100.
    pub confidence_percent: Option<u8>,
    /// Whether it was concluded from how the machine behaves, and neither told by it nor listed on it. A guess whose confidence
    /// nobody states is worth an unknown amount.
    pub is_guess: bool,
}

#[cfg(test)]
mod tests {
    use super::Build;

    #[test]
    fn a_version_number_round_trips() {
        for text in ["10.0.19045.5965", "6.1.7601", "5.1.2600"] {
            assert_eq!(text.parse::<Build>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_version_number_is_refused() {
        for text in [
            "",
            "10",
            "10.0",
            "10.0.x",
            "10.0.1.2.3",
            "99999999.0.1",
            "10.0.19045.-1",
        ] {
            assert!(text.parse::<Build>().is_err(), "{text}");
        }
    }

    #[test]
    fn revisions_order_numerically() {
        let older: Build = "10.0.19045.999".parse().unwrap();
        let newer: Build = "10.0.19045.5965".parse().unwrap();
        assert!(older < newer);
    }
}
