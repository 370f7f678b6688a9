//! Public catalogue numbers: updates and flaws. These name no machine, so they may be printed.

use std::fmt;
use std::str::FromStr;

use super::ParseIdentifierError;

/// The number of a Microsoft update: `KB4012212`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kb(pub u32);

impl fmt::Display for Kb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KB{}", self.0)
    }
}

impl FromStr for Kb {
    type Err = ParseIdentifierError;

    /// Reads `KB4012212`, `kb4012212` or `4012212`.
    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let error = ParseIdentifierError::new("an update number such as KB4012212");
        let text = text.trim();
        let digits = match text.get(..2) {
            Some(prefix) if prefix.eq_ignore_ascii_case("kb") => &text[2..],
            _ => text,
        };
        if !(5..=8).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error);
        }
        digits.parse().map(Self).map_err(|_| error)
    }
}

/// The number of a publicly known flaw: `CVE-2017-0144`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cve {
    /// The year in its name.
    pub year: u16,
    /// The number in its name.
    pub number: u32,
}

impl Cve {
    /// `CVE-year-number`.
    #[must_use]
    pub const fn new(year: u16, number: u32) -> Self {
        Self { year, number }
    }
}

impl fmt::Display for Cve {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CVE-{}-{:04}", self.year, self.number)
    }
}

impl FromStr for Cve {
    type Err = ParseIdentifierError;

    fn from_str(text: &str) -> Result<Self, ParseIdentifierError> {
        let error = ParseIdentifierError::new("a flaw's number such as CVE-2017-0144");
        let mut parts = text.trim().split('-');
        let (Some(cve), Some(year), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(error);
        };
        if !cve.eq_ignore_ascii_case("cve") {
            return Err(error);
        }
        let year = year.parse().map_err(|_| error)?;
        let number = number.parse().map_err(|_| error)?;
        Ok(Self { year, number })
    }
}

#[cfg(test)]
mod tests {
    use super::{Cve, Kb};

    #[test]
    fn an_update_number_reads_with_and_without_its_letters() {
        for text in ["KB4012212", "kb4012212", " 4012212 "] {
            assert_eq!(text.parse::<Kb>().unwrap(), Kb(4_012_212));
        }
        for text in ["KB", "KB12", "KB40122x2", "Ⅸ4012212", "KB999999999999"] {
            assert!(text.parse::<Kb>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_flaw_number_keeps_its_leading_zeros() {
        assert_eq!(
            "cve-2017-0144".parse::<Cve>().unwrap().to_string(),
            "CVE-2017-0144"
        );
        assert!("CVE-2017".parse::<Cve>().is_err());
    }
}
