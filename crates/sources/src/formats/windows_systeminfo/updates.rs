//! The list of updates: which field it is, and how much of it is there.

use std::collections::BTreeSet;

use wardround_evidence::{InstalledUpdate, ListExtent, UpdateList};

use super::fields::{Field, Record};
use crate::windows::{is_update_entry, kb_of_entry};

/// The field that lists updates: the first after the version whose items look like updates, else the one after the log-on
/// server, which is written `\\NAME`.
pub(super) fn section(record: &Record) -> Option<usize> {
    let after = record.version()? + 1;
    let fields = record.fields.get(after..)?;
    let listing = fields
        .iter()
        .position(|field| field.items.iter().any(|item| is_update_entry(item)));
    let below_server = || {
        let server = fields
            .iter()
            .position(|field| field.value.starts_with("\\\\"))?;
        (server + 1 < fields.len()).then_some(server + 1)
    };
    listing.or_else(below_server).map(|place| place + after)
}

/// How many entries the header of a list promises: the first number in it, which every language writes in ASCII digits.
pub(super) fn stated(field: &Field) -> Option<u32> {
    let from = field.value.find(|it: char| it.is_ascii_digit())?;
    let rest = &field.value[from..];
    let digits = rest
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

/// How many entries of a list are there.
pub(super) fn listed(field: &Field) -> u32 {
    let entries = field.items.iter().filter(|item| !item.is_empty());
    u32::try_from(entries.count()).unwrap_or(u32::MAX)
}

/// Whether a list has fewer entries than its header says, or stops without a line end.
pub(super) fn is_cut(record: &Record, section: usize) -> bool {
    let field = &record.fields[section];
    stated(field).is_some_and(|stated| listed(field) < stated) || record.may_be_cut(section)
}

/// The list, and whether its last entry was left out because it may be cut; nothing where the field states no number and
/// lists nothing.
pub(super) fn list(record: &Record, section: usize) -> Option<(UpdateList, bool)> {
    let field = &record.fields[section];
    let (stated, listed) = (stated(field), listed(field));
    if stated.is_none() && listed == 0 {
        return None;
    }
    let cut = is_cut(record, section);
    let extent = match stated {
        Some(stated) if cut => ListExtent::Cut { stated },
        Some(stated) if stated == listed => ListExtent::Whole,
        _ => ListExtent::Unstated,
    };
    // An entry with another one, even an empty one, after it is complete: KB4012212 cannot have been more.
    let drop_last = cut && field.items.last().is_some_and(|item| !item.is_empty());
    let complete = field.items.len() - usize::from(drop_last);
    let numbers: BTreeSet<_> = field.items[..complete]
        .iter()
        .filter_map(|item| kb_of_entry(item))
        .collect();
    let updates = numbers
        .into_iter()
        .map(|kb| InstalledUpdate {
            kb,
            installed_on: None,
        })
        .collect();
    Some((UpdateList { updates, extent }, drop_last))
}
