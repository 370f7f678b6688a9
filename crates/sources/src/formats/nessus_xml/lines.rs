//! The few lines of plugins' output that are looked at.

use wardround_evidence::{InstalledUpdate, Kb};

use crate::windows::WrittenDate;

/// What follows `label` and a colon on a line of its own, in any case: `Credentialed checks : no`.
pub(super) fn after<'o>(output: &'o str, label: &str) -> Option<&'o str> {
    after_each(output, label).next()
}

/// What follows `label` in each line that begins so.
pub(super) fn after_each<'o>(output: &'o str, label: &str) -> impl Iterator<Item = &'o str> {
    output.lines().map(str::trim).filter_map(move |line| {
        let start = line.get(..label.len())?;
        let rest = line[label.len()..].trim_start().strip_prefix(':')?;
        start.eq_ignore_ascii_case(label).then(|| rest.trim())
    })
}

/// Whether some line holds only this word.
pub(super) fn has_line(output: &str, word: &str) -> bool {
    output.lines().any(|line| line.trim() == word)
}

/// The updates of a list such as `KB4012212, Installed on: 2017/3/15`, sorted, each once.
///
/// Days are read where they can mean one only.
pub(super) fn updates(output: &str, most: usize) -> Vec<InstalledUpdate> {
    let mut found: Vec<InstalledUpdate> = output
        .lines()
        .filter_map(|line| {
            let line = line.trim().trim_start_matches(['+', '-', ' ']);
            let (number, rest) = line.split_once(',').unwrap_or((line, ""));
            if !number.get(..2)?.eq_ignore_ascii_case("kb") {
                return None;
            }
            let kb: Kb = number.trim().parse().ok()?;
            let day = rest
                .split_once(':')
                .and_then(|(_, day)| WrittenDate::parse(day.trim()));
            Some(InstalledUpdate {
                kb,
                installed_on: day.and_then(WrittenDate::certain),
            })
        })
        .take(most)
        .collect();
    // Of one number the newest day stays.
    found.sort_unstable_by(|one, other| {
        (one.kb, other.installed_on).cmp(&(other.kb, one.installed_on))
    });
    found.dedup_by_key(|update| update.kb);
    found
}

#[cfg(test)]
mod tests {
    use super::{after, updates};

    #[test]
    fn a_label_is_found_in_any_case_and_spacing() {
        let output = "\nRemote operating system : Linux\nConfidence Level : 65\n\u{e9}";
        assert_eq!(after(output, "Confidence level"), Some("65"));
        assert_eq!(after(output, "Remote"), None);
        assert_eq!(after(output, "Method"), None);
    }

    #[test]
    fn updates_are_sorted_with_their_days() {
        let output = "a list of updates :\n\n  + KB4012215, Installed on: 2017/3/20\nKB4012212\nKB4012215, Installed on: 2017/3/21\nKB1,\nKBé";
        let shown: Vec<String> = updates(output, 10)
            .iter()
            .map(|update| format!("{} {:?}", update.kb, update.installed_on))
            .collect();
        assert_eq!(shown, ["KB4012212 None", "KB4012215 Some(2017-03-21)"]);
    }
}
