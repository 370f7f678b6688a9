//! Columns that are dates by the words of their heading, where no name is known for it.
//!
//! The rule: where the words tell of a check (*Date checked*, *Audited*, *Verified on*) and cells are dates, a row is as old as
//! its check; but in a tool's own list as its machine's last contact. Where the words tell of a date
//! and not of which (*Record updated*), and nothing else dates the rows, they are of an unknown time and take none from their
//! list: nobody knows what the date means, and the list may be a copy of an old one. Days in the life of a machine, such as that
//! of its purchase, and days to come tell nothing of when a row was written, and change nothing.

use super::columns::plain;

/// What a date in a column tells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOf {
    /// When somebody looked.
    Check,
    /// Something that its heading does not tell.
    Anything,
}

/// Parts of words for a check.
const OF_CHECKS: [&str; 14] = [
    "checked",
    "checkdate",
    "datecheck",
    "lastcheck",
    "audit",
    "verif",
    "reviewed",
    "reviewdate",
    "lastreview",
    "inspect",
    "assessed",
    "surveyed",
    "geprüft",
    "vérifi",
];

/// Parts of words for any date.
const OF_DATES: [&str; 14] = [
    "date",
    "datum",
    "updated",
    "modified",
    "changed",
    "seen",
    "confirmed",
    "attested",
    "recorded",
    "observed",
    "reported",
    "timestamp",
    "asof",
    "collected",
];

/// Parts of words for days in the life of a machine, of its agreements and accounts, or that are still to come; and for what is no
/// date, though a number may look like a spreadsheet's for one.
const OF_OTHER_DAYS: [&str; 34] = [
    "purchas",
    "bought",
    "warrant",
    "guarant",
    "install",
    "build",
    "built",
    "bios",
    "firmware",
    "manufact",
    "deliver",
    "commission",
    "deploy",
    "dispos",
    "retire",
    "replace",
    "ref",
    "birth",
    "creat",
    "enrol",
    "join",
    "releas",
    "boot",
    "lease",
    "invoice",
    "contract",
    "first",
    "next",
    "due",
    "expir",
    "planned",
    "scheduled",
    "password",
    "number",
];

/// What a heading says of dates below it; and the part of a word by which it is known.
pub(super) fn of_heading(name: &str) -> Option<(DateOf, &'static str)> {
    let name = plain(name);
    let find = |parts: &[&'static str]| parts.iter().copied().find(|part| name.contains(part));
    if find(&OF_OTHER_DAYS).is_some() || is_end(&name) {
        return None;
    }
    let check = find(&OF_CHECKS).map(|part| (DateOf::Check, part));
    check.or_else(|| find(&OF_DATES).map(|part| (DateOf::Anything, part)))
}

/// Whether a name is of an end, such as that of support.
fn is_end(name: &str) -> bool {
    name.starts_with("end") || name.contains("endof") || name.ends_with("enddate")
}

#[cfg(test)]
mod tests {
    use super::{DateOf, of_heading};

    #[test]
    fn a_check_is_told_from_other_dates_and_from_days_that_say_nothing_of_a_row() {
        let check = Some(DateOf::Check);
        let anything = Some(DateOf::Anything);
        for (name, expected) in [
            ("Date checked", check),
            ("Last Audit Date", check),
            ("LastAuditDate", check),
            ("Audited", check),
            ("Verified on", check),
            ("Checked on", check),
            ("Last verified", check),
            ("date_reviewed (UTC)", check),
            ("SMBv1 last checked", check),
            ("Geprüft am", check),
            ("Date", anything),
            ("Record updated", anything),
            ("Seen on ward", anything),
            ("Datum", anything),
            ("Purchase date", None),
            ("Warranty end date", None),
            ("End of support date", None),
            ("Next audit date", None),
            ("Audit due", None),
            ("Audit reference", None),
            ("Install date", None),
            ("Ward", None),
            ("Comment", None),
        ] {
            let found = of_heading(name).map(|(date, _)| date);
            assert_eq!(found, expected, "{name}");
        }
    }
}
