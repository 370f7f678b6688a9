//! One machine's fields as a statement.

use wardround_evidence::{
    Address, Build, Fact, Identifier, ListExtent, Method, Position, Statement, System, When,
};

use super::clock::Clock;
use super::fields::Record;
use super::role::{is_standalone, role};
use super::updates;
use crate::{ReadError, Sink};

/// Words in the names of adapters whose addresses are the same on many machines or belong to nobody's network.
const VIRTUAL_ADAPTERS: [&str; 6] = [
    "VMware Virtual Ethernet",
    "VirtualBox Host-Only",
    "Hyper-V Virtual Ethernet",
    "TAP-Windows",
    "Loopback",
    "WSL",
];

/// More than any host or system has for a name.
const LONGEST_NAME_BYTES: usize = 255;

/// Makes the statement of one machine.
pub(super) fn emit(
    record: &Record,
    number: u64,
    trust_letters: bool,
    sink: &mut Sink,
) -> Result<(), ReadError> {
    let first_line = record.fields.first().map_or(0, |field| field.line);
    let position = Position::new(first_line, number);
    let clock = Clock::of(record);
    if clock.unclear {
        sink.note(
            "A date of installation or start could be read in more than one way and was left out.",
        );
    }
    let when = clock.started.max(clock.installed);
    if when.is_some() {
        sink.note("Times are the machine's local time and are taken as UTC.");
    }
    let when = when.map_or(When::Undated, When::NoEarlierThan);
    let mut statement = Statement::new(subject(record, trust_letters, sink), position, when);
    let mut say = |fact| statement.observe(Method::Inventoried, fact);
    let system = system(record, trust_letters);
    let configuration = record.beside_version(2).map(|field| field.value.as_str());
    let role = role(configuration, &system.name);
    say(Fact::System(system));
    if let Some(role) = role {
        say(Fact::Role(role));
    }
    if let Some(moment) = clock.installed {
        say(Fact::InstalledAt(moment));
    }
    if let Some(moment) = clock.started {
        say(Fact::StartedAt(moment));
    }
    if let Some(list) = update_list(record, position, sink) {
        say(Fact::Updates(list));
    }
    sink.statement(statement)
}

/// The updates, with what is wrong with their list reported.
fn update_list(
    record: &Record,
    position: Position,
    sink: &mut Sink,
) -> Option<wardround_evidence::UpdateList> {
    let section = updates::section(record)?;
    let field = &record.fields[section];
    let (list, last_dropped) = updates::list(record, section)?;
    let listed = updates::listed(field);
    sink.count("listed_entries", u64::from(listed));
    if let Some(stated) = updates::stated(field) {
        sink.count("stated_entries", u64::from(stated));
        if listed > stated {
            sink.note(format!(
                "A list has {listed} updates where its header says {stated}."
            ));
        }
    }
    if let ListExtent::Cut { stated } = list.extent {
        sink.note(format!(
            "A list of updates breaks off: {listed} of {stated} are there, so absence from it means nothing."
        ));
    }
    if last_dropped {
        let place = Position::new(field.last_line, position.record);
        sink.skip(
            place,
            "the last entry of a list that breaks off may itself be cut",
        );
    }
    Some(list)
}

/// Host name, with its domain where that is one of DNS, and addresses.
fn subject(record: &Record, trust_letters: bool, sink: &mut Sink) -> Vec<Identifier> {
    let mut subject = Vec::new();
    let host = record
        .beside_version(-2)
        .map(|field| field.value.as_str())
        .filter(|host| host.len() <= LONGEST_NAME_BYTES)
        .filter(|host| {
            !host.is_empty()
                && !host.contains(|it: char| {
                    it.is_whitespace() || it.is_control() || it == char::REPLACEMENT_CHARACTER
                })
        });
    match host {
        Some(host) if trust_letters || host.is_ascii() => {
            subject.extend(Identifier::name(host));
            if let Some(domain) = domain(record)
                && !host.contains('.')
            {
                subject.extend(Identifier::name(&format!("{host}.{domain}")));
            }
        }
        Some(_) => sink.note(
            "A host name has letters that the file's encoding does not settle and was left out.",
        ),
        None => sink.note("A machine's host name is not there."),
    }
    subject.extend(addresses(record, sink));
    subject
}

/// The field before the log-on server's, unless the machine belongs to a workgroup.
fn domain(record: &Record) -> Option<&str> {
    let configuration = record.beside_version(2).map(|field| field.value.as_str());
    if is_standalone(configuration) {
        return None;
    }
    let section = updates::section(record)?;
    let domain = record.fields.get(section.checked_sub(2)?)?.value.as_str();
    let labels = domain.split('.').filter(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let dots = domain.matches('.').count();
    (dots > 0 && domain.len() <= LONGEST_NAME_BYTES && labels.count() == dots + 1).then_some(domain)
}

/// Addresses are the items that are one, below the adapter that has them.
fn addresses(record: &Record, sink: &mut Sink) -> Vec<Identifier> {
    let mut found = Vec::new();
    let after = updates::section(record).map_or(record.fields.len(), |section| section + 1);
    for (place, field) in record.fields.iter().enumerate().skip(after) {
        let mut is_virtual = false;
        let whole =
            field.items.len() - usize::from(record.may_be_cut(place) && !field.items.is_empty());
        for text in &field.items[..whole] {
            match text.parse::<Address>() {
                Ok(_) if is_virtual => {
                    sink.note(
                        "Addresses of virtual adapters are not used: many machines share them.",
                    );
                }
                Ok(address) => found.extend(Identifier::address(address)),
                Err(_) => is_virtual = VIRTUAL_ADAPTERS.iter().any(|words| text.contains(words)),
            }
        }
    }
    found
}

/// Name, version and service pack. The pack is the small number between the version and the build repeated at the end;
/// where none stands there, the system says that it has none.
///
/// French names hold a no-break space; in OEM code pages of Latin letters that is the last byte, which reads as `ÿ` here.
fn system(record: &Record, trust_letters: bool) -> System {
    let is_space = |it: char| it == '\u{a0}' || (it == 'ÿ' && !trust_letters);
    let name = record
        .beside_version(-1)
        .filter(|field| field.value.len() <= LONGEST_NAME_BYTES)
        .map(|field| field.value.replace(is_space, " "));
    let version = record
        .version()
        .map(|place| record.fields[place].value.as_str());
    let mut words = version.unwrap_or_default().split_whitespace();
    let build = words
        .next()
        .and_then(|version| version.parse::<Build>().ok());
    words.next_back();
    let pack = words.find_map(|word| word.parse::<u8>().ok()).unwrap_or(0);
    System {
        name: name.unwrap_or_default(),
        build,
        service_pack: build.map(|_| pack),
        ..System::default()
    }
}
