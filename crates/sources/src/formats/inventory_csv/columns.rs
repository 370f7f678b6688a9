//! Which column of a list holds what, by its name.

use std::collections::BTreeMap;

use wardround_evidence::Kb;

use super::dates::{self, DateOf};
use super::fields::{
    Field, Meaning, NAMES, NAMES_OF_TOOLS, OF_AIMS, OF_PROGRAMS, PLURALS, is_of_findings,
};
use super::named_update::NamedUpdate;
use super::tool::Tool;
use crate::Sink;
use crate::defender::squeezed;

/// How many columns are named.
const MOST_NAMED: usize = 80;

/// The columns of one list that are read.
pub(super) struct Columns {
    /// Field, place and name, in the order of preference.
    places: Vec<(Field, usize, &'static str)>,
    /// Columns without a known name that are dates by the words of their heading.
    dates: Vec<(DateOf, usize, &'static str)>,
    /// Those of them in which dates were found and of which nobody knows what they are.
    unclear_dates: Vec<usize>,
    /// Columns that name an update in their heading, by their places.
    updates: Vec<(usize, NamedUpdate)>,
    sure_name: bool,
    sure_update: bool,
}

/// What a heading lacks to be one of machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Nothing in it names a machine.
    Name,
    /// Nothing in it says something of a machine.
    Matter,
    /// It has a column that only lists of findings have.
    Findings,
}

/// A name of a heading, in the ways in which it may be known.
struct Heading {
    plain: String,
    /// Of a name of Configuration Manager's database, what stands before its `0`.
    bare: Option<String>,
}

impl Heading {
    fn of(name: &str) -> Self {
        Self {
            plain: plain(name),
            bare: without_zero(name).map(plain),
        }
    }

    fn is(&self, known: &str) -> bool {
        // In that database the *full domain name* is one of the domain.
        self.plain == known
            || known != "fulldomainname" && self.bare.as_deref().is_some_and(|bare| bare == known)
    }
}

impl Columns {
    /// The columns of a heading.
    ///
    /// # Errors
    /// Where it does not name machines and say something of them: what it lacks.
    pub(super) fn of_heading(names: &[&str], tool: Tool) -> Result<Self, Lack> {
        if names.len() < 2 {
            return Err(Lack::Matter);
        }
        let headings: Vec<Heading> = names.iter().map(|name| Heading::of(name)).collect();
        if headings.iter().any(|name| is_of_findings(&name.plain)) {
            return Err(Lack::Findings);
        }
        let has_any = |known: &[&str]| {
            let mut known = known.iter();
            known.any(|known| headings.iter().any(|name| name.is(known)))
        };
        let is_of_programs = has_any(OF_PROGRAMS);
        let is_of_aims = has_any(OF_AIMS);
        let mut columns = Self {
            places: Vec::new(),
            dates: Vec::new(),
            unclear_dates: Vec::new(),
            updates: Vec::new(),
            sure_name: false,
            sure_update: false,
        };
        for (field, meaning, known) in NAMES {
            for known in known.split_whitespace() {
                if is_of_aims && known == "build"
                    || tool == Tool::ConfigurationManager && known == "fulldomainname"
                {
                    continue;
                }
                if columns.take(*field, known, &headings) {
                    let sure = *meaning == Meaning::Sure;
                    columns.sure_name |= sure && matches!(field, Field::Name | Field::FullName);
                    columns.sure_update |= sure && *field == Field::Update;
                }
            }
        }
        for (of, field, known) in NAMES_OF_TOOLS {
            if *of == tool && !is_of_programs {
                columns.take(*field, known, &headings);
            }
        }
        for (place, name) in names.iter().enumerate() {
            let update = NamedUpdate::of(name).filter(|_| columns.is_unused(place));
            columns.updates.extend(update.map(|update| (place, update)));
        }
        columns.keep_states_with_updates();
        columns.name_dates(names);
        match columns.lack() {
            None => Ok(columns),
            Some(lack) => Err(lack),
        }
    }

    /// Takes the first column of a name for a field, where it may be read as that.
    fn take(&mut self, field: Field, known: &'static str, headings: &[Heading]) -> bool {
        let place = headings.iter().position(|name| name.is(known));
        let place = place.filter(|place| self.is_free(field, *place));
        self.places.extend(place.map(|place| (field, place, known)));
        place.is_some()
    }

    fn is_unused(&self, place: usize) -> bool {
        self.places.iter().all(|(_, other, _)| *other != place)
    }

    /// Whether a column may still be read as a field: a state of compliance is one of an update beside an update.
    fn is_free(&self, field: Field, place: usize) -> bool {
        let taken = self.places.iter().find(|(_, other, _)| *other == place);
        taken.is_none_or(|(other, ..)| {
            (*other, field) == (Field::UpdateState, Field::Compliance) && !self.has(Field::Update)
        })
    }

    /// A `Status` or `Title` says something of an update only where both are there; what is installed when, too. A column
    /// that is surely on updates is on those of the whole machine where none is named.
    fn keep_states_with_updates(&mut self) {
        if !self.has(Field::Update) {
            for (field, _, known) in &mut self.places {
                if *field == Field::UpdateState && is_sure(Field::UpdateState, known) {
                    *field = Field::PatchStatus;
                }
            }
        }
        let both = self.has(Field::Update) && self.has(Field::UpdateState);
        self.places.retain(|(field, ..)| {
            both || !matches!(
                field,
                Field::Update | Field::UpdateState | Field::InstalledOn
            )
        });
    }

    fn name_dates(&mut self, names: &[&str]) {
        for (place, name) in names.iter().enumerate() {
            let is_free =
                self.is_unused(place) && self.updates.iter().all(|(other, _)| *other != place);
            if let Some((date, word)) = dates::of_heading(name).filter(|_| is_free) {
                self.dates.push((date, place, word));
            }
        }
    }

    /// The places of columns that are dates by the words of their heading alone.
    pub(super) fn named_dates(&self) -> impl Iterator<Item = usize> {
        self.dates.iter().map(|(_, place, _)| *place)
    }

    /// Takes those columns for dates that hold some, each with whether one is written as a date. Of bare numbers nobody knows
    /// what they are.
    pub(super) fn take_dates(&mut self, dated: &BTreeMap<usize, bool>) {
        for (date, place, word) in &self.dates {
            match (date, dated.get(place)) {
                (_, None) => {}
                (DateOf::Check, Some(true)) => self.places.push((Field::Checked, *place, word)),
                (DateOf::Check | DateOf::Anything, Some(_)) => self.unclear_dates.push(*place),
            }
        }
    }

    /// Whether there is a column of which it is known that it dates its rows.
    pub(super) fn has_known_dates(&self) -> bool {
        let dates = [Field::LastSeen, Field::Checked, Field::Since];
        dates.iter().any(|field| self.has(*field))
    }

    /// Whether there are columns with dates of which nobody knows what they are.
    pub(super) const fn has_unclear_dates(&self) -> bool {
        !self.unclear_dates.is_empty()
    }

    fn lack(&self) -> Option<Lack> {
        let says_something = [
            Field::System,
            Field::SystemVersion,
            Field::SystemBuild,
            Field::Onboarding,
            Field::Health,
            Field::Smb1,
            Field::Ms17010,
            Field::Ms17010Open,
            Field::Ms17010Alone,
            Field::InstalledUpdates,
            Field::MissingUpdates,
        ];
        let goes_with_a_sure_name = [
            Field::Serial,
            Field::BiosUuid,
            Field::Mac,
            Field::Address,
            Field::EntraId,
            Field::LastSeen,
            Field::HasClient,
            Field::RestartPending,
            Field::PatchStatus,
            Field::Compliance,
        ];
        let has_any = |fields: &[Field]| fields.iter().any(|field| self.has(*field));
        let says_something_of_updates =
            self.has(Field::Update) && (self.sure_name || self.sure_update);
        let names = [
            Field::Name,
            Field::FullName,
            Field::Serial,
            Field::BiosUuid,
            Field::DeviceId,
            Field::EntraId,
        ];
        let says_something = has_any(&says_something)
            || says_something_of_updates
            || !self.updates.is_empty()
            || self.sure_name && has_any(&goes_with_a_sure_name);
        if !has_any(&names) {
            Some(Lack::Name)
        } else if says_something {
            None
        } else {
            Some(Lack::Matter)
        }
    }

    /// Whether any column holds a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.places.iter().any(|(other, ..)| *other == field)
    }

    /// The places of a field, the preferred one first.
    pub(super) fn places(&self, field: Field) -> impl Iterator<Item = usize> {
        self.places
            .iter()
            .filter(move |(other, ..)| *other == field)
            .map(|(_, place, _)| *place)
    }

    /// The updates that headings name, each with the place of its column.
    pub(super) fn named_updates(&self) -> impl Iterator<Item = (usize, Kb, &NamedUpdate)> {
        let updates = self.updates.iter();
        updates.map(|(place, update)| (*place, update.kb, update))
    }

    /// The name by which the column at a place is known.
    pub(super) fn known(&self, place: usize) -> Option<&'static str> {
        let found = self.places.iter().find(|(_, other, _)| *other == place);
        found.map(|(.., known)| *known)
    }

    /// Whether a number at a place may be how many machines there are: `Computers`.
    pub(super) fn may_count(&self, place: usize) -> bool {
        self.known(place)
            .is_some_and(|known| PLURALS.contains(&known))
    }

    /// Says which columns are read and which are not: those by our own names for them, these by their numbers, since what
    /// a file says is not quoted in a reading. Their names are told beside it.
    pub(super) fn note_use(&self, names: &[String], sink: &mut Sink) {
        let width = names.len();
        let known = |place: usize| {
            let is_update = self.updates.iter().any(|(other, _)| *other == place);
            self.known(place)
                .or(is_update.then_some("an update by its number"))
        };
        let mut read: Vec<String> = Vec::new();
        let mut ignored: Vec<String> = Vec::new();
        for (place, name) in names.iter().enumerate() {
            match known(place) {
                Some(known) => read.push(format!("{} (`{known}`)", place + 1)),
                None => {
                    ignored.push((place + 1).to_string());
                    sink.unread_column(name);
                }
            }
        }
        sink.count("columns", width as u64);
        sink.count("columns_read", read.len() as u64);
        sink.note(format!("Columns that are read: {}.", listed(read)));
        if !ignored.is_empty() {
            sink.note(format!(
                "Columns that are ignored, by number: {}.",
                listed(ignored)
            ));
        }
        if self.has_unclear_dates() && !self.has_known_dates() {
            let unclear = self
                .unclear_dates
                .iter()
                .map(|place| (place + 1).to_string());
            sink.note(format!(
                "Columns with dates of which nobody knows what they are, by number: {}. The rows may be of any time.",
                listed(unclear.collect())
            ));
        }
    }
}

/// Whether a name surely means a field.
fn is_sure(field: Field, known: &str) -> bool {
    let mut sure = NAMES
        .iter()
        .filter(|(other, meaning, _)| *other == field && *meaning == Meaning::Sure);
    sure.any(|(.., names)| names.split_whitespace().any(|name| name == known))
}

/// A list that no file can make long.
fn listed(mut words: Vec<String>) -> String {
    let more = words.len().saturating_sub(MOST_NAMED);
    words.truncate(MOST_NAMED);
    let listed = words.join(", ");
    if more == 0 {
        listed
    } else {
        format!("{listed} and {more} more")
    }
}

/// A name without what does not matter in it, such as the zone that a portal adds: `Last check-in (UTC)`.
pub(super) fn plain(name: &str) -> String {
    let before = name.split('(').next().unwrap_or(name);
    let squeezed = squeezed(if before.trim().is_empty() {
        name
    } else {
        before
    });
    squeezed
        .strip_suffix("utc")
        .map_or(squeezed.clone(), str::to_owned)
}

/// Of a name as Configuration Manager's database has it (`Netbios_Name0`, in its tables `Netbios_Name00`), what stands before
/// the zeros: nothing but ASCII letters and underlines.
fn without_zero(name: &str) -> Option<&str> {
    let name = name.strip_suffix('0')?;
    let name = name.strip_suffix('0').unwrap_or(name);
    let is_plain = |character: u8| character.is_ascii_alphabetic() || character == b'_';
    (!name.is_empty() && name.bytes().all(is_plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Columns, Field, Lack, Tool};

    fn lack(heading: &str) -> Option<Lack> {
        let names: Vec<&str> = heading.split(',').collect();
        Columns::of_heading(&names, Tool::of_heading(&names)).err()
    }

    fn columns(heading: &str) -> Option<Columns> {
        let names: Vec<&str> = heading.split(',').collect();
        Columns::of_heading(&names, Tool::of_heading(&names)).ok()
    }

    #[test]
    fn lists_of_machines_are_told_from_other_tables() {
        for heading in [
            "Device name,Compliance,OS",
            "Name,Operating System",
            "Hostname,IP address",
            "FQDN,Last seen (UTC)",
            "Serial number,OS version",
            "Computer,KB,Status",
            "Rechnername,Betriebssystem,IP-Adresse",
            "Nom de l'ordinateur,Système d'exploitation",
            "PC,OS,IP",
            "Computers,OS",
            "Workstation ID,OS,IP",
            "PC,KB4012215 installed",
            "Hostname,EternalBlue",
            "Name0,Operating_System_Name_and0,Build01,Full_Domain_Name0",
            "Netbios_Name0,IP_Addresses0,MAC_Addresses0",
            "ResourceID,Name0,Caption0,Version0,CSDVersion0",
        ] {
            assert!(columns(heading).is_some(), "{heading}");
        }
        for heading in [
            "Name,Status,Title",
            "Name,Address",
            "Name,DisplayName,Enabled,Platform",
            "IP,Hostname,Port,Port Protocol,CVSS,Severity,Timestamp",
            "Period,Org Code,Org name",
            "Hostname",
            "",
        ] {
            assert!(columns(heading).is_none(), "{heading}");
        }
    }

    #[test]
    fn what_a_heading_lacks_is_told() {
        for (heading, expected) in [
            ("Ward,OS,IP", Lack::Name),
            ("PC,Ward", Lack::Matter),
            ("Device name,OS,CVE ID", Lack::Findings),
            (
                "Device name,OS platform,Severity level,CVSS v3",
                Lack::Findings,
            ),
            ("Device name,Vulnerability,OS", Lack::Findings),
        ] {
            assert_eq!(lack(heading), Some(expected), "{heading}");
        }
    }

    #[test]
    fn the_name_of_a_domain_is_none_of_a_machine() {
        let wsus = columns("FullDomainName,IPAddress,LastReportedStatusTime").unwrap();
        assert!(wsus.has(Field::FullName));
        for heading in [
            "Name0,Full_Domain_Name0,Operating_System_Name_and0",
            "Name,ResourceID,FullDomainName,OperatingSystem",
        ] {
            assert!(!columns(heading).unwrap().has(Field::FullName), "{heading}");
        }
    }

    #[test]
    fn a_version_is_of_the_system_only_where_the_tool_means_that() {
        let version = |heading| columns(heading).unwrap().has(Field::SystemVersion);
        assert!(version(
            "Name,IP Address,Operating System,Version,Last Status Report"
        ));
        assert!(version("Name0,Caption0,Version0"));
        for heading in [
            "Name,Operating System,Version",
            "Name0,Caption0,DisplayName0,Version0",
            "Name0,Caption0,Publisher0,Version0",
        ] {
            assert!(!version(heading), "{heading}");
        }
        assert!(version(
            "computerDnsName,osPlatform,version,onboardingStatus"
        ));
        let entra = |heading| columns(heading).unwrap().has(Field::EntraId);
        assert!(entra("DeviceName,ReferenceId,OSVersion,CompliantState"));
        assert!(!entra("DeviceName,ReferenceId,OSVersion"));
        let build = |heading| columns(heading).unwrap().has(Field::SystemBuild);
        assert!(build("DeviceName,AADDeviceId,Build"));
        assert!(!build("DeviceName,AADDeviceId,FeatureUpdateVersion,Build"));
    }

    #[test]
    fn a_state_is_of_an_update_only_beside_one() {
        let machines = columns("Computer name,OS,Status,Compliance state").unwrap();
        assert!(!machines.has(Field::UpdateState) && !machines.has(Field::InstalledOn));
        assert!(!machines.has(Field::PatchStatus));
        let patched = columns("Computer name,OS,Patch status").unwrap();
        assert!(patched.has(Field::PatchStatus) && !patched.has(Field::UpdateState));
        let one = columns("Computer name,KB,Patch status").unwrap();
        assert!(one.has(Field::UpdateState) && !one.has(Field::PatchStatus));
        let updates = columns("Computer name,Title,State").unwrap();
        assert!(updates.has(Field::Update) && updates.has(Field::UpdateState));
    }
}
