//! What is really so, host by host, and which facts of which record are untrue.
//!
//! The truth is handed over beside the files and is never written among them.

use std::io::{self, Write};

/// A host's number in one estate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrueHostId(pub u32);

/// A host as it really is at the as-of moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueHost {
    /// Its number.
    pub id: TrueHostId,
    /// The identifier of its organisation.
    pub organisation: String,
    /// The identifiers of the networks that it is attached to, the first one first.
    pub networks: Vec<String>,
    /// What it is for, for example `workstation`, `lab-pc`, `printer`.
    pub role: &'static str,
    /// Its operating system, for example `windows-7-sp1`, `linux`.
    pub system: &'static str,
    /// Whether it runs any Windows.
    pub windows: bool,
    /// Build and update revision, for example `19045.5965`; empty where the system has none.
    pub build: String,
    /// True when it is not open to CVE-2017-0144. Always true of a system that is not Windows.
    pub closed_ms17_010: bool,
    /// True when its SMBv1 server is on, whoever may reach it.
    pub smb1_on: bool,
    /// True when it answers on 445/tcp to a machine in its own network: the service runs and its
    /// own firewall lets the connection in.
    pub listens_445: bool,
    /// True when its last cumulative update is not older than the fix of the hypothetical next
    /// worm. Also true of a system that is not Windows: that flaw is not its own.
    pub updated_since_next_worm_fix: bool,
    /// Its present name first, then the names that it had before.
    pub names: Vec<String>,
    /// Its addresses at the as-of moment, in the order of `networks`.
    pub addresses: Vec<String>,
    /// Addresses that it held earlier in the weeks of the evidence.
    pub earlier_addresses: Vec<String>,
    /// Its own hardware addresses; a dock's or a random one is not among them.
    pub macs: Vec<String>,
    /// Its BIOS UUID; two machines have the same one only if they are copies of one machine.
    pub bios_uuid: String,
    /// Its serial number.
    pub serial: String,
    /// Its Microsoft Defender device identifiers, the present one last; empty if not onboarded.
    pub agents: Vec<String>,
    /// The date on which it left the estate. Everything above is then as it was on that day.
    pub retired_on: Option<String>,
}

impl TrueHost {
    /// Whether a worm like WannaCry could really take it from its own network.
    pub fn open_to_wannacry(&self) -> bool {
        self.retired_on.is_none() && !self.closed_ms17_010 && self.smb1_on && self.listens_445
    }
}

/// One record of one file: a host element, a data row, an object of an array, a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueRecord {
    /// The file as a reader sees it: a member of an archive is `archive.zip/member.txt`, a `.gz`
    /// keeps its own name.
    pub file: String,
    /// Its number among the records of its kind in that file, from 1; 1 for a whole text.
    pub ordinal: u64,
    /// The line on which it starts in the unpacked text, from 1.
    pub line: u64,
    /// The host of which it speaks.
    pub host: TrueHostId,
    /// What it says that is not so at the as-of moment.
    pub false_facts: Vec<FalseFact>,
}

/// An untrue fact of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FalseFact {
    /// Which fact.
    pub fact: Fact,
    /// Why it is untrue.
    pub noise: Noise,
}

/// The facts that a record can get wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// That the machine is there at all.
    Presence,
    /// Which machine it is: the record carries another machine's identifier or lies under
    /// another machine's name.
    Identity,
    /// Its name.
    Name,
    /// Its network address.
    Address,
    /// Its hardware address.
    Mac,
    /// Its agent identifier.
    Agent,
    /// Its operating system.
    System,
    /// Its build, with the update revision where one is given.
    Build,
    /// Which updates are installed, or the last of them.
    Updates,
    /// Whether it is open to CVE-2017-0144.
    Ms17010,
    /// Whether its SMBv1 server is on.
    Smb1,
    /// Whether it answers on 445/tcp.
    Port445,
}

/// Why a fact is untrue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noise {
    /// It was so then; updates came since.
    UpdatedSince,
    /// It was so then; the machine was rebuilt with another system since.
    RebuiltSince,
    /// It was so then; a setting was changed since.
    ReconfiguredSince,
    /// It was so then; the lease went to another machine since.
    AddressMoved,
    /// It was so then; the machine was re-imaged and has a new agent identifier since.
    Reimaged,
    /// It was so then; the machine was renamed since.
    RenamedSince,
    /// It was so then; the machine left the estate since.
    Retired,
    /// The name now belongs to another machine.
    NameReused,
    /// Two machines are copies of one and share identifiers.
    Cloned,
    /// The hardware address is that of a docking station that several machines use.
    SharedDock,
    /// The hardware address was made up by the machine for the day.
    RandomMac,
    /// The scanner called a fixed machine vulnerable.
    ScannerFalsePositive,
    /// The scanner called an open machine not vulnerable.
    ScannerFalseNegative,
    /// A firewall between scanner and machine hid the port.
    HiddenFromVantage,
    /// The inventory lags behind: it lists a flaw that was fixed before it spoke.
    LaggingInventory,
    /// The machine says of itself what its policy wishes, not what is so.
    SelfReport,
    /// The list was cut short: updates are installed that it does not show.
    CutList,
    /// The text was taken on one machine and saved under the name of another.
    WrongFile,
}

/// What is really so of a claim: the share of its organisation's hosts that meet it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueClaim {
    /// The claim's identifier.
    pub claim: String,
    /// Whose claim it is.
    pub organisation: String,
    /// The control that it speaks of.
    pub control: String,
    /// The share of machines that really meet it, in percent; for a border 0 or 100.
    pub true_percent: f64,
}

/// What is really so of a border.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueBorder {
    /// The organisation whose border it is.
    pub organisation: String,
    /// `in` or `out`.
    pub direction: &'static str,
    /// Whether it lets 445/tcp through.
    pub allows_445: bool,
}

/// A file with something wrong in it, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedFile {
    /// The file as a reader sees it.
    pub file: String,
    /// What was done to it.
    pub damage: Damage,
}

/// What can be wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The scan was stopped: the document ends after a whole host, without its closing tags.
    Unfinished,
    /// The copy broke off inside a record.
    Truncated,
    /// This data row has too few cells; it counts as a row and has no true record.
    ShortRow {
        /// The row's number, from 1.
        ordinal: u64,
    },
    /// No reader knows what it is.
    Unrecognised,
    /// It holds exactly the documented maximum of rows, so there were more.
    AtRowLimit,
}

/// The truth about one estate, or about a part of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Truth {
    /// Every host, the retired ones too, by number.
    pub hosts: Vec<TrueHost>,
    /// Every record that can be read, file by file.
    pub records: Vec<TrueRecord>,
    /// What is really so of each claim.
    pub claims: Vec<TrueClaim>,
    /// Every border, those that the description does not mention too.
    pub borders: Vec<TrueBorder>,
    /// The files that are damaged on purpose.
    pub damaged: Vec<DamagedFile>,
}

impl Truth {
    /// The hosts that are there at the as-of moment.
    pub fn present(&self) -> impl Iterator<Item = &TrueHost> {
        self.hosts.iter().filter(|host| host.retired_on.is_none())
    }

    /// Appends the truth of another part.
    pub(crate) fn append(&mut self, part: Self) {
        self.hosts.extend(part.hosts);
        self.records.extend(part.records);
        self.claims.extend(part.claims);
        self.borders.extend(part.borders);
        self.damaged.extend(part.damaged);
    }

    /// Writes hosts and records as one CSV text: a `host` row for each host, then a `record` row
    /// for each record.
    ///
    /// # Errors
    ///
    /// Fails when the writer fails.
    pub fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "host,id,organisation,networks,role,system,build,closed_ms17_010,smb1_on,listens_445,updated_since_next_worm_fix,names,addresses,retired_on"
        )?;
        for h in &self.hosts {
            writeln!(
                out,
                "host,{},{},{},{},{},{},{},{},{},{},{},{},{}",
                h.id.0,
                h.organisation,
                h.networks.join(";"),
                h.role,
                h.system,
                h.build,
                h.closed_ms17_010,
                h.smb1_on,
                h.listens_445,
                h.updated_since_next_worm_fix,
                h.names.join(";"),
                h.addresses.join(";"),
                h.retired_on.as_deref().unwrap_or("")
            )?;
        }
        writeln!(out, "record,file,ordinal,line,host,false_facts")?;
        for r in &self.records {
            let facts: Vec<String> = r
                .false_facts
                .iter()
                .map(|f| format!("{:?}:{:?}", f.fact, f.noise))
                .collect();
            let facts = facts.join(";");
            writeln!(
                out,
                "record,{},{},{},{},{facts}",
                r.file, r.ordinal, r.line, r.host.0
            )?;
        }
        Ok(())
    }
}
