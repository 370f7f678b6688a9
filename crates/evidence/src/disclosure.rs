//! To whom text may be shown: the only way from a name to text.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::text::visible;

/// The people a page is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Those who run the machines: every name, address and route.
    Team,
    /// The organisation's own board: organisations by name, nothing below them.
    Board,
    /// Anyone outside: pseudonyms only.
    Share,
}

impl Audience {
    /// The word used on the command line and on the page.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Board => "board",
            Self::Share => "share",
        }
    }
}

/// A word that names no [`Audience`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAudience;

impl fmt::Display for UnknownAudience {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an audience is one of team, board, share")
    }
}

impl std::error::Error for UnknownAudience {}

impl FromStr for Audience {
    type Err = UnknownAudience;

    fn from_str(word: &str) -> Result<Self, UnknownAudience> {
        [Self::Team, Self::Board, Self::Share]
            .into_iter()
            .find(|audience| audience.word() == word)
            .ok_or(UnknownAudience)
    }
}

/// How far below the outside world a name lies; decides who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Names an organisation.
    Organisation,
    /// Names a host, address, network, site, service or file.
    Below,
}

/// Turns names into text for one audience.
///
/// `Board` sees organisations by name and pseudonyms for everything below them; `Share` sees pseudonyms only. A pseudonym
/// is an HMAC-SHA-256 under a key that is made from the evidence itself (the digest of all source contents, in a domain of
/// its own) and is never written out: whoever could compute it holds the names already. Equal names in one round have
/// equal pseudonyms, and the same evidence gives the same page.
#[derive(Clone)]
pub struct Disclosure {
    audience: Audience,
    key: [u8; 32],
}

impl Disclosure {
    /// A disclosure for `audience` with a secret `key`.
    #[must_use]
    pub const fn new(audience: Audience, key: [u8; 32]) -> Self {
        Self { audience, key }
    }

    /// Everything as it is, for tests and for the machine's own people.
    #[must_use]
    pub const fn team() -> Self {
        Self::new(Audience::Team, [0; 32])
    }

    /// To whom this discloses.
    #[must_use]
    pub const fn audience(&self) -> Audience {
        self.audience
    }

    /// Whether hosts, addresses and routes may be named.
    #[must_use]
    pub fn names_hosts(&self) -> bool {
        self.audience == Audience::Team
    }

    /// Derives a secret key from the contents of the evidence.
    ///
    /// `contents` are digests of the sources in the domain `wardround pseudonym`, which are not the digests that a page
    /// prints, so that a page does not give its own key away.
    #[must_use]
    pub fn key_from(contents: &[[u8; 32]]) -> [u8; 32] {
        let mut sorted = contents.to_vec();
        sorted.sort_unstable();
        let mut hasher = Sha256::new();
        hasher.update(b"wardround pseudonym key 1");
        for content in sorted {
            hasher.update(content);
        }
        hasher.finalize().into()
    }

    pub(crate) fn show(&self, level: Level, kind: &str, text: &str) -> String {
        match (self.audience, level) {
            (Audience::Team, _) | (Audience::Board, Level::Organisation) => visible(text),
            _ => self.pseudonym(kind, text),
        }
    }

    fn pseudonym(&self, kind: &str, text: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        let code = mac.finalize().into_bytes();
        let mut shown = String::with_capacity(kind.len() + 11);
        shown.push_str(kind);
        shown.push('-');
        for byte in &code[..5] {
            shown.push_str(&format!("{byte:02x}"));
        }
        shown
    }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Disclosure({})", self.audience.word())
    }
}

#[cfg(test)]
mod tests {
    use super::{Audience, Disclosure};
    use crate::{HostName, OrganisationName};

    fn for_audience(audience: Audience) -> Disclosure {
        Disclosure::new(audience, [7; 32])
    }

    #[test]
    fn a_board_reads_organisations_and_no_hosts() {
        let board = for_audience(Audience::Board);
        assert_eq!(OrganisationName::new("North").show(&board), "North");
        let host = HostName::new("XRAY-07").show(&board);
        assert!(host.starts_with("host-") && !host.to_lowercase().contains("xray"));
    }

    #[test]
    fn a_shared_page_reads_no_names_at_all() {
        let share = for_audience(Audience::Share);
        assert!(
            !OrganisationName::new("North")
                .show(&share)
                .contains("North")
        );
    }

    #[test]
    fn another_key_gives_another_pseudonym() {
        let name = HostName::new("xray-07");
        let one = Disclosure::new(Audience::Share, [1; 32]);
        let two = Disclosure::new(Audience::Share, [2; 32]);
        assert_ne!(name.show(&one), name.show(&two));
        assert_eq!(name.show(&one), name.show(&one));
    }

    #[test]
    fn the_key_does_not_depend_on_the_order_of_sources() {
        assert_eq!(
            Disclosure::key_from(&[[1; 32], [2; 32]]),
            Disclosure::key_from(&[[2; 32], [1; 32]])
        );
    }
}
