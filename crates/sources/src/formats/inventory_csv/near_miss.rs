//! Tables that are no lists of machines, and what they lack to be ones.

use super::columns::{Columns, Lack};
use super::tool::Tool;
use super::{LINES_BEFORE, SEPARATORS, names};

/// The longest name of a column; longer text is prose.
const LONGEST_NAME: usize = 60;

/// The most names that are told.
const MOST_NAMES: usize = 30;

/// Words of headings: a line without them may be a row as well.
const OF_HEADINGS: [&str; 78] = [
    "address",
    "application",
    "asset",
    "bed",
    "build",
    "building",
    "category",
    "code",
    "comment",
    "comments",
    "computer",
    "count",
    "cve",
    "date",
    "department",
    "description",
    "device",
    "domain",
    "email",
    "floor",
    "group",
    "host",
    "hostname",
    "id",
    "installed",
    "ip",
    "ipv4",
    "ipv6",
    "kb",
    "kind",
    "last",
    "location",
    "mac",
    "machine",
    "make",
    "manufacturer",
    "missing",
    "model",
    "name",
    "network",
    "no",
    "notes",
    "number",
    "os",
    "owner",
    "phone",
    "port",
    "priority",
    "product",
    "reference",
    "risk",
    "room",
    "score",
    "seen",
    "serial",
    "service",
    "severity",
    "site",
    "software",
    "state",
    "status",
    "subnet",
    "system",
    "team",
    "time",
    "title",
    "total",
    "type",
    "update",
    "updates",
    "user",
    "username",
    "value",
    "vendor",
    "version",
    "vlan",
    "vulnerability",
    "ward",
];

/// Longer words are no names of columns; a secret may be one.
const LONGEST_WORD: usize = 20;

/// A table that nobody knows.
pub(crate) struct NearMiss {
    /// How many columns it has.
    pub(crate) columns: usize,
    /// Its heading, in the file's own words; nothing where that may be a row, which nobody asked to be told.
    pub(crate) names: Vec<String>,
    /// What it would need, in ours.
    pub(crate) lack: &'static str,
}

/// What a text lacks to be a list of machines, where it looks like a table at all: a line of names above one of as many fields.
pub(crate) fn near_miss(text: &str) -> Option<NearMiss> {
    let lines: Vec<&str> = text.lines().take(LINES_BEFORE).collect();
    lines.windows(2).find_map(|pair| {
        let &[heading, first_row] = pair else {
            return None;
        };
        SEPARATORS.into_iter().find_map(|separator| {
            let names = table_of(heading, first_row, separator)?;
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let lack = Columns::of_heading(&names, Tool::of_heading(&names)).err()?;
            let told = if is_surely_heading(&names) {
                MOST_NAMES
            } else {
                0
            };
            Some(NearMiss {
                columns: names.len(),
                names: names.iter().take(told).map(ToString::to_string).collect(),
                lack: words(lack),
            })
        })
    })
}

/// The names of a heading, where a line may be one and the next a row below it.
fn table_of(heading: &str, row: &str, separator: u8) -> Option<Vec<String>> {
    let heading = names(heading, separator)?;
    let row = names(row, separator)?;
    let may_be_name = |name: &str| {
        !name.is_empty()
            && name.chars().count() <= LONGEST_NAME
            && name.chars().any(char::is_alphabetic)
            && !name.contains(['{', '}', '<', '>', '=', '\t'])
    };
    let is_table = heading.len() > 1
        && heading.len() == row.len()
        && heading.iter().all(|name| may_be_name(name.trim()))
        // A sentence may have as many commas as the one before.
        && !row.iter().any(|field| field.trim_end().ends_with('.'));
    is_table.then(|| heading.iter().map(|name| name.trim().to_owned()).collect())
}

/// Whether a line is surely one of names: short words, in more than half of the cells such as headings have, and no digits but in
/// what is called so.
fn is_surely_heading(names: &[&str]) -> bool {
    let words_of = |name: &str| -> Vec<String> {
        let shown: String = name.chars().filter(|it| !it.is_control()).collect();
        let spaced = shown.replace(|it: char| !it.is_alphanumeric(), " ");
        spaced.split_whitespace().map(str::to_lowercase).collect()
    };
    let is_word = |word: &String| {
        let has_digits = word.bytes().any(|it| it.is_ascii_digit());
        word.chars().count() <= LONGEST_WORD
            && (!has_digits
                || ["ipv4", "ipv6", "smb1", "smbv1", "ms17", "010"].contains(&word.as_str())
                || is_update(word))
    };
    let is_name = |name: &&str| {
        // An address of mail has an `@`, a secret often one of the others.
        !name.contains(['@', '!', '$', '%', '^', '*', '+', '~', '|', '\\'])
            && words_of(name).iter().all(is_word)
    };
    let is_of_headings = |name: &&&str| {
        let is_known = |word: &String| OF_HEADINGS.contains(&word.as_str()) || is_update(word);
        words_of(name).iter().any(is_known)
    };
    let known = names.iter().filter(is_of_headings).count();
    names.iter().all(is_name) && known * 2 > names.len()
}

/// Whether a word is the number of an update.
fn is_update(word: &str) -> bool {
    let digits = word.strip_prefix("kb").unwrap_or_default();
    (6..=7).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit())
}

const fn words(lack: Lack) -> &'static str {
    match lack {
        Lack::Name => {
            "no column names machines as a list of them does, such as `Name`, `Computer`, `Hostname`, `FQDN` or `Serial \
             number`; beside it one is needed that says something of them, such as `OS`, `OS version`, `Build` or \
             `KB4012215 installed`"
        }
        Lack::Matter => {
            "beside what names machines, a list of them needs a column that says something of them, such as `OS`, \
             `OS version`, `Build`, `MS17-010 patched`, `KB4012215 installed` or `Installed updates`; an address or \
             `Last seen` is enough where machines stand below `Computer name` or `Hostname`"
        }
        Lack::Findings => {
            "a row of it is a finding, by its columns, and it does not say of each machine whether it could be looked \
             into; give a list of the machines themselves"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::near_miss;

    #[test]
    fn a_table_is_told_from_prose_and_from_other_text() {
        for (text, expected) in [
            ("Ward,Bed\nThree,4\n", Some(2)),
            ("A title\n\nWard;Bed;OS\nThree;4;Windows 7\n", Some(3)),
            ("Name\tComment\nPC1\tbroken\n", Some(2)),
            (
                "Device name,CVE ID,OS\nPC1,CVE-2017-0144,Windows 7\n",
                Some(3),
            ),
            (
                "Dear all, here is the list\nof machines, which is not whole.\n",
                None,
            ),
            ("{\"a\": 1,\n\"b\": 2}\n", None),
            ("[part]\nkey = 1, 2\nother = 3, 4\n", None),
            ("Name\nPC1\n", None),
            ("Ward,Bed\n", None),
            ("10,20\n30,40\n", None),
            ("", None),
        ] {
            let found = near_miss(text).map(|found| found.columns);
            assert_eq!(found, expected, "{text}");
        }
    }
    #[test]
    fn a_row_in_the_place_of_a_heading_is_not_told() {
        let names = |text| near_miss(text).map(|found| found.names);
        for (text, columns) in [
            ("PC-A17,jsmith,Summer2017!\nPC-A18,kdoe,Winter2017!\n", 3),
            ("Reception,Smith,Swordfish\nTriage,Doe,Marlin\n", 3),
            (
                "Owner,kelpie@example.nhs.uk\nOwner,other@example.nhs.uk\n",
                2,
            ),
            ("user,Swordf1sh\nother,Marl1n\n", 2),
            ("user,Swordfish\nother,Marlin\n", 2),
            ("user,correcthorsebatterystaple\nother,x\n", 2),
        ] {
            let found = near_miss(text).map(|found| (found.columns, found.names));
            assert_eq!(found, Some((columns, Vec::new())), "{text}");
        }
        let heading = ["Ward", "Bed", "KB4012215", "IPv4 address"].map(str::to_owned);
        let text = "Ward,Bed,KB4012215,IPv4 address\nThree,4,yes,x\n";
        assert_eq!(names(text), Some(heading.to_vec()));
    }
}
