//! Which column of a list holds what, by its name.

use super::dates::{self, DateOf};
use super::fields::{Field, Meaning, NAMES, OF_FINDINGS};
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
    sure_name: bool,
    sure_update: bool,
}

impl Columns {
    /// The columns of a heading; `None` where it does not name machines and say something of them.
    pub(super) fn of_heading(names: &[&str]) -> Option<Self> {
        if names.len() < 2 {
            return None;
        }
        let squeezed: Vec<String> = names.iter().map(|name| plain(name)).collect();
        if squeezed
            .iter()
            .any(|name| OF_FINDINGS.contains(&name.as_str()))
        {
            return None;
        }
        let mut columns = Self {
            places: Vec::new(),
            dates: Vec::new(),
            unclear_dates: Vec::new(),
            sure_name: false,
            sure_update: false,
        };
        for (field, meaning, known) in NAMES {
            for known in known.split_whitespace() {
                let place = squeezed.iter().position(|name| name.as_str() == known);
                if let Some(place) = place.filter(|place| columns.is_free(*field, *place)) {
                    let sure = *meaning == Meaning::Sure;
                    columns.sure_name |= sure && matches!(field, Field::Name | Field::FullName);
                    columns.sure_update |= sure && *field == Field::Update;
                    columns.places.push((*field, place, known));
                }
            }
        }
        columns.keep_states_with_updates();
        columns.name_dates(names);
        columns.name_machines().then_some(columns)
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
            let is_known = self.places.iter().any(|(_, other, _)| *other == place);
            if let Some((date, word)) = dates::of_heading(name).filter(|_| !is_known) {
                self.dates.push((date, place, word));
            }
        }
    }

    /// The places of columns that are dates by the words of their heading alone.
    pub(super) fn named_dates(&self) -> impl Iterator<Item = usize> {
        self.dates.iter().map(|(_, place, _)| *place)
    }

    /// Takes those columns for dates in which `has_dates` finds some.
    pub(super) fn take_dates(&mut self, has_dates: impl Fn(usize) -> bool) {
        for (date, place, word) in &self.dates {
            match date {
                _ if !has_dates(*place) => {}
                DateOf::Check => self.places.push((Field::Checked, *place, word)),
                DateOf::Anything => self.unclear_dates.push(*place),
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

    fn name_machines(&self) -> bool {
        let says_something = [
            Field::System,
            Field::SystemVersion,
            Field::SystemBuild,
            Field::Onboarding,
            Field::Health,
            Field::Smb1,
            Field::Ms17010,
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
        has_any(&names) && (has_any(&says_something) || says_something_of_updates)
            || self.sure_name && has_any(&goes_with_a_sure_name)
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

    /// Says which columns are read and which are not: those by our own names for them, these by their numbers, since what
    /// a file says is not quoted in a reading. Their names are told beside it.
    pub(super) fn note_use(&self, names: &[String], sink: &mut Sink) {
        let width = names.len();
        let used = |place: &usize| self.places.iter().any(|(_, other, _)| other == place);
        let mut read: Vec<String> = Vec::new();
        let mut ignored: Vec<String> = Vec::new();
        for (place, name) in names.iter().enumerate() {
            match self.places.iter().find(|(_, other, _)| *other == place) {
                Some((_, _, known)) => read.push(format!("{} (`{known}`)", place + 1)),
                None => {
                    ignored.push((place + 1).to_string());
                    sink.unread_column(name);
                }
            }
        }
        sink.count("columns", width as u64);
        sink.count("columns_read", (0..width).filter(used).count() as u64);
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

#[cfg(test)]
mod tests {
    use super::{Columns, Field};

    fn columns(heading: &str) -> Option<Columns> {
        let names: Vec<&str> = heading.split(',').collect();
        Columns::of_heading(&names)
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
