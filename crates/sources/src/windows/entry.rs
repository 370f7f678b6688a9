//! Entries of update lists.

use wardround_evidence::Kb;

/// The update number that an entry such as `KB4012212`, `KB893803v2 - Update` or `943729` names.
///
/// Vista lists some updates by bare number. `Q147222`, `File 1` and GUIDs name no update number.
pub(crate) fn kb_of_entry(entry: &str) -> Option<Kb> {
    let entry = entry.trim();
    let Some(rest) = entry
        .get(..2)
        .filter(|prefix| prefix.eq_ignore_ascii_case("kb"))
        .map(|_| &entry[2..])
    else {
        let bare =
            (6..=7).contains(&entry.len()) && entry.bytes().all(|byte| byte.is_ascii_digit());
        return if bare { entry.parse().ok() } else { None };
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok()
}

/// Whether an item of a list looks like one that Windows writes for an update, with or without a number.
pub(crate) fn is_update_entry(entry: &str) -> bool {
    let entry = entry.trim();
    let after = |prefix: &str| {
        entry
            .get(..prefix.len())
            .filter(|start| start.eq_ignore_ascii_case(prefix))
            .and_then(|_| entry[prefix.len()..].bytes().next())
            .is_some_and(|byte| byte.is_ascii_digit())
    };
    kb_of_entry(entry).is_some() || after("KB") || after("Q") || after("File ") || is_guid(entry)
}

fn is_guid(entry: &str) -> bool {
    entry.len() == 38
        && entry.starts_with('{')
        && entry.ends_with('}')
        && entry[1..37]
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use wardround_evidence::Kb;

    use super::{is_update_entry, kb_of_entry};

    #[test]
    fn an_entry_gives_its_number_where_it_has_one() {
        for (entry, number) in [
            ("KB4012212", Some(4_012_212)),
            ("kb893803v2 - Update", Some(893_803)),
            (" 943729 ", Some(943_729)),
            ("Q147222", None),
            ("File 1", None),
            ("KB2862", None),
            ("{00000000-0000-0000-0000-000000000000}", None),
            ("é12345", None),
        ] {
            assert_eq!(kb_of_entry(entry), number.map(Kb), "{entry}");
        }
    }

    #[test]
    fn processors_and_adapters_are_no_updates() {
        assert!(is_update_entry("File 1"));
        assert!(is_update_entry("Q147222"));
        assert!(is_update_entry("{00000000-0000-0000-0000-000000000000}"));
        for other in ["", "Intel64 Family 6 Model 94", "Realtek", "10.1.2.3", "{é"] {
            assert!(!is_update_entry(other), "{other}");
        }
    }
}
