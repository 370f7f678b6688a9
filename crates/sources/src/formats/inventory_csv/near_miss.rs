//! Tables that are no lists of machines, and what they lack to be ones.

use super::columns::{Columns, Lack};
use super::tool::Tool;
use super::{LINES_BEFORE, SEPARATORS, names};

/// The longest name of a column; longer text is prose.
const LONGEST_NAME: usize = 60;

/// The most names that are told.
const MOST_NAMES: usize = 30;

/// A table that nobody knows.
pub(crate) struct NearMiss {
    /// Its heading, in the file's own words.
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
            Some(NearMiss {
                names: names
                    .iter()
                    .take(MOST_NAMES)
                    .map(ToString::to_string)
                    .collect(),
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
            let found = near_miss(text).map(|found| found.names.len());
            assert_eq!(found, expected, "{text}");
        }
    }
}
