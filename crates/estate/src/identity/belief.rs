//! Identifiers that are not believed: placeholders, virtual and randomised Ethernet addresses, and those that two machines
//! carry at once.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use wardround_evidence::{Identifier, Mac};

/// Why an identifier on its own is not believed.
pub(super) fn placeholder(identifier: &Identifier) -> Option<&'static str> {
    match identifier {
        Identifier::BiosUuid(id) => uuid_placeholder(id.as_key()),
        Identifier::Serial(id) => serial_placeholder(id.as_key()),
        Identifier::Mac(mac) => mac_placeholder(*mac),
        Identifier::FullName(name) | Identifier::ShortName(name) => {
            let short = name.short();
            matches!(
                short.as_str(),
                "localhost" | "unknown" | "none" | "android" | "iphone"
            )
            .then_some("a name that any machine may have")
        }
        Identifier::Agent(_) | Identifier::Address(_) => None,
    }
}

/// A UUID of one repeated digit, or the sample value that some board makers leave in place
/// (`03000200-0400-0500-0006-000700080009`, as the DMTF's SMBIOS byte order spells out 00 02 00 03 …).
fn uuid_placeholder(uuid: &str) -> Option<&'static str> {
    let digits: Vec<char> = uuid.chars().filter(char::is_ascii_hexdigit).collect();
    let first = digits.first()?;
    let repeated = digits.iter().all(|digit| digit == first);
    (repeated || digits.len() != 32 || uuid == "03000200-0400-0500-0006-000700080009")
        .then_some("a placeholder")
}

/// The words that board makers leave where a serial number belongs.
fn serial_placeholder(serial: &str) -> Option<&'static str> {
    const WORDS: [&str; 12] = [
        "TO BE FILLED BY O.E.M.",
        "DEFAULT STRING",
        "SYSTEM SERIAL NUMBER",
        "NOT SPECIFIED",
        "NOT APPLICABLE",
        "NOT AVAILABLE",
        "NONE",
        "N/A",
        "INVALID",
        "0123456789",
        "123456789",
        "CHASSIS SERIAL NUMBER",
    ];
    let mut characters = serial
        .chars()
        .filter(|character| !character.is_whitespace());
    let first = characters.next();
    let repeated = characters.all(|character| Some(character) == first);
    (repeated || serial.len() < 4 || WORDS.contains(&serial)).then_some("a placeholder")
}

/// Locally administered addresses (IEEE 802, second-lowest bit of the first byte) are randomised or made up; the listed
/// prefixes belong to hypervisors, which hand them out anew.
fn mac_placeholder(mac: Mac) -> Option<&'static str> {
    const HYPERVISORS: [[u8; 3]; 7] = [
        [0x00, 0x05, 0x69],
        [0x00, 0x0c, 0x29],
        [0x00, 0x50, 0x56],
        [0x00, 0x15, 0x5d],
        [0x08, 0x00, 0x27],
        [0x00, 0x16, 0x3e],
        [0x00, 0x1c, 0x42],
    ];
    let bytes = mac.bytes();
    if bytes == [0; 6] || bytes == [0xff; 6] {
        return Some("a placeholder");
    }
    if bytes[0] & 1 == 1 {
        return Some("a group address");
    }
    if bytes[0] & 2 == 2 {
        return Some("randomised or made up");
    }
    HYPERVISORS
        .contains(&[bytes[0], bytes[1], bytes[2]])
        .then_some("a virtual adapter's")
}

/// From when to when something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

impl Life {
    pub(super) fn stretch(lives: &mut Option<Self>, moment: Option<Timestamp>) {
        let Some(moment) = moment else { return };
        *lives = Some(lives.map_or(
            Self {
                first: moment,
                last: moment,
            },
            |life| Self {
                first: life.first.min(moment),
                last: life.last.max(moment),
            },
        ));
    }

    /// Whether two lives ran side by side for a moment, each sighting standing for `window` after it.
    pub(super) fn overlaps(self, other: Self, window: SignedDuration) -> bool {
        self.first <= other.last.saturating_add(window).unwrap_or(Timestamp::MAX)
            && other.first <= self.last.saturating_add(window).unwrap_or(Timestamp::MAX)
    }
}

/// Lives by whatever tells machines apart: a name or an agent.
pub(super) type Lives<'a> = BTreeMap<&'a str, Option<Life>>;

/// Whether two different ones among these lived side by side. Undated ones count as living at any time.
pub(super) fn lived_together(lives: &Lives<'_>, window: SignedDuration) -> bool {
    let all: Vec<_> = lives.values().collect();
    all.iter().enumerate().any(|(index, one)| {
        all[index + 1..].iter().any(|other| match (one, other) {
            (Some(one), Some(other)) => one.overlaps(*other, window),
            _ => true,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::placeholder;
    use wardround_evidence::Identifier;

    #[test]
    fn what_makers_leave_in_place_is_not_believed() {
        let placeholders = [
            Identifier::bios_uuid("00000000-0000-0000-0000-000000000000"),
            Identifier::bios_uuid("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
            Identifier::bios_uuid("03000200-0400-0500-0006-000700080009"),
            Identifier::serial("To be filled by O.E.M."),
            Identifier::serial("0000000"),
            Identifier::serial("x1"),
            Some(Identifier::Mac("00:50:56:01:02:03".parse().unwrap())),
            Some(Identifier::Mac("02:11:22:33:44:55".parse().unwrap())),
            Identifier::name("localhost"),
        ];
        for identifier in placeholders.into_iter().flatten() {
            assert!(placeholder(&identifier).is_some(), "{identifier:?}");
        }
    }

    #[test]
    fn genuine_identifiers_are_believed() {
        let genuine = [
            Identifier::bios_uuid("4C4C4544-0042-3510-8051-B4C04F4A3232"),
            Identifier::serial("5CG1234XYZ"),
            Some(Identifier::Mac("3c:52:82:01:02:03".parse().unwrap())),
            Identifier::name("xray-07.north.example"),
        ];
        for identifier in genuine.into_iter().flatten() {
            assert!(placeholder(&identifier).is_none(), "{identifier:?}");
        }
    }
}
