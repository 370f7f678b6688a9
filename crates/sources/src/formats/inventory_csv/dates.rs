//! Columns that are dates by the words of their heading, where no name is known for it.
//!
//! The rule: where the words tell of a check (*Date checked*, *Audited*, *Verified on*) and cells are dates, a row is as old as
//! its check, or as its machine's last contact where that is earlier; but in a tool's own list as the last contact. A bare number may
//! be a spreadsheet's for a day, or somebody's own: it counts as a date of which nobody knows what it is. Where the words tell of a date
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
const OF_CHECKS: [&str; 18] = [
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
    "scanned",
    "scandate",
    "refreshed",
    "testdate",
    "geprüft",
    "vérifi",
];

/// Words for a check that stand within others (*attested*, *was attended*), and so are looked for whole.
const WORDS_OF_CHECKS: [&str; 5] = ["tested", "as at", "asat", "as of", "asof"];

/// Parts of words for any date.
const OF_DATES: [&str; 13] = [
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
    "collected",
];

/// Parts of words for days in the life of a machine and of what runs on it. That somebody looked whether they were is a check.
const OF_LIVES: [&str; 18] = [
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
    "birth",
    "creat",
    "enrol",
    "join",
    "releas",
    "boot",
];

/// Parts of words for days of agreements and accounts, or that are still to come, whoever looks at them; and for numbers.
const OF_OTHER_DAYS: [&str; 16] = [
    "purchas",
    "bought",
    "warrant",
    "guarant",
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
    "reference",
];

/// Whole words for who looked and for numbers, and for tests of plugs and of copies: what stands below is no day on which somebody
/// looked at the machine.
const WORDS_OF_NO_CHECK: [&str; 16] = [
    "by",
    "id",
    "no",
    "nr",
    "num",
    "name",
    "user",
    "username",
    "person",
    "initials",
    "ref",
    "von",
    "par",
    "pat",
    "electrical",
    "backup",
];

/// What a heading says of dates below it; and the part of a word by which it is known.
pub(super) fn of_heading(name: &str) -> Option<(DateOf, &'static str)> {
    let words = words(name);
    let name = plain(name);
    let find = |parts: &[&'static str]| parts.iter().copied().find(|part| name.contains(part));
    let find_words = |whole: &[&'static str]| {
        let mut whole = whole.iter().copied();
        whole.find(|word| words.contains(&format!(" {word} ")))
    };
    // A *release* is no *lease*.
    let is_other =
        find(&OF_OTHER_DAYS).is_some_and(|part| part != "lease" || !name.contains("release"));
    if is_other || find_words(&WORDS_OF_NO_CHECK).is_some() || is_end(&name) {
        return None;
    }
    let check = find(&OF_CHECKS).or_else(|| find_words(&WORDS_OF_CHECKS));
    if let Some(part) = check {
        return Some((DateOf::Check, part));
    }
    let is_of_life = find(&OF_LIVES).is_some();
    let part = find(&OF_DATES).filter(|_| !is_of_life);
    part.map(|part| (DateOf::Anything, part))
}

/// The words of a name in small letters, each between two spaces, without what stands in brackets: ` last audit date `.
fn words(name: &str) -> String {
    let mut words = " ".to_owned();
    let mut before = ' ';
    for character in name.split('(').next().unwrap_or(name).chars() {
        let begins_word = before.is_lowercase() && character.is_uppercase();
        if (begins_word || !character.is_alphanumeric()) && !words.ends_with(' ') {
            words.push(' ');
        }
        if character.is_alphanumeric() {
            words.extend(character.to_lowercase());
        }
        before = character;
    }
    words.push(' ');
    words
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
            ("Tested on", check),
            ("Date tested", check),
            ("DateTested", check),
            ("As at", check),
            ("as_at", check),
            ("As of", check),
            ("Scanned on", check),
            ("Scan date", check),
            ("Data refreshed on", check),
            ("Patch install verified on", check),
            ("MS17-010 installed - date checked", check),
            ("Checked (date)", check),
            ("Attested on", anything),
            ("Verified by", None),
            ("VerifiedBy", None),
            ("Audit ID", None),
            ("AuditID", None),
            ("Audit no.", None),
            ("Audit number", None),
            ("Auditor name", None),
            ("Checked by user", None),
            ("Verification ref", None),
            ("Geprüft von", None),
            ("PAT tested on", None),
            ("Warranty checked on", None),
            ("Release date", None),
            ("Was attended", None),
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
