//! The few scripts that we read, and what each proves. The output of all others is passed over.
//!
//! Newer versions write what a script found as tables as well as text; the tables are preferred. What a script could not
//! find out (`ERROR`, `Could not negotiate a connection`, no answer) is nothing, never an absence.

pub(super) mod ntlm;
mod os_discovery;
mod smb;

use wardround_evidence::{Cve, Observed};

use crate::xml::Tag;

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

/// A script's result, gathered until its element ends.
pub(super) struct Script {
    kind: Kind,
    output: String,
    tables: Vec<String>,
    cells: Vec<Cell>,
    bytes: usize,
}

/// One value of the structured output.
struct Cell {
    /// The key of the table that it stands in; empty outside any.
    table: String,
    /// Its own key; empty in a list.
    key: String,
    text: String,
}

/// What a script found.
#[derive(Default)]
pub(super) struct Findings {
    /// Names of the machine, as written.
    pub(super) names: Vec<String>,
    /// What was seen.
    pub(super) observed: Vec<Observed>,
}

impl Script {
    /// A script that we read; `None` for all others.
    pub(super) fn begin(tag: &Tag<'_>) -> Option<Self> {
        let id = tag.attribute("id")?;
        let kind = match id.trim_end_matches(".nse") {
            "smb-os-discovery" => Kind::OsDiscovery,
            "rdp-ntlm-info" => Kind::Ntlm,
            "smb-protocols" => Kind::Protocols,
            "smb-security-mode" => Kind::Signing,
            "smb2-security-mode" => Kind::Signing2,
            "smb-vuln-ms17-010" => Kind::Flaw(MS17_010),
            "smb-vuln-ms08-067" => Kind::Flaw(MS08_067),
            _ => return None,
        };
        Some(Self {
            kind,
            output: tag.attribute("output").unwrap_or_default().into_owned(),
            tables: Vec::new(),
            cells: Vec::new(),
            bytes: 0,
        })
    }

    /// A table begins.
    pub(super) fn open_table(&mut self, key: &str) {
        self.tables.push(key.to_owned());
    }

    /// The innermost table ends.
    pub(super) fn close_table(&mut self) {
        self.tables.pop();
    }

    /// A value begins.
    pub(super) fn open_cell(&mut self, key: &str) {
        self.cells.push(Cell {
            table: self.tables.last().cloned().unwrap_or_default(),
            key: key.to_owned(),
            text: String::new(),
        });
        self.bytes += size_of::<Cell>() + key.len();
    }

    /// Part of the last value. Beyond the limit nothing is kept: these scripts find no such amounts.
    pub(super) fn text(&mut self, text: &str, limit: usize) {
        self.bytes += text.len();
        if self.bytes <= limit
            && let Some(cell) = self.cells.last_mut()
        {
            cell.text.push_str(text);
        }
    }

    /// What it found.
    pub(super) fn findings(&self) -> Findings {
        match self.kind {
            Kind::OsDiscovery => os_discovery::read(self),
            Kind::Ntlm => ntlm::read(self),
            Kind::Protocols => smb::protocols(self),
            Kind::Signing => smb::signing(self),
            Kind::Signing2 => smb::signing2(self),
            Kind::Flaw(cve) => smb::flaw(self, cve),
        }
    }

    /// The value with a key, wherever it stands.
    fn cell(&self, key: &str) -> Option<&str> {
        self.cells
            .iter()
            .find(|cell| cell.key == key)
            .map(|cell| cell.text.trim())
    }

    /// The rest of the first output line that begins with `label`, in any case.
    fn line(&self, label: &str) -> Option<&str> {
        self.output.lines().map(str::trim).find_map(|line| {
            let start = line.get(..label.len())?;
            start
                .eq_ignore_ascii_case(label)
                .then(|| line[label.len()..].trim())
        })
    }
}
