//! The few scripts that we read, and what each proves. The output of all others is passed over.
//!
//! Newer versions write what a script found as tables as well as text; the tables are preferred. What a script could not
//! find out (`ERROR`, `Could not negotiate a connection`, no answer) is nothing, never an absence.

pub(super) mod ntlm;
mod os_discovery;
mod smb;

use std::cell::OnceCell;
use std::ops::Range;

use wardround_evidence::{Cve, Observed};

use crate::xml::{Tag, unescaped};

/// MS17-010 as the script itself names it. Its bulletin covers CVE-2017-0143 to 0148, and the script tests for the fix of
/// the bulletin, but the observation says only what the script says.
const MS17_010: Cve = Cve::new(2017, 143);

/// The script has tested for it since nmap 6.47.
const MS08_067: Cve = Cve::new(2008, 4250);

#[derive(Clone, Copy)]
enum Kind {
    OsDiscovery,
    Ntlm,
    Protocols,
    Signing,
    Signing2,
    Flaw(Cve),
}

/// A script's result, gathered until its element ends; kept from script to script for its memory.
#[derive(Default)]
pub(super) struct Script {
    kind: Option<Kind>,
    /// The output as it is written in the file.
    written: String,
    /// The same with its references resolved, once somebody wants it: the tables say more.
    output: OnceCell<String>,
    /// The keys of tables and cells, one behind the other.
    keys: String,
    /// Where the keys of the tables stand that are open.
    tables: Vec<Range<usize>>,
    /// The texts of the cells, one behind the other.
    texts: String,
    cells: Vec<Place>,
    /// What keys and cells take, and the most that is kept of them: these scripts find no such amounts.
    bytes: usize,
    most_bytes: usize,
}

/// Where the keys and the text of a cell stand.
struct Place {
    table: Range<usize>,
    key: Range<usize>,
    text: Range<usize>,
}

/// One value of the structured output.
struct Cell<'a> {
    /// The key of the table that it stands in; empty outside any.
    table: &'a str,
    /// Its own key; empty in a list.
    key: &'a str,
    text: &'a str,
}

/// What a script found.
#[derive(Default)]
pub(super) struct Findings {
    /// Names of the machine, as written.
    pub(super) names: Vec<String>,
    /// What was seen, if anything.
    pub(super) observed: Option<Observed>,
}

impl Script {
    /// Begins anew, in the same memory; says whether it is a script that we read.
    pub(super) fn begin(&mut self, tag: &Tag<'_>, most_bytes: usize) -> bool {
        let id = tag.attribute("id").unwrap_or_default();
        self.kind = match id.trim_end_matches(".nse") {
            "smb-os-discovery" => Some(Kind::OsDiscovery),
            "rdp-ntlm-info" => Some(Kind::Ntlm),
            "smb-protocols" => Some(Kind::Protocols),
            "smb-security-mode" => Some(Kind::Signing),
            "smb2-security-mode" => Some(Kind::Signing2),
            "smb-vuln-ms17-010" => Some(Kind::Flaw(MS17_010)),
            "smb-vuln-ms08-067" => Some(Kind::Flaw(MS08_067)),
            _ => return false,
        };
        let written = tag.attribute_as_written("output").unwrap_or_default();
        self.written.clear();
        self.written.push_str(written);
        self.output = OnceCell::new();
        self.keys.clear();
        self.tables.clear();
        self.texts.clear();
        self.cells.clear();
        self.bytes = 0;
        self.most_bytes = most_bytes;
        true
    }

    /// A table begins.
    pub(super) fn open_table(&mut self, key: &str) {
        let table = self.keep_key(key);
        self.tables.push(table);
    }

    /// The innermost table ends.
    pub(super) fn close_table(&mut self) {
        self.tables.pop();
    }

    /// A value begins.
    pub(super) fn open_cell(&mut self, key: &str) {
        if !self.has_room(size_of::<Place>()) {
            return;
        }
        let cell = Place {
            table: self.tables.last().cloned().unwrap_or_default(),
            key: self.keep_key(key),
            text: self.texts.len()..self.texts.len(),
        };
        self.cells.push(cell);
    }

    /// Part of the last value.
    pub(super) fn text(&mut self, text: &str) {
        if self.has_room(text.len())
            && let Some(cell) = self.cells.last_mut()
        {
            self.texts.push_str(text);
            cell.text.end = self.texts.len();
        }
    }

    fn keep_key(&mut self, key: &str) -> Range<usize> {
        let start = self.keys.len();
        if self.has_room(key.len()) {
            self.keys.push_str(key);
        }
        start..self.keys.len()
    }

    /// Takes room for so many bytes. Once there is too little, there is none for anything.
    fn has_room(&mut self, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        self.bytes <= self.most_bytes
    }

    /// Whether its element has begun and not ended.
    pub(super) const fn is_open(&self) -> bool {
        self.kind.is_some()
    }

    /// What it found. Its element has ended.
    pub(super) fn finish(&mut self) -> Findings {
        match self.kind.take() {
            Some(Kind::OsDiscovery) => os_discovery::read(self),
            Some(Kind::Ntlm) => ntlm::read(self),
            Some(Kind::Protocols) => smb::protocols(self),
            Some(Kind::Signing) => smb::signing(self),
            Some(Kind::Signing2) => smb::signing2(self),
            Some(Kind::Flaw(cve)) => smb::flaw(self, cve),
            None => Findings::default(),
        }
    }

    /// The values, in their order.
    fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells.iter().map(|cell| Cell {
            table: &self.keys[cell.table.clone()],
            key: &self.keys[cell.key.clone()],
            text: &self.texts[cell.text.clone()],
        })
    }

    /// The value with a key, wherever it stands.
    fn cell(&self, key: &str) -> Option<&str> {
        let found = self.cells().find(|cell| cell.key == key);
        found.map(|cell| cell.text.trim())
    }

    /// The output as text.
    fn output(&self) -> &str {
        let text = || unescaped(&self.written).into_owned();
        self.output.get_or_init(text)
    }

    /// The rest of the first output line that begins with `label`, in any case.
    fn line(&self, label: &str) -> Option<&str> {
        self.output().lines().map(str::trim).find_map(|line| {
            let start = line.get(..label.len())?;
            start
                .eq_ignore_ascii_case(label)
                .then(|| line[label.len()..].trim())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn a_script_holds_no_more_than_it_may() {
        let mut script = Script {
            most_bytes: 1_000,
            ..Script::default()
        };
        for _ in 0..1_000 {
            script.open_table("dialects");
            script.open_cell("key");
            script.text("NT LM 0.12");
            script.close_table();
        }
        assert_eq!(script.cell("key"), Some("NT LM 0.12"));
        let held = script.keys.len() + script.texts.len() + size_of_val(&script.cells[..]);
        assert!(held <= script.most_bytes, "{held}");
    }
}
