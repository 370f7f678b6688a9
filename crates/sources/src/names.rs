//! Which names in a scan or list can stand for one machine.

use wardround_evidence::Identifier;

/// The longest name that DNS allows (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// A name as an identifier; `None` for names that every machine has, and for what cannot be a name.
///
/// Windows ends NetBIOS names with a zero byte, which nmap writes as `\x00`.
pub(crate) fn identifier(text: &str) -> Option<Identifier> {
    let mut name = text;
    while let Some(shorter) = name.strip_suffix("\\x00") {
        name = shorter;
    }
    let name = name.trim_end_matches('\0').trim();
    let everyone_has_it = [
        "localhost",
        "localhost.localdomain",
        "<unknown>",
        "unknown",
        "?",
    ]
    .iter()
    .any(|common| name.eq_ignore_ascii_case(common));
    let too_long = name.len() > LONGEST && name.chars().count() > LONGEST;
    if everyone_has_it || too_long {
        return None;
    }
    Identifier::name(name)
}
