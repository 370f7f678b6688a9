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

/// Lives by whatever tells machines apart, a name or an agent; labels that one statement gives together are one machine's.
#[derive(Debug, Default)]
pub(super) struct Lives {
    labels: BTreeMap<String, usize>,
    parents: Vec<usize>,
    lives: Vec<Option<Life>>,
}

impl Lives {
    pub(super) fn see(
        &mut self,
        labels: impl IntoIterator<Item = String>,
        moment: Option<Timestamp>,
    ) {
        let mut own: Option<usize> = None;
        for label in labels {
            let next = self.parents.len();
            let label = *self.labels.entry(label).or_insert(next);
            if label == next {
                self.parents.push(next);
                self.lives.push(None);
            }
            let root = self.root(label);
            let keep = own.map_or(root, |own| own.min(root));
            let lose = own.map_or(root, |own| own.max(root));
            if keep != lose {
                self.parents[lose] = keep;
                let lost = self.lives[lose].take();
                Life::stretch(&mut self.lives[keep], lost.map(|life| life.first));
                Life::stretch(&mut self.lives[keep], lost.map(|life| life.last));
            }
            own = Some(keep);
        }
        if let Some(own) = own {
            Life::stretch(&mut self.lives[own], moment);
        }
    }

    fn root(&mut self, label: usize) -> usize {
        let mut root = label;
        while self.parents[root] != root {
            self.parents[root] = self.parents[self.parents[root]];
            root = self.parents[root];
        }
        root
    }

    /// Whether two of them ran side by side. Undated ones count as living at any time.
    pub(super) fn ran_together(&self, window: SignedDuration) -> bool {
        let roots = (0..self.parents.len()).filter(|label| self.parents[*label] == *label);
        let lives: Vec<Option<Life>> = roots.map(|root| self.lives[root]).collect();
        if lives.len() < 2 {
            return false;
        }
        let mut dated: Vec<Life> = lives.iter().copied().flatten().collect();
        if dated.len() < lives.len() {
            return true;
        }
        dated.sort_unstable_by_key(|life| (life.first, life.last));
        // In the order of their beginnings, two overlap if one overlaps the longest of those before it.
        let mut before: Option<Life> = None;
        dated.into_iter().any(|life| {
            let overlaps = before.is_some_and(|before| before.overlaps(life, window));
            before = Some(before.map_or(life, |before| Life {
                first: before.first,
                last: before.last.max(life.last),
            }));
            overlaps
        })
    }
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
